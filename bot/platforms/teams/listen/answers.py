"""The HTTP answers that an invoke waits for, in the words of each kind. Pure.

A message (`asks` is "nothing") hears nothing here: what is said to it goes beside the answer.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from bot.domain.school import Language
from bot.messages.model import Message
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.parse.values import Asks, Way
from bot.platforms.teams.render.message import to_card

CARD = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"
OK, AGAIN = 200, 503
LONGEST_POPUP = 500
"""Characters that a pop-up shows whole; more goes on a card in the dialog."""

NAMES: Mapping[str, Asks] = {
    "adaptiveCard/action": "card",
    "task/fetch": "task",
    "task/submit": "task",
    "composeExtension/fetchTask": "extension",
    "composeExtension/submitAction": "extension",
}
Json = dict[str, Any]


def asks_of(activity: Mapping[str, Any]) -> Asks:
    """What the sender waits for, of an activity that may be unreadable."""
    name = activity.get("name")
    known = activity.get("type") == "invoke" and isinstance(name, str)
    return NAMES.get(str(name), "nothing") if known else "nothing"


def on_card(card: Json) -> Answer:
    """This card stands where the pressed one stood, for the one who pressed."""
    return Answer(OK, {"statusCode": OK, "type": CARD, "value": card})


def in_words(asks: Asks, words: str) -> Answer:
    """A line of words; the card, or what was written in the form, stays as it is where Teams lets it."""
    match asks:
        case "card":
            return Answer(OK, {"statusCode": OK, "type": WORDS, "value": words})
        case "task" | "extension":
            return Answer(OK, {"task": {"type": "message", "value": words}})
        case "nothing":
            return Answer(OK)
        case _:
            assert_never(asks)


def in_dialog(title: str, card: Json) -> Answer:
    """This card fills the dialog that is open, or opens one."""
    shown = {"contentType": CARD, "content": card}
    value = {"title": title, "width": "medium", "height": "medium", "card": shown}
    return Answer(OK, {"task": {"type": "continue", "value": value}})


def told(asks: Asks, message: Message, language: Language = "sv") -> Answer:
    """The message (its first part, where it needs several) on the card's place, or in the dialog."""
    match asks:
        case "card":
            return on_card(to_card(message, language))
        case "task" | "extension" if message.blocks or len(message.title) > LONGEST_POPUP:
            return in_dialog(message.title, to_card(message, language))
        case "task" | "extension" | "nothing":
            return in_words(asks, message.title)
        case _:
            assert_never(asks)


def there(way: Way, language: Language) -> Language:
    """The language of what stands where they acted: theirs in their own chat, else what several share."""
    return language if way.private else "sv"
