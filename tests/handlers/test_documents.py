"""*Hämta en kopia*: what somebody may see becomes a file of their own, and nothing more does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.value import PersonId
from bot.messages.model import Choices, Document, Message, Response, Say
from bot.messages.phrasing.documents import Belongs, as_file
from bot.messages.plain import lines, plain
from bot.messages.tokens import Token, Verb
from bot.rehearsal import example
from storage.people.founding import change_person
from storage.tables import outbox
from tests.handlers.report_stage import AT, HEALTH, Stage, words
from tests.play import prompts

TEXTS = prompts().texts
COMING = "Kopian kommer i vår egen chatt."
COMING_HERE = "Kopian kommer här i chatten."


@pytest.fixture
def stage() -> Stage:
    return Stage()


def files(stage: Stage) -> list[tuple[str, Document]]:
    """Every file that is promised, and to whom."""
    with stage.store.begin() as unit:
        rows = unit.rows(select(outbox.c.lane, outbox.c.message).where(outbox.c.key.startswith("file:")))
    said = [(row["lane"], Message.model_validate_json(row["message"])) for row in rows]
    return [(lane, one) for lane, message in said for one in message.blocks if isinstance(one, Document)]


def token_of(response: Response, verb: Verb) -> Token:
    """What the button that fetches the file carries."""
    assert isinstance(response, Say)
    buttons = [
        one for block in response.message.blocks if isinstance(block, Choices) for one in block.buttons
    ]
    (found,) = (one for one in map(Token.unpack, [one.token for one in buttons]) if one.verb == verb)
    return found


def inside(document: Document) -> str:
    return "\n".join(lines(document.message))


def test_a_teachers_own_picture_comes_in_her_own_chat(stage: Stage) -> None:
    stage.note("Halvklass gav mer samtal.", sign="fungerar")
    shown = stage.command("lena", "/nuläge", room="#arbetslag-4-6")
    token = token_of(shown, "state_file")
    assert words(stage.press("lena", token.verb, token.subject, room="#arbetslag-4-6")) == COMING
    ((lane, file),) = files(stage)
    assert lane == "terminal:@lena"
    assert isinstance(shown, Say)
    told = [line for line in lines(shown.message) if not line.startswith("[")]
    assert inside(file).splitlines() == told, "the file says what she had before her, without its buttons"
    assert [(fact.label, fact.value) for fact in file.about] == [
        ("Läsår", "2026/27"),
        ("Skolenhet", "Björkskolan"),
        ("Arbetslag", "Arbetslag 4–6"),
        ("Datum", "26 november 2026"),
    ]


def test_the_same_button_twice_in_a_moment_gives_one_file_and_later_another(stage: Stage) -> None:
    stage.note("Halvklass gav mer samtal.")
    stage.press("lena", "state_file", example.TEAM_46)
    said = words(stage.press("lena", "state_file", example.TEAM_46))
    assert said.startswith("Du bad om kopian alldeles nyss.")
    assert len(files(stage)) == 1
    stage.press("sam", "state_file", example.TEAM_46)
    assert len(files(stage)) == 2, "somebody else's file is theirs"
    stage.at += timedelta(minutes=2)
    assert words(stage.press("lena", "state_file", example.TEAM_46)) == COMING_HERE
    assert len(files(stage)) == 3


@pytest.mark.parametrize("subject", [example.TEAM_79, "", "no-such", "x' OR 1=1"])
def test_a_forged_button_fetches_nothing(stage: Stage, subject: str) -> None:
    stage.note("Bara för 7–9.", team=example.TEAM_79)
    said = words(stage.press("lena", "state_file", subject))
    assert said.startswith("Det här kan inte du göra")
    assert not files(stage)


@pytest.mark.parametrize("who", ["lena", "pia", "sam"])
def test_only_the_rektor_fetches_the_summary(stage: Stage, who: str) -> None:
    stage.note("Halvklass gav mer samtal.")
    stage.plan()
    stage.due()
    assert words(stage.press(who, "summary_file", "202648")).startswith("Det här kan inte du göra")
    assert not files(stage)


def test_the_rektor_gets_the_summary_that_was_sent(stage: Stage) -> None:
    kept = [stage.note(f"Rad {number}.", who=who) for number, who in enumerate(("lena", "sam", "omar"))]
    stage.note("Vi saknar grupprum.", raised=True)
    stage.plan()
    stage.due()
    assert words(stage.press("rut", "summary_file", "202648")) == COMING_HERE
    ((lane, file),) = files(stage)
    assert lane == "terminal:@rut"
    assert file.filename == "Veckan på Björkskolan v 48.docx"
    assert kept[0].text in inside(file)
    assert "Vi saknar grupprum." in inside(file)
    assert [fact.label for fact in file.about] == ["Läsår", "Skolenhet", "Datum"]


def test_a_summary_that_is_not_sent_yet_is_fetched_as_it_stands(stage: Stage) -> None:
    stage.note("Halvklass gav mer samtal.")
    token = token_of(stage.command("rut", "/veckan"), "summary_file")
    stage.press("rut", token.verb, token.subject)
    ((_, file),) = files(stage)
    assert "Halvklass gav mer samtal." in inside(file)


@pytest.mark.parametrize("week", ["", "202601", "bjorkskolan"])
def test_a_week_that_names_nothing_fetches_nothing(stage: Stage, week: str) -> None:
    stage.note("Halvklass gav mer samtal.")
    assert "finns inte kvar" in words(stage.press("rut", "summary_file", week))
    assert not files(stage)


def test_elevhalsans_words_are_in_nobody_elses_file(stage: Stage) -> None:
    stage.add_elevhalsa()
    stage.note("Bara elevhälsan.", team=HEALTH, who="eli")
    stage.press("rut", "state_file", HEALTH)
    stage.press("rut", "state_file", "")
    stage.press("rut", "summary_file", "202648")
    assert "Bara elevhälsan." not in "".join(inside(file) for _, file in files(stage))


def test_who_has_no_chat_with_the_bot_hears_it(stage: Stage) -> None:
    with stage.store.begin() as unit:
        lena = unit.roster.persons[PersonId("lena")]
        change_person(unit, lena.model_copy(update={"direct": None}))
    assert words(stage.press("lena", "state_file", example.TEAM_46)).startswith("Jag hittar ingen egen chatt")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Veckan på Björkskolan, v. 48", "Veckan på Björkskolan v 48.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ("a\u202egnp.exe\r\nX: y", "a gnp exe X y.docx"),
        ("///", "Nuläge.docx"),
        ("å" * 200, "å" * 80 + ".docx"),
    ],
)
def test_a_file_is_called_what_every_system_takes(title: str, name: str) -> None:
    made = as_file(Message(title=title), Belongs(school="Ek", day=AT.date()), TEXTS)
    (file,) = (block for block in made.blocks if isinstance(block, Document))
    assert file.filename == name


def test_a_file_is_in_the_language_of_its_words() -> None:
    for language, texts in (("sv", TEXTS), ("en", prompts().said_in("en"))):
        made = as_file(Message(title="T"), Belongs(school="Ek", day=AT.date()), texts)
        (file,) = (block for block in made.blocks if isinstance(block, Document))
        assert file.language == language


def test_in_plain_words_nothing_of_a_file_is_lost(stage: Stage) -> None:
    stage.note("Halvklass gav mer samtal.")
    stage.press("lena", "state_file", example.TEAM_46)
    ((_, file),) = files(stage)
    said = "\n".join(lines(plain(Message(title="T", blocks=(file,)))))
    assert all(line in said for line in inside(file).splitlines())
    assert "Läsår: 2026/27" in said
