"""Pin the whole tree: the constraints in pyproject.toml and requirements.lock, made together.

1. Let uv resolve the newest versions that fit, with every extra and group.
2. Write them as exact constraints into pyproject.toml, so that `uv run` on a fresh clone gets them.
3. Write requirements.lock: the same versions with sha256 hashes and no addresses, for
   `pip install --require-hashes -r requirements.lock`.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYPROJECT, LOCK = ROOT / "pyproject.toml", ROOT / "requirements.lock"
EMPTY = "\nconstraint-dependencies = [\n]\n"
BLOCK = re.compile(r"\nconstraint-dependencies = \[\n.*?\]\n", re.DOTALL)
PINNED = re.compile(
    r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$", re.MULTILINE
)
EXPORT = (
    *("uv", "export", "--quiet", "--all-extras", "--all-groups", "--no-emit-project"),
    *("--format", "requirements-txt", "--no-header", "--no-annotate"),
)


def main() -> None:
    """Resolve anew and write both files."""
    unpinned = BLOCK.sub(EMPTY, PYPROJECT.read_text(encoding="utf-8"))
    PYPROJECT.write_text(unpinned, encoding="utf-8")
    subprocess.run(["uv", "lock", "--quiet", "--upgrade"], cwd=ROOT, check=True)
    pins = pinned(exported())
    block = "".join(f'  "{pin}",\n' for pin in pins)
    PYPROJECT.write_text(
        unpinned.replace(EMPTY, f"\nconstraint-dependencies = [\n{block}]\n"),
        encoding="utf-8",
    )
    subprocess.run(["uv", "lock", "--quiet"], cwd=ROOT, check=True)
    LOCK.write_text(exported(), encoding="utf-8")
    print(f"{len(pins)} packages pinned in {PYPROJECT.name} and {LOCK.name}")


def exported() -> str:
    """What uv would install, with hashes. No line may hold an address."""
    text = subprocess.run(EXPORT, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    if "://" in text:
        sys.exit("uv export gave an address; nothing was written")
    return text


def pinned(lock: str) -> list[str]:
    """Every `name==version` of a lock, once, in order, as pyproject.toml has them."""
    return sorted({f"{found['name']}=={found['version']}" for found in PINNED.finditer(lock)})


def constraints() -> list[str]:
    """What pyproject.toml pins."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    return list(project["tool"]["uv"]["constraint-dependencies"])


if __name__ == "__main__":
    main()
