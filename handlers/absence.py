"""`/frånvaro`: away until a day, by oneself, a colleague, the processledare or the rektor. Never why."""

from datetime import date, timedelta

from bot.domain.access import may
from bot.domain.schedule.one_day import one_day
from bot.domain.school import Person
from bot.domain.value import PersonId
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing.absence import AwayAsked, AwayNow, AwaySaved, AwayTold, absence_form, phrase
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.asking.rounds import refresh_anchor
from handlers.scene import Commands, Forms, Presses, Scene, Values, say
from storage.asked.check_ins import latest_check_in
from storage.people.absences import end_absence, set_absence

FURTHEST = timedelta(days=400)


def on_command(scene: Scene, text: str) -> Response:
    """Open the form, with the day that was said; who is away already sees until when, and may end it."""
    if text:
        said = one_day(text, _today(scene))
        return (
            _ask(scene, {"until": said.isoformat()})
            if said
            else _ask(scene, {}, scene.texts.absence.bad_date)
        )
    until = away_until(scene, scene.me.id)
    if until is None:
        return _ask(scene, {})
    return Say(message=phrase(AwayNow(person=scene.me.id, until=until), scene.texts))


def _today(scene: Scene) -> date:
    return scene.calendar.local(scene.at).date()


def away_until(scene: Scene, person: PersonId) -> date | None:
    """Until when somebody who is away now is away."""
    today = _today(scene)
    spans = scene.roster.away.get(person, ())
    return max((last for first, last in spans if first <= today <= last), default=None)


def allowed(scene: Scene, person: Person) -> bool:
    """Oneself; a colleague of one's own arbetslag; everybody for processledare and rektor."""
    if person.id == scene.me.id:
        return may(scene.me, "set_own_absence", scene.school)
    if person.school != scene.me.school or not person.roles:
        return False
    teams = [scene.roster.arbetslag[key] for key in person.arbetslag if key in scene.roster.arbetslag]
    return may(scene.me, "set_absence", scene.school) or any(
        may(scene.me, "set_absence", team) for team in teams
    )


def _ask(scene: Scene, values: dict[str, str], error: str = "") -> Open:
    others = [one for one in scene.roster.persons.values() if one.id != scene.me.id and allowed(scene, one)]
    people = ((scene.me.id, scene.me.name), *((one.id, one.name) for one in others))
    return Open(form=absence_form(AwayAsked(people=people, values=values, error=error), scene.texts))


def on_press(scene: Scene, token: Token) -> Response:
    return _ask(scene, {"who": token.subject} if token.subject else {})


def on_form(scene: Scene, _token: Token, values: Values) -> Response:
    """Keep until when; whoever it concerns is told who wrote it."""
    texts = scene.texts.absence
    given = {key: (chosen or ("",))[0].strip() for key, chosen in values.items()}
    person = scene.roster.persons.get(PersonId(given.get("who") or scene.me.id))
    if person is None or not allowed(scene, person):
        return say(scene.texts.common.not_allowed)
    today = _today(scene)
    try:
        until = date.fromisoformat(given.get("until", ""))
    except ValueError:
        return _ask(scene, given, texts.bad_date)
    if until < today or until - today > FURTHEST:
        return _ask(scene, given, texts.past if until < today else texts.too_far)
    known = (today, until) in scene.roster.away.get(person.id, ())
    if not known:
        set_absence(scene.unit, person.id, today, until)
        _recount(scene, person)
    if person.id == scene.me.id:
        return Say(message=phrase(AwaySaved(person=person.id, name="", until=until), scene.texts))
    if person.direct is not None and not known:
        told = AwayTold(person=person.id, by=scene.me.name, until=until)
        key = f"absence:{person.id}:{scene.event_id}"
        scene.inform(
            phrase(told, scene.texts_for(person)), person.direct, key=key, concerns=f"absence:{person.id}"
        )
    return Say(message=phrase(AwaySaved(person=person.id, name=person.name, until=until), scene.texts))


def on_end(scene: Scene, token: Token) -> Response:
    """`Avsluta frånvaron`."""
    texts = scene.texts.absence
    person = scene.roster.persons.get(PersonId(token.subject))
    if person is None or not allowed(scene, person):
        return say(scene.texts.common.not_allowed)
    if not end_absence(scene.unit, person.id, _today(scene)):
        return say(texts.not_away)
    _recount(scene, person)
    return say(texts.ended_me if person.id == scene.me.id else fill(texts.ended_other, name=person.name))


def _recount(scene: Scene, person: Person) -> None:
    """The round that is open is counted anew: who is away is outside the count."""
    for team in person.arbetslag:
        check_in = latest_check_in(scene.unit, team)
        if (
            check_in
            and check_in.state == "open"
            and check_in.answers == "each"
            and person.id in check_in.expected
        ):
            refresh_anchor(scene.unit, scene.prompts, check_in, scene.at, by_clock=True)


COMMANDS: Commands = {"frånvaro": on_command}
PRESSES: Presses = {"absence": on_press, "absence_end": on_end}
FORMS: Forms = {"absence_form": on_form}
