"""What the core answers becomes what whoever acted sees: in the HTTP answer, beside it, or both."""

from typing import assert_never

from bot.domain.events import FormSubmitted, Pressed
from bot.domain.school import Language, Place
from bot.messages.model import Choices, Form, Message, Open, Quiet, Response, Say
from bot.platforms.filling import as_left
from bot.platforms.spoken import Speaks, read_by, said, told
from bot.platforms.teams.listen import answers, words
from bot.platforms.teams.listen.behind import Behind
from bot.platforms.teams.listen.beside import Beside
from bot.platforms.teams.listen.forms import (
    Forms,
    answer_with,
    done_with,
    fresh,
    given_back,
    has_people,
    missing,
    nonce_of,
    with_error,
)
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.listen.later import Later
from bot.platforms.teams.listen.lookup import Lookup
from bot.platforms.teams.listen.reach import place_of
from bot.platforms.teams.listen.writing import Writing
from bot.platforms.teams.parse.ids import PLATFORM, account
from bot.platforms.teams.parse.values import Heard, ShowAgain, Way
from bot.platforms.teams.render.forms import Shown
from bot.platforms.teams.render.message import to_card
from bot.platforms.teams.send.members import name_in
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD

PATIENCE = 0.8
"""Seconds an invoke waits for what its answer only gains by: who is in a conversation, what stands there."""


