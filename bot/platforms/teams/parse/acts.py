"""Buttons, forms, dialogs and message extensions: what somebody does and waits for."""

from bot.domain.events import MessageSaved, Pressed
from bot.domain.school import Account
from bot.platforms.legible import called
from bot.platforms.payloads import Payload, part, words
from bot.platforms.teams import carried
from bot.platforms.teams.parse.around import Scene, learnt, scene_of
from bot.platforms.teams.parse.forms import opened, submitted, token, typed
from bot.platforms.teams.parse.ids import account, activity_id, is_uuid, reference
from bot.platforms.teams.parse.text import ours, seen_elsewhere
from bot.platforms.teams.parse.values import Around, Asks, Heard, Ignored, Parsed, ShowAgain, Surface

SAVE = "saveNote"
"""The message extension's command; the manifest has it from here."""


def invoked(activity: Payload, around: Around) -> Parsed:
    """Somebody waits for the answer: route it by its name."""
    value = part(activity, "value")
    match activity.get("name"):
        case "adaptiveCard/action":
            return _executed(activity, part(value, "action"), around)
        case "task/fetch":
            return _moved(activity, scene_of(activity, around), part(value, "data"))
        case "task/submit":
            return _sent(activity, scene_of(activity, around), part(value, "data"), "dialog", "task")
        case "composeExtension/fetchTask":
            return _saved(activity, value, around)
        case "composeExtension/submitAction" if value.get("commandId") == SAVE:
            scene = scene_of(activity, around)
            return _sent(activity, scene, part(value, "data"), "extension", "extension")
        case _:
            return Ignored("unknown_invoke")


def _sent(activity: Payload, scene: Scene, data: Payload, surface: Surface, asks: Asks) -> Parsed:
    """A dialog sends its form, or the button of a card that stands in it: both by Action.Submit."""
    if "token" in data and "form" not in data:
        return pressed(activity, scene, data, asks)
    return submitted(activity, scene, data, surface, asks)


def _executed(activity: Payload, action: Payload, around: Around) -> Parsed:
    scene, data = scene_of(activity, around), part(action, "data")
    match action.get("verb"):
        case carried.PRESS:
            return pressed(activity, scene, data, "card", in_place=True)
        case carried.SEND:
            return submitted(activity, scene, data, "form", "card")
        case carried.SHOW:
            opened_from, sits = reference(data.get("from")), _sits(activity, scene)
            way = scene.way("card", "card", reference=opened_from or sits)
            return ShowAgain(way._replace(sits=sits, opened_from=opened_from), scene.key)
        case _:
            return Ignored("unknown_verb")


def pressed(activity: Payload, scene: Scene, data: Payload, asks: Asks, *, in_place: bool = False) -> Heard:
    """A button."""
    acted_on = _sits(activity, scene)
    event = Pressed(
        id=scene.event_id(),
        at=scene.at,
        who=scene.who.account,
        where=scene.place(acted_on),
        token=token(data.get("token")),
        reference=acted_on,
        in_place=in_place,
    )
    way = scene.way("card", asks, reference=acted_on)
    return Heard(event, way._replace(sits=acted_on), learnt(activity, scene))


def _moved(activity: Payload, scene: Scene, data: Payload) -> Heard:
    """A window is opened: by a button, or for a form that somebody may have begun to fill in."""
    heard = pressed(activity, scene, data, "task")
    return heard._replace(way=heard.way._replace(typed=typed(data, scene)))


def _sits(activity: Payload, scene: Scene) -> str:
    """On what message a card sits: the root of its thread when Teams does not say."""
    return reference(activity.get("replyToId")) or scene.spot.root


def submit(activity: Payload, around: Around) -> Parsed:
    """Action.Submit: it comes as a message without words, and nobody waits for the answer."""
    scene, data = scene_of(activity, around), part(activity, "value")
    if "form" in data:
        return submitted(activity, scene, data, "form", "nothing")
    if "token" not in data:
        return Ignored("no_token")
    return pressed(activity, scene, data, "nothing")


def _saved(activity: Payload, value: Payload, around: Around) -> Parsed:
    """The message extension on a message: keep these words as a note."""
    message = part(value, "messagePayload")
    if value.get("commandId") != SAVE or not message:
        return Ignored("unknown_extension")
    scene, text = scene_of(activity, around), seen_elsewhere(message, around.bot)
    author = _author(message, scene, around)
    if not text and (author or not message.get("attachments")):
        return Ignored("no_words")  # a card has no words of its own, and none of them would be kept
    kept = activity_id(message.get("id"))
    where = opened(scene, {"thread": message.get("replyToId")}).place(kept)
    event = MessageSaved(
        id=scene.event_id(),
        at=scene.at,
        who=scene.who.account,
        where=where,
        text=text,
        reference=kept,
        author=author,
    )
    way = scene.way("extension", "extension", reference=kept)
    return Heard(event, way, learnt(activity, scene, there="perhaps"))


def _author(message: Payload, scene: Scene, around: Around) -> Account | None:
    """Who wrote it: somebody with an account in this tenant, else nobody whose words may be kept."""
    user = part(part(message, "from"), "user")
    if words(user, "id") and words(user, "id") == scene.who.user:
        return scene.who.account
    aad = words(user, "id").lower()
    native = words(user, "userIdentityType") in {"aadUser", ""}
    if not native or not is_uuid(aad) or ours(aad, around.bot):
        return None
    return account(scene.tenant, aad, called(user.get("displayName")))
