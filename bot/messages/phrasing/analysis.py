"""A cause analysis in words: how it starts, what all agree on, and what goes to the rektor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.analysis.agreed import Analysis
from bot.domain.reports.current_state import Told
from bot.domain.reports.ranker import shorten
from bot.messages.model import (
    Block,
    Bullets,
    Button,
    ChoiceField,
    Choices,
    Form,
    Message,
    Option,
    Paragraph,
    Quote,
    Small,
    TextField,
)
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

RESULT, OWN, WHERE = "resultat", "eget", "var"
TOGETHER, ALONE = "tillsammans", "ensam"
"""The fields of the form that starts an analysis, and the answers of the last one."""

LONGEST_TITLE = 120
LONGEST_OPTION = 75


@dataclass(frozen=True)
class Waiting:
    """An analysis that is not finished: go on with it by its conversation, as it stands in this `version`."""

    result: str
    conversation: str
    version: int
    paused: bool


@dataclass(frozen=True)
class Choosing:
    """What the form that starts an analysis offers, and what was already filled in."""

    team: str
    name: str
    results: Sequence[Told]
    chosen: str = ""
    own: str = ""
    where: str = TOGETHER


def ways_in(team: str, waiting: Sequence[Waiting], texts: Texts, *, results: bool) -> Message:
    """Answer `/orsaksanalys`: what is waiting, and a way to begin."""
    say = texts.analysis
    if not waiting:
        pick = button(say.pick, "start_analysis", team, look="main")
        text = say.which_result_text if results else say.nothing_yet
        return Message(title=say.which_result, blocks=(Paragraph(text=text), Choices(buttons=(pick,))))
    rows: list[str] = []
    buttons: list[Button] = []
    for number, one in enumerate(waiting, start=1):
        row = fill(
            say.waiting_row,
            result=shorten(one.result, LONGEST_TITLE),
            state=say.state_paused if one.paused else say.state_open,
        )
        rows.append(row if len(waiting) == 1 else f"{number}. {row}")
        label = texts.conversation.resume if len(waiting) == 1 else fill(say.resume, n=number)
        look: Literal["main", "plain"] = "main" if number == 1 else "plain"
        buttons.append(button(label, "resume", one.conversation, str(one.version), look=look))
    buttons.append(button(say.new, "start_analysis", team))
    return Message(
        title=say.waiting.of(len(waiting)),
        blocks=(Bullets(items=tuple(rows)), Choices(buttons=tuple(buttons))),
    )


def start_form(choosing: Choosing, texts: Texts, errors: dict[str, str] | None = None) -> Form:
    """Pick a result or write one, and say where to answer."""
    say = texts.analysis
    options = tuple(
        Option(value=told.note, label=shorten(" ".join(told.text.split()), LONGEST_OPTION))
        for told in choosing.results
    )
    picked = (choosing.chosen,) if choosing.chosen in {option.value for option in options} else ()
    result = ChoiceField(
        key=RESULT, label=say.result_label, help=say.result_help, options=options, value=picked
    )
    own = TextField(key=OWN, label=say.own_label, help=say.own_help, value=choosing.own, lines=2)
    where = ChoiceField(
        key=WHERE,
        label=say.where_label,
        required=True,
        options=(Option(value=TOGETHER, label=say.together), Option(value=ALONE, label=say.alone)),
        value=(choosing.where,),
    )
    return Form(
        token=Token(verb="analysis_form", subject=choosing.team).pack(),
        title=say.form_title,
        intro=(Paragraph(text=fill(say.form_about, arbetslag=choosing.name)),),
        fields=((result, own, where) if options else (own, where)),
        submit=say.submit,
        around=texts.forms.around,
        errors=errors or {},
    )


def opening(analysis: Analysis, name: str, texts: Texts) -> Message:
    """The message the dialogue hangs under."""
    say = texts.analysis
    title = fill(say.title, result=brief(analysis.finding.text))
    resume = button(texts.conversation.resume, "resume", analysis.conversation)
    end = button(say.end, "end_analysis", analysis.id)
    if not analysis.together:
        blocks: tuple[Block, ...] = (Paragraph(text=say.opening_alone), Choices(buttons=(resume, end)))
        return Message(title=title, blocks=blocks)
    pen = button(texts.conversation.take_pen, "take_pen", analysis.conversation)
    text = fill(say.opening, name=name)
    return Message(title=title, blocks=(Paragraph(text=text), Choices(buttons=(resume, pen, end))))


def end_asked(analysis: Analysis, texts: Texts) -> Message:
    """Say what it means to end an analysis, before it is done."""
    say = texts.analysis
    sure = button(say.end_sure, "close", analysis.conversation, look="danger")
    title = fill(say.end_asked, result=brief(analysis.finding.text))
    return Message(title=title, blocks=(Paragraph(text=say.end_asked_text), Choices(buttons=(sure,))))


def ended(analysis: Analysis, name: str, texts: Texts) -> Message:
    """Replace the opening of an analysis that ended without causes."""
    title = fill(texts.analysis.title, result=brief(analysis.finding.text))
    return Message(title=title, blocks=(Paragraph(text=fill(texts.analysis.ended, name=name)),))


def related(told: Sequence[Told], texts: Texts) -> Message:
    """What the arbetslag wrote before, word for word, before anything is asked."""
    say = texts.analysis
    if not told:
        return Message(title=say.no_related)
    quotes = tuple(Quote(text=one.text, source=one.arbetslag, link=one.link) for one in told)
    return Message(title=say.related, blocks=(Small(text=say.related_text), *quotes))


def settled(analysis: Analysis, texts: Texts) -> Message:
    """Replace the opening once all agree: nothing is left to go on with."""
    say = texts.analysis
    title = fill(say.title, result=brief(analysis.finding.text))
    return Message(title=title, blocks=(Paragraph(text=say.settled),))


def done(texts: Texts) -> Message:
    """End the thread, when the post is in the channel."""
    return Message(title=texts.analysis.done, blocks=(Paragraph(text=texts.analysis.done_text),))


def brief(text: str) -> str:
    return shorten(" ".join(text.split()), LONGEST_TITLE)
