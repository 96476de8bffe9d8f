"""Who is who: the door, the first day, a confirmation, roles, and a channel lost and found."""

from datetime import date

from bot.domain.roles import roles_of
from bot.domain.school import Arbetslag, Person, Place, Skolform
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.gallery.base import Example
from bot.messages.gallery.schedules import ASK
from bot.messages.model import Form
from bot.messages.phrasing import first_day, people, places, requests, roles
from bot.messages.phrasing.onboarding import plan_later
from bot.messages.texts import Texts, fill

NAME, SCHOOL = "Arbetslag 4–6", "Björkskolan"
TEAM = Arbetslag(
    id=ArbetslagId("arbetslag-4-6"), school=SchoolId("bjorkskolan"), name=NAME, skolform=Skolform.GRUNDSKOLA
)
SAM = Person(
    id=PersonId("sam"),
    name="Sam Ek",
    school=SchoolId("bjorkskolan"),
    roles=("larare", "samtalsledare"),
    arbetslag=(TEAM.id,),
    leads=(TEAM.id,),
    direct=Place(platform="terminal", address="@sam"),
)
TEAMS = (("arbetslag-4-6", NAME), ("arbetslag-7-9", "Arbetslag 7–9"))
LINK = people.LinkAsked(
    teams=TEAMS, schools=(("bjorkskolan", SCHOOL),), account="Alva Roth", values={"team": "arbetslag-4-6"}
)
WISH = requests.Asked(
    person="alva",
    mark="0a1b2c3d4e5f",
    name="Alva Roth",
    vouched=True,
    role="samtalsledare",
    arbetslag=NAME,
    school=SCHOOL,
)
RUT = WISH.model_copy(update={"name": "Rut Alm", "vouched": False, "role": "rektor", "arbetslag": ""})
TWIN = WISH.model_copy(update={"namesake": True})
FILLED = first_day.FormAsked(values={"members": ("lena", "omar"), "leader": ("sam",), "role": ("rektor",)})
RUT_ALM = SAM.model_copy(
    update={"id": PersonId("rut"), "name": "Rut Alm", "roles": ("rektor",), "arbetslag": (), "leads": ()}
)
EKEN = TEAM.model_copy(update={"id": ArbetslagId("eken"), "name": "Eken"})
ROLES = roles_of(SCHOOL, (SAM.model_copy(update={"leads": ()}),), (TEAM, EKEN))
FULL = roles_of(
    SCHOOL,
    (SAM, RUT_ALM, RUT_ALM.model_copy(update={"name": "Pia Norén", "roles": ("processledare",)})),
    (TEAM.model_copy(update={"place": SAM.direct}),),
)
GONE = date(2026, 11, 26)


def _wrong_link(texts: Texts) -> Form:
    errors = {"name": texts.people.name_taken, "team": texts.people.team_missing}
    return people.link_form(people.LinkAsked(teams=TEAMS, schools=(), errors=errors), texts)


def _wrong_first_day(texts: Texts) -> Form:
    long = fill(texts.people.too_long, longest=people.LONGEST_NAME)
    asked = first_day.FormAsked(
        values={"when": ("nästa torsdag 15.15",)},
        errors={"school": long, "role": texts.people.missing},
        doubt=ASK,
    )
    return first_day.found_form(asked, "", texts)


def _wrong_next_school(texts: Texts) -> Form:
    words = texts.first_day
    asked = first_day.FormAsked(errors={"school": words.school_taken, "head": words.head_taken})
    return first_day.next_school_form(asked, texts)


