"""A workspace's first school: one form, and everything is there in one transaction."""

from typing import Literal, cast, get_args

from bot.domain.calendar.swedish_dates import say_list
from bot.domain.privacy.free_text import clean
from bot.domain.roles import joined
from bot.domain.school import Arbetslag, Huvudman, Person, Role, School, Skolform
from bot.domain.value import ArbetslagId, HuvudmanId, SchoolId
from bot.messages.model import Message, Open, Paragraph, Response, Say
from bot.messages.phrasing import first_day as said
from bot.messages.phrasing.onboarding import access_table, tied
from bot.messages.phrasing.people import schools_here
from bot.messages.texts import fill
from handlers.people.joining import add_chosen
from handlers.people.linking import name_errors, on_its_me, on_linked, outsider
from handlers.people.strangers import DoorForms, Doors, Stranger, still_waiting, turn_away
from handlers.scene import Scene, Values, say
from handlers.schedules import wishes as schedules
from storage.founding import add_arbetslag, add_huvudman, add_person, add_school
from storage.moments import new_id

Kind = Literal["kommunal", "fristaende"]
NAMED = ("school", "new", "name")
SKOLFORMER = frozenset(Skolform)


def on_begin(stranger: Stranger) -> Response:
    """`Börja` from somebody nobody knows: the first school, or a way into the one there is."""
    if stranger.is_direct and not stranger.is_guest:
        return say(stranger.texts.onboarding.only_channel)
    if stranger.is_guest or still_waiting(stranger):
        return turn_away(stranger)
    if stranger.schools:
        names = tuple(school.name for school in stranger.schools)
        return Say(message=schools_here(names, stranger.texts, more=stranger.here is None))
    return _ask(stranger)


def on_new_school(stranger: Stranger) -> Response:
    """`Lägg till en skola`: another school of the same huvudman."""
    return _refused(stranger) or _ask(stranger)


def _refused(stranger: Stranger) -> Response | None:
    if stranger.is_guest or stranger.known or stranger.is_direct:
        return turn_away(stranger)
    if stranger.here:
        return say(fill(stranger.texts.onboarding.taken, arbetslag=stranger.here.name))
    return None


def _ask(stranger: Stranger, asked: said.FormAsked | None = None) -> Response:
    begin = said.FormAsked(values={"name": (stranger.account.name,)} if stranger.account.name else {})
    return Open(form=said.found_form(asked or begin, stranger.texts, first=not stranger.schools))


def on_founded(stranger: Stranger, values: Values) -> Response:
    """Everything at once, or the form again with what is missing."""
    if refused := _refused(stranger):
        return refused
    given = {key: tuple(clean(value) for value in chosen) for key, chosen in values.items()}
    if stranger.schools and given.get("huvudman"):
        return Say(message=said.quicker(stranger.texts))
    if errors := _errors(stranger, given):
        return _ask(stranger, said.FormAsked(values=given, errors=errors))
    scene, team = _found(stranger, given)
    passed = add_chosen(scene, team, given)
    return _receipt(scene, team, passed, "".join(given.get("when", ())[:1]))


def _errors(stranger: Stranger, given: Values) -> dict[str, str]:
    words, first = stranger.texts.people, not stranger.schools
    lines = {key: "".join(chosen[:1]) for key, chosen in given.items()}
    errors = name_errors(lines, (*NAMED, *(("huvudman",) if first else ())), stranger.texts)
    allowed = {
        "role": frozenset(said.FIRST_ROLES),
        "skolform": SKOLFORMER,
        "skolformer": SKOLFORMER,
        **({"kind": frozenset(get_args(Kind))} if first else {}),
    }
    for key, known in allowed.items():
        chosen = given.get(key, ())
        if not chosen or set(chosen) - known:
            errors[key] = words.missing
    return errors


def _found(stranger: Stranger, given: Values) -> tuple[Scene, Arbetslag]:
    """Write down huvudman, school, arbetslag and the first person; they are who they say they are."""
    one = {key: chosen[0] for key, chosen in given.items() if chosen}
    skolformer = dict.fromkeys(Skolform(value) for value in (*given["skolformer"], one["skolform"]))
    school = School(
        id=SchoolId(new_id(stranger.at)),
        huvudman=_huvudman(stranger, one),
        name=one["school"],
        skolformer=tuple(skolformer),
    )
    add_school(stranger.unit, school)
    team = Arbetslag(
        id=ArbetslagId(new_id(stranger.at)),
        school=school.id,
        name=one["new"],
        skolform=Skolform(one["skolform"]),
        place=stranger.where.model_copy(update={"thread": None, "only_to": None}),
    )
    add_arbetslag(stranger.unit, team)
    me = _first_person(stranger, given, school, team)
    add_person(stranger.unit, me, stranger.account)
    return stranger.as_person(me), team


def _huvudman(stranger: Stranger, one: dict[str, str]) -> HuvudmanId:
    """A workspace has one huvudman, whatever many schools."""
    if stranger.schools:
        return stranger.schools[0].huvudman
    huvudman = Huvudman(
        id=HuvudmanId(new_id(stranger.at)), name=one["huvudman"], kind=cast("Kind", one["kind"])
    )
    add_huvudman(stranger.unit, huvudman)
    return huvudman.id


def _first_person(stranger: Stranger, given: Values, school: School, team: Arbetslag) -> Person:
    role, user = cast("Role", given["role"][0]), stranger.account.user
    me = outsider(stranger.account, given["name"][0], school.id).model_copy(update={"roles": (role,)})
    leads = user in given.get("leader", ())
    return joined(me, team.id, leads=leads) if leads or user in given.get("members", ()) else me


def _receipt(scene: Scene, team: Arbetslag, passed: tuple[str, ...], when: str) -> Response:
    texts, school = scene.texts, scene.school
    if team.place:
        news = said.founded_channel(scene.me.name, school.name, team.name, texts)
        scene.tell(news, team.place, key=f"founded:{school.id}", concerns=f"arbetslag:{team.id}")
    role = next(one for one in scene.me.roles if one in said.FIRST_ROLES)
    receipt = said.founded(school.name, team.name, role, texts)
    return then_plan(scene, team, receipt, passed, when)


def then_plan(
    scene: Scene, team: Arbetslag, receipt: Message, passed: tuple[str, ...], when: str
) -> Response:
    """End a receipt with who could not be added, and the time as it was understood."""
    if passed:
        words = fill(scene.texts.people.passed_over, names=say_list(passed))
        receipt = receipt.model_copy(update={"blocks": (*receipt.blocks, Paragraph(text=words))})
    if not when:
        return Say(message=said.followed_by(receipt, tied(team.name, scene.texts, planned=False)))
    echo = schedules.understand(scene, team, when)
    return Say(message=said.followed_by(receipt, echo.message)) if isinstance(echo, Say) else echo


def on_who_sees(stranger: Stranger) -> Response:
    """What the table says is no secret."""
    return Say(message=access_table(stranger.texts))


DOORS: Doors = {
    "begin": on_begin,
    "new_school": on_new_school,
    "its_me": on_its_me,
    "who_sees": on_who_sees,
}
FORMS: DoorForms = {"found_form": on_founded, "link_form": on_linked}
