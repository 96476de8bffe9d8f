"""`python -m tests.bench`: measure against the floors; one JSON object, then a table.

Ratios count, not figures: both sides take turns in the same run on the same disk. `--full` builds a
history of 3 million old turns instead of 300 000, and 2 million notes instead of 200 000.
Names after the options choose: `python -m tests.bench turn_alone start`.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench import edge, reports, serve, start, teams_edge
from tests.bench.floor import Floor
from tests.bench.history import make_history
from tests.bench.turns import QUESTIONS, Ours

ROUNDS = 15
TURN_ROUNDS = 41
"""A turn waits for the disk, whose whims are as large as what is measured: many short rounds."""

DIALOGUES = 64
TIMES_OVER = 4
BARS = {
    "turn_alone": "≥ 0.35",
    "turn_group": "≥ 1.2",
    "turn_history": "≥ 0.85",
    "nulage": "≤ 1.3, 20 ms",
    "weekly": "≤ 1.3, 20 ms",
    "slack_edge": "≥ 0.5",
    "teams_edge": "≥ 0.5",
    "start": "≤ 2.5",
    "memory": "–",
    "start_serve": "–",
    "memory_serve": "≤ 120 MB",
    "start_serve_teams": "–",
    "memory_serve_teams": "≤ 200 MB",
}
Measured = dict[str, dict[str, Any]]


def main(arguments: Sequence[str]) -> None:
    """Measure what is asked for, or everything."""
    full = "--full" in arguments
    wanted = {name for name in arguments if not name.startswith("-")} or set(BARS)
    measured: Measured = {}
    if wanted & {"turn_alone", "turn_group"}:
        measured |= turns()
    if "turn_history" in wanted:
        measured |= history(3_000_000 if full else 300_000)
    if wanted & {"nulage", "weekly"}:
        measured |= notes(200_000 if full else 20_000)
    if "slack_edge" in wanted:
        measured |= slack_edge()
    if "teams_edge" in wanted:
        measured |= teams_door()
    if wanted & {"start", "memory"}:
        measured |= starting()
    if wanted & {"start_serve", "memory_serve"}:
        measured |= serving("", serve.measure)
    if wanted & {"start_serve_teams", "memory_serve_teams"}:
        measured |= serving("_teams", serve.measure_teams)
    print(json.dumps({name: found for name, found in measured.items() if name in wanted}, indent=1))
    show({name: found for name, found in measured.items() if name in wanted})


def turns() -> Measured:
    """One turn waiting and 64 waiting, each against a turn by hand with a commit of its own."""
    with tempfile.TemporaryDirectory() as folder:
        floor, ours = Floor(Path(folder) / "floor.sqlite3"), Ours(Path(folder) / "ours.sqlite3")
        by_hand, alone, group = _alternate(
            lambda: floor.play(floor.dialogues(DIALOGUES), QUESTIONS),
            lambda: ours.play_alone(ours.dialogues(DIALOGUES)),
            lambda: _again(ours),
            rounds=TURN_ROUNDS,
        )
        ours.close()
        floor.close()
    return {
        "turn_alone": _turns(by_hand, alone),
        "turn_group": _turns(by_hand, group),
    }


def history(old_turns: int) -> Measured:
    """64 waiting in a store with so many old turns, against 64 waiting in an empty one."""
    with tempfile.TemporaryDirectory() as folder:
        young, old = Ours(Path(folder) / "young.sqlite3"), Ours(Path(folder) / "old.sqlite3")
        make_history(old.store, old_turns)
        empty, full = _alternate(
            lambda: _again(young),
            lambda: _again(old),
        )
        young.close()
        old.close()
    return {"turn_history": _turns(empty, full, old_turns=old_turns)}


def notes(few: int) -> Measured:
    """Both reports among few notes and among ten times as many: the ratio is how much slower they grow."""
    return {
        name: _entry(little, much, much / little, "ms", notes=10 * few)
        for name, (little, much) in reports.measure(few, 10 * few).items()
    }


def slack_edge() -> Measured:
    """What comes from Slack through the whole edge and onto the disk, against Bolt alone."""
    with tempfile.TemporaryDirectory() as folder:
        measured = edge.measure(Path(folder), ROUNDS)
    entries = {
        kind: _turns(found.bolt, found.ours, p99_us=round(1000 * found.p99)) | {"unit": "requests/s"}
        for kind, found in measured.items()
    }
    return {"slack_edge": entries.pop("all") | {"of_which": entries}}


def teams_door() -> Measured:
    """What comes from Teams through the whole edge and onto the disk, against the SDK alone."""
    with tempfile.TemporaryDirectory() as folder:
        measured = teams_edge.measure(Path(folder), ROUNDS)
    entries = {
        kind: _turns(found.sdk, found.ours, p99_us=round(1000 * found.p99)) | {"unit": "requests/s"}
        for kind, found in measured.items()
    }
    return {"teams_edge": entries.pop("all") | {"of_which": entries}}


def starting() -> Measured:
    """From nothing to the first answer, against importing the three large libraries."""
    bare, ours = start.measure(5)
    return {
        "start": _entry(bare.seconds, ours.seconds, ours.seconds / bare.seconds, "s"),
        "memory": _entry(bare.megabytes, ours.megabytes, ours.megabytes / bare.megabytes, "MB"),
    }


def serving(chat: str, measure: Callable[[int], tuple[start.Started, start.Started]]) -> Measured:
    """`nulage serve` with one chat alone: until it is ready, and until a message is out."""
    bare, ours = measure(3)
    return {
        f"start_serve{chat}": _entry(bare.seconds, ours.seconds, ours.seconds / bare.seconds, "s"),
        f"memory_serve{chat}": _entry(bare.megabytes, ours.megabytes, ours.megabytes / bare.megabytes, "MB"),
    }


def _alternate(*sides: Callable[[], float], rounds: int = ROUNDS) -> list[list[float]]:
    """Let all sides take turns; return what each reached, round by round. The first round is practice."""
    for side in sides:
        side()
    runs = [[side() for side in sides] for _ in range(rounds)]
    return [list(column) for column in zip(*runs, strict=True)]


def _again(ours: Ours) -> float:
    """64 dialogues at once, some times over: as long a while as the other sides take."""
    return statistics.median(ours.play_together(ours.dialogues(DIALOGUES)) for _ in range(TIMES_OVER))


def _turns(floor: list[float], ours: list[float], **more: int) -> dict[str, Any]:
    """Return the median of each round's ratio: a disk that is slow for a while is slow for both sides."""
    ratio = statistics.median(one / other for one, other in zip(ours, floor, strict=True))
    return _entry(statistics.median(floor), statistics.median(ours), ratio, "turns/s", **more)


def _entry(floor: float, ours: float, ratio: float, unit: str, **more: int) -> dict[str, Any]:
    return {"ratio": round(ratio, 3), "floor": round(floor, 3), "ours": round(ours, 3), "unit": unit, **more}


def show(measured: Measured) -> None:
    """Print the same as a table."""
    table = Table("what", "ratio", "bar", "floor", "ours", "unit")
    for name, found in measured.items():
        row = (str(found[key]) for key in ("floor", "ours", "unit"))
        table.add_row(name, str(found["ratio"]), BARS[name], *row)
    Console(stderr=True).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
