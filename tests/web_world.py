"""The same stories in the provrum: every act is a request that a browser without scripts would send."""

import asyncio
import re
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote
from uuid import uuid4

import httpx

from bot.domain.events import BotAdded, BotRemoved, Event, MemberLeft
from bot.domain.school import Account, Place
from bot.messages.model import Button, Form
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.lines import Line
from bot.platforms.web.stage import PLATFORM
from bot.rehearsal import example
from bot.rehearsal.provrum import ZONE, Provrum, web_app
from bot.runtime.clock import frozen
from storage.emptying import empty
from storage.store import open_store
from tests.play import Heard, buttons_of, prompts

PORT = 8765
TOKEN = "hemligt"
FORM = re.compile(r"/formular/([0-9a-f]{16})")
REDIRECTS = range(300, 400)


class WebWorld:
    """Björkskolan in the provrum, through its own HTTP door; nothing runs in the background."""

    def __init__(self, start: datetime) -> None:
        self._runner = asyncio.Runner()
        self.clock = frozen(start)
        self.chat = ChatLog()
        self.forms: dict[str, Form] = {}
        self._open: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._mark = 0
        store = open_store("sqlite://")
        with store.begin() as unit:
            example.found(unit, PLATFORM, start.astimezone(ZONE).date())
        self.provrum = Provrum(store, prompts(), self.chat, self.clock)
        self.provrum.app.start()
        self._app = web_app(self.provrum, self.chat, token=TOKEN, port=PORT)
        self._cookies = httpx.Cookies()
        self._cookies.update(self._ask("GET", f"/t/{TOKEN}").cookies)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.provrum.app.stop()
        self._runner.close()

    # what people do

    @property
    def names(self) -> dict[str, str]:
        return self.provrum.stage.names

    def forget(self) -> None:
        self.provrum.app.dispatcher.run(empty).result()

    def invite(self, who: str, room: str) -> None:
        account = Account(platform=PLATFORM, user=who)
        self._happen(
            BotAdded(id=str(uuid4()), at=self.clock.now(), who=account, where=_room(room), name=room)
        )

    def remove(self, room: str) -> None:
        self._happen(BotRemoved(id=str(uuid4()), at=self.clock.now(), where=_room(room)))

    def leave(self, who: str, room: str) -> None:
        account = Account(platform=PLATFORM, user=who)
        self._happen(MemberLeft(id=str(uuid4()), at=self.clock.now(), who=account, where=_room(room)))

    def open_home(self, who: str) -> None:
        raise NotImplementedError("the provrum has no home")

    def save(self, who: str, text: str) -> None:
        raise NotImplementedError("the provrum has no menu on a message")

    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None:
        self._post(who, "skriv", plats=room or f"@{who}", trad=thread, text=text)

    def press(self, who: str, label: str) -> None:
        heard, button = self.find_button(who, label)
        self._post(who, "tryck", rad=heard.reference, svar=button.token)

    def submit(self, who: str, values: dict[str, tuple[str, ...]]) -> None:
        form = self.forms.pop(who)
        proposed = {f.key: f.value if isinstance(f.value, tuple) else (f.value,) for f in form.fields}
        sent = {f"svar-{key}": list(given) for key, given in {**proposed, **values}.items()}
        self._post(who, f"formular/{self._open[who]}", **sent)

    def wind(self, to: datetime) -> None:
        self._post("pia", "spola", till=to.isoformat())

    def sleep(self, to: datetime) -> None:
        self.clock.wind_to(to)

    # what people see

    @property
    def heard(self) -> list[Heard]:
        return [_heard(line) for line in self.chat.changes(0, 100_000) if line.message]

    @property
    def fresh(self) -> list[Heard]:
        return [_heard(line) for line in self.chat.changes(self._mark, 100_000) if line.message]

    def find_button(self, who: str, label: str) -> tuple[Heard, Button]:
        seen = sorted(self.heard, key=lambda heard: heard.reference, reverse=True)
        for heard in seen:
            hidden = heard.only_to not in {"", who} or (heard.room[:1] == "@" and heard.room != f"@{who}")
            for button in () if hidden else buttons_of(heard.message):
                if button.label == label:
                    return heard, button
        raise AssertionError(f"{who} sees no button {label!r}")

    def form_text(self, who: str) -> str:
        return self._said[who]

    # how

    def _happen(self, event: Event) -> None:
        self._mark = self.chat.position()[1]
        self._runner.run(self.provrum.dispatch(event))
        self._runner.run(self.provrum.app.settle())

    def _post(self, who: str, path: str, **fields: str | list[str]) -> None:
        self._mark = self.chat.position()[1]
        answer = self._ask("POST", f"/som/{who}/{path}", {"gest": str(uuid4()), **fields})
        assert answer.status_code in {*REDIRECTS, 422}, answer.text
        if answer.status_code in REDIRECTS and "/formular/" in answer.headers["location"]:
            answer = self._ask("GET", answer.headers["location"])
        if found := FORM.search(answer.text):
            opened = self.chat.form(found[1], who)
            assert opened
            self.forms[who], self._open[who] = opened.form, found[1]
            self._said[who] = re.sub(r"<[^>]+>", "", answer.text)
        self._runner.run(self.provrum.app.settle())

    def _ask(self, method: str, path: str, data: dict[str, str | list[str]] | None = None) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            host = f"http://127.0.0.1:{PORT}"
            async with httpx.AsyncClient(transport=transport, base_url=host, cookies=self._cookies) as client:
                return await client.request(
                    method, quote(path, safe="/?=&%"), data=data, headers={"origin": host}
                )

        return self._runner.run(once())


def _room(address: str) -> Place:
    return Place(platform=PLATFORM, address=address)


def _heard(line: Line) -> Heard:
    assert line.message
    return Heard(line.address, line.message, line.reference, line.thread or "", line.only_to or "")
