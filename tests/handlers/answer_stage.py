"""A round that is asked in Arbetslag 4–6, and short ways to answer it and to look in the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.events import FormSubmitted, Pressed, Replied, Rewritten
from bot.domain.school import Account, Place
from bot.messages.model import Form
from bot.messages.tokens import Token
from storage.tables import metadata
from tests.play import World

ROOM = "#arbetslag-4-6"
ASKED_AT = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
EACH = "Var och en för sig"
TOGETHER = "Arbetslaget tillsammans"


class Answering(World):
    """Björkskolan on Monday 23 November, 14.00: the question has just come."""

    def __init__(self, answers: str = EACH, url: str = "sqlite://") -> None:
        super().__init__(datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm")), url)
        self.write("pia", "/avstämning måndagar 14.00")
        self.choose("pia", Arbetslag="Arbetslag 4–6", **{"Vem svarar": answers})
        self.press("pia", "Ja, spara")
        self.wind(ASKED_AT)
        posts = [heard for heard in self.fresh if heard.room == ROOM]
        self.thread = posts[-1].reference
        self.round = str(self.table("check_in")[0]["id"])

    def choose(self, who: str, **values: str) -> None:
        """Fill in the open form by the beginnings of its labels, and send it."""
        form = self.forms[who]
        self.submit(
            who, {self.key(form, label): (self.value(form, label, value),) for label, value in values.items()}
        )

    def key(self, form: Form, label: str) -> str:
        return next(field.key for field in form.fields if field.label.startswith(label.replace("_", " ")))

    def value(self, form: Form, label: str, value: str) -> str:
        field = next(field for field in form.fields if field.label.startswith(label.replace("_", " ")))
        return next((one.value for one in getattr(field, "options", ()) if one.label == value), value)

    def answer(self, who: str, voice: str, how_well: str = "Mycket väl") -> None:
        """*Svara*, with a step and what the pupils say."""
        self.press(who, "Svara")
        self.choose(who, **{"Hur väl nådde": how_well, "Vad säger eleverna": voice})

    def reply(self, who: str, text: str, reference: str = "", at: datetime | None = None) -> None:
        self.act(
            Replied(
                id=self._id(),
                at=at or self.clock.now(),
                who=account(who),
                where=self.here(),
                text=text,
                reference=reference or self._id(),
            )
        )

    def rewrite(
        self, who: str, reference: str, text: str | None, at: datetime | None = None, *, back: bool = False
    ) -> None:
        self.act(
            Rewritten(
                id=self._id(),
                at=at or self.clock.now(),
                who=account(who),
                where=self.here(),
                reference=reference,
                text=text,
                back=back,
            )
        )

    def forge(self, who: str, token: Token | str, values: dict[str, tuple[str, ...]] | None = None) -> None:
        """Send whatever a client could claim."""
        packed = token if isinstance(token, str) else token.pack()
        common = {"id": self._id(), "at": self.clock.now(), "who": account(who), "where": self.here()}
        if values is None:
            self.act(Pressed(**common, token=packed))
        else:
            self.act(FormSubmitted(**common, token=packed, values=values))

    def here(self) -> Place:
        return Place(platform="terminal", address=ROOM, thread=self.thread)

    def said(self, who: str) -> str:
        """What only this person was told since the last act."""
        return "\n".join(
            heard.text for heard in self.fresh if heard.only_to == who or heard.room == f"@{who}"
        )

    def errors(self, who: str) -> str:
        return "\n".join(self.forms[who].errors.values())

    def table(self, name: str) -> list[dict[str, Any]]:
        """Every row of a table."""
        with self.store.begin() as unit:
            return [dict(row) for row in unit.rows(select(metadata.tables[name]))]

    def notes(self) -> list[dict[str, Any]]:
        return sorted(self.table("note"), key=lambda row: str(row["created_at"]))

    def everything(self) -> str:
        """The whole store as text."""
        return "\n".join(str(self.table(name)) for name in metadata.tables)


def account(who: str) -> Account:
    return Account(platform="terminal", user=who)


@contextmanager
def answering(answers: str = EACH) -> Iterator[Answering]:
    with Answering(answers) as world:
        yield world
