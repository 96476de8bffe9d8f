"""What Slack sends, as JSON files; and how it is read at a certain moment."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.events import Event
from bot.platforms.slack.parse import payload as parse
from bot.platforms.slack.parse.values import Around, Heard, Parsed

FOLDER = Path(__file__).parent / "payloads"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
BOT_USER = "U0NULAGE1"
TEAM = "T061EG9R6"
NOW = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
CALLED = {"U0SAM0001": "Sam Ek", "U0OKAND01": "", "U0LENA001": "Lena Lind", "C0LAG4600": "arbetslag-4-6"}


T = TypeVar("T", bound=Event)


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def recorded(name: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(_text(name))
    return payload


def read(payload: dict[str, Any]) -> Parsed:
    return parse.read(payload, Around(BOT_USER, NOW, CALLED))


def heard(name: str) -> Heard:
    found = read(recorded(name))
    assert isinstance(found, Heard), found
    return found


def event(name: str) -> Event:
    return heard(name).event


def happened(kind: type[T], name: str) -> T:
    """The event of a payload that is known to be of this kind."""
    found = event(name)
    assert isinstance(found, kind)
    return found
