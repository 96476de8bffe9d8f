"""What a step of a conversation led to, in words."""

from collections import Counter
from typing import assert_never

from bot.domain.conversation.dialogue import Aside
from bot.domain.effects.conversation import (
    AlreadyClosed,
    Ask,
    AskMore,
    Changed,
    ClosedNow,
    Completed,
    Effect,
    Line,
    MovedOn,
    NotUnderstood,
    PausedNow,
    PenMoved,
    ReadyToConfirm,
    WroteAtOnce,
)
from bot.domain.questions.kinds import Option as Chosen
from bot.domain.questions.pack import QuestionPack
from bot.domain.reports.ranker import shorten
from bot.domain.value import PersonId
from bot.messages.model import (
    Block,
    ChoiceField,
    Choices,
    Fact,
    Facts,
    Form,
    Message,
    Option,
    Paragraph,
    Quote,
    Small,
    TextField,
)
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.conversation_asking import Frame, ask, given, labelled
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

LONGEST_SHOWN = 300
"""Characters of an answer in a summary; the whole stands in the thread and in the store."""

LONGEST_OPTION = 75
MOST_OPTIONS = 100
"""Characters of one choice, and choices in one list (Slack, Block Kit reference, static select)."""


def phrase(effect: Effect, texts: Texts, frame: Frame) -> Message:
    """Word any effect of a conversation."""
    say = texts.conversation
    match effect:
        case Ask() | AskMore():
            return ask(effect, texts, frame)
        case NotUnderstood(reason=reason):
            return Message(title=say.too_long if reason == "too_long" else texts.forms.reasons[reason])
        case WroteAtOnce(theirs=theirs):
            return Message(title=fill(say.at_once_text, theirs=frame.name(theirs.by)))
        case Changed(no_longer=no_longer):
            more = (Small(text=say.no_longer.of(len(no_longer))),) if no_longer else ()
            return Message(title=say.changed, blocks=more)
        case PenMoved(before=before, now=now):
            return Message(title=fill(say.pen_moved, before=frame.name(before), now=frame.name(now)))
        case MovedOn(waits=waits):
            return _waiting(waits, texts, frame)
        case PausedNow(version=version):
            resume = button(say.resume, "resume", frame.conversation, str(version), look="main")
            blocks = (Paragraph(text=say.paused_text), Choices(buttons=(resume,)))
            return Message(title=say.paused, blocks=blocks)
        case ReadyToConfirm(summary=summary):
            return ready(lines(summary, frame.pack), texts, frame)
        case Completed():
            return Message(title=say.completed)
        case ClosedNow():
            return Message(title=say.closed)
        case AlreadyClosed():
            return Message(title=say.already_closed)
        case _:
            assert_never(effect)


def _waiting(waits: Ask | AskMore | ReadyToConfirm, texts: Texts, frame: Frame) -> Message:
    """Say what waits for an answer, without buttons: those stand where it is asked."""
    say = texts.conversation
    if isinstance(waits, ReadyToConfirm):
        text = say.ready if frame.together else say.ready_alone
    else:
        text = waits.text
    return Message(title=say.moved_on, blocks=(Paragraph(text=text),))


def lines(summary: tuple[Line, ...], pack: QuestionPack) -> tuple[Block, ...]:
    """Each question with its answer; long answers are cut here and stand whole in the thread."""
    rows = tuple(
        Fact(label=line.text, value=shorten(", ".join(line.texts), LONGEST_SHOWN) or _without(line, pack))
        for line in summary
    )
    return (Facts(rows=rows),)


def _without(line: Line, pack: QuestionPack) -> str:
    return pack.words.dont_know if line.unknown else "–"


def ready(shown: tuple[Block, ...], texts: Texts, frame: Frame) -> Message:
    """Ask whether what is shown may stand."""
    say = texts.conversation
    yes = say.confirm if frame.together else say.confirm_alone
    buttons = (
        button(yes, "confirm", frame.conversation, look="main"),
        button(say.change, "change_answer", frame.conversation),
        button(say.pause, "pause", frame.conversation),
    )
    title = say.ready if frame.together else say.ready_alone
    return Message(title=title, blocks=(Paragraph(text=say.ready_text), *shown, Choices(buttons=buttons)))


def at_once(
    effect: WroteAtOnce, aside: Aside, mark: str, options: tuple[Chosen, ...], texts: Texts, frame: Frame
) -> Message:
    """Both answers, side by side; `mark` says behind the buttons which one was set aside.

    With `options` they were chosen, not written: there is nothing to write together.
    """
    say, theirs, yours = texts.conversation, frame.name(aside.theirs), frame.name(aside.by)
    merge = () if options else (button(say.merge_texts, "merge_texts", frame.conversation, mark),)
    buttons = (
        button(say.keep_theirs, "keep_theirs", frame.conversation, mark),
        button(say.use_mine, "use_mine", frame.conversation, mark),
        *merge,
    )
    what_now = say.at_once_choice if options else say.at_once_text
    return Message(
        title=fill(say.at_once, theirs=theirs, yours=yours),
        blocks=(
            Paragraph(text=fill(what_now, theirs=theirs)),
            given(effect.theirs, options, texts, theirs),
            Quote(text=labelled(options, effect.yours), source=fill(say.answered_by, name=yours)),
            Choices(buttons=buttons),
        ),
    )


def chosen(aside: Aside, by: PersonId, texts: Texts, frame: Frame) -> Message:
    """The message with both answers once one is chosen: its buttons are gone."""
    say = texts.conversation
    title = fill(say.at_once, theirs=frame.name(aside.theirs), yours=frame.name(aside.by))
    return Message(title=title, blocks=(Small(text=fill(say.chosen_text, name=frame.name(by))),))


def merge_form(conversation: str, mark: str, theirs: str, aside: Aside, texts: Texts) -> Form:
    """Both texts in one field, to write together."""
    say = texts.conversation
    field = TextField(
        key=aside.path,
        label=say.merge_label,
        help=say.merge_help,
        required=True,
        value=f"{theirs}\n\n{aside.text}",
        lines=6,
    )
    token = Token(verb="merge_texts", subject=conversation, argument=mark).pack()
    return Form(
        token=token,
        title=say.merge_title,
        fields=(field,),
        submit=texts.forms.submit,
        around=texts.forms.around,
    )


def change_form(conversation: str, summary: tuple[Line, ...], texts: Texts) -> Form:
    """Pick the answer to change."""
    say = texts.conversation
    asked = Counter(line.text for line in summary)
    options = tuple(
        Option(value=line.path, label=shorten(_told_apart(line, asked[line.text]), LONGEST_OPTION))
        for line in summary[:MOST_OPTIONS]
    )
    field = ChoiceField(key="path", label=say.change_label, required=True, options=options)
    token = Token(verb="change_answer", subject=conversation).pack()
    return Form(
        token=token,
        title=say.change_title,
        fields=(field,),
        submit=say.change_submit,
        around=texts.forms.around,
    )


def _told_apart(line: Line, times: int) -> str:
    """The question; where it was asked of several things, with the number of its own."""
    numbers = ".".join(part for part in line.path.split(".") if part.isdecimal())
    return f"{numbers}. {line.text}" if times > 1 else line.text
