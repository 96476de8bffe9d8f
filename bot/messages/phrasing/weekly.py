"""The week's summary in words, to the rektor and back to each arbetslag."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.calendar.school_year import school_week
from bot.domain.reports.week_facts import NotAsked, Raised
from bot.domain.reports.weekly import SticksOut, TeamSummary, WeekSummary
from bot.domain.value import Value
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
from bot.messages.phrasing.current_state import quote
from bot.messages.phrasing.documents import get_button
from bot.messages.texts import Texts, fill
from bot.messages.texts.weekly import WeeklyTexts
from bot.messages.tokens import Token

MOST_WAITING = 8
"""Raised questions that are shown whole, the oldest first; the others are counted."""

MOST_CAUSES = 10
"""New explanations that are shown; the others are counted."""


class Standing(Value):
    """Where a summary stands, in local time: when it is due, was last sent, and was last read."""

    due: datetime | None = None
    sent: datetime | None = None
    read: datetime | None = None


def phrase_summary(summary: WeekSummary, texts: Texts, lead: str = "", *, last_week: bool = False) -> Message:
    """Word the summary for the rektor; `lead` says that it is unfinished, or when it was sent."""
    words = texts.weekly
    period = fill(words.period, since=texts.dates.date(summary.since), until=texts.dates.date(summary.until))
    blocks: list[Block] = [Small(text=f"{period} {lead}".strip())]
    for team in summary.teams:
        blocks += _team(team, texts)
    if not summary.teams:
        blocks.append(Paragraph(text=words.without_words if summary.answered else words.empty))
    blocks += [*_sticks_out(summary, texts), *_waiting(summary, texts), *_missing(summary, texts)]
    blocks += [Paragraph(text=words.for_whom), _buttons(summary, texts, last_week=last_week)]
    title = fill(words.title, school=summary.school, week=texts.dates.week(summary.week))
    return Message(title=title, blocks=tuple(blocks))


def lead_so_far(due: datetime | None, texts: Texts) -> str:
    """Say that more may come before the summary does."""
    words = texts.weekly
    return fill(words.so_far, when=texts.dates.moment(due)) if due else words.so_far_stopped


def _team(team: TeamSummary, texts: Texts) -> Iterator[Block]:
    words = texts.weekly
    yield Section(text=team.name)
    if team.closed:
        yield Paragraph(text=words.closed)
        return
    changed = f" {words.changed.of(team.changed)}" if team.changed else ""
    yield Paragraph(text=words.new.of(team.n) + changed)
    if team.counts is None:
        yield Small(text=words.too_few)
    else:
        yield Bullets(
            items=tuple(
                fill(
                    words.count,
                    aspect=texts.current_state.aspects[count.aspect],
                    works=count.works,
                    worries=count.worries,
                )
                for count in team.counts
            )
        )
    for told in team.quotes:
        yield quote(told, texts.current_state, named=False, parted=team.counts is not None)


def _sticks_out(summary: WeekSummary, texts: Texts) -> Iterator[Block]:
    if summary.sticks_out:
        yield Section(text=texts.weekly.sticks_out)
        yield Bullets(items=tuple(_stands(one, texts) for one in summary.sticks_out))


def _stands(one: SticksOut, texts: Texts) -> str:
    words = texts.weekly
    if one.kind == "rise" and not one.usual:
        return fill(words.rise_from_none, team=texts.dates.all_of(one.names), n=one.n)
    if one.kind == "rise":
        return fill(words.rise, team=texts.dates.all_of(one.names), n=one.n, usual=one.usual)
    aspect = texts.current_state.aspects[one.aspect] if one.aspect else ""
    return fill(
        words.apart,
        aspect=aspect,
        works=texts.dates.all_of(one.names),
        worries=texts.dates.all_of(one.others),
    )


def _waiting(summary: WeekSummary, texts: Texts) -> Iterator[Block]:
    words = texts.weekly
    yield Section(text=words.waiting)
    yield from (_raised(raised, words) for raised in summary.raised[:MOST_WAITING])
    if (more := len(summary.raised) - MOST_WAITING) > 0:
        yield Small(text=words.more_wait.of(more))
    if not summary.raised:
        yield Paragraph(text=words.nothing_waits)
    if summary.new_causes:
        yield Section(text=words.new_causes)
        strengths = texts.current_state.strengths
        yield Bullets(
            items=tuple(
                fill(words.new_cause, team=one.name, cause=one.text, strength=strengths[one.strength])
                for one in summary.new_causes[:MOST_CAUSES]
            )
        )
    if (more := len(summary.new_causes) - MOST_CAUSES) > 0:
        yield Small(text=words.more_causes.of(more))


def _raised(raised: Raised, words: WeeklyTexts) -> Quote:
    return Quote(text=raised.text, source=fill(words.waits, team=raised.name), link=raised.link)


def _missing(summary: WeekSummary, texts: Texts) -> Iterator[Block]:
    words = texts.weekly
    missing = [fill(words.silent, names=texts.dates.all_of(summary.silent))] if summary.silent else []
    if summary.missing_voice:
        missing.append(words.no_voice)
    missing += [_not_asked(one, texts) for one in summary.not_asked]
    if missing:
        yield Section(text=words.missing)
        yield Bullets(items=tuple(missing))
    if summary.asked:
        yield Small(text=fill(words.participation, answered=summary.answered, asked=summary.asked))


def _not_asked(one: NotAsked, texts: Texts) -> str:
    words = texts.weekly
    said = words.not_known if one.why == "restored" else words.not_asked
    return fill(said, team=one.name, when=texts.dates.day(one.planned.date()), why=words.why[one.why])


def _buttons(summary: WeekSummary, texts: Texts, *, last_week: bool) -> Choices:
    words = texts.weekly
    found = [Button(label=words.reply, token=Token(verb="reply_arbetslag").pack(), look="main")]
    if last_week:
        found.append(Button(label=words.last_week, token=Token(verb="last_week").pack()))
    found.append(get_button("summary_file", _number(summary.week), texts))
    found.append(Button(label=words.set_time, token=Token(verb="summary_time").pack()))
    return Choices(buttons=tuple(found))


def _number(week: date) -> str:
    """A summary's own number, under which it is kept once it is sent."""
    year, number = school_week(week)
    return str(year * 100 + number)


