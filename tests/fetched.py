"""What npm fetches for the tests, once for a checkout: no test fetches what another has, nor a second run.

It is kept below pytest's own folder, under the versions that were asked for, and so gone with
`pytest --cache-clear`. Nothing of it is kept with the project.
"""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEPT = Path(__file__).parents[1] / ".pytest_cache" / "d" / "npm"
MODULES = "node_modules"
PATIENCE = 300
"""Seconds that npm may take."""


def fetch(folder: Path, *packages: str) -> None:
    """Let a folder have `node_modules` with these packages in it, each named with its version."""
    place = KEPT / hashlib.sha256(" ".join(packages).encode()).hexdigest()[:16]
    KEPT.mkdir(parents=True, exist_ok=True)
    with _alone(place.with_suffix(".lock")):
        if not place.exists():
            _install(place, packages)
    (folder / MODULES).symlink_to(place / MODULES, target_is_directory=True)


def _install(place: Path, packages: tuple[str, ...]) -> None:
    """What is half fetched never has the place's name, whenever we are killed."""
    partial = place.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    words = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", *packages]
    done = subprocess.run(words, cwd=partial, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    partial.rename(place)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """The other workers wait, and find what was fetched."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
