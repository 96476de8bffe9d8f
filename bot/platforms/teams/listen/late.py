"""Forms whose saving took longer than anybody waits: it goes on, and what comes of it is what was sent first.

Whoever changes a word meanwhile and sends the form again must not have sent two.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from bot.domain.events import FormSubmitted
from bot.messages.model import Open, Response, Say
from bot.platforms.teams.listen.forms import nonce_of
from bot.platforms.teams.parse.values import Heard

MOST_KEPT = 200
"""Of more than that, the oldest is forgotten, and its form can be sent anew."""

Task = asyncio.Task[Response]
Work = Callable[[], Coroutine[Any, Any, Response]]


class _First(NamedTuple):
    event: FormSubmitted
    task: Task


class Late:
    """Starts the work of each form; of one that is under way, or done, only once."""

    def __init__(self) -> None:
        self._first: OrderedDict[tuple[str, str, str], _First] = OrderedDict()

    def begin(self, heard: Heard, work: Work) -> Task:
        """The task that saves this, or the one that saves what was sent before in the same form."""
        event = heard.event
        if isinstance(event, FormSubmitted) and (first := self._first.get(_key(event))):
            if not first.task.done() or _stands(first.task):
                return first.task
            del self._first[_key(event)]
        task = asyncio.create_task(work())
        task.add_done_callback(_seen)
        return task

    def slow(self, heard: Heard, task: Task) -> None:
        """Nobody waits for it any more, and it goes on."""
        event = heard.event
        if isinstance(event, FormSubmitted):
            self._first.setdefault(_key(event), _First(event, task))
            while len(self._first) > MOST_KEPT:
                self._first.popitem(last=False)

    def unsaved(self, heard: Heard) -> tuple[str, ...] | None:
        """What is written in this, when the first of the same form was saved: this, which is another, is not.

        None when there was no other.
        """
        event = heard.event
        if not isinstance(event, FormSubmitted):
            return None
        first = self._first.get(_key(event))
        if not first or first.event.id == event.id or not (first.task.done() and _stands(first.task)):
            return None
        return heard.way.written


def _key(event: FormSubmitted) -> tuple[str, str, str]:
    return event.who.user, nonce_of(event), event.token


def _stands(task: Task) -> bool:
    """Whether what was sent first was taken: then nothing else in that form is."""
    if task.cancelled() or task.exception():
        return False
    match task.result():
        case Say(became="failed"):
            return False
        case Open(form=form):
            return not form.errors
        case _:
            return True


def _seen(task: Task) -> None:
    """Nobody may be left to hear of its fault: whoever waited has said so."""
    if not task.cancelled():
        task.exception()
