"""SIGKILL at the doors of a story; whoever comes after finds everything, once (RELIABILITY.md 10, 11)."""

import subprocess
import sys

import pytest

SHARES, TAKEN = 16, 2
"""An eighth of the doors, in pairs (before, after). All: `python -m tests.faults.killing look 0 1`."""


def kill(sort: str, share: int, shares: int) -> str:
    command = [sys.executable, "-m", "tests.faults.killing", sort, str(share), str(shares)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
    assert int(ended.stdout.rpartition("DIED ")[2].split()[0]) > 5, "hardly anything was tried"
    return ended.stdout


@pytest.mark.parametrize("share", range(TAKEN))
def test_a_killed_bot_loses_and_doubles_nothing(share: int) -> None:
    said = kill("look", share, SHARES)
    assert "DOUBT" not in said, "who can look asks nobody"
    assert "FAULTS 0" in said


@pytest.mark.parametrize("share", [0, 1])
def test_where_nobody_can_look_a_doubt_is_told_once_and_sent_again_only_by_a_person(share: int) -> None:
    """Even doors are before the platform has it, odd ones after: the bot knows no difference."""
    said = kill("blind", share, 2)
    assert "DOUBT check_in" in said
    assert "FAULTS 0" in said
