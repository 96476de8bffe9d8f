"""Make sure that what the tests run besides Python is here: no test is skipped for want of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple


class Tool(NamedTuple):
    """A program, Debian's package with it, and who needs it. `instead` does where it is not to be had."""

    program: str
    package: str
    needed_by: str
    instead: str = ""


CHROMIUM = Tool(
    "/usr/bin/chromium-headless-shell", "chromium-headless-shell", "the browser tests", "/usr/bin/chromium"
)
TOOLS = (
    CHROMIUM,
    Tool("node", "nodejs", "the manifest's check against Slack's own types"),
    Tool("npm", "npm", "the same check and that of the cards in Teams: it fetches what they hold us against"),
)


def main() -> int:
    """Print each version and return 0, or say what to install and return 1."""
    apt = os.geteuid() == 0 and shutil.which("apt-get") is not None
    good, said = provide(version, run if apt else None)
    print(said, file=sys.stdout if good else sys.stderr)
    return 0 if good else 1


def provide(
    version: Callable[[str], str | None], install: Callable[[list[str]], None] | None
) -> tuple[bool, str]:
    """Look, install what is missing if there is a way to, and look again; say how it went."""
    found = {tool: version(tool.program) for tool in TOOLS}
    packages = [tool.package for tool, told in found.items() if told is None]
    if packages and install:
        for command in by_apt(packages):
            install(command)
        found |= {tool: version(tool.program) for tool, told in found.items() if told is None}
    found |= {tool: version(tool.instead) for tool, told in found.items() if told is None and tool.instead}
    missing = [tool for tool, told in found.items() if told is None]
    return not missing, how_to_mend(missing) or "\n".join(f"{t.package} {told}" for t, told in found.items())


def by_apt(packages: list[str]) -> list[list[str]]:
    return [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]]


def how_to_mend(missing: list[Tool]) -> str:
    """What is missing and for whom, and what to run as root; nothing when nothing is."""
    if not missing:
        return ""
    lines = [f"{tool.program} does not run: {tool.needed_by} cannot do without it." for tool in missing]
    install = " && ".join(" ".join(command) for command in by_apt([tool.package for tool in missing]))
    return "\n".join([*lines, f"On Debian, as root: {install}"])


def version(program: str) -> str | None:
    """Return what it says it is. Debian's Chromium may grumble on the way."""
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip() or None


def run(command: list[str]) -> None:
    """Run it without questions; what it could not do shows when we look again."""
    subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)


if __name__ == "__main__":
    sys.exit(main())
