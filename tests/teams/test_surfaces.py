"""What is Teams' own: groups without threads, lines that one person sees, windows, and cards that change."""

import pytest

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Button, Choices, Message
from bot.platforms.teams.install.references import Reference
from bot.rehearsal import example
from storage.asked.check_ins import latest_check_in, save_check_in
from storage.people.founding import change_arbetslag, change_person
from tests.chat_stage import HERE
from tests.teams import payloads
from tests.teams.payloads import Where
from tests.teams.school import aad_of, channel, channel_of, person
from tests.teams.stage import WORDS, Stage, staged
from tests.teams.state import TENANT, THREAD_MARK

GROUP = "19:grupp46@thread.v2"


def in_a_group(stage: Stage) -> Where:
    """Arbetslag 4–6 talks in a group chat."""
    stage.cloud.group(GROUP, "Lag 4–6", [aad_of(who) for who in ("lena", "omar", "sara", "sam", "pia")])
    here = Reference(
        tenant=TENANT, key=GROUP, kind="group", conversation=GROUP, service_url=stage.teams.service_url
    )
    stage.run(stage.bot.side.references.save(here))
    with stage.store.begin() as unit:
        team = unit.roster.arbetslag[example.TEAM_46]
        place = Place(platform="teams", address=f"{TENANT}/{GROUP}", private=True)
        change_arbetslag(unit, team.model_copy(update={"place": place}))
    return Where(GROUP, "groupChat", service_url=stage.teams.service_url)


def test_in_a_group_what_is_said_to_the_bot_belongs_to_what_it_asked_last() -> None:
    with staged() as stage:
        where = in_a_group(stage)
        stage.ask()
        assert [post for post in stage.cloud.from_bot(GROUP) if post.card], "it is asked there"
        stage.happens(payloads.message(person("lena"), where, WORDS, to_bot=True, at=stage.clock.now()))
        assert stage.notes() == [WORDS]
        stage.happens(payloads.message(person("omar"), where, "Ska vi ses?", at=stage.clock.now()))
        assert stage.notes() == [WORDS]


def test_in_a_group_with_nothing_asked_the_writer_alone_hears_what_can_be_done() -> None:
    with staged() as stage:
        where = in_a_group(stage)
        stage.happens(payloads.message(person("lena"), where, WORDS, to_bot=True, at=stage.clock.now()))
        (told,) = stage.told("lena", "Jag har ingen öppen fråga till dig just nu")
        assert told.only_to == "lena" or told.room == "@lena"
        assert not [post for post in stage.cloud.from_bot(GROUP) if not post.only_to]


def test_a_card_in_somebodys_own_chat_is_marked_with_the_language_they_read() -> None:
    """A screen reader goes by it."""
    with staged() as stage:
        with stage.store.begin() as unit:
            reader = unit.roster.persons[PersonId("lena")]
            change_person(unit, reader.model_copy(update={"language": "en"}))
        with stage.store.begin() as unit:
            assert unit.roster.persons[reader.id].language == "en"
        pressed = Choices(buttons=(Button(label="Answer", token="begin||"),))
        message = Message(title="A line", blocks=(pressed,))
        for who, language in (("lena", "en"), ("omar", "sv")):
            place = Place(platform="teams", address=f"{TENANT}/@{aad_of(who)}")
            stage.run(stage.bot.side.platform.send(message, place, key=who))
            (card,) = [post.card for post in stage.cloud.from_bot(f"a:{aad_of(who)}")]
            assert (card or {})["lang"] == language


def test_words_to_the_bot_belong_to_no_round_that_is_closed() -> None:
    with staged() as stage:
        stage.ask()
        with stage.store.begin() as unit:
            asked = latest_check_in(unit, example.TEAM_46)
            assert asked
            closed = {"state": "closed", "version": asked.version + 1}
            save_check_in(unit, asked.model_copy(update=closed), was=asked.version)
        stage.write("lena", f"@Nuläge {WORDS}", room=HERE)
        assert stage.told("lena", "Jag har ingen öppen fråga till dig just nu")
        assert not stage.notes()


def test_a_slash_command_is_seen_by_nobody_else_until_it_is_shared() -> None:
    with staged() as stage:
        stage.write("lena", "/nuläge", room=HERE)
        (told,) = stage.fresh
        assert (told.room, told.only_to) == (HERE, "lena")
        assert all(post.only_to == aad_of("lena") for post in stage.cloud.changes[-1:])


def test_a_question_stands_in_the_place_of_the_one_before_it() -> None:
    with staged() as stage:
        stage.write("sam", "/orsaksanalys Läsningen sjönk", room=HERE)
        stage.submit("sam", {})
        thread = next(one.thread for one in stage.fresh if one.thread)
        stage.write("lena", "För lite högläsning", room=HERE, thread=thread)
        posts = len(stage.cloud.posts)
        for label in ("Undervisningen", "Delvis", "Vet inte"):
            stage.press("lena", label)
        assert len(stage.cloud.posts) == posts, "one card, changed three times"
        now = next(one for one in reversed(stage.heard) if one.thread == thread)
        assert "Lena Berg svarade: vet inte." in now.text
        omar, _ = stage.find_button("omar", "Pausa")
        assert omar.text == now.text, "others see the same"


def test_a_form_can_be_moved_to_a_window_and_sent_from_there() -> None:
    with staged() as stage:
        stage.ask()
        stage.press("lena", "Svara")
        form = stage.forms["lena"]
        required = next(field for field in form.fields if field.required)
        chosen = next(one.value for one in getattr(required, "options", ()) if one.label == "Mycket väl")
        stage.press("lena", "Öppna i ett fönster")
        stage.submit("lena", {required.key: (chosen,)})
        assert stage.told("lena", "Sparat.") or any("Sparat." in one.text for one in stage.fresh)
        assert "lena" not in stage.forms
        assert "Arbetslaget har svarat" in stage.find_button("omar", "Svara")[0].text


def test_a_form_that_is_closed_shows_the_question_again() -> None:
    with staged() as stage:
        stage.ask()
        stage.press("lena", "Svara")
        stage.press("lena", "Stäng")
        assert "lena" not in stage.forms
        assert stage.find_button("lena", "Svara")
        assert not stage.notes()


@pytest.mark.parametrize("words", ["/roller", "roller"])
def test_in_a_thread_a_command_is_said_to_the_bot_by_name(words: str) -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions()
        where = channel(HERE, stage.teams.service_url, anchor.id)
        stage.happens(payloads.message(person("lena"), where, words, to_bot=True, at=stage.clock.now()))
        (told,) = stage.fresh
        assert "Arbetslag 4–6" in told.text
        assert told.only_to == "lena"


def test_every_question_begins_a_thread_of_its_own() -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions()
        assert anchor.conversation == channel_of(HERE)
        assert THREAD_MARK not in anchor.conversation
        assert anchor.thread == anchor.id
