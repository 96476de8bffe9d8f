"""What thousands of conversations say alike is worded once: they differ by the id behind the buttons."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Generic, TypeVar

from bot.domain.effects.conversation import Ask
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import Option
from bot.domain.questions.pack import QuestionPack
from bot.domain.questions.plan import Leaf
from bot.domain.value import PersonId
from bot.messages.delivery import Worded
from bot.messages.model import Message
from bot.messages.phrasing.conversation_asking import Frame, answered, ask
from bot.messages.texts import Texts

ANY = "\0"
"""Stands for the conversation where its id goes in a token. No text holds it: `free_text.clean`."""

ANYS_PLACE = "|\\u0000|"
"""Where it stands once it is written as JSON; a text that reads like this has its backslash doubled there."""

ANY_TIME = datetime(1, 1, 1, tzinfo=UTC)
"""When and by whom an answer was given does not show in it."""

T = TypeVar("T")


class Same(Generic[T]):
    """One very object, where comparing what it holds would cost more than it saves."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it


def worded(message: Message) -> Worded:
    return Worded(message.title, message.model_dump_json())


def asked(effect: Ask, texts: Texts, frame: Frame) -> Worded:
    """Word a question. One in which nothing of people's own shows is worded once for all of them."""
    path, _, text, number, of, options, known, suggested, before = effect
    leaf = frame.pack.plan.leaf_at(path)
    if leaf is None or options is not leaf.options or known or suggested is not None or before is not None:
        return worded(ask(effect, texts, frame))
    alike = _asked(leaf, Same(frame.pack), Same(texts), path, text, number, of)
    return Worded(alike.title, alike.written.replace(ANYS_PLACE, f"|{frame.conversation}|"))


@lru_cache(maxsize=1024)
def _asked(  # noqa: PLR0913, PLR0917  the key is all that the words depend on
    leaf: Leaf, pack: Same[QuestionPack], texts: Same[Texts], path: str, text: str, number: int, of: int
) -> Worded:
    frame = Frame(ANY, pack.it, together=True, persons={}, somebody="")
    return worded(ask(Ask(path, leaf.question, text, number, of, leaf.options), texts.it, frame))


def left_behind(
    title: str, answer: Answer | None, options: tuple[Option, ...], texts: Texts, who: str
) -> Worded:
    """Word a question that has its answer. A choice between given ones is worded once for all who make it."""
    if answer is None or not options or len(answer.values) != 1:
        return worded(answered(title, answer, options, texts, who))
    return _left(title, Same(options), Same(texts), answer.values[0], who)


@lru_cache(maxsize=1024)
def _left(title: str, options: Same[tuple[Option, ...]], texts: Same[Texts], value: str, who: str) -> Worded:
    chosen = Answer(values=(value,), at=ANY_TIME, by=PersonId(ANY))
    return worded(answered(title, chosen, options.it, texts.it, who))
