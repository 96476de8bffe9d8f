"""What differs between a team of the chat's and the bot's arbetslag, and the form that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.school import Skolform
from bot.domain.value import Value
from bot.messages.model import (
    Block,
    Bullets,
    ChoiceField,
    Choices,
    Form,
    FormField,
    Message,
    Option,
    Paragraph,
    Small,
)
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.labels import shorten
from bot.messages.texts import Plural, Texts, fill
from bot.messages.tokens import Token

MOST_LINES = 20
"""So many are named in a message; of more it is said how many."""

MOST_OPTIONS = 50
"""So many stand in a form at once; what is left is there when it is opened again."""


class NewOne(Value):
    """Somebody in the team: the account (what a form sends back), and what the chat calls them."""

    user: str
    name: str
    guest: bool = False


class Differs(Value):
    """One team and one school. `key` names it behind a button. `left` are names, each with an arbetslag."""

    key: str
    team: str
    new: tuple[NewOne, ...] = ()
    channels: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TeamAsked:
    """The form: what may be chosen, what is, and what must change."""

    differs: Differs
    arbetslag: Sequence[tuple[str, str]]
    skolformer: Sequence[Skolform]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def changed(differs: Differs, texts: Texts) -> Message:
    """To the processledare: what differs, said once; nothing is done about it by itself."""
    said = texts.rosters
    blocks: list[Block] = []
    blocks += _listed(said.new, [_name(one, texts) for one in differs.new], texts)
    blocks += _listed(said.channels, [name for _, name in differs.channels], texts)
    left = [fill(said.member_of, name=name, arbetslag=team) for name, team in differs.left]
    blocks += _listed(said.left, left, texts)
    if left:
        blocks.append(Paragraph(text=said.left_do))
    if differs.new or differs.channels:
        blocks.append(Small(text=said.unchanged))
        blocks.append(Choices(buttons=(button(said.pick, "pick_from_team", differs.key, look="main"),)))
    return Message(title=fill(said.changed, team=differs.team), blocks=tuple(blocks))


def _listed(head: Plural, lines: Sequence[str], texts: Texts) -> list[Block]:
    if not lines:
        return []
    shown = list(lines) if len(lines) <= MOST_LINES else list(lines[: MOST_LINES - 1])
    rest = len(lines) - len(shown)
    more = [texts.rosters.more.of(rest)] if rest else []
    return [Paragraph(text=head.of(len(lines))), Bullets(items=(*shown, *more))]


def _name(one: NewOne, texts: Texts) -> str:
    name = one.name or texts.rosters.nameless
    return fill(texts.rosters.guest, name=name) if one.guest else name


def team_form(asked: TeamAsked, texts: Texts) -> Form:
    """Whom to add to which arbetslag, and which channels become one."""
    said, differs, values = texts.rosters, asked.differs, asked.values
    fields: list[FormField] = []
    if differs.new:
        people = tuple((one.user, _name(one, texts)) for one in differs.new)
        fields.append(_several("people", said.people, said.people_help, people, values))
        fields.append(
            ChoiceField(
                key="arbetslag",
                label=said.arbetslag,
                help=said.arbetslag_help,
                options=_options(asked.arbetslag),
                value=values.get("arbetslag", ()),
            )
        )
    if differs.channels:
        fields.append(_several("channels", said.channels_pick, said.channels_help, differs.channels, values))
        names = texts.first_day.names
        skolformer = tuple((one.value, names[one]) for one in asked.skolformer)
        chosen = values.get("skolform") or tuple(value for value, _ in skolformer[:1])
        fields.append(
            ChoiceField(key="skolform", label=said.skolform, options=_options(skolformer), value=chosen)
        )
    return Form(
        token=Token(verb="team_form", subject=differs.key).pack(),
        title=said.title,
        intro=(Small(text=said.intro),),
        fields=tuple(fields),
        submit=said.submit,
        around=texts.forms.around,
        errors=dict(asked.errors),
    )


def _several(
    key: str,
    label: str,
    help_text: str,
    options: Sequence[tuple[str, str]],
    values: Mapping[str, tuple[str, ...]],
) -> ChoiceField:
    offered = _options(options[:MOST_OPTIONS])
    known = {option.value for option in offered}
    chosen = tuple(value for value in values.get(key, ()) if value in known)
    return ChoiceField(key=key, label=label, help=help_text, options=offered, several=True, value=chosen)


def _options(pairs: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=shorten(label)) for value, label in pairs)


def added(number: int, arbetslag: str, made: Sequence[str], passed: Sequence[str], texts: Texts) -> Message:
    """The receipt: who was added where, what is new, and who could not be added."""
    said = texts.rosters
    lines = [said.added.of(number, arbetslag=arbetslag)] if number else []
    if made:
        lines += [said.made.of(len(made), names=texts.dates.all_of(made)), said.made_next]
    if passed:
        lines.append(fill(texts.people.passed_over, names=texts.dates.all_of(passed)))
    return Message(title=lines[0], blocks=tuple(Paragraph(text=line) for line in lines[1:]))
