"""A workspace's first school: one form, and everything is there in one transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, cast, get_args

from bot.domain.calendar.school_year import Calendar
from bot.domain.privacy.free_text import clean
from bot.domain.roles import joined
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.phrase import parse
from bot.domain.school import Arbetslag, Huvudman, Person, Place, Role, School, Skolform, channel_of
from bot.domain.value import ArbetslagId, HuvudmanId, SchoolId
from bot.messages.model import Message, Open, Paragraph, Response, Say
from bot.messages.phrasing import first_day as said
from bot.messages.phrasing.onboarding import access_table, plan_later
from bot.messages.phrasing.people import schools_here
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.people.deciding import note_given
from handlers.people.joining import add_chosen
from handlers.people.linking import choice_errors, name_errors, on_its_me, on_linked, outsider, own_name
from handlers.people.strangers import DoorForms, Doors, Stranger, still_waiting, turn_away
from handlers.places.onboarding import example, greet_anew
from handlers.scene import Scene, Values, first, say
from handlers.schedules import wishes as schedules
from storage.moments import new_id
from storage.people.founding import add_arbetslag, add_huvudman, add_person, add_school
from storage.unit import UnitOfWork

Kind = Literal["kommunal", "fristaende"]
NAMED = ("huvudman", "school", "new")
SCHOOL_CHOICES: dict[str, Collection[str]] = {
    "role": said.FIRST_ROLES,
    "skolform": tuple(Skolform),
    "skolformer": tuple(Skolform),
}
"""What may be chosen about a school, the first or the next."""


def on_begin(stranger: Stranger, _token: Token) -> Response:
    """`Börja` from somebody nobody knows: the first school, or a way into the one there is."""
    if stranger.is_direct and not stranger.is_guest:
        return say(stranger.texts.onboarding.only_channel)
    if stranger.is_guest or still_waiting(stranger):
        return turn_away(stranger)
    if stranger.schools:
        names = tuple(school.name for school in stranger.schools)
        return Say(message=schools_here(names, stranger.texts))
    return _ask(stranger, said.FormAsked())


def _ask(stranger: Stranger, asked: said.FormAsked) -> Response:
    return Open(form=said.found_form(asked, own_name(stranger), stranger.texts))


def on_founded(stranger: Stranger, values: Values) -> Response:
    """Everything at once, or the form again with what is missing."""
    if stranger.is_guest or stranger.known or stranger.is_direct:
        return turn_away(stranger)
    if stranger.schools:
        return Say(message=said.quicker(stranger.texts))
    given = {key: tuple(clean(value) for value in chosen) for key, chosen in values.items()}
    errors, doubt = _errors(stranger, given), doubt_in(given, stranger.at, Calendar())
    if errors or doubt:
        return _ask(stranger, said.FormAsked(values=given, errors=errors, doubt=doubt))
    scene, team = _found(stranger, given)
    passed = add_chosen(scene, team, given)
    return _receipt(scene, team, passed, when_in(given))


def when_in(given: Values) -> str:
    """When the questions shall come: the reading that was chosen, or as it was written."""
    return first(given, "suggestion") or first(given, "when")


def doubt_in(given: Values, at: datetime, calendar: Calendar) -> AskBack | None:
    """What must be asked about the time, while its form is still open and nothing is saved."""
    when = when_in(given)
    read = parse(when, today=calendar.local(at).date(), now=at, calendar=calendar) if when else None
    return read if isinstance(read, AskBack) else None


def _errors(stranger: Stranger, given: Values) -> dict[str, str]:
    lines = {key: first(given, key) for key in given}
    errors = name_errors(lines, NAMED if own_name(stranger) else (*NAMED, "name"), stranger.texts)
    allowed: dict[str, Collection[str]] = {**SCHOOL_CHOICES, "kind": get_args(Kind)}
    return errors | choice_errors(given, allowed, stranger.texts)


def _found(stranger: Stranger, given: Values) -> tuple[Scene, Arbetslag]:
    """Write down huvudman, school, arbetslag and the first person; they are who the platform says."""
    kind = cast("Kind", first(given, "kind"))
    huvudman = Huvudman(id=HuvudmanId(new_id(stranger.at)), name=first(given, "huvudman"), kind=kind)
    add_huvudman(stranger.unit, huvudman)
    school, team = write_down(stranger.unit, stranger.at, stranger.where, huvudman.id, given)
    me = _first_person(stranger, given, school, team)
    add_person(stranger.unit, me, stranger.account)
    scene = stranger.as_person(me)
    note_given(scene, me)
    return scene, team


def write_down(
    unit: UnitOfWork, at: datetime, where: Place, huvudman: HuvudmanId, given: Values
) -> tuple[School, Arbetslag]:
    """Add a school with the arbetslag whose channel this is."""
    skolform = first(given, "skolform")
    school = School(
        id=SchoolId(new_id(at)),
        huvudman=huvudman,
        name=first(given, "school"),
        skolformer=tuple(dict.fromkeys(Skolform(value) for value in (*given["skolformer"], skolform))),
    )
    add_school(unit, school)
    team = Arbetslag(
        id=ArbetslagId(new_id(at)),
        school=school.id,
        name=first(given, "new"),
        skolform=Skolform(skolform),
        place=channel_of(where),
    )
    add_arbetslag(unit, team)
    return school, team


def _first_person(stranger: Stranger, given: Values, school: School, team: Arbetslag) -> Person:
    role, user = cast("Role", given["role"][0]), stranger.account.user
    name = own_name(stranger) or first(given, "name")
    nobody = outsider(stranger.account, name, school.id, stranger.roster.persons)
    me = nobody.model_copy(update={"roles": (role,)})
    leads = user in given.get("leader", ())
    return joined(me, team.id, leads=leads) if leads or user in given.get("members", ()) else me


def _receipt(scene: Scene, team: Arbetslag, passed: tuple[str, ...], when: str) -> Response:
    texts, school = scene.texts, scene.school
    if team.place:
        news = said.founded_channel(scene.me.name, school.name, team.name, scene.ours)
        scene.tell(news, team.place, key=f"founded:{school.id}", concerns=f"arbetslag:{team.id}")
        greet_anew(scene, team.place, team.name)
    role = next(one for one in scene.me.roles if one in said.FIRST_ROLES)
    receipt = said.founded(school.name, team.name, role, texts)
    return then_plan(scene, team, receipt, passed, when)


def then_plan(
    scene: Scene, team: Arbetslag, receipt: Message, passed: tuple[str, ...], when: str
) -> Response:
    """End a receipt with who could not be added, and the time as it was understood or may be set."""
    if passed:
        words = fill(scene.texts.people.passed_over, names=scene.texts.dates.all_of(passed))
        receipt = receipt.model_copy(update={"blocks": (*receipt.blocks, Paragraph(text=words))})
    if not when:
        return Say(message=plan_later(receipt, scene.texts))
    echo = schedules.understand(scene, team, when)
    return Say(message=said.followed_by(receipt, echo.message)) if isinstance(echo, Say) else echo


def on_who_sees(stranger: Stranger, _token: Token) -> Response:
    """What the table says is no secret."""
    return Say(message=access_table(stranger.texts))


def on_example(stranger: Stranger, _token: Token) -> Response:
    """Nor is how a question may look, to who considers whether to begin."""
    skolform = stranger.here.skolform if stranger.here else Skolform.GRUNDSKOLA
    return example(stranger.prompts, skolform, Calendar().local(stranger.at), stranger.texts)


def on_preview(stranger: Stranger, token: Token) -> Response:
    """A button of such an example."""
    pressed = token.argument == "press"
    return say(stranger.texts.schedules.preview_press) if pressed else turn_away(stranger)


DOORS: Doors = {
    "begin": on_begin,
    "its_me": on_its_me,
    "who_sees": on_who_sees,
    "show_example": on_example,
    "preview_schedule": on_preview,
}
FORMS: DoorForms = {"found_form": on_founded, "link_form": on_linked}
