"""A message did not get through, or we do not know: whoever can mend it is told, once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, cast, get_args

from bot.domain.access import may
from bot.domain.check_in import CheckIn
from bot.domain.school import Arbetslag, Person, tenant_of
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.delivery import Why
from bot.messages.model import Quiet, Response
from bot.messages.phrasing.trouble import Trouble, phrase, settled
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token
from handlers.informing import News, inform
from handlers.people.deciding import planners, to_tell
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.asked.check_ins import load_check_in
from storage.asked.conversations import load
from storage.people.roster import Roster
from storage.post.outbox import (
    Claimed,
    Promised,
    lane_of,
    promise,
    reference_of,
    standing_of,
)
from storage.post.settling import attempts_of, mark_arrived, promised_of, send_anyway, unsaid_of
from storage.unit import UnitOfWork

TROUBLE = "trouble:"
SETTLED = ":settled"
State = Literal["uncertain", "parked", "quarantined"]
UNTIL_READ = timedelta(hours=1)
"""After so long it is seen anew whether a school that could not be read says when its people work."""


def on_trouble(unit: UnitOfWork, prompts: Prompts, claimed: Claimed, state: str, now: datetime) -> None:
    """Promise one line to each who can mend it; trouble about such a line is not told again."""
    promised = claimed.promised
    if promised.key.startswith(TROUBLE) or state not in get_args(State):
        return
    team = unit.roster.arbetslag_at(promised.place)
    if state == "parked" and team and team.silenced:
        return  # that the channel is lost was told when it was
    row = reference_of(unit, promised.key)
    if row and row.why == Why.DISCONNECTED:
        return  # nobody there can be told; whoever runs the bot is
    for school in _schools_of(unit, promised):
        if school not in unit.roster.out:  # its people are told nothing before it can be read again
            _tell(unit, prompts, claimed, cast("State", state), school, now)


def _tell(
    unit: UnitOfWork, prompts: Prompts, claimed: Claimed, state: State, school: SchoolId, now: datetime
) -> None:
    promised, roster = claimed.promised, unit.roster
    since = roster.calendars[school].local(min(claimed.since, now))
    about = f"{promised.key}:{claimed.attempt}"
    if state == "parked":
        about = f"{lane_of(promised.place)}:{since:%Y-%m-%d}"
    out_of_reach = _person_at(roster, promised)
    for person in to_tell(roster, school, but=out_of_reach.id if out_of_reach else None):
        key, texts = _line(state, about, person), prompts.said_to(person)
        if reference_of(unit, key):
            continue
        line = phrase(_described(unit, promised, state, since, texts), texts)
        inform(unit, school, now, person.direct, News(key, f"{TROUBLE}{promised.key}", line))


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


def _schools_of(unit: UnitOfWork, promised: Promised) -> tuple[SchoolId, ...]:
    """Whose message it was; where nothing says, every school that can be told in the same chat."""
    roster = unit.roster
    owner = roster.arbetslag_at(promised.place) or _person_at(roster, promised) or _concerned(unit, promised)
    if school := promised.hours_of or (owner.school if owner else None):
        return (school,)
    here = tenant_of(promised.place)
    return tuple(
        school
        for school in roster.schools
        if len(roster.schools) == 1
        or any(one.direct and tenant_of(one.direct) == here for one in to_tell(roster, school))
    )


def _concerned(unit: UnitOfWork, promised: Promised) -> Arbetslag | Person | CheckIn | None:
    """Who or what a message was about, when its channel is nobody's any more."""
    kind, _, key = promised.concerns.partition(":")
    match kind:
        case "check_in":
            return load_check_in(unit, key)
        case "conversation":
            held = load(unit, key)
            who = held.conversation.respondent if held else ""
            return unit.roster.arbetslag.get(ArbetslagId(who)) or unit.roster.persons.get(PersonId(who))
        case "arbetslag" | "state":
            return unit.roster.arbetslag.get(ArbetslagId(key))
        case _:
            return None


def opens(unit: UnitOfWork, school: SchoolId, now: datetime) -> datetime:
    """Return the first moment, now or later, when the school may be disturbed; asked again then."""
    if school in unit.roster.out:
        return now + UNTIL_READ
    calendar = unit.roster.calendars.get(school)
    return calendar.next_open(now) if calendar else now


def _refusal(scene: Scene, key: str) -> Response | None:
    """Only who leads the school whose message it was settles it; its other people hear who that is."""
    promised = unsaid_of(scene.unit, key)
    leads = may(scene.me, "settle_delivery", scene.school)
    if promised is None and leads:
        return say(scene.texts.trouble.settled_already)  # the words of what is settled are forgotten in time
    if promised is None or scene.school.id not in _schools_of(scene.unit, promised):
        return say(scene.texts.common.not_allowed)
    if leads:
        return None
    return say(fill(scene.texts.trouble.not_yours, who=scene.who_plans()))


def on_send_anyway(scene: Scene, token: Token) -> Response:
    texts = scene.texts.trouble
    if refused := _refusal(scene, token.subject):
        return refused
    lines = _lines_about(scene, token.subject)
    done = send_anyway(scene.unit, token.subject, scene.at)
    return _settled(scene, lines, _sent_again) if done else say(texts.settled_already)


def on_mark_arrived(scene: Scene, token: Token) -> Response:
    texts = scene.texts.trouble
    if refused := _refusal(scene, token.subject):
        return refused
    lines = _lines_about(scene, token.subject)
    done = mark_arrived(scene.unit, token.subject)
    return _settled(scene, lines, _marked) if done else say(texts.settled_already)


def _sent_again(texts: Texts) -> str:
    return texts.trouble.sent_again


def _marked(texts: Texts) -> str:
    return texts.trouble.marked


def _lines_about(scene: Scene, key: str) -> tuple[tuple[Person, Promised], ...]:
    """Each line about the doubt over a message that nobody has settled, sent or still waiting.

    One that another version wrote is left as it is.
    """
    about = [f"{key}:{attempt}" for attempt in range(1, attempts_of(scene.unit, key) + 1)]
    promised = unsaid_of(scene.unit, key)
    schools = _schools_of(scene.unit, promised) if promised else ()
    persons = [person for school in schools for person in planners(scene.roster, school)]
    lines = {_line("uncertain", one, person): person for one in about for person in persons}
    settled_before = standing_of(scene.unit, [f"{line}{SETTLED}" for line in lines])
    found = (
        (person, promised_of(scene.unit, line))
        for line, person in lines.items()
        if f"{line}{SETTLED}" not in settled_before
    )
    return tuple((person, line) for person, line in found if line is not None)


def _settled(
    scene: Scene, lines: tuple[tuple[Person, Promised], ...], chosen: Callable[[Texts], str]
) -> Response:
    """Let every line say what was chosen, and by whom, instead of offering it still."""
    for person, line in lines:
        texts = scene.texts_for(person)
        message = settled(line.read, scene.me.name, chosen(texts), texts)
        replaced = line._replace(
            key=f"{line.key}{SETTLED}",
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
