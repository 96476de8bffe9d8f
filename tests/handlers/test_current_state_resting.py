"""`/nuläge` says why an arbetslag is not asked: no time yet, a pause, or a channel that is out of reach."""

from tests.handlers.answer_stage import ROOM, answering

NO_TIME = "Ingen tid för frågor finns än för Arbetslag 4–6"


def test_a_channel_out_of_reach_is_said_with_since_when_and_what_mends_it() -> None:
    with answering() as world:
        world.remove(ROOM)
        for who in ("lena", "pia", "rut"):
            world.write(who, "/nuläge")
            said = world.said(who)
            assert NO_TIME not in said
            assert "Jag har inte kommit åt kanalen sedan måndag 23 november." in said
            assert "Bjud in mig där igen, eller börja i en ny kanal." in said
            assert "/avstämning" not in said
        world.invite("pia", ROOM)
        world.write("lena", "/nuläge")
        assert "kommit åt" not in world.said("lena")
        assert "Nästa fråga kommer måndag 30 november" in world.said("lena")


def test_a_pause_is_said_as_one() -> None:
    with answering() as world:
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Pausa")
        world.submit("pia", {})
        world.write("lena", "/nuläge")
        assert NO_TIME not in world.said("lena")
        assert "Frågorna är pausade för Arbetslag 4–6." in world.said("lena")
        world.open_home("pia")
        assert "Frågorna är pausade för Arbetslag 4–6." in world.said("pia")


def test_a_lost_channel_without_any_plan_has_no_questions_to_pause() -> None:
    with answering() as world:
        world.write("pia", "/avstämning", room=ROOM)
        world.press("pia", "Stoppa")
        world.remove(ROOM)
        world.write("lena", "/nuläge")
        assert NO_TIME in world.said("lena")
