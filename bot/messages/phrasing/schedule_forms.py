"""The forms about when: a plan, a pause, one occasion moved."""

from datetime import datetime

from pydantic import Field

from bot.domain.calendar.swedish_dates import say_time
from bot.domain.schedule.ask import AskBack
from bot.domain.value import Value
from bot.messages.model import ChoiceField, DateField, Form, FormField, Option, TextField
from bot.messages.phrasing.times import asked as asked_back
from bot.messages.phrasing.times import label
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

LONGEST_PHRASE = 200
ROTATION = "rotation"
"""The choice that lets the areas take turns."""

Pairs = tuple[tuple[str, str], ...]


class ScheduleAsked(Value):
    """What the form begins with: the values so far, the choices, what is doubtful, what wrong."""

    replaces: str
    values: dict[str, str]
    teams: Pairs
    packs: Pairs
    doubt: AskBack | None = None
    errors: dict[str, str] = Field(default_factory=dict)


class MoveAsked(Value):
    """One occasion out of the next is moved; `coming` are keys and local times."""

    plan: str
    coming: tuple[tuple[str, datetime], ...]
    values: dict[str, str]
    errors: dict[str, str] = Field(default_factory=dict)


def schedule_form(asked: ScheduleAsked, texts: Texts) -> Form:
    """Ask for a plan."""
    said, values = texts.schedules, asked.values
    fields: list[FormField] = [
        _choice("arbetslag", said.form_arbetslag, asked.teams, values, required=True),
        TextField(
            key="when",
            label=said.form_when,
            help=said.form_when_help,
            required=True,
            value=values.get("when", ""),
            longest=LONGEST_PHRASE,
        ),
    ]
    fields += readings(asked.doubt, texts)
    who = (("together", said.together), ("each", said.each))
    closed = (("skip", said.skip), ("move", said.move))
    fields += [
        _choice("answers", said.form_answers, who, {"answers": "together", **values}),
        _choice("closed_days", said.form_closed, closed, {"closed_days": "skip", **values}),
        _choice(
            "pack", said.form_pack, ((ROTATION, said.rotation), *asked.packs), {"pack": ROTATION, **values}
        ),
    ]
    token = Token(verb="schedule_form", subject=asked.replaces).pack()
    return Form(
        token=token,
        title=said.form_title,
        fields=tuple(fields),
        submit=said.form_submit,
        around=texts.forms.around,
        errors={**doubted(asked.doubt, texts), **asked.errors},
    )


def readings(doubt: AskBack | None, texts: Texts) -> tuple[FormField, ...]:
    """What a doubtful time may have meant, to choose from below it."""
    choices = tuple((choice.phrase, label(choice, texts)) for choice in doubt.choices) if doubt else ()
    return (_choice("suggestion", texts.schedules.form_suggestion, choices, {}),) if choices else ()


def doubted(doubt: AskBack | None, texts: Texts) -> dict[str, str]:
    """What is asked back, beside the field where the time was written."""
    if doubt is None:
        return {}
    said = texts.schedules.form_choose if doubt.choices else texts.schedules.form_rewrite
    return {"when": fill(said, question=asked_back(doubt, texts))}


def pause_form(plan: str, until: str, error: str, texts: Texts) -> Form:
    """Ask until when the questions rest."""
    said = texts.schedules
    field = DateField(key="until", label=said.pause_field, help=said.pause_help, value=until)
    return Form(
        token=Token(verb="pause_form", subject=plan).pack(),
        title=said.pause_title,
        fields=(field,),
        submit=said.pause_submit,
        around=texts.forms.around,
        errors={"until": error} if error else {},
    )


def move_form(asked: MoveAsked, texts: Texts) -> Form:
    """Ask which occasion is moved, and to when."""
    said, values = texts.schedules, asked.values
    which = tuple((key, texts.dates.moment(moment)) for key, moment in asked.coming)
    first = asked.coming[0]
    begin = {"which": first[0], "time": say_time(first[1].time()), "day": "", **values}
    return Form(
        token=Token(verb="move_form", subject=asked.plan).pack(),
        title=said.move_title,
        fields=(
            _choice("which", said.move_which, which, begin, required=True),
            DateField(key="day", label=said.move_day, required=True, value=begin["day"]),
            TextField(
                key="time", label=said.move_time, help=said.move_time_help, value=begin["time"], longest=20
            ),
        ),
        submit=said.move_submit,
        around=texts.forms.around,
        errors=asked.errors,
    )


def _choice(
    key: str, label: str, options: Pairs, values: dict[str, str], *, required: bool = False
) -> ChoiceField:
    chosen = values.get(key, "")
    known = chosen in {value for value, _ in options}
    return ChoiceField(
        key=key,
        label=label,
        required=required,
        options=tuple(Option(value=value, label=name) for value, name in options),
        value=(chosen,) if known else (),
    )
