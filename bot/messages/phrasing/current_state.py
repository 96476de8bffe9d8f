"""`/nuläge` in words: where in the cycle, the gaps, then the rest; the last line is for the children."""

from collections.abc import Iterator, Sequence

from bot.domain.notes import is_to_find_out
from bot.domain.reports.current_state import CurrentState, Told
from bot.domain.reports.gaps import SILENT_AFTER_WEEKS, Gap
from bot.domain.school import Arbetslag
from bot.messages.model import (
    Bar,
    Block,
    Bullets,
    Button,
    Chart,
    ChoiceField,
    Choices,
    Form,
    Message,
    Option,
    Paragraph,
    Quote,
    Section,
    Small,
)
from bot.messages.phrasing.documents import get_button
from bot.messages.phrasing.labels import button_labels, shorten
from bot.messages.texts import Texts, fill
from bot.messages.texts.current_state import CurrentStateTexts
from bot.messages.tokens import Token, Verb

MOST_CAUSES = 6
"""Explanations that are shown, the newest first; the others are counted."""

FEWEST_POINTS = 3
"""Fewer numbers than this are no chart."""


def phrase(
    state: CurrentState, texts: Texts, *, share: bool, widen: bool = False, keep: bool = False
) -> Message:
    """Word the current state.

    `share` adds the button that shows it to a channel, `widen` the school's, and `keep` that of the file.
    """
    words = texts.current_state
    blocks: list[Block] = [
        *_where(state, texts),
        Section(text=words.gaps),
        *say_gaps(state, texts),
        *_signs(state, words),
    ]
    blocks += [*_causes(state, words), *_participation(state, words), Paragraph(text=words.for_whom)]
    subject = state.facts.scope_id or ""
    buttons = []
    if share:
        token = Token(verb="share", subject=subject)
        buttons.append(Button(label=words.share, token=token.pack(), look="main"))
    if widen:
        buttons.append(Button(label=words.whole_school, token=Token(verb="show_state").pack()))
    if keep:
        buttons.append(get_button("state_file", subject, texts))
    if buttons:
        blocks.append(Choices(buttons=tuple(buttons)))
    return Message(title=fill(words.title, scope=state.facts.scope), blocks=tuple(blocks))


def phrase_shared(state: CurrentState, who: str, texts: Texts) -> Message:
    """The same state as everybody in a channel sees it."""
    message = phrase(state, texts, share=False)
    title = fill(texts.current_state.shared, who=who, title=message.title)
    return message.model_copy(update={"title": title})


def phrase_choice(teams: Sequence[Arbetslag], verb: Verb, texts: Texts) -> Message:
    """Ask which of a person's arbetslag is meant; where a name is too long for a button, by number."""
    words = texts.current_state
    whole = [fill(words.choose, team=team.name) for team in teams]
    labels = button_labels(whole)
    listed: tuple[Block, ...] = ()
    if list(labels) != whole:
        labels = tuple(fill(words.choose_number, n=n) for n in range(1, len(teams) + 1))
        listed = (Bullets(items=tuple(f"{n}. {team.name}" for n, team in enumerate(teams, 1))),)
    buttons = tuple(
        Button(label=label, token=Token(verb=verb, subject=team.id).pack())
        for label, team in zip(labels, teams, strict=True)
    )
    return Message(
        title=words.choose_title,
        blocks=(Paragraph(text=words.choose_help), *listed, Choices(buttons=buttons)),
    )


def share_form(teams: Sequence[Arbetslag], texts: Texts, *, whole_school: bool) -> Form:
    """The form in which somebody says where to share; `whole_school` adds what."""
    words = texts.current_state
    options = tuple(Option(value=team.id, label=shorten(team.name)) for team in teams)
    where = ChoiceField(
        key="channel",
        label=words.share_where,
        help=words.share_help,
        required=True,
        options=options,
        value=(options[0].value,),
    )
    kinds = (
        Option(value="school", label=words.share_school),
        Option(value="own", label=words.share_own),
    )
    what = ChoiceField(
        key="what", label=words.share_what, required=True, options=kinds, value=(kinds[0].value,)
    )
    return Form(
        token=Token(verb="share_form").pack(),
        title=words.share_title,
        fields=(where, what) if whole_school else (where,),
        submit=words.share,
        around=texts.forms.around,
    )


