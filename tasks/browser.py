"""Make sure that Debian's Chromium is here: the browser tests run in it and are never skipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
HOW = "Browser tests need Chromium. As root, run: apt-get update && apt-get install -y chromium"


def main() -> int:
    """Print the version and return 0, or say what to run and return 1."""
    told = version()
    if told is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
        told = version()
    print(told or HOW, file=sys.stdout if told else sys.stderr)
    return 0 if told else 1


def version() -> str | None:
    """Return what Chromium says it is; Debian's start script may grumble on the way."""
    try:
        asked = subprocess.run(
            [CHROMIUM, "--version"], capture_output=True, text=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip() or None


def install() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=quiet, check=False)


if __name__ == "__main__":
    sys.exit(main())
