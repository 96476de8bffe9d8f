"""What has been used shows it: a form that was sent, and the button of a talk that rests no more."""

import pytest

from bot.messages.model import TextField
from bot.platforms.teams.render.forms import WINDOW
from bot.rehearsal.world import StoryFailed
from tests.chat_stage import HERE
from tests.teams.stage import Stage, staged


def with_analysis(stage: Stage) -> str:
    """Begun by the bot's name, in a form where its answer to that stood; return its thread."""
    stage.write("sam", "@Nuläge orsaksanalys", room=HERE)
    stage.press("sam", "Välj resultat")
    own = next(field.key for field in stage.forms["sam"].fields if isinstance(field, TextField))
    stage.submit("sam", {own: ("Läsningen sjönk",)})
    return next(one.thread for one in stage.fresh if one.thread)


def test_a_form_that_stood_where_an_answer_did_is_seen_to_be_sent() -> None:
    with staged() as stage:
        with_analysis(stage)
        assert "sam" not in stage.forms
        with pytest.raises(StoryFailed):
            stage.find_button("sam", "Stäng")


def test_a_talk_that_goes_on_is_not_said_to_rest() -> None:
    with staged() as stage:
        thread = with_analysis(stage)
        stage.write("lena", "För lite högläsning", room=HERE, thread=thread)
        stage.press("lena", "Pausa")
        line, _ = stage.find_button("omar", "Fortsätt")
        assert "Samtalet är pausat" in line.text
        stage.press("lena", "Fortsätt")
        for who in ("lena", "omar"):
            opening, _ = stage.find_button(who, "Fortsätt")
            assert opening.reference != line.reference
        now = next(one for one in reversed(stage.heard) if one.reference == line.reference)
        assert now.text == "Samtalet fortsätter längre ner."
        stage.press("omar", "Undervisningen")


def test_a_line_that_one_person_sees_is_not_shown_to_all_when_its_form_was_sent_in_a_window() -> None:
    with staged() as stage:
        stage.ask()
        stage.happens(stage.words("lena", "Elevens personnummer är 20150317-2380. Halvklass hjälpte."))
        line, _ = stage.find_button("lena", "Skriv om")
        assert line.only_to == "lena"
        for label in ("Skriv om", WINDOW):
            stage.press("lena", label)
        own = next(field.key for field in stage.forms["lena"].fields if isinstance(field, TextField))
        stage.submit("lena", {own: ("Halvklass hjälpte mer.",)})
        assert stage.notes() == ["Halvklass hjälpte mer."]
        assert all(post.edits == 0 for post in stage.cloud.from_bot() if post.id == line.reference)
