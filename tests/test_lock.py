"""The pins in pyproject.toml and in requirements.lock say the same, and neither names a host."""

import re
import tomllib

from tasks.lock import LOCK, PYPROJECT, constraints, pinned
from tests.each import each

TEXT = LOCK.read_text(encoding="utf-8")
BLOCKS = re.split(r"\n(?=[a-z0-9])", TEXT.strip())


def test_both_pin_the_same_versions() -> None:
    assert constraints() == pinned(TEXT), "run `uv run poe lock`"


@each("block", BLOCKS, told=lambda block: block.split("==")[0])
def test_every_package_is_hashed(block: str) -> None:
    assert re.search(r"--hash=sha256:[0-9a-f]{64}", block)


def test_no_address_is_written_down() -> None:
    assert "://" not in TEXT
    assert "--index" not in TEXT
    pins = "\n".join(constraints())
    assert "://" not in pins


def test_every_direct_dependency_is_pinned() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
    ]
    names = {re.split(r"[\[<>=]", one)[0] for one in wanted} - {project["project"]["name"]}
    assert names <= {pin.split("==")[0] for pin in constraints()}


def test_the_core_stays_small() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    assert len(project["project"]["dependencies"]) < 25
