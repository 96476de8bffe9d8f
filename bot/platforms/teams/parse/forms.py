"""A form that comes back: what was filled in, and where it was opened."""

import hashlib
import json
import re
from collections.abc import Mapping

from bot.domain.events import FormSubmitted
from bot.messages.tokens import LONGEST_TOKEN
from bot.platforms.legible import clean
from bot.platforms.payloads import Payload, Unreadable, words
from bot.platforms.teams.carried import NONCE, input_id, is_text
from bot.platforms.teams.parse.around import Scene, learnt
from bot.platforms.teams.parse.ids import reference
from bot.platforms.teams.parse.values import Asks, Heard, Parsed, Surface

MOST_FIELDS = 100
MOST_VALUES = 500
"""Values in one field; both are more than any form of ours can hold."""

_KEY = re.compile(r"[!-~]{1,80}")


def submitted(activity: Payload, scene: Scene, data: Payload, surface: Surface, asks: Asks) -> Parsed:
    """A form. Sent twice it has the same id; with other words in it, or from somebody else, it is another.

    `data` says where it was opened. A conversation that names its thread is believed before it.
    """
    nonce, opened_from = words(data, "nonce"), reference(data.get("from"))
    if not NONCE.fullmatch(nonce):
        raise Unreadable("a form's nonce")
    packed, values = token(data.get("form")), typed(data, scene)
    who = scene.who.account
    told = json.dumps([scene.tenant, who.user, packed, values], sort_keys=True)
    event = FormSubmitted(
        id=f"teams:form:{nonce}:{hashlib.sha256(told.encode()).hexdigest()[:12]}",
        at=scene.at,
        who=who,
        where=opened(scene, data).place(opened_from),
        token=packed,
        values=values,
    )
    sits = reference(activity.get("replyToId"))
    way = scene.way(surface, asks, reference=opened_from or sits)
    known = learnt(activity, scene, there="perhaps" if surface == "extension" else "installed")
    way = way._replace(sits=sits, opened_from=opened_from, written=_written(data, values))
    return Heard(event, way, known)


def token(given: object) -> str:
    """What a button or a form of ours carries; it is not unpacked here."""
    if isinstance(given, str) and 0 < len(given) <= LONGEST_TOKEN and given == clean(given):
        return given
    raise Unreadable("a token of ours")


def opened(scene: Scene, data: Payload) -> Scene:
    """The scene in the thread where the form was opened, where the conversation does not say it."""
    if scene.spot.kind != "channel" or scene.spot.root:
        return scene
    return scene._replace(spot=scene.spot._replace(root=reference(data.get("thread"))))


def _fields(data: Payload) -> dict[str, str]:
    """Each field's key with the id of its input, in order."""
    listed, mark = data.get("keys"), words(data, "mark")
    keys = listed if isinstance(listed, list) else []
    if len(keys) > MOST_FIELDS or not all(isinstance(key, str) and _KEY.fullmatch(key) for key in keys):
        raise Unreadable("a form's keys")
    if mark and not NONCE.fullmatch(mark):
        raise Unreadable("a showing's mark")
    return {key: _input(data, at, mark) for at, key in enumerate(keys)}


def typed(data: Payload, scene: Scene) -> dict[str, tuple[str, ...]]:
    """What each input says, by its field's key.

    The client itself picks people by their bare object ids: they are accounts in the conversation's tenant.
    """
    several, people = _listed(data, "several"), _listed(data, "people")
    values = {}
    for key, field in _fields(data).items():
        name = field.partition("-")[0]
        given = _values(clean(data.get(field)), several=name in several)
        values[key] = tuple(_whole(one, scene.tenant) for one in given) if name in people else given
    return values


def _written(data: Payload, values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What was given in the text inputs."""
    texts = {key for key, field in _fields(data).items() if is_text(data, field)}
    return tuple(text for key, given in values.items() if key in texts for text in given)


def _input(data: Payload, at: int, mark: str) -> str:
    """The input's id: this showing's, or the one of a card that was posted before inputs had marks."""
    marked = input_id(at, mark)
    return marked if marked in data else input_id(at)


def _listed(data: Payload, name: str) -> list[object]:
    listed = data.get(name)
    return listed if isinstance(listed, list) else []


def _whole(user: str, tenant: str) -> str:
    return user if "/" in user else f"{tenant}/{user}"


def _values(given: str, *, several: bool) -> tuple[str, ...]:
    """What was given in one input; an empty one is an empty tuple, and a text is one text."""
    chosen = given.split(",") if several else [given]
    return tuple(filter(None, map(str.strip, chosen)))[:MOST_VALUES]
