"""Kills the bot with SIGKILL at door after door, lets it come back, and looks at what is left.

A program of its own, so that nothing runs when it forks: `python -m tests.faults.killing blind 0 2`
dies at the even doors where a message is on its way to a platform that cannot say what arrived.
`look` is a platform that can, at all kinds of doors. Prints one line a fault.
"""

import gc
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.runtime.logs import set_up_logs
from tests.compiled_once import compile_once
from tests.faults.aftermath import check, facts, outbox_of, posts_of
from tests.faults.lasting import STEPS, Lasting
from tests.play import prompts

EVERY = 20
"""Of the doors to single statements, only each twentieth: what is not committed is gone wherever it ended."""

RAM = Path("/dev/shm")  # noqa: S108  a killed process loses nothing there, and fsync costs nothing


class Doors:
    """Counts the doors; at number `kill_at` the process is gone."""

    def __init__(self, kill_at: int = 0) -> None:
        self.kinds: list[str] = []
        self._kill_at = kill_at
        self._lock = threading.Lock()

    def __call__(self, kind: str) -> None:
        with self._lock:
            self.kinds.append(kind)
            if len(self.kinds) == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)


def apart(work: Callable[[], None]) -> bool:
    """Do it in a child; say whether the child lived to the end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001  told, and then the child ends
            traceback.print_exc(file=sys.stdout)
        sys.stdout.flush()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return status == 0


def rehearse(home: Path) -> None:
    """Play the story once; keep how everything stood before each step, and the doors of each step."""
    doors = Doors()
    kinds: dict[int, list[str]] = {}
    (home / "now").mkdir()
    with Lasting(home / "now", doors) as world:
        while world.step < len(STEPS):
            world.remember()
            shutil.copytree(home / "now", home / str(world.step))
            doors.kinds = []
            world.tell()
            kinds[world.step] = doors.kinds
            world.step += 1
        check(world, set())
        (home / "rehearsed").write_bytes(pickle.dumps((kinds, facts(world))))


def die(folder: Path, door: int, *, can_look: bool) -> None:
    with Lasting(folder, Doors(door), can_look=can_look) as world:
        world.tell()


def come_back(folder: Path, wanted: dict[str, list[str]], *, can_look: bool) -> None:
    """Go on after a crash, and look at what is left."""
    with Lasting(folder, Doors(), can_look=can_look) as world:
        world.redeliver()
        approved = send_anyway(world)
        assert not (can_look and approved), "there was no need to ask anybody"
        world.pick_up()
        world.play()
        check(world, approved)
        came_to = facts(world)
    for name, values in wanted.items():
        assert came_to[name] == values, (name, came_to[name], values)


def send_anyway(world: Lasting) -> set[str]:
    """Nothing was sent twice and each doubt was told once; then a person has it sent once more."""
    doubts = {key for key, row in outbox_of(world.store).items() if row["state"] == "uncertain"}
    before = posts_of(world.chat.entries())
    assert max(before.values(), default=0) <= 1, before
    for key in doubts:
        told = [one for one in before if one.startswith(f"trouble:uncertain:{key}:")]
        assert len(told) == 1, (key, told)
        world.press_about("pia", "Skicka ändå", key)
        print("DOUBT", key.partition(":")[0], "arrived" if before[key] else "never left")
    after = posts_of(world.chat.entries())
    assert after == before + Counter(doubts), (before, after)
    return doubts


def chosen(kinds: dict[int, list[str]], *, can_look: bool) -> list[tuple[int, int, str]]:
    """The doors to die at: step, number of the door in it, kind."""
    every = [(step, door, kind) for step, found in kinds.items() for door, kind in enumerate(found, start=1)]
    if can_look:
        return [one for at, one in enumerate(every) if one[2] not in {"read", "write"} or at % EVERY == 0]
    return [one for one in every if one[2] in {"send", "sent"}]


def kill_at_doors(home: Path, share: int, shares: int, *, can_look: bool) -> int:
    """Die at each chosen door of this share, and come back; return how many faults that showed.

    It is rehearsed here and not apart: each child finds the statements compiled and the libraries read.
    """
    rehearse(home)
    assert threading.active_count() == 1, "something still runs, and would not in a child"
    gc.freeze()
    kinds, wanted = pickle.loads((home / "rehearsed").read_bytes())  # noqa: S301  our own file
    faults = died = 0
    for step, door, kind in chosen(kinds, can_look=can_look)[share::shares]:
        folder = home / f"{step}-{door}"
        shutil.copytree(home / str(step), folder)
        died += not apart(partial(die, folder, door, can_look=can_look))
        if not apart(partial(come_back, folder, wanted, can_look=can_look)):
            faults += 1
            print(f"FAULT after dying at door {door} ({kind}) of: {STEPS[step][1]}", flush=True)
        shutil.rmtree(folder)
    print(f"DIED {died} FAULTS {faults}")
    return faults


def main(sort: str, share: str, shares: str) -> None:
    set_up_logs(level=50)
    prompts()
    compile_once()
    with tempfile.TemporaryDirectory(dir=RAM if RAM.is_dir() else None) as home:
        faults = kill_at_doors(Path(home), int(share), int(shares), can_look=sort == "look")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
