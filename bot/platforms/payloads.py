"""What a chat sent, read one piece at a time: everything in it is only a claim, and may be anything."""

import re
from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]


class Unreadable(Exception):
    """A payload that lacks what its kind always has."""


def part(payload: Payload, name: str) -> Payload:
    """A dict inside a payload; empty when it is absent or something else."""
    inner = payload.get(name)
    return inner if isinstance(inner, dict) else {}


def parts(payload: Payload, name: str) -> list[Payload]:
    """The dicts of a list inside a payload; none when it is absent or something else."""
    inner = payload.get(name)
    return [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []


def words(payload: Payload, name: str) -> str:
    """A string inside a payload; empty when it is absent or something else."""
    inner = payload.get(name)
    return inner if isinstance(inner, str) else ""


def shaped(given: object, like: re.Pattern[str], what: str) -> str:
    """A string that looks like `what` it is to be. Raises Unreadable, so named."""
    if isinstance(given, str) and like.fullmatch(given):
        return given
    raise Unreadable(what)
