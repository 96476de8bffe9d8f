from datetime import date

import pytest
from pydantic import ValidationError

from bot.domain.calendar.year_wheel import Phase, YearWheel
from bot.domain.school import Skolform
from tests.play import prompts

PHASE = Phase(name="Följ upp", question="Var är ni?", what="Ni samlar tecken.")
WHOLE = dict.fromkeys(range(1, 13), "folj_upp")


def test_november_is_for_causes() -> None:
    wheel = prompts().wheel_for(Skolform.GRUNDSKOLA)
    assert wheel.at(date(2026, 11, 20)).name == "Analysera orsaker"
    assert wheel.next_phase(date(2026, 11, 20))[0] == date(2026, 12, 1)


def test_the_wheel_turns_over_new_year() -> None:
    wheel = prompts().wheel_for(Skolform.GRUNDSKOLA)
    assert wheel.next_phase(date(2026, 12, 31))[0] == date(2027, 1, 1)


def test_forskola_has_its_own_wheel_and_others_share_one() -> None:
    assert prompts().wheel_for(Skolform.FORSKOLA).key == "forskola"
    assert {prompts().wheel_for(form).key for form in Skolform if form is not Skolform.FORSKOLA} == {"skola"}


def test_a_wheel_with_one_phase_never_turns() -> None:
    wheel = YearWheel(key="ett", phases={"folj_upp": PHASE}, months=WHOLE)
    assert wheel.next_phase(date(2026, 5, 4)) == (date(2026, 5, 4), PHASE)


def test_a_month_left_out_is_refused_by_number() -> None:
    months = {month: phase for month, phase in WHOLE.items() if month != 3}
    with pytest.raises(ValidationError, match="årshjulet ett har ingen fas för månad 3"):
        YearWheel(key="ett", phases={"folj_upp": PHASE}, months=months)


def test_an_unknown_phase_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="årshjulet ett har ingen fas som heter vila"):
        YearWheel(key="ett", phases={"folj_upp": PHASE}, months={**WHOLE, 7: "vila"})
