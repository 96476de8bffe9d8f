"""One arbetslag's conversation without any platform: what people do in it, and what was promised."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.domain.analysis.agreed import Analysis
from bot.domain.analysis.causes import Finding
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.events import Event, FormSubmitted, Pressed, Replied
from bot.domain.school import Account, Place
from bot.domain.value import PersonId
from bot.messages.model import Message, Response
from bot.messages.tokens import Token, Verb
from bot.rehearsal import example
from handlers import handle
from handlers.conversations.asking import Held, on_typed, start
from handlers.scene import Scene
from storage.asked.conversations import load
from storage.said.analyses import save_analysis
from storage.store import Store, open_store
from storage.tables import answer, outbox
from storage.unit import UnitOfWork
from tests.play import prompts

AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
ROOM = Place(platform="terminal", address="#arbetslag-4-6", thread="t1")
SUBJECT = "analysis:1"


class Stage:
    """One arbetslag's conversation about the pack `orsaksanalys`, without any platform."""

    def __init__(self) -> None:
        self.store: Store = open_store("sqlite://")
        self.n = 0
        self.at = AT
        with self.store.begin() as unit:
            example.found(unit, "terminal", AT.date())
        with self.store.begin() as unit:
            finding = Finding(id="f", arbetslag=example.TEAM_46, text="Läsningen", at=AT, sign="neutral")
            analysis = Analysis(
                id="1",
                school=example.SCHOOL,
                arbetslag=example.TEAM_46,
                finding=finding,
                conversation="c",
                started_by=PersonId("sam"),
                created_at=AT,
            )
            save_analysis(unit, analysis, was=None)
            held = Held(
                subject=SUBJECT,
                respondent=example.TEAM_46,
                together=True,
                place=ROOM.model_copy(update={"thread": None}),
                thread_of="root",
            )
            self.key = start(self.scene(unit, "sam"), prompts().packs["orsaksanalys"], held).id

    def scene(self, unit: UnitOfWork, who: str) -> Scene:
        return Scene(unit, prompts(), "begin", AT, unit.roster.persons[PersonId(who)], ROOM)

    def do(self, event: Event) -> Response:
        with self.store.begin() as unit:
            return handle(event, unit, prompts())

    def press(self, who: str, verb: Verb, argument: str = "", *, key: str | None = None) -> Response:
        token = Token(verb=verb, subject=self.key if key is None else key, argument=argument).pack()
        return self.do(
            Pressed(
                id=self.next(),
                at=self.at,
                who=Account(platform="terminal", user=who),
                where=ROOM,
                token=token,
            )
        )

    def fill(self, who: str, verb: Verb, argument: str, values: Mapping[str, tuple[str, ...]]) -> Response:
        token = Token(verb=verb, subject=self.key, argument=argument).pack()
        return self.do(
            FormSubmitted(
                id=self.next(),
                at=self.at,
                who=Account(platform="terminal", user=who),
                where=ROOM,
                token=token,
                values=dict(values),
            )
        )

    def write(self, who: str, text: str) -> Response:
        event = Replied(
            id=self.next(),
            at=self.at,
            who=Account(platform="terminal", user=who),
            where=ROOM,
            text=text,
            reference=f"w{self.n}",
        )
        with self.store.begin() as unit:
            scene = Scene(unit, prompts(), event.id, event.at, unit.roster.persons[PersonId(who)], ROOM)
            return on_typed(scene, self.now(unit), text)

    def next(self) -> str:
        self.n += 1
        self.at += timedelta(seconds=30)
        return f"e{self.n}"

    def now(self, unit: UnitOfWork | None = None) -> Dialogue:
        if unit is None:
            with self.store.begin() as fresh:
                return self.now(fresh)
        found = load(unit, self.key)
        assert found is not None
        return found

    def promised(self) -> list[tuple[str, Message, str | None]]:
        with self.store.begin() as unit:
            rows = unit.rows(select(outbox).where(outbox.c.state == "new").order_by(outbox.c.seq))
            return [
                (row["key"], Message.model_validate_json(row["message"]), row["replacing"]) for row in rows
            ]

    def history(self) -> int:
        with self.store.begin() as unit:
            return len(unit.rows(select(answer.c.id)))
