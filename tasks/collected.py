"""`python -m tasks.collected`: read every test once, so that the workers after it find them compiled.

It runs beside mypy, which leaves a core free. Silent unless a file cannot be read: that is told at once.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COLLECT = (sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider")


def main() -> int:
    """Return pytest's own code; print what it said if that is not 0."""
    read = subprocess.run(COLLECT, cwd=ROOT, capture_output=True, text=True, check=False)
    if read.returncode:
        _, heading, told = read.stdout.partition("= ERRORS =")
        print(heading, told or read.stdout, read.stderr, file=sys.stderr)
    return read.returncode


if __name__ == "__main__":
    sys.exit(main())
