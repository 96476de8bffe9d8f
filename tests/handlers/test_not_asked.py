"""Why a planned question was not asked: a code, read as earlier versions noted it too, said on Friday."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select

from bot.domain.check_in import CheckInPlan
from bot.rehearsal import example
from storage.asked.plans import claim_occurrence, plans_of_arbetslag, save_plan, watermark_of
from storage.people.founding import change_arbetslag
from storage.tables import absence, occurrence
from storage.unit import UnitOfWork
from tests.handlers.report_stage import DUE, FRIDAY, Stage
from tests.play import World

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MONDAY, SUMMARY = datetime(2026, 11, 23, 13, 1, tzinfo=UTC), datetime(2026, 11, 27, 13, 1, tzinfo=UTC)
SAID = {
    "away": "Alla i arbetslaget var borta.",
    "no_channel": "Jag kom inte åt arbetslagets kanal.",
    "no_pack": "Ingen fråga passade.",
}
NOTED_BEFORE = {
    "alla är borta": SAID["away"],
    "ingen kanal": SAID["no_channel"],
    "ingen fråga passar": SAID["no_pack"],
    "för sent": "Jag var ur funktion, och det blev för sent.",
    "late": "Jag var ur funktion, och det blev för sent.",
}


def everybody_away(unit: UnitOfWork) -> None:
    day = date(2026, 11, 23)
    for person in unit.roster.members(example.TEAM_46):
        unit.change(insert(absence).values(person_id=person.id, starts=day, ends=day))


def without_a_channel(unit: UnitOfWork) -> None:
    team = unit.roster.arbetslag[example.TEAM_46]
    change_arbetslag(unit, team.model_copy(update={"place": None}))


def without_a_pack(unit: UnitOfWork) -> None:
    (plan,) = plans_of_arbetslag(unit, example.TEAM_46)
    _save(unit, plan.model_copy(update={"pack": "a pack that is gone", "version": plan.version + 1}), plan)


def _save(unit: UnitOfWork, plan: CheckInPlan, was: CheckInPlan) -> None:
    save_plan(unit, plan, watermark=watermark_of(unit, was.id), next_at=MONDAY, was=was.version)


@pytest.fixture
def world() -> Iterator[World]:
    """Arbetslag 4–6 is to be asked on Monday at 14."""
    with World(START) as world:
        world.write("pia", "/avstämning måndagar 14.00", room="#arbetslag-4-6")
        world.press("pia", "Ja, spara")
        yield world


@pytest.mark.parametrize(
    ("so_that", "code"),
    [(everybody_away, "away"), (without_a_channel, "no_channel"), (without_a_pack, "no_pack")],
)
def test_the_rektor_hears_why(world: World, so_that: Callable[[UnitOfWork], None], code: str) -> None:
    with world.store.begin() as unit:
        so_that(unit)
    world.wind(MONDAY)
    with world.store.begin() as unit:
        skipped = select(occurrence.c.reason).where(occurrence.c.verdict == "skipped")
        assert [row["reason"] for row in unit.rows(skipped)] == [code]
    world.wind(SUMMARY)
    (summary,) = [heard.text for heard in world.heard if heard.text.startswith("Veckan på")]
    assert f"Frågan till Arbetslag 4–6 måndag 23 november ställdes inte. {SAID[code]}" in summary


def summed_up(noted: str) -> str:
    """The week's summary, when a question was passed by for a reason that was noted so."""
    stage = Stage()
    stage.plan()
    with stage.store.begin() as unit:
        planned = FRIDAY.replace(day=24)
        claim_occurrence(unit, f"plan-{example.TEAM_46}", planned, DUE, "skipped", noted)
    stage.due()
    (said,) = stage.promised("summary:").values()
    return said


@pytest.mark.parametrize("noted", NOTED_BEFORE)
def test_what_earlier_versions_noted_is_said_as_before(noted: str) -> None:
    assert f"tisdag 24 november ställdes inte. {NOTED_BEFORE[noted]}" in summed_up(noted)


@pytest.mark.parametrize("noted", ["lov: Höstlov", "måndag", "asleep", "pausad eller stoppad", ""])
def test_of_what_is_known_beforehand_nothing_is_said(noted: str) -> None:
    assert "ställdes inte" not in summed_up(noted)


def test_of_the_hours_that_a_copy_lost_it_is_said_that_nobody_knows() -> None:
    stage = Stage()
    stage.plan()
    with stage.store.begin() as unit:
        planned = FRIDAY.replace(day=24)
        claim_occurrence(unit, f"plan-{example.TEAM_46}", planned, DUE, "skipped", "restored")
    stage.due()
    (said,) = stage.promised("summary:").values()
    assert "Jag vet inte om frågan till Arbetslag 4–6 tisdag 24 november ställdes." in said
    assert "Jag har börjat om från en säkerhetskopia" in said
