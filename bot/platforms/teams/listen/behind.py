"""What a window leaves behind it: the form in the card it was opened from, which nothing else takes away.

A window's answer changes the window alone, so the message is put back where the form took its place. Where it
cannot be (it was said beside an answer, one person alone sees it, or Teams takes no change now), the form's
button says what holds.
"""

from bot.domain.events import FormSubmitted
from bot.domain.school import Language
from bot.messages.model import Message
from bot.platforms.spoken import said
from bot.platforms.teams.listen import answers, words
from bot.platforms.teams.listen.beside import Beside
from bot.platforms.teams.listen.forms import Forms, nonce_of
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.listen.later import Later
from bot.platforms.teams.listen.lookup import Lookup
from bot.platforms.teams.listen.reach import place_of
from bot.platforms.teams.listen.writing import Writing
from bot.platforms.teams.parse.values import Heard
from bot.platforms.teams.render.message import to_card


class Behind:
    """Knows which forms were answered in their windows."""

    def __init__(self, beside: Beside, lookup: Lookup, later: Later, writing: Writing, forms: Forms) -> None:
        self._beside = beside
        self._lookup = lookup
        self._later = later
        self._writing = writing
        self._forms = forms

    def sent(self, heard: Heard, language: Language) -> None:
        """A window's form was taken: the message it was opened from is put back, if they had a form there."""
        way = heard.way
        if way.asks != "task" or not isinstance(heard.event, FormSubmitted) or not way.opened_from:
            return
        if self._forms.answered(way.user, heard.event.where.address, way.opened_from):
            self._later.start(self._put_back(heard, language))

    async def already(self, heard: Heard, language: Language) -> Answer | None:
        """The answer to a form in a card, when the same was sent in its window: this is not taken too."""
        event, way = heard.event, heard.way
        if way.asks != "card" or not isinstance(event, FormSubmitted):
            return None
        if not self._forms.is_answered(way.user, nonce_of(event)):
            return None
        advice = said(words.EARLIER_NEXT if way.written else words.EARLIER_CHOSEN, language)
        told = words.advised(Message(title=said(words.SENT_IN_WINDOW, language)), advice)
        told = words.with_texts(told, way.written)
        if current := await self._lookup.current(event.where, way):
            self._later.start(self._beside.say(heard, told, language))
            return answers.on_card(to_card(current, answers.there(way, language)))
        return answers.on_card(to_card(told, language))

    async def _put_back(self, heard: Heard, language: Language) -> None:
        where, way = place_of(heard.event), heard.way
        await self._beside.put_back(
            heard,
            lambda: self._lookup.seen_by_all(where, way),
            answers.there(way, language),
            lambda: self._writing.wait(where, way.opened_from),
        )