def phrase_own(summary: WeekSummary, name: str, standing: Standing, texts: Texts, *, closed: bool) -> Message:
    """What the rektor will read from one arbetslag, shown to it before it is sent."""
    words = texts.weekly
    blocks: list[Block] = []
    for team in summary.teams:
        blocks += [Paragraph(text=words.own_closed)] if team.closed else list(_team(team, texts))[1:]
    if not blocks:
        blocks.append(Paragraph(text=words.own_closed if closed else words.own_empty))
    blocks += [
        Quote(text=raised.text, source=fill(words.own_raised, team=name), link=raised.link)
        for raised in summary.raised
    ]
    due = (
        fill(words.own_preview, when=texts.dates.moment(standing.due)) if standing.due else words.own_stopped
    )
    blocks.append(Paragraph(text=due))
    if standing.sent:
        blocks.append(Small(text=fill(words.own_sent, when=texts.dates.moment(standing.sent))))
    read = (
        fill(words.own_read, when=texts.dates.moment(standing.read)) if standing.read else words.own_not_read
    )
    blocks.append(Small(text=read))
    title = fill(words.own_title, team=name, week=texts.dates.week(summary.week))
    return Message(title=title, blocks=tuple(blocks))


def phrase_back(team: TeamSummary, rektor: str, texts: Texts) -> Message:
    """What became of their words, to an arbetslag, the moment the rektor gets the summary."""
    words = texts.weekly
    intro = [words.back_intro.of(team.n, rektor=rektor)] if team.n or not team.changed else []
    changed = [words.back_changed.of(team.changed)] if team.changed else []
    blocks: list[Block] = [Paragraph(text=" ".join([*intro, *changed]))]
    if team.quotes:
        blocks.append(Section(text=words.back_quotes))
        blocks += [quote(told, texts.current_state, named=False) for told in team.quotes]
    blocks.append(Small(text=words.back_rest))
    return Message(title=fill(words.back_title, team=team.name), blocks=tuple(blocks))


def phrase_no_rektor(school: str, texts: Texts) -> Message:
    """To the processledare: the summary has nowhere to go. Nothing of it is shown."""
    words = texts.weekly
    return Message(title=fill(words.no_rektor, school=school), blocks=(Paragraph(text=words.no_rektor_hint),))
