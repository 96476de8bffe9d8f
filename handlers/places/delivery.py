"""A message did not get through, or we do not know: whoever can mend it is told, once."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, cast, get_args

from bot.domain.access import may
from bot.domain.school import Person
from bot.domain.value import SchoolId
from bot.messages.delivery import Why
from bot.messages.model import Quiet, Response
from bot.messages.phrasing.trouble import Trouble, phrase, settled
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.asked.check_ins import attempts_of, promised_of
from storage.people.roster import Roster
from storage.post.outbox import Claimed, Promised, mark_arrived, promise, reference_of, send_anyway
from storage.unit import UnitOfWork

TROUBLE = "trouble:"
State = Literal["uncertain", "parked", "quarantined"]


def on_trouble(unit: UnitOfWork, prompts: Prompts, claimed: Claimed, state: str, now: datetime) -> None:
    """Promise one line to the processledare; trouble about such a line is not told again."""
    promised = claimed.promised
    if promised.key.startswith(TROUBLE) or state not in get_args(State):
        return
    school = _school_of(unit.roster, promised)
    team = unit.roster.arbetslag_at(promised.place)
    if school is None or (state == "parked" and team and team.silenced):
        return  # that the channel is lost was told when it was
    row = reference_of(unit, promised.key)
    if row and row.why == Why.DISCONNECTED:
        return  # nobody there can be told; whoever runs the bot is
    lane = f"{promised.place.platform}:{promised.place.address}"
    since = unit.roster.calendars[school].local(min(claimed.since, now))
    about = f"{lane}:{since:%Y-%m-%d}" if state == "parked" else f"{promised.key}:{claimed.attempt}"
    for person in unit.roster.holders("processledare", school):
        key = _line(state, about, person)
        place = person.direct
        if place is None or place.address == promised.place.address or reference_of(unit, key):
            continue
        texts = prompts.said_to(person)
        trouble = _described(unit, promised, cast("State", state), since, texts)
        promise(
            unit,
            Promised(
                key=key,
                message_class="critical",
                concerns=f"{TROUBLE}{promised.key}",
                place=place,
                message=phrase(trouble, texts),
                not_before=now,
                hours_of=school,
            ),
        )


def _line(state: str, about: str, person: Person) -> str:
    return f"{TROUBLE}{state}:{about}:{person.id}"


def _described(unit: UnitOfWork, promised: Promised, state: State, since: datetime, texts: Texts) -> Trouble:
    roster, said = unit.roster, texts.trouble
    row = reference_of(unit, promised.key)
    team = roster.arbetslag_at(promised.place)
    person = _person_at(roster, promised)
    channel = fill(said.channel, arbetslag=team.name) if team else said.somewhere
    where = person.name if person else channel
    if team is not None and promised.key == promised.concerns:
        what = fill(said.question, arbetslag=team.name)
    else:
        what = fill(said.person, name=person.name) if person else fill(said.other, where=where)
    return Trouble(
        state=state,
        key=promised.key,
        what=what,
        where=where,
        to_person=person is not None,
        since=since,
        why=row.why if row else "",
    )


def _person_at(roster: Roster, promised: Promised) -> Person | None:
    spot = (promised.place.platform, promised.place.address)
    return next(
        (
            one
            for one in roster.persons.values()
            if one.direct and (one.direct.platform, one.direct.address) == spot
        ),
        None,
    )


def _school_of(roster: Roster, promised: Promised) -> SchoolId | None:
    """Whose message it was: its arbetslag's school, its person's, or the only one there is."""
    if promised.hours_of is not None:
        return promised.hours_of
    team = roster.arbetslag_at(promised.place)
    person = _person_at(roster, promised)
    if team or person:
        return team.school if team else person.school if person else None
    return next(iter(roster.schools)) if len(roster.schools) == 1 else None


def opens(unit: UnitOfWork, school: SchoolId, now: datetime) -> datetime:
    """Return the first moment, now or later, when the school may be disturbed."""
    calendar = unit.roster.calendars.get(school)
    return calendar.next_open(now) if calendar else now


def _may_settle(scene: Scene, key: str) -> bool:
    """Only the processledare of the school whose message it was."""
    promised = promised_of(scene.unit, key)
    school = _school_of(scene.roster, promised) if promised else None
    return school is not None and may(scene.me, "settle_delivery", scene.roster.schools[school])


def on_send_anyway(scene: Scene, token: Token) -> Response:
    texts = scene.texts.trouble
    if not _may_settle(scene, token.subject):
        return say(texts.not_yours)
    lines = _lines_about(scene, token.subject)
    done = send_anyway(scene.unit, token.subject, scene.at)
    return _settled(scene, lines, _sent_again) if done else say(texts.settled_already)


def on_mark_arrived(scene: Scene, token: Token) -> Response:
    texts = scene.texts.trouble
    if not _may_settle(scene, token.subject):
        return say(texts.not_yours)
    lines = _lines_about(scene, token.subject)
    done = mark_arrived(scene.unit, token.subject)
    return _settled(scene, lines, _marked) if done else say(texts.settled_already)


def _sent_again(texts: Texts) -> str:
    return texts.trouble.sent_again


def _marked(texts: Texts) -> str:
    return texts.trouble.marked


def _lines_about(scene: Scene, key: str) -> tuple[tuple[Person, Promised], ...]:
    """Each processledare's line about the doubt over a message, sent or still waiting."""
    about = [f"{key}:{attempt}" for attempt in range(1, attempts_of(scene.unit, key) + 1)]
    persons = scene.roster.holders("processledare", scene.me.school)
    lines = (
        (person, promised_of(scene.unit, _line("uncertain", one, person)))
        for one in about
        for person in persons
    )
    return tuple((person, line) for person, line in lines if line is not None)


def _settled(
    scene: Scene, lines: tuple[tuple[Person, Promised], ...], chosen: Callable[[Texts], str]
) -> Response:
    """Let every line say what was chosen, and by whom, instead of offering it still."""
    for person, line in lines:
        texts = scene.texts_for(person)
        message = settled(line.read, scene.me.name, chosen(texts), texts)
        replaced = line._replace(
            key=f"{line.key}:settled",
            message_class="replaceable",
            message=message,
            replacing=line.key,
            not_before=scene.at,
            hours_of=None,
        )
        promise(scene.unit, replaced)
    direct = scene.me.direct
    told = direct is not None and any(line.place.address == direct.address for _, line in lines)
    return Quiet() if told else say(chosen(scene.texts))


PRESSES: Presses = {"send_anyway": on_send_anyway, "mark_arrived": on_mark_arrived}
