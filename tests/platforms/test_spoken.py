"""What a platform says for itself, when the core says nothing: in English to who reads English."""

import ast
from pathlib import Path

import pytest

import bot.platforms
from bot.domain.events import FormSubmitted, PlaceMoved
from bot.domain.school import Account, Language, Place
from bot.messages.model import (
    Around,
    Button,
    ChoiceField,
    Choices,
    DateField,
    Document,
    Form,
    Message,
    Open,
    Option,
    Paragraph,
    PeopleField,
    Quote,
    Small,
    TextField,
)
from bot.platforms.slack.listen.answers import NOT_OPENED, OPEN
from bot.platforms.slack.listen.edge import UNKNOWN_WORKSPACE
from bot.platforms.slack.render.blocks import NO_FILE as NO_FILE_IN_SLACK
from bot.platforms.slack.render.forms import Metadata, to_modal
from bot.platforms.slack.render.message import NAME, NO_ROOM, to_home, to_modal_message, to_parts
from bot.platforms.spoken import ENGLISH, read_by, told
from bot.platforms.teams.listen import words
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD
from tests.platforms.slack.edge_stage import Stage as SlackStage
from tests.platforms.slack.edge_stage import played as played_in_slack
from tests.platforms.teams.card_reading import dialog, form_card
from tests.platforms.teams.edge_stage import Stage as TeamsStage
from tests.platforms.teams.edge_stage import dialog_in, texts, words_in
from tests.platforms.teams.edge_stage import played as played_in_teams
from tests.platforms.teams.test_edge_in import EVERYTHING

HERE = Path(bot.platforms.__file__).parent
FILES = (
    "unsaved.py",
    "slack/listen/answers.py",
    "slack/listen/members.py",
    "slack/render/blocks.py",
    "slack/render/fields.py",
    "slack/render/message.py",
    "teams/listen/words.py",
    "teams/render/blocks.py",
    "teams/render/fields.py",
    "teams/render/forms.py",
    "teams/render/message.py",
)
SWEDISH_ALONE = {
    NAME,
    UNKNOWN_WORKSPACE,
    words.UNKNOWN_TENANT,
}
"""Said where it is not known who asks, or not at hand."""


def english(_account: Account) -> Language:
    return "en"


def sentences(file: str) -> set[str]:
    """The Swedish sentences of a file; its docstrings are English."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if set("åäö") & set(text) and text[0].isupper()}


@pytest.mark.parametrize("file", FILES)
def test_every_sentence_of_a_platforms_own_has_its_english(file: str) -> None:
    assert sentences(file), "there is something to look for"
    assert sentences(file) - set(ENGLISH) - SWEDISH_ALONE == set()


def test_a_message_is_said_in_english_and_what_people_wrote_is_left() -> None:
    button = Choices(buttons=(Button(label="Öppna formuläret", token="again|a|"),))
    quote = Quote(text="Klart.", source="Lena")
    given = Message(title="Klart.", blocks=(Paragraph(text="Något annat"), button, quote))
    assert told(given, "sv") is given
    said = told(given, "en")
    assert said.title == "Done."
    assert said.blocks[0] == Paragraph(text="Något annat")
    assert said.blocks[1].but(buttons=()) == button.but(buttons=())
    assert said.blocks[2] == quote
    assert '"Open the form"' in said.model_dump_json()


def test_only_who_did_something_is_spoken_to_in_a_language_of_their_own() -> None:
    where, who = Place(platform="slack", address="T1/C1"), Account(platform="slack", user="T1/U1")
    at = "2026-11-26T15:15:00Z"
    sent = FormSubmitted.model_validate(
        {"id": "a", "at": at, "who": who, "where": where, "token": "", "values": {}}
    )
    moved = PlaceMoved.model_validate({"id": "a", "at": at, "where": where, "to": where})
    assert (read_by(sent, english), read_by(moved, english)) == ("en", "sv")


LONG = "A choice that is longer than a menu can show, and so it stands whole above, with its number"
FORM = Form(
    token="t",
    title="A form",
    intro=(Small(text="x" * 700),),
    fields=(
        TextField(key="a", label="Words", required=True, file="any", value="y" * 3500),
        ChoiceField(key="b", label="Nothing here", options=()),
        ChoiceField(key="c", label="One", required=True, options=(Option(value="1", label=LONG),)),
        DateField(key="d", label="A day", required=True, value="tomorrow"),
        PeopleField(key="e", label="Somebody", required=True),
    ),
    submit="Save",
)
IN_ENGLISH = Around(close="Close", pick="Choose", language="en")


def platforms_own(shown: object) -> set[str]:
    """The sentences of a platform's own that stand in what is shown, as far as they are always the same."""
    return {
        one
        for one in map(str.strip, ENGLISH)
        if "{" not in one and f'"{one}"' in str(shown).replace("'", '"')
    }