def _where(state: CurrentState, texts: Texts) -> Iterator[Block]:
    words, facts = texts.current_state, state.facts
    where = fill(words.where, phase=facts.phase, question=facts.question)
    if facts.next_check_in:
        coming = fill(words.next_check_in, when=texts.dates.moment(facts.next_check_in, year=facts.far))
    else:
        rests = any(gap.kind in {"paused", "no_channel"} for gap in state.gaps)
        coming = words.nothing_coming if rests else words.nothing_planned
    then = fill(words.next_phase, phase=facts.next_phase)
    yield Paragraph(text=f"{where} {then} {coming}")


def say_gaps(state: CurrentState, texts: Texts) -> Iterator[Block]:
    """What is missing, or that nothing is."""
    if state.gaps:
        yield Bullets(items=tuple(_gap(gap, texts) for gap in state.gaps))
    else:
        yield Paragraph(text=texts.current_state.no_gaps)


def _gap(gap: Gap, texts: Texts) -> str:
    words = texts.current_state
    if gap.names and gap.kind in words.named:
        since = texts.dates.day(gap.since) if gap.since else ""
        names = texts.dates.all_of(gap.names)
        return fill(words.named[gap.kind], names=names, weeks=SILENT_AFTER_WEEKS, since=since)
    return words.counted[gap.kind].of(gap.n, weeks=SILENT_AFTER_WEEKS)


def _signs(state: CurrentState, words: CurrentStateTexts) -> Iterator[Block]:
    yield Section(text=words.signs)
    if not state.facts.may_read:
        yield Paragraph(text=words.hidden)
        return
    if state.too_few:
        yield Small(text=words.too_few)
    for spread in state.spreads:
        said = fill(
            words.spread if state.facts.scope_id else words.spread_teams,
            aspect=words.aspects[spread.aspect],
            works=spread.works,
            worries=spread.worries,
            teams=spread.teams,
        )
        yield Paragraph(text=f"{said} {words.apart}" if spread.apart else said)
    yield from _chart(state, words)
    for told in state.signs:
        yield quote(told, words, named=not state.facts.scope_id, parted=told.arbetslag in state.parted)
    if not state.signs:
        yield Paragraph(text=words.no_signs)


def quote(told: Told, words: CurrentStateTexts, *, named: bool = True, parted: bool = True) -> Quote:
    """Somebody's own words; `named` says which arbetslag's, `parted` their aspect and sign, as words.

    What is left to find out is no sign, and is said to be that whoever reads it.
    """
    source = [told.arbetslag] if named else []
    if is_to_find_out(told.note):
        source.append(words.find_out)
    elif parted:
        source += [words.aspects[told.aspect].lower(), words.signs_of[told.sign]]
    return Quote(text=told.text, source=", ".join(source), link=told.link)


def _chart(state: CurrentState, words: CurrentStateTexts) -> Iterator[Block]:
    """Draw the numbers that stand as text above, when there are enough of them to see anything."""
    bars = []
    for spread in state.spreads:
        aspect = words.aspects[spread.aspect]
        bars.append(Bar(label=fill(words.chart_works, aspect=aspect), value=spread.works))
        bars.append(Bar(label=fill(words.chart_worries, aspect=aspect), value=spread.worries))
    if sum(bar.value > 0 for bar in bars) < FEWEST_POINTS:
        return
    works, worries = (sum(getattr(spread, sign) for spread in state.spreads) for sign in ("works", "worries"))
    alt = fill(words.chart_alt, works=works, worries=worries)
    yield Chart(title=words.chart_title, alt=alt, unit=words.chart_unit, bars=tuple(bars))


def _causes(state: CurrentState, words: CurrentStateTexts) -> Iterator[Block]:
    if not state.facts.may_read:
        return
    yield Section(text=words.causes)
    causes = state.facts.causes
    said = tuple(
        fill(words.cause, cause=cause.text, strength=words.strengths[cause.strength], result=cause.result)
        for cause in causes[:MOST_CAUSES]
    )
    none = words.causes_under_way if state.facts.results_without_causes else words.no_causes_yet
    yield Bullets(items=said) if said else Paragraph(text=none)
    if (more := len(causes) - MOST_CAUSES) > 0:
        yield Small(text=words.more_causes.of(more))


def _participation(state: CurrentState, words: CurrentStateTexts) -> Iterator[Block]:
    yield Section(text=words.participation)
    if not state.asked:
        yield Paragraph(text=words.nobody_asked)
    elif state.facts.scope_id:
        yield Paragraph(text=words.team_answered if state.answered else words.team_not_answered)
    else:
        yield Paragraph(text=fill(words.teams, answered=state.answered, asked=state.asked))
    yield Small(text=words.minutes.of(state.facts.minutes, ceiling=state.facts.ceiling))