class Replies:
    """One way to answer for each way of asking. What fails here changes nothing of what is on disk."""

    def __init__(
        self, beside: Beside, lookup: Lookup, later: Later, writing: Writing, speaks: Speaks
    ) -> None:
        self._speaks = speaks
        self._beside = beside
        self._lookup = lookup
        self._later = later
        self._writing = writing
        self._forms = Forms()
        self._behind = Behind(beside, lookup, later, writing, self._forms)

    def believed(self, way: Way, where: Place) -> Way:
        """The message that a form says it stands in the place of is one that we know of, or where it sits.

        Anybody can send any reference: only what Teams says itself, or what we remember, is believed.
        """
        if way.asks != "card" or way.opened_from in {"", way.sits}:
            return way
        if self._forms.stood(way.user, where.address, way.opened_from):
            return way
        return way._replace(reference=way.sits)

    async def lacking(self, heard: Heard, event: FormSubmitted) -> Answer | None:
        """The form again, with what was filled in, when something that must be there is missing.

        Of a form that this process did not show the core says so itself. One that was sent in its window
        already lacks nothing, and is not taken twice.
        """
        if already := await self._behind.already(heard, self._language(heard)):
            return already
        shown = self._forms.of(heard.way.user, event)
        if heard.way.asks == "nothing" or not shown or not (errors := missing(shown.form, event.values)):
            return None
        errors = {key: self._said(heard, error) for key, error in errors.items()}
        left = as_left(shown.form, event.values).but(errors=errors)
        return self._put(heard, self._forms.keep(heard.way.user, shown._replace(form=left)))

    async def named(self, heard: Heard) -> Heard | None:
        """A form with the names of the people chosen in it; of those only who really are there.

        None while nobody can name them: without a name they would not count.
        """
        event = heard.event
        if not isinstance(event, FormSubmitted):
            return heard
        if event.where.private and not await self._lookup.invited(event.where, heard.way):
            event = event.but(where=event.where.model_copy(update={"private": False}))
        shown, inside = self._forms.of(heard.way.user, event), f"{heard.way.tenant}/"
        chosen = {value for given in event.values.values() for value in given if value.startswith(inside)}
        if not chosen:
            return heard._replace(event=event)
        people = shown.people if shown and shown.people else await self._lookup.people(event.where)
        if people is None:
            return None
        names = {user: name_in(label) for user, label in people if user in chosen}
        return heard._replace(event=event.but(people=names))

    def unnamed(self, heard: Heard) -> Answer:
        """Who waits gets the form again, as it was filled in."""
        return self._failed(heard, words.MEMBERS_AWAY)

    async def again(self, asked: ShowAgain) -> Answer:
        """The message as it stands. A form that was posted by itself is closed; no words give way to that."""
        where = Place(platform=PLATFORM, address=f"{asked.way.tenant}/{asked.place_key}")
        way = self.believed(asked.way, where)
        self._writing.end(where, way.reference, way.user)
        language = self._speaks(account(way.tenant, way.user))
        if message := await self._lookup.current(where, way):
            return answers.told(way.asks, message, answers.there(way, language))
        if way.opened_from:
            return answers.in_words(way.asks, said(words.STAYS, language))
        return answers.told(way.asks, Message(title=said(words.CLOSED, language)), language)

    def follow(self, heard: Heard, response: Response) -> None:
        """Nobody waits: say it beside the answer."""
        match response:
            case Say(message=message):
                self._beside_it(heard, told(message, self._language(heard)))
            case Open(form=form):
                self._later.start(self._opened(heard, form))
            case Quiet():
                pass
            case _:
                assert_never(response)

    async def answer(
        self, heard: Heard, response: Response, unsaved: tuple[str, ...] | None = None
    ) -> Answer:
        """What an invoke hears: what holds now, a form, or words.

        `unsaved`: what they wrote now, when `response` is to what they sent first in the same form.
        """
        if unsaved is not None:
            response = words.to_the_first(response, unsaved, self._language(heard))
        if isinstance(response, Say) and response.became != "failed":
            response = response.but(message=told(response.message, self._language(heard)))
        texts = unsaved or ()
        match response:
            case Open(form=form):
                return self._put(heard, await self._shown(heard, form))
            case Say(became="failed", message=message):
                return self._failed(heard, message)
            case Say() if heard.way.asks == "card":
                return await self._on_card(heard, response, texts)
            case Quiet() if heard.way.asks == "card":
                return await self._on_card(heard, response)
            case Say(message=message):
                self._behind.sent(heard, self._language(heard))
                return self._in_window(heard, message, texts)
            case Quiet() if isinstance(heard.event, FormSubmitted):
                self._behind.sent(heard, self._language(heard))
                return Answer(answers.OK)  # an empty answer closes the dialog
            case Quiet():
                return answers.in_words(heard.way.asks, self._said(heard, words.DONE))
            case _:
                assert_never(response)

    def _in_window(self, heard: Heard, message: Message, texts: tuple[str, ...]) -> Answer:
        """The message, and these words of theirs; what the window does not hold of it is said beside."""
        beside = any(isinstance(block, Choices) for block in message.blocks)  # it takes no Action.Execute
        self._beside_it(heard, message, after=0 if beside else 1)
        if beside:
            message = Message(title=self._said(heard, words.BESIDE))
        return given_back(heard.way.asks, message, texts, self._language(heard))

    def _beside_it(self, heard: Heard, message: Message, *, after: int = 0) -> None:
        self._later.start(self._beside.say(heard, message, self._language(heard), after=after))

    async def _on_card(self, heard: Heard, response: Say | Quiet, texts: tuple[str, ...] = ()) -> Answer:
        """The message as it now stands, and the words beside it; where nothing stands, the words alone."""
        said_ = (
            response.message if isinstance(response, Say) else Message(title=self._said(heard, words.DONE))
        )
        message = words.with_texts(said_, texts)
        current = await self._lookup.current(place_of(heard.event), heard.way)
        if current:
            self._writing.end(place_of(heard.event), heard.way.reference, heard.way.user)
            if isinstance(response, Say) and response.became != "already":
                self._beside_it(heard, message)
            return answers.on_card(to_card(current, answers.there(heard.way, self._language(heard))))
        if isinstance(heard.event, FormSubmitted):
            self._beside_it(heard, message, after=0 if heard.way.opened_from and message.blocks else 1)
            return done_with(heard.way, message, texts, self._language(heard))
        if not message.blocks:
            return answers.in_words("card", message.title)
        self._beside_it(heard, message)
        return answers.in_words("card", self._said(heard, words.BESIDE))

    def _failed(self, heard: Heard, message: Message) -> Answer:
        """Nothing was saved: a form is shown again with every word in it."""
        event, asks = heard.event, heard.way.asks
        now = told(message, self._language(heard))
        if not isinstance(event, FormSubmitted):
            return answers.in_words(asks, words.in_words(now))
        if shown := self._forms.of(heard.way.user, event):
            beside = {CANNOT_SAVE.title: CANNOT_SAVE_FIELD, words.SLOW.title: words.SLOW_FIELD}
            error = self._said(heard, beside.get(message.title, message.title))
            left = with_error(as_left(shown.form, event.values), error)
            return self._put(heard, self._forms.keep(heard.way.user, shown._replace(form=left)))
        if asks == "card":  # the form stands there with its words in it
            self._writing.begin(event.where, heard.way.reference, heard.way.user)
            return answers.in_words(asks, words.in_words(now))
        texts = heard.way.written
        if texts:
            now = words.advised(now, self._said(heard, words.NOT_SAVED))
        return given_back(asks, now, texts, self._language(heard))

    def _language(self, heard: Heard) -> Language:
        return read_by(heard.event, self._speaks)

    def _said(self, heard: Heard, words_: str) -> str:
        return said(words_, self._language(heard))

    def _put(self, heard: Heard, shown: Shown) -> Answer:
        """The form, where they acted; on a card nothing may take its place while they write in it.

        What they had written goes with a form that moves to a window.
        """
        if heard.way.asks == "card":
            self._writing.begin(place_of(heard.event), heard.way.reference, heard.way.user)
        else:
            self._writing.end(place_of(heard.event), heard.way.reference, heard.way.user)
        return answer_with(shown, heard.way.asks)

    async def _opened(self, heard: Heard, form: Form) -> None:
        await self._beside.open(heard, await self._shown(heard, form))

    async def _shown(self, heard: Heard, form: Form) -> Shown:
        """The form, ready to be shown. One with mistakes in it is the one that was sent, as it was left."""
        event, way = heard.event, heard.way
        where = place_of(event)
        people = (await self._lookup.people(where) or ()) if has_people(form) else ()
        alone = isinstance(event, FormSubmitted) and not way.opened_from
        opened_from = "" if alone else way.reference
        shown = Shown(form, fresh(), opened_from, where.thread or "", people, place=where.address)
        match event:
            case FormSubmitted() if form.errors:
                before = self._forms.of(way.user, event)
                token = before.token if before else ""
                left = as_left(form, event.values)
                shown = shown._replace(form=left, nonce=nonce_of(event), token=token)
            case Pressed(token=token):
                shown = shown._replace(token=token, form=as_left(form, way.typed))
            case _:
                pass
        return self._forms.keep(way.user, shown)
