"""Our turn: the real dispatcher, the real handlers, the real store; a conversation of six questions."""

import itertools
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import handlers
from bot.domain.events import Event, Pressed
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Account, Place
from bot.messages.model import Response, Say
from bot.rehearsal import example
from bot.runtime.collector import calm_collector
from bot.runtime.dispatcher import Dispatcher
from handlers.conversations.asking import Held, start
from handlers.scene import Scene
from prompts.book import Prompts, load_prompts
from prompts.loader import Packs
from storage.store import open_store
from storage.unit import UnitOfWork

QUESTIONS = 6
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
LENA = Account(platform="bench", user="lena")
HERE = Place(platform="bench", address=f"#{example.TEAM_46}")


def bench_pack(like: QuestionPack) -> QuestionPack:
    """Six questions with three choices each; the words all packs share are borrowed."""
    options = [{"key": key, "label": key.upper()} for key in "abc"]
    steps = [
        {"key": f"q{number}", "kind": "choice", "text": f"Hur gick del {number}?", "options": options}
        for number in range(1, QUESTIONS + 1)
    ]
    return QuestionPack.model_validate(
        {
            "key": "bench",
            "version": 1,
            "title": "Mätning",
            "kind": "uppfoljning",
            "minutes": 1,
            "why": "För att mäta.",
            "readers": "Ingen.",
            "words": like.words.model_dump(),
            "steps": steps,
        }
    )


class _Handlers:
    """What the composition root gives the dispatcher, with one more pack."""

    def __init__(self, prompts: Prompts) -> None:
        self.prompts = prompts

    def prepare(self, events: Sequence[Event], unit: UnitOfWork) -> None:
        handlers.prepare(events, unit)

    def handle(self, event: Event, unit: UnitOfWork) -> Response:
        return handlers.handle(event, unit, self.prompts)

    def already(self, event: Event) -> Response:
        raise AssertionError(f"{event.id} came twice")

    def apologise(self, event: Event, code: str) -> Response:
        raise AssertionError(f"{event.id} failed: {code}")


class Ours:
    """One bot on one SQLite file."""

    def __init__(self, path: Path) -> None:
        plain = load_prompts()
        pack = bench_pack(plain.packs["latt"])
        prompts = plain._replace(packs=Packs({**plain.packs, pack.key: pack}))
        self._pack = pack
        self._ids = itertools.count(1)
        self.store = open_store(f"sqlite:///{path}")
        with self.store.begin() as unit:
            example.found(unit, "bench", AT.date())
        self.prompts = prompts
        self._handlers = _Handlers(prompts)
        self.dispatcher = Dispatcher(self.store, self._handlers)
        self.dispatcher.start()
        calm_collector()

    def close(self) -> None:
        self.dispatcher.stop()
        self.store.close()

    def dialogues(self, many: int) -> list[str]:
        """Begin conversations, outside what is measured."""

        def begin(unit: UnitOfWork) -> list[str]:
            lena = unit.roster.person_of(LENA)
            assert lena
            names = []
            for number in range(many):
                begun = next(self._ids)
                at = AT + timedelta(milliseconds=begun)  # ids sort by time, as they do when time passes
                scene = Scene(unit, self._handlers.prompts, f"begin-{begun}", at, lena, HERE)
                held = Held(f"bench:{number}", example.TEAM_46, together=True, place=HERE)
                names.append(start(scene, self._pack, held).id)
            return names

        return self.dispatcher.run(begin).result()

    def answer(self, name: str, question: int) -> Future[Response]:
        """Press an answer. The id sorts by time, as those our own pages make; the token is the button's."""
        token = f"choose|{name}|q{question}~a~0"
        gesture = f"{int(time.time() * 1000):012x}-{next(self._ids):08x}"
        return self.dispatcher.dispatch(
            Pressed(id=gesture, at=AT, who=LENA, where=HERE, token=token, reference="")
        )

    def play_alone(self, names: Sequence[str]) -> float:
        """One turn waits at a time; return turns a second."""
        started = time.perf_counter()
        for question in range(1, QUESTIONS + 1):
            for name in names:
                _must_be_quiet(self.answer(name, question))
        return len(names) * QUESTIONS / (time.perf_counter() - started)

    def play_together(self, names: Sequence[str]) -> float:
        """All these dialogues go on at once: each answers again as soon as it is answered."""
        left = threading.Semaphore(0)
        wrong: list[object] = []

        def go_on(name: str, question: int, done: Future[Response] | None = None) -> None:
            try:
                if done is not None:
                    _must_be_quiet(done)
                if question <= QUESTIONS:
                    self.answer(name, question).add_done_callback(partial(go_on, name, question + 1))
                    return
            except Exception as problem:  # noqa: BLE001  said below, by the thread that measures
                wrong.append(problem)
            left.release()

        started = time.perf_counter()
        for name in names:
            go_on(name, 1)
        for _ in names:
            left.acquire()
        assert not wrong, wrong
        return len(names) * QUESTIONS / (time.perf_counter() - started)


def _must_be_quiet(done: Future[Response]) -> None:
    response = done.result(timeout=60)
    assert not isinstance(response, Say), response
