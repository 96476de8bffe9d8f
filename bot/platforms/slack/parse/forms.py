"""A form that comes back: what was filled in, and where it was opened."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from bot.domain.events import FormSubmitted
from bot.messages.tokens import LONGEST_TOKEN
from bot.platforms.legible import clean
from bot.platforms.payloads import Payload, Unreadable, part, words
from bot.platforms.slack.parse.ids import (
    PLATFORM,
    actor,
    direct,
    once,
    slack_id,
    stamp,
    team_of,
)
from bot.platforms.slack.parse.values import Around, Heard, Parsed, Way
from bot.platforms.slack.render.forms import Metadata

DIGEST = 32
"""Hex digits of what tells one person's form from another's: its nonce is too short to do it alone."""
MOST_VALUES = 500
"""Values in one field; more than any field of ours can hold."""

_NONCE = re.compile(r"[0-9a-f]{8}")
_ADDRESS = re.compile(r"([A-Z0-9]{2,32})/(@?[A-Z0-9]{2,32})")
_PART = re.compile(r"#([0-9]{1,3})$")


def metadata(view: Payload, team: str, user: str) -> Metadata:
    """Read a view's metadata; a place that the person cannot be in is taken for their own."""
    try:
        opened = Metadata.model_validate_json(clean(view.get("private_metadata")))
    except ValidationError as unlike:
        raise Unreadable("metadata") from unlike
    if not _NONCE.fullmatch(opened.nonce) or len(opened.token) > LONGEST_TOKEN:
        raise Unreadable("metadata")
    for reference in filter(None, (opened.where.thread, opened.opened_from)):
        stamp(reference)
    found = _ADDRESS.fullmatch(opened.where.address)
    theirs = found and found[1] == team and found[2] in {f"@{user}", found[2].lstrip("@")}
    if opened.where.platform != PLATFORM or opened.where.only_to or not theirs:
        return opened.model_copy(update={"where": direct(team, user)})
    return opened


def submitted(payload: Payload, around: Around) -> Parsed:
    """A form. Sent twice it has the same id; with other words in it, it is another."""
    team, view = team_of(payload), part(payload, "view")
    person = slack_id(part(payload, "user").get("id"))
    opened = metadata(view, team, person)
    values = _values(team, view, {})
    said = (team, person, opened.token, values)  # as sent: what Slack says of people may change
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:DIGEST]
    event = FormSubmitted(
        id=f"slack:form:{opened.nonce}:{digest}",
        at=around.now,
        who=actor(payload, team, around),
        where=opened.where,
        token=opened.token,
        values=_values(team, view, around.apart) if around.apart else values,
        people={f"{team}/{one}": around.names[one] for one in _users(view) if around.colleague(one)},
    )
    address = opened.where.address.partition("/")[2]
    way = Way(
        "form",
        team,
        person,
        "" if address.startswith("@") else address,
        opened.where.thread,
        trigger=words(payload, "trigger_id"),
        view=once(view.get("id")),
        reference=opened.opened_from,
        fields=fields_of(view),
        home=opened.home,
    )
    return Heard(event, way)


def chosen(payload: Payload) -> frozenset[str]:
    """The people chosen in a form, and whoever sends it: their names are looked up before it is read."""
    if payload.get("type") != "view_submission":
        return frozenset()
    return frozenset({*_users(part(payload, "view")), words(part(payload, "user"), "id")} - {""})


def _elements(blocks: Payload) -> Iterator[tuple[str, Payload]]:
    """Each key with its input; a field that was laid out in several parts has them in order."""
    for name in sorted(blocks, key=_part):
        block = part(blocks, name)
        yield from ((key, one) for key, one in block.items() if isinstance(one, dict))


def _part(block_id: str) -> int:
    numbered = _PART.search(block_id)
    return int(numbered[1]) if numbered else 1


def _users(view: Payload) -> set[str]:
    blocks = part(part(view, "state"), "values")
    return {user for _, element in _elements(blocks) for user in _picked(element)}


def _values(team: str, view: Payload, apart: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Each key with what was given; an empty field is an empty tuple, and a text is one text."""
    blocks = part(part(view, "state"), "values")
    texts: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    for key, element in _elements(blocks):
        texts[key] = texts.get(key, "") + words(element, "value")
        found[key] = (*found.get(key, ()), *_given(team, element, apart))
    return {
        clean(key): tuple(filter(None, (clean(texts[key]), *given)))[:MOST_VALUES]
        for key, given in found.items()
    }


def _given(team: str, element: Payload, apart: Mapping[str, str]) -> Iterator[str]:
    """What was chosen in one input, whatever kind it is."""
    yield from (f"{apart.get(user) or team}/{slack_id(user)}" for user in _picked(element))
    for name in ("selected_date", "selected_time", "selected_channel", "selected_conversation"):
        yield clean(element.get(name))
    picked = element.get("selected_options")
    options = picked if isinstance(picked, list) else [element.get("selected_option")]
    yield from (clean(option.get("value")) for option in options if isinstance(option, dict))


def _picked(element: Payload) -> list[str]:
    picked = element.get("selected_users")
    users = picked if isinstance(picked, list) else [element.get("selected_user")]
    return [user for user in users if isinstance(user, str) and user]


def fields_of(view: Payload) -> dict[str, str]:
    """Each field's key with the block its error can stand under: the first, where it is in parts."""
    listed = view.get("blocks")
    blocks = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    inputs = [(part(one, "element"), one) for one in reversed(blocks) if one.get("type") == "input"]
    return {words(element, "action_id"): words(block, "block_id") for element, block in inputs}
