"""`nulage backup` and `nulage restore` are killed before each touch of a file: nothing is half, or lost."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("kind", ["backup", "restore"])
def test_whenever_it_is_killed_there_is_a_whole_database_and_a_whole_copy(kind: str) -> None:
    command = [sys.executable, "-m", "tests.faults.killing_copies", kind]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
    assert int(ended.stdout.rpartition("DIED ")[2].split()[0]) > 10, "hardly anything was tried"
