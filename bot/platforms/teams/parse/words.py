"""What people write: to the bot, in a thread, as a command; and what they change or remove."""

import re

from bot.domain.events import Commanded, HomeOpened, Replied, Rewritten
from bot.domain.marks import bare
from bot.platforms.asked import HELP, asked_for
from bot.platforms.payloads import Payload, part, words
from bot.platforms.teams.parse.around import Scene, learnt, scene_of
from bot.platforms.teams.parse.ids import reference
from bot.platforms.teams.parse.text import mentions, seen
from bot.platforms.teams.parse.values import Around, Heard, Ignored, Parsed

HOME = "hem"
"""Teams has no page of the bot's own: in the chat with it, one asks for what would stand there."""

HOMES = frozenset({HOME, "home"})

LONGEST_COMMAND = 32
BROUGHT_BACK = "undeleteMessage"
_COMMAND = re.compile(r"/[^\W\d_]")
_DIGITS = re.compile(r"\D")


def said(activity: Payload, around: Around) -> Parsed:
    """Words, or a command: all there is to tell them apart is how they are written."""
    scene = scene_of(activity, around)
    own = mentions(activity, around.bot)
    text = seen(activity, own)
    direct, targeted = scene.spot.kind == "personal", part(activity, "recipient").get("isTargeted") is True
    if not text and not own and not targeted:
        return Ignored("no_words")
    spot = scene.spot
    if spot.kind == "channel" and not spot.root and (hangs := reference(activity.get("replyToId"))):
        scene = scene._replace(spot=spot._replace(root=hangs))
    way = scene.way("words", targeted=targeted)
    where, who, known = scene.place(scene.id), scene.who.account, learnt(activity, scene)
    id_ = scene.said_id(text)
    if direct and bare(text) in HOMES:
        return Heard(HomeOpened(id=id_, at=scene.at, who=who, where=where), way, known)
    command = commanded(text, around, to_us=direct or bool(own), targeted=targeted)
    if command:
        name, _, rest = command.partition(" ")
        spoken = Commanded(id=id_, at=scene.at, who=who, where=where, command=name, text=rest.strip())
        return Heard(spoken, way, known)
    replied = Replied(
        id=id_,
        at=scene.at,
        who=who,
        where=where,
        text=text,
        reference=scene.id,
        direct=direct,
        addressed=bool(own) and not direct,
    )
    return Heard(replied, way, known)


def commanded(text: str, around: Around, *, to_us: bool, targeted: bool) -> str:
    """The command with its slash and its words; "" when they are words."""
    if not text:
        return HELP
    first, *rest = text.split(None, 1)
    following = rest[0] if rest else ""
    if targeted or _COMMAND.match(text):
        name = first.lstrip("/")[:LONGEST_COMMAND]
        return f"/{name} {following}" if name else HELP
    if not to_us:
        return ""
    return asked_for(text, around.commands)


def rewritten(activity: Payload, around: Around) -> Parsed:
    """Words that were changed, removed or brought back: each time another happening of the same message."""
    scene = scene_of(activity, around)
    if activity.get("type") == "messageDelete":
        return _changed(activity, scene, None, "deleted")
    text = seen(activity, mentions(activity, around.bot))
    back = part(activity, "channelData").get("eventType") == BROUGHT_BACK
    return _changed(activity, scene, text or None, "edited", back=back)


def _changed(activity: Payload, scene: Scene, text: str | None, how: str, *, back: bool = False) -> Parsed:
    when = _DIGITS.sub("", words(activity, "timestamp"))[:20] or "never"
    event = Rewritten(
        id=scene.event_id(f"{how}-{when}"),
        at=scene.at,
        who=scene.who.account,
        where=scene.place(scene.id),
        reference=scene.id,
        text=text,
        back=back,
    )
    return Heard(event, scene.way("words"), learnt(activity, scene))