def test_what_a_platform_says_around_a_form_is_in_the_forms_language() -> None:
    metadata = Metadata(token="t", nonce="1", where=Place(platform="slack", address="T1/C1"))
    english_form = FORM.but(around=IN_ENGLISH)
    swedish, said = (to_modal(one, metadata=metadata.model_dump_json()) for one in (FORM, english_form))
    assert platforms_own(swedish)
    assert not platforms_own(said)
    assert ["(1 of 2)" in str(said), "(1 av 2)" in str(said), "It said: tomorrow" in str(said)] == [1, 0, 1]
    crowd = tuple((f"T/{n}", f"Name {n} " * 20) for n in range(300))
    for make in (form_card, dialog):
        for people in ((), crowd):
            assert platforms_own(make(FORM, people=people))
            assert not platforms_own(make(english_form, people=people))
            assert "It said: tomorrow" in str(make(english_form, people=people))


def test_what_slack_says_around_an_answer_is_in_the_readers_language() -> None:
    long = Message(title="Much", blocks=tuple(Paragraph(text="word " * 500) for _ in range(9)))
    assert "Part 1 of" in str(to_parts(long, language="en"))
    quote = Message(title="A word", blocks=(Quote(text="word", link="https://alm.example/a"),))
    assert "Open alm.example" in str(to_parts(quote, language="en"))
    assert to_modal_message(long, "en")["close"]["text"] == "Close"
    pressed = Choices(buttons=(Button(label="Answer", token="t|a|"),))
    many = Message(title="Much", blocks=(pressed, Small(text="x")) * 80)
    filed = Document(title="A file", filename="a.docx", message=Message(title="It"))
    for made in (to_modal_message, to_home):
        for message, sentence in (
            (many, NO_ROOM),
            (Message(title="It", blocks=(filed,)), NO_FILE_IN_SLACK),
        ):
            assert sentence in str(made(message, "sv"))
            assert ENGLISH[sentence] in str(made(message, "en"))


def test_slack_says_in_english_that_nothing_was_saved() -> None:
    async def story(on: SlackStage) -> None:
        on.away = True
        on.edge._speaks = english
        assert (await on.play("command_nfc")).json()["text"].startswith(ENGLISH[CANNOT_SAVE.title])
        form = (await on.play("form_direct")).json()
        assert form["errors"] == {"4f1b9c2e.voice": ENGLISH[CANNOT_SAVE_FIELD]}

    played_in_slack(story)


def test_slack_offers_in_english_to_open_what_did_not_open() -> None:
    async def story(on: SlackStage) -> None:
        on.edge._answers._speaks = english
        on.response = Open(form=Form(token="edit_note_form|n1|", title="T", fields=(), submit="Spara"))
        on.slack.refuses = {"views.open": "expired_trigger_id"}
        await on.play("button_channel")
        (said,) = on.slack.made("hook")
        assert said["text"].startswith(ENGLISH[NOT_OPENED])
        assert ENGLISH[OPEN] in str(said["blocks"])

    played_in_slack(story)


def test_teams_says_in_english_that_nothing_was_saved() -> None:
    async def story(on: TeamsStage) -> None:
        on.away, on.edge._replies._speaks = True, english
        sorry = words.in_words(told(CANNOT_SAVE, "en"))
        assert words_in(await on.ask(EVERYTHING["a press"][0]())) == sorry
        card = dialog_in(await on.ask(EVERYTHING["a dialog"][0]()))
        assert all(ENGLISH[one] in texts(card) for one in (CANNOT_SAVE.title, words.NOT_SAVED))

    played_in_teams(story)


def test_teams_says_in_english_that_it_is_done() -> None:
    async def story(on: TeamsStage) -> None:
        on.edge._replies._speaks = english
        assert words_in(await on.ask(EVERYTHING["a press"][0]())) == ENGLISH[words.DONE]

    played_in_teams(story)
