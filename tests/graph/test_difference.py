"""Who is in a team and not in the roster, and the other way round: pure."""

from datetime import UTC, datetime

from bot.domain.errands_rosters import MOST_NEW, Attendee, ChannelSeen, Difference, difference
from bot.domain.school import Account, Arbetslag, Place, Silenced, Skolform
from bot.domain.value import ArbetslagId, PersonId, SchoolId

HERE = Place(platform="teams", address="t/19:a")
THERE = Place(platform="teams", address="t/19:b")
TEAM = Arbetslag(
    id=ArbetslagId("a"), school=SchoolId("s"), name="A", skolform=Skolform.GRUNDSKOLA, place=HERE
)
OTHER = TEAM.model_copy(update={"id": ArbetslagId("b"), "place": THERE})


def one(name: str, *, guest: bool = False) -> Attendee:
    account = Account(platform="teams", user=f"t/{name.casefold()}", name=name)
    return Attendee(account=account, guest=guest)


def found(
    *people: Attendee, teams: tuple[Arbetslag, ...] = (TEAM,), members: tuple[str, ...] = ("lena",)
) -> Difference:
    seen = [ChannelSeen(place=place, name=place.address, people=people) for place in (HERE, THERE)]
    return difference(
        seen,
        teams,
        {(team.place.platform, team.place.address) for team in teams if team.place},
        lambda account: account.user == "t/lena",
        lambda team: [(PersonId(who), one(who).account) for who in members if team == TEAM.id],
    )


def test_nothing_differs_where_everybody_is_known_and_there() -> None:
    assert found(one("Lena"), teams=(TEAM, OTHER)).is_empty


def test_new_people_are_told_once_guests_last_by_name() -> None:
    new = found(one("Östen"), one("Gunn", guest=True), one("alva"), one("Lena")).new
    assert [there.account.name for there in new] == ["alva", "Östen", "Gunn"]


def test_a_channel_is_free_when_it_is_nobodys() -> None:
    assert found(one("Lena")).channels == ((THERE, "t/19:b"),)
    assert found(one("Lena"), teams=(TEAM, OTHER)).channels == ()


def test_who_is_not_in_the_channel_any_more_has_left_its_arbetslag() -> None:
    left = found(one("Alva"), members=("lena", "alva")).left
    assert [(gone.person, gone.arbetslag) for gone in left] == [("lena", "a")]


def test_a_channel_that_we_cannot_see_into_says_nothing() -> None:
    assert found(teams=(TEAM, OTHER)).is_empty
    away = TEAM.model_copy(update={"silenced": Silenced(since=datetime(2026, 11, 16, tzinfo=UTC))})
    assert found(one("Alva"), teams=(away, OTHER)).left == ()


def test_the_only_arbetslag_of_a_team_is_the_likely_one() -> None:
    assert found(one("Alva")).likely == TEAM.id
    assert found(one("Alva"), teams=(TEAM, OTHER)).likely is None


def test_a_team_that_is_everybodys_proposes_nobody() -> None:
    many = [one(f"Person {number}") for number in range(MOST_NEW)]
    assert len(found(*many).new) == MOST_NEW
    assert found(*many, one("En till")).new == ()


def test_what_was_told_is_known_again_and_names_nobody() -> None:
    first, second = found(one("Alva")).parts, found(one("Alva"), one("Nils")).parts
    assert first < second
    assert not any("alva" in part for part in first)
