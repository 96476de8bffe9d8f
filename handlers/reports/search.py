"""`/sök`: one's own level only, newest first, word for word."""

import unicodedata

from bot.domain.access import may
from bot.domain.reports.search import Searchable, matches, quote
from bot.domain.school import Arbetslag
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing.search import LONGEST_SEARCH, Found, Hit, phrase, search_form
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.reports.scopes import closed_to, from_outside, leads, nothing_to_see, own_teams
from handlers.scene import Commands, Forms, Presses, Scene, Values, say
from storage.said import reports
from storage.said.search import Shelf, notes_of_school, notes_of_teams

MOST = 2000
"""Notes read for one search, the newest ones; it is said when there are more."""

MOST_SHOWN = 10


def search(scene: Scene, text: str) -> Response:
    """`/sök läslyft`; without words, a form."""
    if not _teams(scene):
        return _nothing_to_search(scene)
    return _look(scene, text) if text.strip() else Open(form=search_form(scene.texts))


def ask(scene: Scene, _token: Token) -> Response:
    """`Sök igen`: the form."""
    return search(scene, "")


def searched(scene: Scene, _token: Token, values: Values) -> Response:
    """The form came back."""
    if not _teams(scene):
        return _nothing_to_search(scene)
    return _look(scene, " ".join(values.get("words", ())))


def _nothing_to_search(scene: Scene) -> Response:
    """Nobody is told to ask themselves: who leads is told what they can do."""
    words = scene.texts.search
    if may(scene.me, "search_notes", scene.school):  # every arbetslag they have is closed to them
        return say(nothing_to_see(scene, words.only_closed))
    return say(nothing_to_see(scene, words.not_yours_lead if leads(scene) else words.not_yours))


def _look(scene: Scene, text: str) -> Response:
    words = " ".join(unicodedata.normalize("NFC", text).split())
    said = scene.texts.search
    if not any(sign.isalnum() for sign in words):
        return Open(form=search_form(scene.texts, words, said.form_empty))
    if len(words) > LONGEST_SEARCH:
        return Open(form=search_form(scene.texts, words, fill(said.form_long, longest=LONGEST_SEARCH)))
    shelf = _shelf(scene)
    by_id = {told.note: told for told in shelf.notes}
    found = matches(words, [Searchable(id=told.note, text=told.text, at=told.at) for told in shelf.notes])
    shown = [by_id[one.id] for one in found[:MOST_SHOWN]]
    hits = tuple(
        Hit(
            told=told.model_copy(update={"text": quote(words, told.text) or told.text}),
            day=scene.calendar.local(told.at).date(),
        )
        for told in shown
    )
    named = {told.arbetslag for told in shown}
    read = [team for team in _teams(scene) if team.name in named and from_outside(scene, team)]
    reports.record_read(scene.unit, scene.me.id, read, scene.at)
    result = Found(words=words, n=len(found), hits=hits, read=MOST if shelf.more else None)
    return Say(message=phrase(result, scene.texts))


def _teams(scene: Scene) -> tuple[Arbetslag, ...]:
    """The arbetslag whose notes one may search: the school's for its rektor, else one's own."""
    if may(scene.me, "search_notes", scene.school):
        every = scene.roster.arbetslag_of(scene.school.id)
        return tuple(team for team in every if not closed_to(scene, team))
    return tuple(team for team in own_teams(scene) if may(scene.me, "search_notes", team))


def _shelf(scene: Scene) -> Shelf:
    if may(scene.me, "search_notes", scene.school):
        return notes_of_school(scene.unit, scene.school.id, _teams(scene), MOST)
    return notes_of_teams(scene.unit, _teams(scene), MOST)


COMMANDS: Commands = {"sök": search}
PRESSES: Presses = {"search_form": ask}
FORMS: Forms = {"search_form": searched}
