"""Björkskolan with notes put straight into the store, for what reports make of them."""

import itertools
from datetime import UTC, datetime, timedelta

from bot.domain.check_in import CheckIn, CheckInPlan, Participation
from bot.domain.events import Commanded, FormSubmitted, Pressed
from bot.domain.notes import Aspect, Note, NoteState, Sign, week_number
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.school import Account, Arbetslag, Person, Place, Skolform
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.model import Form, Message, Open, Response, Say
from bot.messages.plain import form_lines, lines
from bot.messages.tokens import Token, Verb
from bot.rehearsal import example
from handlers import handle
from handlers.reports import weekly
from storage.asked.check_ins import save_check_in, take_part
from storage.asked.plans import save_plan
from storage.people import founding
from storage.said.notes import add_note
from storage.store import Store, open_store
from storage.tables import outbox
from tests.play import prompts

AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 14, 0)  # noqa: DTZ001  wall time
DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
HEALTH = ArbetslagId("elevhalsan")


class Stage:
    """The handlers over a real store, without platforms and courier."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.store: Store = open_store(url)
        self._ids = itertools.count(1)
        self.at = AT
        with self.store.begin() as unit:
            example.found(unit, "terminal", AT.date())

    def add_elevhalsa(self) -> None:
        """An elevhälsoteam with one person, eli."""
        with self.store.begin() as unit:
            place = Place(platform="terminal", address="#elevhalsan")
            founding.add_arbetslag(
                unit,
                Arbetslag(
                    id=HEALTH,
                    school=example.SCHOOL,
                    name="Elevhälsan",
                    skolform=Skolform.GRUNDSKOLA,
                    place=place,
                    kind="elevhalsa",
                ),
            )
        self.add_person("eli", HEALTH)

    def add_person(self, slug: str, *teams: ArbetslagId) -> None:
        direct = Place(platform="terminal", address=f"@{slug}")
        person = Person(
            id=PersonId(slug), name=slug.title(), school=example.SCHOOL, arbetslag=teams, direct=direct
        )
        with self.store.begin() as unit:
            founding.add_person(unit, person, Account(platform="terminal", user=slug))

    def note(  # noqa: PLR0913  a note has many sides
        self,
        text: str,
        *,
        team: ArbetslagId = example.TEAM_46,
        sign: Sign = "neutral",
        aspect: Aspect = "process",
        ago: timedelta = timedelta(days=1),
        raised: bool = False,
        state: NoteState = "shared",
        who: str = "lena",
    ) -> Note:
        """Put a note in the store."""
        at = self.at - ago
        note = Note(
            id=f"note-{next(self._ids):04}",
            school=example.SCHOOL,
            arbetslag=team,
            author=PersonId(who),
            week=week_number(at),
            text=text,
            sign=sign,
            aspect=aspect,
            state="raised" if raised else state,
            created_at=at,
        )
        with self.store.begin() as unit:
            add_note(unit, note)
        return note

    def plan(self, team: ArbetslagId = example.TEAM_46) -> None:
        plan = CheckInPlan(
            id=f"plan-{team}",
            school=example.SCHOOL,
            arbetslag=team,
            owners=(PersonId("pia"),),
            recurrence=Recurrence(days=(3,), at=FRIDAY.time()),
            created_at=self.at,
        )
        with self.store.begin() as unit:
            save_plan(unit, plan, watermark=self.at, next_at=self.at + timedelta(days=7), was=None)

    def round(self, team: ArbetslagId, *who: str, ago: timedelta = timedelta(days=1)) -> None:
        """An arbetslag was asked, and these answered."""
        check_in = CheckIn(
            id=f"round-{next(self._ids)}",
            plan=None,
            school=example.SCHOOL,
            arbetslag=team,
            pack="undervisning_skola",
            answers="each",
            planned=FRIDAY,
            opened_at=self.at - ago,
            expected=(PersonId("lena"),),
        )
        with self.store.begin() as unit:
            save_check_in(unit, check_in, was=None)
        with self.store.begin() as unit:
            for one in who:
                take_part(unit, check_in.id, Participation(person=PersonId(one), how="answered", at=self.at))

    def due(self, at: datetime = DUE) -> None:
        with self.store.begin() as unit:
            weekly.on_due(unit, prompts(), example.SCHOOL, FRIDAY, at)

    def command(self, who: str, command: str, text: str = "", room: str = "") -> Response:
        event = Commanded(
            id=f"e{next(self._ids)}",
            at=self.at,
            who=_account(who),
            where=_place(who, room),
            command=command,
            text=text,
        )
        with self.store.begin() as unit:
            return handle(event, unit, prompts())

    def press(self, who: str, verb: Verb, subject: str = "", room: str = "") -> Response:
        token = Token(verb=verb, subject=subject).pack()
        event = Pressed(
            id=f"e{next(self._ids)}", at=self.at, who=_account(who), where=_place(who, room), token=token
        )
        with self.store.begin() as unit:
            return handle(event, unit, prompts())

    def submit(self, who: str, token: str, **values: str) -> Response:
        packed = token if "|" in token else f"{token}||"
        event = FormSubmitted(
            id=f"e{next(self._ids)}",
            at=self.at,
            who=_account(who),
            where=_place(who, ""),
            token=packed,
            values={key: (value,) for key, value in values.items()},
        )
        with self.store.begin() as unit:
            return handle(event, unit, prompts())

    def promised(self, beginning: str) -> dict[str, str]:
        """What is promised, by key: where and in which words."""
        with self.store.begin() as unit:
            rows = unit.rows(outbox.select().where(outbox.c.key.startswith(beginning)))
        return {
            row["key"]: "\n".join((row["lane"], *lines(Message.model_validate_json(row["message"]))))
            for row in rows
        }


def words(response: Response) -> str:
    match response:
        case Say(message=message):
            return "\n".join(lines(message))
        case Open(form=form):
            return "\n".join(form_lines(form))
        case _:
            raise AssertionError(response)


def form_of(response: Response) -> Form:
    assert isinstance(response, Open), words(response)
    return response.form


def _account(slug: str) -> Account:
    return Account(platform="terminal", user=slug)


def _place(slug: str, room: str) -> Place:
    return Place(platform="terminal", address=room or f"@{slug}")
