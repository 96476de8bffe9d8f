"""Whoever reads English meets it in the provrum too: around a form, and in what only one person sees."""

import pytest

from bot.domain.value import PersonId
from bot.messages import model as m
from bot.platforms.spoken import ENGLISH
from bot.platforms.web import parse, render
from bot.platforms.web.lines import Line, OpenForm
from bot.platforms.web.view import Shown, Viewer
from tests.each import each
from tests.platforms.web_stage import CHANNEL, STAGE, START, Provrum

VIEWER = Viewer(STAGE.personas[0], STAGE)
ROOM = "/som/lena/kanal/arbetslag-4-6"
IN_ENGLISH = m.Around(close="Close", pick="Choose", language="en")
FORM = m.Form(
    token="t",
    title="A form",
    fields=(
        m.TextField(key="words", label="Words", required=True, file="text/plain", longest=5),
        m.ChoiceField(
            key="one",
            label="One",
            options=tuple(m.Option(value=str(n), label=f"Number {n}") for n in range(20)),
        ),
        m.DateField(key="day", label="A day"),
    ),
    submit="Save",
    errors={"words": "Write something."},
)


def around(form: m.Form) -> str:
    return render.form(VIEWER, OpenForm(id="abc", slug="lena", address=CHANNEL, thread=None, form=form))


def test_what_stands_around_a_form_is_in_the_forms_language() -> None:
    swedish, english = around(FORM), around(FORM.but(around=IN_ENGLISH))
    for words in (
        "Något behöver ändras.",
        "Rätta det som är markerat. Det du har skrivit är kvar.",
        "måste fyllas i",
        "Avbryt",
        "Läs in en fil i rutan",
    ):
        assert words in swedish
        assert words not in english
        assert ENGLISH[words] in english
    assert "Choose …" in english


@each(
    "given, says",
    (
        ({"words": ()}, "This needs an answer."),
        ({"words": ("x" * 9,)}, "The text is 4 characters too long."),
        ({"one": ("none",)}, "That choice is no longer there."),
        ({"one": ("1", "2")}, "Only one answer can be chosen"),
        ({"day": ("tomorrow",)}, "That is no date."),
    ),
)
def test_what_must_change_is_said_in_the_forms_language(given: dict[str, tuple[str, ...]], says: str) -> None:
    values = {"words": ("Yes.",), "one": (), "day": (), **given}
    (wrong,) = parse.mistakes(FORM.but(around=IN_ENGLISH), values).values()
    assert wrong.startswith(says)
    (fel,) = parse.mistakes(FORM, values).values()
    assert not fel.startswith(says)


@pytest.mark.parametrize("english", [False, True])
def test_what_only_one_person_sees_is_in_that_persons_language(*, english: bool) -> None:
    provrum = Provrum()
    provrum.engine.speaks = lambda slug, /: "en" if english and slug == "lena" else "sv"
    provrum.write("/notera")
    assert ("Only you see this" in provrum.get(ROOM).text) == english
    assert ("Bara du ser det här" in provrum.get(ROOM).text) == (not english)


def test_a_message_of_every_part_leads_on_in_the_readers_language() -> None:
    quote = m.Quote(text="Words.", source="Sara", link="#0000000001")
    table = m.Table(caption="Counts", header=("A", "B"), rows=(("1", "2"),))
    chart = m.Chart(title="Signs", alt="Two bars.", unit="signs", bars=(m.Bar(label="One", value=1),))
    filed = m.Document(title="A file", filename="a.docx", message=m.Message(title="It"))
    message = m.Message(title="All", blocks=(quote, table, chart, filed))
    fields = {"reference": "0000000001", "change": 1, "address": CHANNEL, "thread": None}
    said = {"author": "", "text": "", "message": message, "only_to": PersonId("lena")}
    line = Line.model_validate({**fields, **said, "at": START, "edited_at": None, "removed": False})
    swedish, english = (
        render.line(Shown(line, viewer))
        for viewer in (VIEWER, Viewer(STAGE.personas[0], STAGE, lambda _slug: "en"))
    )
    for words in ("Gå till meddelandet", "Siffrorna som tabell", "Tabell", "Det här står i filen"):
        assert words in swedish
        assert words not in english
        assert ENGLISH[words] in english
