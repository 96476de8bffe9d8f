"""Which forms are open: what could not be saved, or has mistakes in it, is shown again as it was."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from bot.domain.events import FormSubmitted
from bot.domain.school import Language
from bot.messages.model import ChoiceField, Form, Message, PeopleField
from bot.platforms.spoken import said
from bot.platforms.teams.listen import words
from bot.platforms.teams.listen.answers import Json, in_dialog, in_words, on_card, told
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.parse.values import Asks, Way
from bot.platforms.teams.render.forms import People, Shown, to_dialog, to_form_card, with_boxes
from bot.platforms.teams.render.limits import of_card
from bot.platforms.teams.render.message import to_card

MOST_KEPT = 2000
"""Forms remembered; an older one is still read, only not shown again in its own words."""

MOST_CHARACTERS = 8_000_000
"""Of all of them together, and of the names of all the people that may be chosen in them."""


def card_of(shown: Shown) -> Json:
    """The form to stand where a message stood. Each time its inputs have other ids."""
    return to_form_card(shown, fresh())


def answer_with(shown: Shown, asks: Asks) -> Answer:
    """The form as the answer of an invoke.

    One too large for a card is told of in words: what stands there stays, with what was typed in it.
    """
    if asks == "card":
        card = card_of(shown)
        return in_words(asks, too_large(shown.form)) if of_card(card) else on_card(card)
    return in_dialog(shown.form.title, to_dialog(shown, fresh()))


def given_back(asks: Asks, message: Message, texts: Sequence[str], language: Language = "sv") -> Answer:
    """The message, and in a window what was written there, whole; a card keeps what is typed in it."""
    match asks:
        case "card":
            return in_words(asks, words.in_words(message))
        case "task" | "extension" if texts:
            card = with_boxes(to_card(message, language), texts, fresh(), language)
            return in_dialog(message.title, card)
        case _:
            return told(asks, message, language)


def done_with(way: Way, message: Message, texts: Sequence[str], language: Language) -> Answer:
    """What a form came to, in its place: one that still stood there would look as if it was not sent.

    A message whose place it had, and that is not ours to show (it was said beside an answer, or is a later
    part of a long one), Teams shows again, and this goes: more than a line is for who answers to say beside.
    """
    if way.opened_from and message.blocks:
        message = words.with_texts(Message(title=said(words.BESIDE, language)), texts)
    if way.opened_from and way.opened_from == way.sits:
        message = words.advised(message, said(words.OPEN_AGAIN, language))
    return on_card(to_card(message, language))


class Forms:
    """What this process has shown lately, to whom. A nonce that somebody else sends finds nothing.

    Each place's people are kept once, as they were when a form was last shown there.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Shown] = OrderedDict()
        self._sizes: dict[tuple[str, str], int] = {}
        self._size = 0
        self._people: OrderedDict[str, People] = OrderedDict()
        self._names = 0
        self._answered: set[tuple[str, str]] = set()

    def keep(self, user: str, shown: Shown) -> Shown:
        key = (user, shown.nonce)
        self._drop(key)
        self._kept[key] = shown._replace(people=())
        self._sizes[key] = len(shown.form.model_dump_json())
        self._size += self._sizes[key]
        while len(self._kept) > MOST_KEPT or (self._size > MOST_CHARACTERS and len(self._kept) > 1):
            self._drop(next(iter(self._kept)))
        if shown.people:
            self._meet(shown.place, shown.people)
        return shown

    def of(self, user: str, event: FormSubmitted) -> Shown | None:
        """The form that comes back, if this is the one it says it is."""
        shown = self._kept.get((user, nonce_of(event)))
        if not shown or shown.form.token != event.token:
            return None
        return shown._replace(people=self._people.get(shown.place, ())) if has_people(shown.form) else shown

    def stood(self, user: str, place: str, reference: str) -> bool:
        """Whether this person was shown a form in the place of this message."""
        return any(
            whose == user and (shown.place, shown.opened_from) == (place, reference)
            for (whose, _), shown in self._kept.items()
        )

    def answered(self, user: str, place: str, reference: str) -> bool:
        """In a window: no form that this person was shown in the place of this message waits for them.

        False when there was none.
        """
        theirs = {
            (whose, nonce)
            for (whose, nonce), shown in self._kept.items()
            if whose == user and (shown.place, shown.opened_from) == (place, reference)
        }
        self._answered |= theirs
        return bool(theirs)

    def is_answered(self, user: str, nonce: str) -> bool:
        return (user, nonce) in self._answered

    def _drop(self, key: tuple[str, str]) -> None:
        self._answered.discard(key)
        if self._kept.pop(key, None):
            self._size -= self._sizes.pop(key)

    def _meet(self, place: str, people: People) -> None:
        self._names += _length(people) - _length(self._people.pop(place, ()))
        self._people[place] = people
        while self._names > MOST_CHARACTERS and len(self._people) > 1:
            self._names -= _length(self._people.popitem(last=False)[1])


def _length(people: People) -> int:
    return sum(len(user) + len(name) for user, name in people)


def too_large(form: Form) -> str:
    """What is wrong in a form, or only that it cannot be shown, where the form itself has no room."""
    return " ".join(form.errors.values()) or said(words.TOO_LARGE, form.around.language)


def fresh() -> str:
    return secrets.token_hex(4)


def nonce_of(event: FormSubmitted) -> str:
    """The nonce that a form's id holds: `teams:form:{nonce}:{digest}`."""
    return event.id.split(":")[2]


def has_people(form: Form) -> bool:
    return any(isinstance(field, PeopleField) for field in form.fields)


def missing(form: Form, values: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """By field, what is wrong with leaving it empty; nothing where there was nothing to choose among."""
    return {
        field.key: words.MUST
        for field in form.fields
        if field.required
        and not values.get(field.key)
        and not (isinstance(field, ChoiceField) and not field.options)
    }


def with_error(form: Form, words: str) -> Form:
    """The form with these words beside its first field."""
    return form.but(errors={field.key: words for field in form.fields[:1]})
