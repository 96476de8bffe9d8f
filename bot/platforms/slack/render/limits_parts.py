"""Slack's limits for what stands inside a block: words, buttons, options, inputs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

ID = 255
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
RICH_LEAVES = {"text", "link"}


def length(text: str) -> int:
    """Count UTF-16 units: never fewer than Slack counts, whichever way it does."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)  # noqa: PLR2004  beyond the first plane


def text(where: str, value: object, least: int, most: int) -> Iterator[str]:
    """A string between two lengths, without signs that are no text."""
    if not isinstance(value, str):
        yield f"{where}: not a string"
        return
    if not least <= length(value) <= most or (least and not value.strip()):
        yield f"{where}: {length(value)} characters"
    if UNSENDABLE.search(value):
        yield f"{where}: holds what is no text"


def plain(where: str, value: object, most: int) -> Iterator[str]:
    """A `plain_text` object; markup has no place here."""
    if not isinstance(value, Mapping) or value.get("type") != "plain_text":
        yield f"{where}: not plain_text"
        return
    yield from text(where, value.get("text"), 1, most)


def number(where: str, items: Sequence[object], least: int, most: int) -> Iterator[str]:
    if not least <= len(items) <= most:
        yield f"{where}: {len(items)} of them"


def button(where: str, given: Json) -> Iterator[str]:
    if given.get("type") != "button":
        yield f"{where}: not a button"
    yield from plain(where, given.get("text"), 75)
    yield from text(f"{where} action_id", given.get("action_id"), 1, ID)
    yield from text(f"{where} value", given.get("value", ""), 0, 2000)
    yield from text(f"{where} url", given.get("url", ""), 0, 3000)
    if given.get("style", "primary") not in {"primary", "danger"}:
        yield f"{where}: unknown style"


def rich(where: str, given: Json) -> Iterator[str]:
    """A list of sections, or a section of leaves: only words and links, nothing that pings."""
    held = given.get("elements", ())
    yield from number(f"{where} elements", held, 1, 1000)
    for leaf in held:
        if given.get("type") == "rich_text_list":
            yield from rich(f"{where} item", leaf)
        elif leaf.get("type") not in RICH_LEAVES:
            yield f"{where}: {leaf.get('type')} among the words"
        else:
            yield from _leaf(where, leaf)


def _leaf(where: str, leaf: Json) -> Iterator[str]:
    if not leaf.get("text"):
        yield f"{where}: an empty text"
    else:
        yield from text(where, f"x{leaf['text']}", 1, 3001)
    if leaf.get("type") == "link":
        yield from text(f"{where} url", leaf.get("url"), 1, 3000)
        if not str(leaf.get("url")).startswith(("https://", "http://")):
            yield f"{where}: a link that leads nowhere"


def element(where: str, given: Json) -> Iterator[str]:
    """The element of an input block."""
    yield from text(f"{where} action_id", given.get("action_id"), 1, ID)
    if "placeholder" in given:
        yield from plain(f"{where} placeholder", given["placeholder"], 150)
    match given.get("type"):
        case "plain_text_input":
            yield from _typed(where, given)
        case "radio_buttons" | "checkboxes":
            yield from options(where, given.get("options", ()), 10)
        case "static_select" | "multi_static_select":
            yield from _menu(where, given)
        case "datepicker":
            if "initial_date" in given and not DAY.fullmatch(given["initial_date"]):
                yield f"{where}: not a date"
        case "users_select" | "multi_users_select":
            people = [*given.get("initial_users", ()), *filter(None, [given.get("initial_user")])]
            if not all(re.fullmatch(r"[UW][A-Z0-9]+", str(user)) for user in people):
                yield f"{where}: not a user"
        case other:
            yield f"{where}: {other} in an input"
    yield from _begun(where, given)


def options(where: str, given: Sequence[Json], most: int) -> Iterator[str]:
    yield from number(f"{where} options", given, 1, most)
    for one in given:
        yield from plain(f"{where} option", one.get("text"), 75)
        yield from text(f"{where} option value", one.get("value"), 1, 150)


def _typed(where: str, given: Json) -> Iterator[str]:
    most = given.get("max_length", 3000)
    if not 1 <= most <= 3000:  # noqa: PLR2004  Slack's own
        yield f"{where}: max_length {most}"
    if "initial_value" in given and not 1 <= length(given["initial_value"]) <= most:
        yield f"{where}: the first value does not fit"


def _menu(where: str, given: Json) -> Iterator[str]:
    if "option_groups" not in given:
        yield from options(where, given.get("options", ()), 100)
        return
    yield from number(f"{where} groups", given["option_groups"], 1, 100)
    for group in given["option_groups"]:
        yield from plain(f"{where} group", group.get("label"), 75)
        yield from options(where, group.get("options", ()), 100)


def _begun(where: str, given: Json) -> Iterator[str]:
    """What is chosen to begin with must be one of the options, sign for sign."""
    groups = given.get("option_groups", ())
    offered = [*given.get("options", ()), *(one for group in groups for one in group["options"])]
    begun = [*given.get("initial_options", ()), *filter(None, [given.get("initial_option")])]
    if any(one not in offered for one in begun):
        yield f"{where}: begins with what is no option"
