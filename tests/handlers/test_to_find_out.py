"""What an orsaksanalys leaves to find out stands among what an arbetslag has written, and is told apart."""

from datetime import timedelta

from tests.each import each
from tests.handlers.report_stage import words
from tests.handlers.test_analysis import FORM, Analysing


@each("who", ["lena", "rut"])
def test_what_is_left_to_find_out_is_no_sign_and_is_told_apart_wherever_it_is_read(who: str) -> None:
    stage = Analysing()
    stage.note("n1", "Barnen frågar efter fler böcker i åk 6", aspect="process")
    stage.begin("sam", FORM)
    stage.answer_all("Biblioteket är stängt")
    stage.press("lena", "confirm")
    stage.at += timedelta(minutes=1)
    for command, text, team in (
        ("/nuläge", "", ""),
        ("/veckan", "", ""),
        ("/sök", "åk 6", "Arbetslag 4–6, 26 november 2026, "),
    ):
        said = words(stage.command(who, text, command=command)).splitlines()
        (line,) = (one for one in said if "Hur ser det ut i åk 6?" in one)
        assert line.startswith(f"”Hur ser det ut i åk 6?” – {team}att ta reda på"), command
        assert sum("att ta reda på" in one for one in said) == 1, "and nothing else is said to be that"
    stage.store.close()
