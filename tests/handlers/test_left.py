"""Who has left an arbetslag writes no more in it: what was saved stays, and they are told so."""

import pytest

from bot.domain.events import FormSubmitted, Pressed, Replied
from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.tokens import Token, Verb
from storage.asked.conversations import by_subject, save
from storage.people.founding import change_person
from tests.handlers.answer_stage import Answering, account

ANSWERS = ("1", "Fler räcker upp handen", "hoppa över", "hoppa över", "hoppa över", "Ja, det stämmer")


def chat(who: str) -> Place:
    return Place(platform="terminal", address=f"@{who}")


class Leaving(Answering):
    def begin_alone(self) -> None:
        """*Svara* in one's own chat: one question at a time."""
        token = Token(verb="answer", subject=self.round).pack()
        now = self.clock.now()
        self.act(Pressed(id=self._id(), at=now, who=account("lena"), where=chat("lena"), token=token))

    def move(self, *teams: str) -> None:
        with self.store.begin() as unit:
            lena = unit.roster.persons[PersonId("lena")]
            change_person(unit, lena.model_copy(update={"arbetslag": teams}))

    def say(self, text: str) -> str:
        self.act(
            Replied(
                id=self._id(),
                at=self.clock.now(),
                who=account("lena"),
                where=chat("lena"),
                text=text,
                direct=True,
                reference=self._id(),
            )
        )
        return self.said("lena")


def test_who_left_the_arbetslag_writes_no_more_in_its_round() -> None:
    with Leaving() as world:
        world.begin_alone()
        world.move("fritids")
        told = [world.say(text) for text in ANSWERS]
        theirs = [one for one in world.notes() if one["arbetslag_id"] == "arbetslag-4-6"]
    assert theirs == []
    assert "Du är inte längre med i Arbetslag 4–6" in told[0]
    assert "Om du skrev något nu är det inte sparat. Svaren från förut är sparade." in told[0]


def test_after_that_their_words_are_their_own_again() -> None:
    with Leaving() as world:
        world.begin_alone()
        world.move("fritids")
        world.say("1")
        assert "Vill du spara texten som anteckning i ditt arbetslag?" in world.say("Lugnare rast i dag")


@pytest.mark.parametrize("gone", ["arbetslag", "questions"])
def test_where_what_it_was_about_is_gone_their_words_are_their_own_again(gone: str) -> None:
    with Leaving() as world:
        world.begin_alone()
        with world.store.begin() as unit:
            (held,) = by_subject(unit, f"check_in:{world.round}")
            talk, was = held.conversation, held.conversation.version
            subject = "check_in:gone" if gone == "arbetslag" else held.subject
            pack = "gone" if gone == "questions" else talk.pack
            save(unit, held.but(subject=subject, conversation=talk.but(version=was + 1, pack=pack)), was=was)
        assert "Jag hittar inte det du svarar på." in world.say("1")
        assert "Vill du spara texten som anteckning" in world.say("Lugnare rast i dag")


def test_who_came_back_goes_on_where_they_were() -> None:
    with Leaving() as world:
        world.begin_alone()
        world.say("1")
        world.move()
        assert world.table("conversation")[0]["version"] == 2
        world.say("hej")
        world.move("arbetslag-4-6")
        key = world.table("conversation")[0]["id"]
        now = world.clock.now()
        token = Token(verb="resume", subject=key).pack()
        world.act(Pressed(id="again", at=now, who=account("lena"), where=chat("lena"), token=token))
        for text in ANSWERS[1:]:
            world.say(text)
        assert [one["text"] for one in world.notes()] == ["Fler räcker upp handen"]


@pytest.mark.parametrize("verb", ["choose", "confirm", "close", "change_answer", "back"])
def test_no_button_of_it_opens(verb: Verb) -> None:
    with Leaving() as world:
        world.begin_alone()
        world.say("1")
        before = world.table("conversation")
        world.move("fritids")
        token = Token(verb, before[0]["id"]).pack()
        now = world.clock.now()
        world.act(Pressed(id="b", at=now, who=account("lena"), where=chat("lena"), token=token))
        assert "Du är inte längre med" in world.said("lena")
        assert world.table("conversation") == before


def test_an_analysis_of_ones_own_stops_too() -> None:
    with Leaving() as world:
        token = Token(verb="analysis_form", subject="arbetslag-4-6").pack()
        now = world.clock.now()
        values = {"eget": ("Läsningen går trögt",), "var": ("ensam",)}
        world.act(
            FormSubmitted(id="a", at=now, who=account("lena"), where=chat("lena"), token=token, values=values)
        )
        before = next(one for one in world.table("conversation") if one["subject"].startswith("analysis:"))
        world.move("fritids")
        assert "Du är inte längre med" in world.say("Vi läser för sällan")
        assert before in world.table("conversation")
