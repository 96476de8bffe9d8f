"""Whatever two people do to their answers and notes, in any order and twice: a dict says the same."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.check_in_round import UNDO_FOR
from bot.domain.events import Event
from bot.messages.tokens import Token
from bot.rehearsal.world import buttons_of
from tests.handlers.answer_stage import Answering

PEOPLE = st.sampled_from(("lena", "omar"))
WRITERS = st.sampled_from(("sara", "sam"))
WORDS = st.sampled_from(("Vi läste högt.", "Halvklass gav lugn.", "Mer samtal behövs.", "👍"))
MAYBE = st.one_of(st.just(""), WORDS)

Given = dict[str, str]


@dataclass
class Answers:
    """One person's answers: as they stand, whether they count, and every state they had, by when."""

    now: Given = field(default_factory=dict)
    counts: bool = True
    were: list[tuple[datetime, Given]] = field(default_factory=list)


@dataclass
class Said:
    """One note from the thread."""

    who: str
    at: datetime
    states: list[tuple[str, bool]]
    """Its words, and whether it lies in the bin; the newest last."""


class Stage(Answering):
    """Keeps the last event, so that it can be delivered again."""

    last: Event | None = None

    def act(self, event: Event) -> None:
        self.last = event
        super().act(event)


class Machine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = Stage()
        self.world.last = None
        self.took: dict[str, tuple[str, datetime]] = {}
        self.answers: dict[str, Answers] = {}
        self.said: dict[str, Said] = {}
        self.undo: dict[str, Token] = {}
        self.once_said: set[str] = set()

    def teardown(self) -> None:
        self.world.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    def _later(self) -> None:
        self.world.sleep(self.now + timedelta(seconds=1))

    def _count(self, who: str) -> None:
        """Who writes takes part while any of it is there to read."""
        if any(said.who == who and not said.states[-1][1] for said in self.said.values()):
            self.took.setdefault(who, ("answered", self.now))
        else:
            self.took.pop(who, None)

    def _button(self, who: str, verb: str) -> Token | None:
        """The newest button with this verb in what was just said to `who`."""
        shown = [heard.message for heard in self.world.fresh if heard.only_to == who]
        tokens = [Token.unpack(button.token) for message in shown for button in buttons_of(message)]
        return next((token for token in tokens if token.verb == verb), None)

    @rule(who=PEOPLE, fungerar=MAYBE, rost=MAYBE)
    def answer(self, who: str, fungerar: str, rost: str) -> None:
        self._later()
        self.world.forge(who, Token(verb="answer", subject=self.world.round))
        values: dict[str, tuple[str, ...]] = {
            "nadde": ("mycket_val",),
            "fungerar": (fungerar,),
            "rost": (rost,),
        }
        self.world.forge(who, self.world.forms.pop(who).token, values)
        if who in self.world.forms:
            self.world.submit(who, {})
        undo = self._button(who, "undo")
        assert undo
        self.undo[who] = undo
        mine = self.answers.setdefault(who, Answers())
        mine.now = {"fungerar": fungerar, "rost": rost}
        mine.counts = True
        mine.were.append((self.now, mine.now))
        self.took[who] = ("answered", self.now)
        self.once_said |= {fungerar, rost} - {""}

    @rule(who=PEOPLE)
    def undo_answer(self, who: str) -> None:
        self._later()
        token = self.undo.get(who, Token(verb="undo", subject=f"answer:{self.world.round}"))
        self.world.forge(who, token)
        how, at = self.took.get(who, ("", self.now))
        mine = self.answers.get(who)
        if how != "answered" or mine is None or self.now - at > UNDO_FOR:
            return
        if not token.argument:
            del self.took[who]
            mine.counts = False
            return
        since = datetime.fromisoformat(token.argument)
        stood = [given for when, given in mine.were if when <= since][-1]
        if since < at and mine.were[-1][0] > since:
            mine.now = stood
            mine.were.append((self.now, stood))
            self.took[who] = ("answered", since)

    @rule(who=PEOPLE)
    def restore_answer(self, who: str) -> None:
        self._later()
        self.world.forge(who, Token(verb="restore", subject=f"answer:{self.world.round}"))
        if who in self.answers:
            self.took[who] = ("answered", self.now)
            self.answers[who].counts = True

    @rule(who=PEOPLE)
    def nothing_new(self, who: str) -> None:
        self._later()
        self.world.forge(who, Token(verb="nothing_new", subject=self.world.round))
        if self.took.get(who, ("", self.now))[0] != "answered":
            self.took[who] = ("nothing_new", self.now)

    @rule(who=WRITERS, text=WORDS, again=st.booleans())
    def reply(self, who: str, text: str, *, again: bool) -> None:
        self._later()
        mine = [ref for ref, said in self.said.items() if said.who == who]
        ref = mine[-1] if again and mine else f"m{len(self.said)}"
        self.world.reply(who, text, reference=ref)
        if ref not in self.said:
            self.said[ref] = Said(who, self.now, [(text, False)])
            self.once_said.add(text)
            self._count(who)

    @precondition(lambda self: self.said)
    @rule(which=st.integers(0, 9), text=st.one_of(st.none(), WORDS), by=WRITERS)
    def rewrite(self, which: int, text: str | None, by: str) -> None:
        self._later()
        ref = list(self.said)[which % len(self.said)]
        said = self.said[ref]
        self.world.rewrite(by, ref, text)
        words, gone = said.states[-1]
        if by != said.who or (gone if text is None else text == words):
            return
        said.states.append((words, True) if text is None else (text, gone))
        said.at = self.now
        self._count(by)
        self.once_said.add(text or words)

    @precondition(lambda self: self.said)
    @rule(which=st.integers(0, 9), by=WRITERS, stale=st.booleans())
    def undo_note(self, which: int, by: str, *, stale: bool) -> None:
        self._later()
        ref = list(self.said)[which % len(self.said)]
        said, row = self.said[ref], self._row(ref)
        version = row["version"] - stale
        self.world.forge(by, Token(verb="undo", subject=f"note:{row['id']}", argument=str(version)))
        words, gone = said.states[-1]
        if by != said.who or stale or gone or self.now - said.at > UNDO_FOR:
            return
        before = said.states[-2] if len(said.states) > 1 else ("", True)
        said.states.append((words, True) if before[1] else before)
        said.at = self.now
        self._count(by)

    @precondition(lambda self: self.said)
    @rule(which=st.integers(0, 9), by=WRITERS)
    def restore_note(self, which: int, by: str) -> None:
        self._later()
        ref = list(self.said)[which % len(self.said)]
        said = self.said[ref]
        self.world.forge(by, Token(verb="restore", subject=f"note:{self._row(ref)['id']}"))
        words, gone = said.states[-1]
        if by == said.who and gone:
            said.states.append((words, False))
            said.at = self.now
            self._count(by)

    @rule(minutes=st.integers(1, 7))
    def tick(self, minutes: int) -> None:
        self.world.wind(self.now + timedelta(minutes=minutes))

    @precondition(lambda self: self.world.last is not None)
    @rule()
    def deliver_again(self) -> None:
        before = self.world.everything()
        assert self.world.last
        self.world.act(self.world.last)
        assert self.world.everything() == before

    def _row(self, ref: str) -> dict[str, Any]:
        return next(row for row in self.world.notes() if row["source"] == ref)

    @invariant()
    def the_dict_says_the_same(self) -> None:
        notes, versions = self.world.notes(), self.world.table("note_version")
        stand = sorted((row["author_id"], row["text"]) for row in notes if row["state"] == "shared")
        wanted = [(said.who, said.states[-1][0]) for said in self.said.values() if not said.states[-1][1]]
        counted = [(who, mine.now) for who, mine in self.answers.items() if mine.counts]
        wanted += [(who, text) for who, given in counted for text in given.values() if text]
        assert stand == sorted(wanted)
        for note in notes:
            mine = [row for row in versions if row["note_id"] == note["id"]]
            assert [row["version"] for row in mine] == list(range(1, note["version"] + 1))
            assert (mine[-1]["text"], mine[-1]["state"]) == (note["text"], note["state"])
        kept = str(versions) + str(self.world.table("answer"))
        assert all(text in kept for text in self.once_said)

    @invariant()
    def progress_is_the_number_who_took_part(self) -> None:
        rows = {row["person_id"]: row["how"] for row in self.world.table("participation")}
        assert rows == {who: how for who, (how, _) in self.took.items()}
        anchor = next(heard for heard in self.world.heard if heard.reference == self.world.thread)
        assert f"{len(rows)} av 4" in anchor.text


Machine.TestCase.settings = settings(
    max_examples=10, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_answering_machine = Machine.TestCase
