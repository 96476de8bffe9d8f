"""A message did not get through, or we do not know: whoever can mend it is told, once."""

from datetime import datetime
from typing import Literal, cast, get_args

from bot.domain.access import may
from bot.domain.school import Person
from bot.domain.value import SchoolId
from bot.messages.model import Response
from bot.messages.phrasing.trouble import Trouble, phrase
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.check_ins import promised_of
from storage.outbox import Claimed, Promised, mark_arrived, promise, reference_of, send_anyway
from storage.roster import Roster
from storage.unit import UnitOfWork

TROUBLE = "trouble:"
State = Literal["uncertain", "parked", "quarantined"]


def on_trouble(unit: UnitOfWork, prompts: Prompts, claimed: Claimed, state: str, now: datetime) -> None:
    """Promise one line to the processledare; trouble about such a line is not told again."""
    promised = claimed.promised
    if promised.key.startswith(TROUBLE) or state not in get_args(State):
        return
    school = _school_of(unit.roster, promised)
    if school is None:
        return
    trouble = _described(unit.roster, prompts, claimed, cast("State", state), school, now)
    lane = f"{promised.place.platform}:{promised.place.address}"
    day = f"{trouble.since:%Y-%m-%d}"
    about = f"{lane}:{day}" if state == "parked" else f"{promised.key}:{claimed.attempt}"
    for person in unit.roster.holders("processledare", school):
        key = f"{TROUBLE}{state}:{about}:{person.id}"
        place = person.direct
        if place is None or place.address == promised.place.address or reference_of(unit, key):
            continue
        promise(
            unit,
            Promised(
                key=key,
                message_class="critical",
                concerns=f"{TROUBLE}{promised.key}",
                place=place,
                message=phrase(trouble, prompts.texts),
                not_before=now,
                hours_of=school,
            ),
        )


def _described(
    roster: Roster, prompts: Prompts, claimed: Claimed, state: State, school: SchoolId, now: datetime
) -> Trouble:
    said, promised = prompts.texts.trouble, claimed.promised
    team = roster.arbetslag_at(promised.place)
    person = _person_at(roster, promised)
    where = person.name if person else promised.place.address if team else said.somewhere
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
        since=roster.calendars[school].local(min(claimed.since, now)),
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
    done = send_anyway(scene.unit, token.subject, scene.at)
    return say(texts.sent_again if done else texts.settled_already)


def on_mark_arrived(scene: Scene, token: Token) -> Response:
    texts = scene.texts.trouble
    if not _may_settle(scene, token.subject):
        return say(texts.not_yours)
    done = mark_arrived(scene.unit, token.subject)
    return say(texts.marked if done else texts.settled_already)


PRESSES: Presses = {"send_anyway": on_send_anyway, "mark_arrived": on_mark_arrived}
