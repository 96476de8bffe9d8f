"""The bot's own page in words: what waits for me first, then what I look after."""

from collections.abc import Iterator
from datetime import date

from bot.domain.effects.schedule import PlanShown
from bot.domain.reports.current_state import CurrentState
from bot.domain.value import ArbetslagId, PersonId, Value
from bot.messages.model import Block, Bullets, Choices, Message, Paragraph, Section
from bot.messages.phrasing import language
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.current_state import say_gaps
from bot.messages.phrasing.labels import button_labels
from bot.messages.phrasing.schedules import dates
from bot.messages.phrasing.times import pattern
from bot.messages.phrasing.weekly import Standing
from bot.messages.texts import Texts, fill

MOST_PLANS = 10


class OpenQuestion(Value):
    """A round that has no answer from this person yet."""

    check_in: str
    arbetslag: str
    question: str


class TeamWords(Value):
    """What became of what one arbetslag wrote."""

    arbetslag: ArbetslagId
    name: str
    standing: Standing


class TeacherHome(Value):
    """What a member of some arbetslag sees; `away_until` when they are away."""

    questions: tuple[OpenQuestion, ...]
    words: tuple[TeamWords, ...]


class LeaderHome(Value):
    """What who leads the school sees. `waiting` is None for who may not answer."""

    state: CurrentState
    waiting: int | None
    plans: tuple[PlanShown, ...]
    plans_first: bool


class Home(Value):
    """One person's page: either part, or both."""

    person: PersonId
    name: str
    away_until: date | None
    teacher: TeacherHome | None
    leader: LeaderHome | None


def phrase(home: Home, texts: Texts) -> Message:
    """Word the page; nobody's words stand on it, so that opening it is no reading of them."""
    blocks: list[Block] = []
    if home.leader:
        blocks += _leader(home.leader, texts)
    if home.teacher:
        blocks += _teacher(home.teacher, texts)
    if not home.leader and not home.teacher:
        blocks.append(Paragraph(text=texts.home.no_team))
    blocks += [*_away(home, texts), *language.section(texts)]
    return Message(title=fill(texts.home.title, name=home.name), blocks=tuple(blocks))


def _teacher(home: TeacherHome, texts: Texts) -> Iterator[Block]:
    said, weekly = texts.home, texts.weekly
    yield Section(text=said.questions)
    yield from (
        Paragraph(text=fill(said.question, arbetslag=one.arbetslag, question=one.question))
        for one in home.questions
    )
    if home.questions:
        labels = button_labels([fill(said.answer_for, arbetslag=one.arbetslag) for one in home.questions])
        pairs = zip(labels, home.questions, strict=True)
        yield Choices(
            buttons=tuple(button(label, "answer", one.check_in, look="main") for label, one in pairs)
        )
    else:
        yield Paragraph(text=said.no_questions)
    yield Section(text=said.words)
    for team in home.words:
        sent, read = team.standing.sent, team.standing.read
        parts = (
            fill(weekly.own_sent, when=texts.dates.moment(sent)) if sent else said.not_sent,
            fill(weekly.own_read, when=texts.dates.moment(read))
            if read
            else weekly.own_not_read
            if sent
            else "",
        )
        told = " ".join(filter(None, parts))
        yield Paragraph(text=f"{team.name}. {told}" if len(home.words) > 1 else told)
    labels = button_labels([fill(said.show_week, arbetslag=team.name) for team in home.words])
    weeks = zip(labels, home.words, strict=True)
    yield Choices(buttons=tuple(button(label, "show_week", team.arbetslag) for label, team in weeks))


def _leader(home: LeaderHome, texts: Texts) -> Iterator[Block]:
    plans = list(_plans(home, texts))
    if home.plans_first:
        yield from plans
    yield Section(text=texts.home.gaps)
    yield from say_gaps(home.state, texts)
    yield Choices(buttons=(button(texts.home.show_state, "show_state"),))
    if home.waiting is not None:
        yield from _waiting(home.waiting, texts)
    if not home.plans_first:
        yield from plans


def _waiting(waiting: int, texts: Texts) -> Iterator[Block]:
    said = texts.home
    yield Section(text=said.waiting)
    yield Paragraph(text=said.waits.of(waiting) if waiting else said.nothing_waits)
    yield Choices(
        buttons=(button(texts.weekly.reply, "reply_arbetslag", look="main" if waiting else "plain"),)
    )


def _plans(home: LeaderHome, texts: Texts) -> Iterator[Block]:
    said = texts.home
    yield Section(text=said.plans)
    rows = tuple(
        fill(
            said.plan_paused if one.plan.state == "paused" else said.plan,
            arbetslag=one.arbetslag,
            pattern=pattern(one.plan.recurrence, texts),
            dates=dates(one, texts),
        )
        for one in home.plans[:MOST_PLANS]
    )
    yield Bullets(items=rows) if rows else Paragraph(text=said.no_plans)
    if (more := len(home.plans) - MOST_PLANS) > 0:
        yield Paragraph(text=said.more_plans.of(more))
    if home.state.asked:
        yield Paragraph(text=fill(said.answered, answered=home.state.answered, asked=home.state.asked))
    show = (button(said.show_plans, "list_schedules"),) if rows else ()
    yield Choices(buttons=(*show, button(said.new_plan, "new_schedule")))


def _away(home: Home, texts: Texts) -> Iterator[Block]:
    said, words = texts.home, texts.absence
    yield Section(text=said.away)
    if home.away_until is None:
        yield Choices(buttons=(button(said.set_away, "absence"),))
        return
    yield Paragraph(text=fill(words.now, date=texts.dates.day(home.away_until)))
    yield Choices(
        buttons=(
            button(words.change, "absence", home.person),
            button(words.end, "absence_end", home.person),
        )
    )