EXAMPLES = (
    Example("people/door", lambda texts: people.door("words", texts)),
    Example("people/door_press", lambda texts: people.door("press", texts)),
    Example("people/door_help", lambda texts: people.door("help", texts)),
    Example("people/schools_here", lambda texts: people.schools_here((SCHOOL,), texts)),
    Example("people/nobody_yet", lambda texts: people.nobody_yet(texts, in_channel=False)),
    Example("people/nobody_yet_here", lambda texts: people.nobody_yet(texts, in_channel=True)),
    Example("people/waiting", lambda texts: people.waiting(("Pia Norén", "Rut Alm"), texts)),
    Example("people/waiting_nobody", lambda texts: people.waiting((), texts)),
    Example("people/link_form", lambda texts: people.link_form(LINK, texts)),
    Example("people/link_form_wrong", _wrong_link),
    Example("people/let_in_told", lambda texts: people.let_in_told(SAM.id, "Alva Roth", TEAM, texts)),
    Example("people/went", lambda texts: people.went("Alva Roth", NAME, texts)),
    Example("people/stays", lambda texts: people.stays(SAM.id, SAM.name, TEAM, texts)),
    Example("people/you_went", lambda texts: people.you_went(NAME, texts)),
    Example("people/request_namesake", lambda texts: requests.request(TWIN, texts)),
    Example("people/let_in", lambda texts: people.let_in("Alva Roth", NAME, texts)),
    Example("people/asked", lambda texts: requests.asked_for("Alva Roth", ("Pia Norén",), texts)),
    Example("people/asked_nobody", lambda texts: requests.asked_for("Alva Roth", (), texts)),
    Example("people/request", lambda texts: requests.request(WISH, texts)),
    Example("people/request_again", lambda texts: requests.request(WISH, texts, again=True)),
    Example("people/request_rektor", lambda texts: requests.request(RUT, texts)),
    Example("people/confirmed", lambda texts: requests.decided("Alva Roth", "Pia Norén", texts, yes=True)),
    Example("people/denied", lambda texts: requests.decided("Alva Roth", "Pia Norén", texts, yes=False)),
    Example("people/request_gone", lambda texts: requests.gone("Alva Roth", NAME, texts)),
    Example("people/request_fell", lambda texts: requests.fell(NAME, texts)),
    Example("people/asked_anew", lambda texts: requests.anew("Alva Roth", texts)),
    Example("people/you_in", lambda texts: requests.you_in(WISH, texts)),
    Example("people/you_in_school", lambda texts: requests.you_in(RUT, texts)),
    Example("people/you_out", lambda texts: requests.you_out("Pia Norén", texts)),
    Example("people/added_you", lambda texts: people.added_you("Pia Norén", NAME, texts)),
    Example("first_day/form", lambda texts: first_day.found_form(FILLED, "Pia Norén", texts)),
    Example("first_day/form_wrong", _wrong_first_day),
    Example("first_day/next_school", lambda texts: first_day.next_school_form(first_day.FormAsked(), texts)),
    Example("first_day/next_school_wrong", _wrong_next_school),
    Example(
        "first_day/founded_next",
        lambda texts: first_day.founded_next("Alskolan", "Al", "Ove Ek", "rektor", texts),
    ),
    Example(
        "first_day/you_lead",
        lambda texts: first_day.you_lead("Pia Norén", "Alskolan", "Al", "rektor", texts),
    ),
    Example("first_day/adopt_form", lambda texts: first_day.adopt_form(TEAMS, FILLED, texts, free=True)),
    Example(
        "first_day/founded",
        lambda texts: plan_later(first_day.founded(SCHOOL, NAME, "processledare", texts), texts),
    ),
    Example(
        "first_day/founded_channel",
        lambda texts: first_day.founded_channel("Pia Norén", SCHOOL, NAME, texts),
    ),
    Example("first_day/quicker", first_day.quicker),
    Example("roles/view", lambda texts: roles.roles(ROLES, texts)),
    Example("roles/view_full", lambda texts: roles.roles(FULL, texts, change=True)),
    Example("roles/person_form", lambda texts: roles.person_form((SAM,), texts)),
    Example("roles/form", lambda texts: roles.roles_form(SAM, (TEAM,), "0a1b2c3d4e5f", texts)),
    Example(
        "roles/form_meanwhile",
        lambda texts: roles.roles_form(SAM, (TEAM,), "0", texts, texts.roles.changed_meanwhile),
    ),
    Example(
        "roles/changed",
        lambda texts: roles.changed(SAM.name, roles.what_is(SAM, SCHOOL, (NAME,), texts), texts),
    ),
    Example("roles/changed_out", lambda texts: roles.changed(SAM.name, "", texts)),
    Example("roles/you_changed", lambda texts: roles.you_changed("Pia Norén", "rektor", SCHOOL, texts)),
    Example("roles/you_left", lambda texts: roles.you_changed("Pia Norén", "", SCHOOL, texts)),
    Example("places/gone", lambda texts: places.gone(NAME, "removed", GONE, texts)),
    Example("places/gone_archived", lambda texts: places.gone(NAME, "archived", GONE, texts)),
    Example("places/gone_deleted", lambda texts: places.gone(NAME, "deleted", GONE, texts)),
    Example("places/back", lambda texts: places.back(NAME, GONE, 2, texts)),
    Example("places/back_none", lambda texts: places.back(NAME, GONE, 0, texts)),
    Example("places/moved", lambda texts: places.moved(NAME, ("Alva Roth", "Nils Åker"), ("Sam Ek",), texts)),
    Example("places/moved_none_stay", lambda texts: places.moved(NAME, ("Alva Roth",), (), texts)),
    Example("places/moved_without_you", lambda texts: places.moved_without_you(NAME, texts)),
)
