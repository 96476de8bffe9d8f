"""What an activity says before it is read, or when it cannot be: whose it is, and what is written in it."""

from typing import Any

from bot.domain.school import Language
from bot.platforms.spoken import Speaks, said, told
from bot.platforms.teams.carried import INPUT, is_text
from bot.platforms.teams.listen import answers, words
from bot.platforms.teams.listen.answers import asks_of
from bot.platforms.teams.listen.forms import given_back
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.parse.ids import account, is_uuid

Activity = dict[str, Any]


def tenant_of(activity: Activity) -> str:
    """The one tenant that everything in an activity names; "" when it names none, or two."""
    places = (("conversation", "tenantId"), ("channelData", "tenant", "id"))
    named = [one for one in (_inside(activity, *names) for names in places) if one is not None]
    lowered = {one.lower() if isinstance(one, str) else "" for one in named}
    return lowered.pop() if len(lowered) == 1 else ""


def bot_of(activity: Activity) -> str:
    """Our own id where it was said."""
    bot = _inside(activity, "recipient", "id")
    return bot if isinstance(bot, str) else ""


def read_by(activity: Activity, speaks: Speaks) -> Language:
    """What whoever sent it reads."""
    aad = _inside(activity, "from", "aadObjectId")
    known = isinstance(aad, str) and is_uuid(aad)
    return speaks(account(tenant_of(activity), str(aad).lower())) if known else "sv"


def unreadable(activity: Activity, language: Language) -> Answer:
    """Not ours, or not as ours are: a form keeps its words, a button says so, the rest is quiet."""
    asks, texts = asks_of(activity), texts_of(activity)
    if not texts:
        return answers.in_words(asks, said(words.UNREAD, language))
    return given_back(asks, told(words.UNREAD_FORM, language), texts, language)


def texts_of(activity: Activity) -> tuple[str, ...]:
    """What was written in a form that nobody can read."""
    action = _inside(activity, "value", "action", "data")
    data = action if isinstance(action, dict) else _inside(activity, "value", "data")
    if not isinstance(data, dict):
        return ()
    given = [text for name, text in data.items() if INPUT.fullmatch(name) and is_text(data, name)]
    return tuple(text for text in given if isinstance(text, str) and text)


def _inside(payload: object, *names: str) -> object:
    for name in names:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload
