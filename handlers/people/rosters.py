"""Who is in a team of the chat's: what differs is said once to who leads the work, who decides about it."""

from dataclasses import replace

from bot.domain.access import may
from bot.domain.errands_rosters import Difference, difference
from bot.domain.events import RosterRead
from bot.domain.privacy.free_text import clean
from bot.domain.school import Account, Arbetslag, Place, Skolform, tenant_of
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.model import Open, Quiet, Response, Say
from bot.messages.phrasing import rosters as said
from bot.messages.phrasing.onboarding import tied
from bot.messages.phrasing.people import LONGEST_NAME
from bot.messages.tokens import Token
from handlers.people.joining import add_chosen
from handlers.places.channels import Told, tell_planners
from handlers.scene import Forms, Presses, Scene, Values, first, say
from prompts.book import Prompts
from storage.errands import seen as shelf
from storage.errands.seen import Seen
from storage.moments import new_id
from storage.people.founding import add_arbetslag
from storage.people.roster import Roster
from storage.unit import UnitOfWork


def on_read(event: RosterRead, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Compare the team with each school that has an arbetslag in it; where there is none, nobody asked us."""
    here = {(one.place.platform, one.place.address) for one in event.channels}
    teams = [
        team
        for team in unit.roster.arbetslag.values()
        if team.place and (team.place.platform, team.place.address) in here
    ]
    for school in dict.fromkeys(team.school for team in teams):
        _compare(event, unit, prompts, [team for team in teams if team.school == school])
    return Quiet()


def _compare(event: RosterRead, unit: UnitOfWork, prompts: Prompts, teams: list[Arbetslag]) -> None:
    """Keep what differs now, and tell it when something in it has not been told."""
    school = teams[0].school
    name = clean(event.name)[:LONGEST_NAME] or unit.roster.schools[school].name
    found = _difference(_all_named(event, name), unit.roster, teams)
    key = shelf.id_of(event.where, school)
    before = shelf.find(unit, key)
    fresh = found.parts - (before.told if before else frozenset())
    kept = Seen(key, school, event.where, name, found.parts, found)
    shelf.keep(unit, kept, event.at)
    if fresh:
        differs = _worded(kept, unit.roster)
        tell_planners(
            Told(unit, prompts, teams[0], event.at),
            lambda texts: said.changed(differs, texts),
            f"roster:{key}:{event.id}",
        )


def _all_named(event: RosterRead, team: str) -> RosterRead:
    """A team's main channel has no name of its own in Teams: it is called as the team is."""
    return event.but(channels=tuple(one if clean(one.name) else one.but(name=team) for one in event.channels))


def _difference(event: RosterRead, roster: Roster, teams: list[Arbetslag]) -> Difference:
    tenant = tenant_of(event.where)
    accounts: dict[PersonId, list[Account]] = {}
    for (platform, user), person in roster.accounts.items():
        account = Account(platform=platform, user=user)
        if tenant_of(account) == tenant:
            accounts.setdefault(person, []).append(account)
    taken = [team.place for team in roster.arbetslag.values() if team.place]
    return difference(
        event.channels,
        teams,
        {(place.platform, place.address) for place in taken},
        lambda account: roster.person_of(account) is not None,
        lambda team: [
            (one.id, account) for one in roster.members(team) for account in accounts.get(one.id, ())
        ],
    )


def _worded(kept: Seen, roster: Roster) -> said.Differs:
    found = kept.difference
    left = ((roster.persons.get(one.person), roster.arbetslag.get(one.arbetslag)) for one in found.left)
    return said.Differs(
        key=kept.id,
        team=kept.name,
        new=tuple(
            said.NewOne(user=one.account.user, name=clean(one.account.name)[:LONGEST_NAME], guest=one.guest)
            for one in found.new
        ),
        channels=tuple((place.address, clean(name)[:LONGEST_NAME]) for place, name in found.channels),
        left=tuple((person.name, team.name) for person, team in left if person and team),
    )


def on_pick(scene: Scene, token: Token) -> Response:
    """`Välj vad som ska läggas till`: what is still to choose from."""
    kept = _mine(scene, token)
    if isinstance(kept, Say):
        return kept
    likely = kept.difference.likely
    return _ask(scene, kept, {"arbetslag": (likely,)} if likely else {}, {})


def _mine(scene: Scene, token: Token) -> Seen | Say:
    """What was seen, if it is of this person's school, without whom and what we know by now."""
    kept = shelf.find(scene.unit, token.subject)
    if kept and (kept.school != scene.school.id or not may(scene.me, "change_people", scene.school)):
        return say(scene.texts.common.not_allowed)
    if kept is None:
        allowed = may(scene.me, "change_people", scene.school)
        return say(scene.texts.rosters.over if allowed else scene.texts.common.not_allowed)
    known, roster = kept.difference, scene.roster
    left = known.model_copy(
        update={
            "new": tuple(one for one in known.new if roster.person_of(one.account) is None),
            "channels": tuple(one for one in known.channels if roster.arbetslag_at(one[0]) is None),
        }
    )
    if not (left.new or left.channels):
        return say(scene.texts.rosters.over)
    return kept._replace(difference=left)


def _ask(scene: Scene, kept: Seen, values: Values, errors: dict[str, str]) -> Open:
    teams = scene.roster.arbetslag_of(scene.school.id)
    asked = said.TeamAsked(
        differs=_worded(kept, scene.roster),
        arbetslag=[(team.id, team.name) for team in teams],
        skolformer=scene.school.skolformer,
        values=values,
        errors=errors,
    )
    return Open(form=said.team_form(asked, scene.texts))


def on_chosen(scene: Scene, token: Token, values: Values) -> Response:
    """Add whom and what was chosen, of what the platform showed us; the rest stays as it is."""
    kept = _mine(scene, token)
    if isinstance(kept, Say):
        return kept
    people = {one.account.user: one.account.name for one in kept.difference.new}
    chosen = tuple(user for user in values.get("people", ()) if user in people)
    channels = [one for one in kept.difference.channels if one[0].address in values.get("channels", ())]
    team = scene.roster.arbetslag.get(ArbetslagId(first(values, "arbetslag")))
    if not chosen and not channels:
        return say(scene.texts.rosters.nothing_chosen)
    if chosen and (team is None or team.school != scene.school.id):
        return _ask(scene, kept, values, {"arbetslag": scene.texts.rosters.no_arbetslag})
    made = [_make(scene, place, name, first(values, "skolform")) for place, name in channels]
    passed: tuple[str, ...] = ()
    if chosen and team:
        named = {user: clean(people[user])[:LONGEST_NAME] or scene.ours.rosters.nameless for user in chosen}
        passed = add_chosen(replace(scene, people=named, where=kept.where), team, {"members": chosen})
    number, name = len(chosen) - len(passed), team.name if team else ""
    return Say(message=said.added(number, name, [one.name for one in made], passed, scene.texts))


def _make(scene: Scene, place: Place, name: str, skolform: str) -> Arbetslag:
    """A channel becomes an arbetslag of this school, and hears it."""
    forms = scene.school.skolformer
    chosen = Skolform(skolform) if skolform in set(forms) else forms[0]
    team = Arbetslag(
        id=ArbetslagId(new_id(scene.at)),
        school=SchoolId(scene.school.id),
        name=clean(name)[:LONGEST_NAME],
        skolform=chosen,
        place=place,
    )
    add_arbetslag(scene.unit, team)
    key = f"tied:{team.id}:{scene.event_id}"
    scene.tell(tied(team.name, scene.ours), place, key=key, concerns=f"arbetslag:{team.id}")
    return team


PRESSES: Presses = {"pick_from_team": on_pick}
FORMS: Forms = {"team_form": on_chosen}
