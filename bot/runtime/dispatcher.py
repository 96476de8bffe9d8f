"""One transaction per event, one commit for all events that wait: the only writer."""

import queue
import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from bot.domain.events import Event
from bot.log import log
from bot.messages.model import Open, Response
from storage.post.inbox import NotYet, StoreAway, known, remember
from storage.store import Store
from storage.unit import UnitOfWork

MOST_AT_ONCE = 128
"""Events that share one commit; more gains nothing (fsync is already spread thin)."""

TRIES = 2
"""A stale version is tried once more, and so is a store that was away for a moment."""

T = TypeVar("T")
_NOTHING_YET: Any = object()


class Handlers(Protocol):
    """What the composition root gives the dispatcher to decide with."""

    def prepare(self, events: Sequence[Event], unit: UnitOfWork) -> None: ...
    def handle(self, event: Event, unit: UnitOfWork) -> Response: ...
    def already(self, event: Event) -> Response: ...
    def apologise(self, event: Event, code: str) -> Response: ...


def _promised_outcome() -> Future[Any]:
    """A future that its waiter cannot cancel: what was handed in is done, whoever still listens."""
    outcome: Future[Any] = Future()
    outcome.set_running_or_notify_cancel()
    return outcome


def _refused(answer: Any) -> bool:
    """A form that is shown again with its mistakes had no effect: the same words may be sent again."""
    return isinstance(answer, Open) and bool(answer.form.errors)


@dataclass(slots=True)
class _Job:
    """Work waiting for its turn: an event, or a piece of the courier's bookkeeping.

    `answer` is what it came to in the latest try, whether or not that was committed.
    """

    run: Callable[[UnitOfWork], Any]
    event: Event | None = None
    answer: Any = _NOTHING_YET
    outcome: Future[Any] = field(default_factory=_promised_outcome)


class Dispatcher:
    """Takes what waits, handles it in one transaction, commits once, then answers everyone.

    1. Take the first job, and whatever else is waiting (never wait for more).
    2. Handle each; its state, promises and inbox key are collected. What came before is not repeated,
       and what had no effect (a refused form) leaves no key.
    3. Flush and commit. Only now are the callers answered.
    4. If anything fails, roll back and do each half by itself, down to one: a poisoned event fails alone.
    5. If the store is away, or its commit gave no answer, try once more; the inbox knows what is done.
       What comes before the message it is about (NotYet) is refused, so that it is sent again.
    """

    def __init__(self, store: Store, handlers: Handlers) -> None:
        self._store = store
        self._handlers = handlers
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="dispatcher", daemon=True)
        self._door = threading.Lock()
        self._closed = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, then end. What is handed in later is told that nothing was saved."""
        with self._door:
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    def dispatch(self, event: Event) -> Future[Response]:
        """Hand in an event; the future holds the Response once everything is on disk.

        Raises (in the future) storage.post.inbox.StoreAway when nothing could be saved.
        """
        return self._hand_in(_Job(lambda unit: self._handlers.handle(event, unit), event))

    def run(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run bookkeeping in the writer's own transaction, grouped with what else waits.

        `work` must be safe to repeat: it runs again when its group failed or its commit gave no answer.
        """
        return self._hand_in(_Job(work))

    def _hand_in(self, job: _Job) -> Future[Any]:
        with self._door:
            if not self._closed:
                self._waiting.put(job)
                return job.outcome
        job.outcome.set_exception(StoreAway("the bot is closing"))
        return job.outcome

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            jobs, last = self._take(first)
            try:
                self._do(jobs)
            except BaseException as problem:  # noqa: BLE001  nobody else writes: it outlives everything
                _stumbled(jobs, problem)
            if last:
                return

    def _take(self, first: _Job) -> tuple[list[_Job], bool]:
        jobs = [first]
        while len(jobs) < MOST_AT_ONCE and not self._waiting.empty():  # nobody else takes from it
            job = self._waiting.get()
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _do(self, jobs: list[_Job], tries: int = TRIES, *, look: bool = False) -> None:
        """Do these together; `look` when one of them may be on disk from an earlier try."""
        try:
            answers = self._together(jobs, look=look or len(jobs) > 1)
        except NotYet as early:
            self._apart(jobs, 1, early)
        except StoreAway as away:
            log.warning("store_away", action="dispatch.store_away", jobs=len(jobs), exc_info=True)
            if tries > 1:
                self._do(jobs, tries - 1, look=True)
                return
            for job in jobs:
                job.outcome.set_exception(away)
        except BaseException as problem:  # noqa: BLE001  said to whoever waits, never swallowed
            self._apart(jobs, tries, problem)
        else:
            for job, answer in zip(jobs, answers, strict=True):
                job.outcome.set_result(answer)

    def _together(self, jobs: list[_Job], *, look: bool) -> list[Any]:
        with self._store.begin() as unit:
            done = self._looked(jobs, unit) if look else set()
            return [self._answer(job, unit, done) for job in jobs]

    def _looked(self, jobs: list[_Job], unit: UnitOfWork) -> set[str]:
        """Return what is done already of these, and read at once what the others will need."""
        events = [job.event for job in jobs if job.event]
        done = known(unit, [event.id for event in events])
        if len(events) > 1:
            self._handlers.prepare([event for event in events if event.id not in done], unit)
        return done

    def _answer(self, job: _Job, unit: UnitOfWork, done: set[str]) -> Any:
        if job.event and job.event.id in done:
            return self._handlers.already(job.event) if job.answer is _NOTHING_YET else job.answer
        job.answer = job.run(unit)
        if job.event and not _refused(job.answer):
            done.add(job.event.id)
            remember(unit, job.event)
        return job.answer

    def _apart(self, jobs: list[_Job], tries: int, problem: BaseException) -> None:
        """Something in this group failed: each half by itself, and one alone once more."""
        if len(jobs) > 1:
            log.warning("group_failed", action="dispatch.group_failed", jobs=len(jobs), exc_info=problem)
            half = len(jobs) // 2
            self._do(jobs[:half], look=True)
            self._do(jobs[half:], look=True)
            return
        (job,) = jobs
        job.answer = _NOTHING_YET
        if tries > 1:
            self._do(jobs, tries - 1, look=True)
        elif job.event is None or isinstance(problem, NotYet):
            job.outcome.set_exception(problem)
        else:
            self._apologise(job.event, job.outcome, problem)

    def _apologise(self, event: Event, outcome: Future[Any], problem: BaseException) -> None:
        """For a fault of ours, by a code that finds it in the log. What breaks then is told to its caller."""
        code = secrets.token_hex(3).upper()
        log.error("event_failed", action="dispatch.event_failed", code=code, exc_info=problem)
        try:
            sorry = self._handlers.apologise(event, code)
        except Exception as worse:  # noqa: BLE001  the others of its group are to have their turn
            outcome.set_exception(worse)
        else:
            outcome.set_result(sorry)


def _stumbled(jobs: list[_Job], problem: BaseException) -> None:
    """Whoever has not been answered should try again; what was saved all the same, the inbox knows."""
    log.error("writer_stumbled", action="dispatch.stumbled", jobs=len(jobs), exc_info=problem)
    for job in jobs:
        if not job.outcome.done():
            job.outcome.set_exception(StoreAway(type(problem).__name__))
