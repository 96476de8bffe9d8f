"""What the tests run besides Python is installed where it can be, and named where it cannot."""

import sys
from pathlib import Path

import pytest

from tasks.prerequisites import CHROMIUM, TOOLS, by_apt, provide, version

EVERY = {tool.program: "1.0" for tool in TOOLS}
SHELL = CHROMIUM.package


class Machine:
    """A bare machine where these programs are, and where apt brings those."""

    def __init__(self, *, here: set[str], brings: set[str]) -> None:
        self.here, self.brings = here, brings
        self.ran: list[list[str]] = []

    def version(self, program: str) -> str | None:
        return "1.0" if program in self.here else None

    def install(self, command: list[str]) -> None:
        self.ran.append(command)
        if "install" in command:
            self.here |= {
                tool.program for tool in TOOLS if tool.package in command and tool.package in self.brings
            }


def test_where_everything_is_nothing_is_installed() -> None:
    machine = Machine(here=set(EVERY), brings=set())
    assert provide(machine.version, machine.install) == (True, f"{SHELL} 1.0\nnodejs 1.0\nnpm 1.0")
    assert machine.ran == []


@pytest.mark.parametrize("lacking", [{SHELL}, {"nodejs", "npm"}, {SHELL, "nodejs", "npm"}])
def test_what_is_missing_is_installed_and_nothing_else(lacking: set[str]) -> None:
    here = {tool.program for tool in TOOLS if tool.package not in lacking}
    machine = Machine(here=here, brings=lacking)
    good, said = provide(machine.version, machine.install)
    assert (good, len(said.splitlines())) == (True, 3)
    assert machine.ran == by_apt(sorted(lacking))


def test_what_apt_does_not_bring_is_said_and_fails() -> None:
    machine = Machine(here=set(), brings={SHELL, "nodejs"})
    good, said = provide(machine.version, machine.install)
    assert not good
    assert said.startswith("npm does not run: ")
    assert said.endswith("apt-get install -y --no-install-recommends npm")
    assert "chromium" not in said


def test_who_may_not_install_is_told_what_to_install() -> None:
    machine = Machine(here={"node"}, brings=set())
    good, said = provide(machine.version, None)
    assert not good
    assert said.endswith(
        "as root: apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell npm"
    )


@pytest.mark.parametrize("install", [True, False])
def test_the_whole_browser_does_where_the_quick_one_is_not_to_be_had(*, install: bool) -> None:
    machine = Machine(here={*EVERY, CHROMIUM.instead} - {CHROMIUM.program}, brings=set())
    good, _said = provide(machine.version, machine.install if install else None)
    assert good
    assert machine.ran == (by_apt([SHELL]) if install else [])


def test_a_program_that_is_missing_or_broken_has_no_version(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 1.0\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    assert version(str(broken)) is None
    assert version(str(tmp_path / "nowhere")) is None
    assert version(sys.executable) == f"Python {sys.version.split()[0]}"
