"""Who may make whom into what."""

from datetime import UTC, datetime

import pytest

from bot.domain.roles import Refusal, granted, joined, left, why_not
from bot.domain.school import Person, Request, Role, School, Skolform
from bot.domain.value import ArbetslagId, HuvudmanId, PersonId, SchoolId

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HERE = SchoolId("here")
TEAM, OTHER = ArbetslagId("team"), ArbetslagId("other")
SCHOOL = School(id=HERE, huvudman=HuvudmanId("h"), name="Skolan", skolformer=(Skolform.GRUNDSKOLA,))


def person(name: str, *roles: Role) -> Person:
    return Person(id=PersonId(name), name=name, school=HERE, roles=roles)


LENA, PIA, RUT = person("lena", "larare"), person("pia", "processledare"), person("rut", "rektor")


@pytest.mark.parametrize(
    ("actor", "before", "roles", "leaders", "refused"),
    [
        (LENA, person("omar", "larare"), ("processledare",), (PIA, RUT), "not_yours"),
        (PIA, LENA, ("processledare",), (PIA, RUT), None),
        (PIA, LENA, ("rektor",), (PIA, RUT), "only_rektor"),
        (PIA, RUT, ("larare",), (PIA, RUT), "only_rektor"),
        (PIA, LENA, ("rektor",), (PIA,), None),
        (RUT, LENA, ("rektor",), (PIA, RUT), None),
        (PIA, PIA, ("larare", "processledare"), (PIA, RUT), "yourself"),
        (RUT, RUT, ("rektor", "larare"), (PIA, RUT), None),
        (RUT, RUT, (), (RUT,), "last"),
        (RUT, RUT, (), (PIA, RUT), None),
    ],
)
def test_who_may_change_whom(
    actor: Person,
    before: Person,
    roles: tuple[Role, ...],
    leaders: tuple[Person, ...],
    refused: Refusal | None,
) -> None:
    after = before.model_copy(update={"roles": roles})
    assert why_not(actor, before, after, SCHOOL, leaders) == refused


def test_nobody_from_another_school_is_changed() -> None:
    outside = LENA.model_copy(update={"school": SchoolId("elsewhere")})
    assert why_not(RUT, outside, outside, SCHOOL, (RUT,)) == "not_yours"


@pytest.mark.parametrize(
    ("role", "roles", "leads"),
    [
        ("larare", ("larare",), ()),
        ("samtalsledare", ("larare", "samtalsledare"), (TEAM,)),
        ("rektor", ("rektor",), ()),
    ],
)
def test_what_was_asked_for_is_what_is_given(
    role: Role, roles: tuple[Role, ...], leads: tuple[ArbetslagId, ...]
) -> None:
    team = None if role == "rektor" else TEAM
    request = Request(mark="m", role=role, arbetslag=team, at=AT)
    inside = granted(person("alva").model_copy(update={"request": request}), request)
    assert (inside.roles, inside.leads, inside.request) == (roles, leads, None)


def test_joining_twice_is_joining_once() -> None:
    once = joined(PIA, TEAM, leads=True)
    assert once.roles == ("processledare", "samtalsledare")
    assert joined(once, TEAM, leads=False) == once


@pytest.mark.parametrize(
    ("roles", "other", "leads", "roles_after"),
    [
        (("larare",), (), (), ()),
        (("larare",), (OTHER,), (), ("larare",)),
        (("larare", "samtalsledare"), (OTHER,), (TEAM,), ("larare",)),
        (("larare", "processledare"), (), (), ("processledare",)),
        (("larare", "rektor", "samtalsledare"), (), (TEAM,), ("rektor",)),
    ],
)
def test_leaving_an_arbetslag_takes_what_nothing_is_left_of(
    roles: tuple[Role, ...],
    other: tuple[ArbetslagId, ...],
    leads: tuple[ArbetslagId, ...],
    roles_after: tuple[Role, ...],
) -> None:
    before = person("lena", *roles).model_copy(
        update={"arbetslag": (TEAM, *other), "leads": leads, "follows": (TEAM,)}
    )
    after = left(before, TEAM)
    assert (after.roles, after.arbetslag, after.leads, after.follows) == (roles_after, other, (), ())


def test_only_a_larare_who_asked_follows_the_channel() -> None:
    for role, follows in (("larare", (TEAM,)), ("samtalsledare", ())):
        request = Request.model_validate({"mark": "m", "role": role, "arbetslag": TEAM, "at": AT})
        assert granted(person("lena"), request).follows == follows
    asked = person("lena", "larare").model_copy(update={"arbetslag": (TEAM,), "follows": (TEAM,)})
    assert joined(asked, TEAM, leads=False).follows == (), "who was chosen stays"
