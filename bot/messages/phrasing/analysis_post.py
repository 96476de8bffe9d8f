"""What an arbetslag agreed on: its causes in their order, each as the sentence that is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.analysis.agreed import LONGEST_IN_POST, Analysis
from bot.domain.analysis.causes import Cause, sentence
from bot.domain.questions.pack import QuestionPack
from bot.domain.reports.ranker import shorten
from bot.messages.model import (
    Block,
    Bullets,
    Button,
    Choices,
    Message,
    Paragraph,
    Quote,
    Section,
    Small,
)
from bot.messages.phrasing.analysis import brief
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts, fill


@dataclass(frozen=True)
class Post:
    """What all agreed on: the causes in their order, and the pack that words them."""

    analysis: Analysis
    causes: Sequence[Cause]
    pack: QuestionPack
    arbetslag: str = ""
    agreed_by: str = ""


def ranked(post: Post, texts: Texts) -> tuple[Block, ...]:
    """Every cause in its order, as the sentence that is stored."""
    if not post.causes:
        return (Paragraph(text=texts.analysis.no_causes),)
    blocks: list[Block] = []
    for number, cause in enumerate(post.causes, start=1):
        blocks += _cause(number, cause, post.pack, texts)
    return (*blocks, Small(text=texts.analysis.hypothesis))


def final(post: Post, texts: Texts, *, own: bool = True) -> Message:
    """What all agreed on, for the arbetslag to keep. `own`: only its author reads it here."""
    say, analysis = texts.analysis, post.analysis
    blocks = list(ranked(post, texts))
    if analysis.version > 1:
        blocks.append(Small(text=fill(say.version, n=analysis.version)))
    if post.agreed_by:
        blocks.append(Small(text=fill(say.agreed_by, name=post.agreed_by, arbetslag=post.arbetslag)))
    buttons: list[Button] = []
    if own and not analysis.shared:
        buttons.append(button(say.share, "share_analysis", analysis.id, look="main"))
    if own or analysis.together:
        buttons.append(button(texts.conversation.change, "change_answer", analysis.conversation))
    title = fill(say.title, result=brief(analysis.finding.text))
    choices = (Choices(buttons=tuple(buttons)),) if buttons else ()
    return Message(title=title, blocks=(*blocks, *choices))


def lifted(post: Post, cause: Cause, texts: Texts) -> Message:
    """To the rektor: what the arbetslag cannot change."""
    say, analysis = texts.analysis, post.analysis
    text = fill(say.lift_text, result=brief(analysis.finding.text))
    reply = button(say.reply, "reply_arbetslag", analysis.arbetslag, look="main")
    quotes = [Quote(text=cause.text, source=fill(say.lift_source, arbetslag=post.arbetslag))]
    return Message(
        title=fill(say.lift_title, arbetslag=post.arbetslag),
        blocks=(Paragraph(text=text), *quotes, Small(text=say.lift_waits), Choices(buttons=(reply,))),
    )


def _cause(number: int, cause: Cause, pack: QuestionPack, texts: Texts) -> Iterator[Block]:
    say = texts.analysis
    yield Section(text=fill(say.ranked, n=number, cause=brief(cause.text)))
    yield Paragraph(text=sentence(_short(cause), pack))
    beside = tuple(_beside(cause, texts))
    if beside:
        yield Bullets(items=beside)


def _beside(cause: Cause, texts: Texts) -> Iterator[str]:
    """What else was said of a cause, a line each."""
    say = texts.analysis
    if cause.reason and cause.strength != cause.suggested:
        suggested = say.strengths[cause.suggested]
        yield fill(say.own_strength, suggested=suggested, reason=_in_post(cause.reason))
    if cause.alternative:
        yield fill(say.alternative, text=_in_post(cause.alternative))
    for deeper in cause.deeper:
        yield fill(say.deeper, text=_in_post(deeper))
    if cause.to_find_out:
        yield fill(say.find_out, text=_in_post(cause.to_find_out))
    if cause.lifted:
        yield say.lifted


def _short(cause: Cause) -> Cause:
    return cause.model_copy(
        update={name: _in_post(getattr(cause, name)) for name in ("result", "text", "against")}
    )


def _in_post(text: str) -> str:
    return shorten(text, LONGEST_IN_POST)
