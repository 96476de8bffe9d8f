"""A message as a Word file, read back: everything is there, as what it is, and nothing else is."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document as Page
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.document import document
from bot.messages.gallery import examples
from bot.messages.model import (
    Bar,
    Bullets,
    Button,
    Chart,
    Choices,
    Document,
    Fact,
    Facts,
    Link,
    Message,
    Paragraph,
    Progress,
    Quote,
    Section,
    Small,
    Table,
)
from bot.messages.plain import lines
from bot.messages.written import written
from tests.play import prompts

ABOUT = (("Läsår", "2026/27"), ("Skolenhet", "Björkskolan"), ("Datum", "27 november 2026"))
CHART = Chart(
    title="Tecken de senaste åtta veckorna",
    alt="9 tecken på att något fungerar och 7 som bekymrar.",
    unit="tecken",
    bars=(Bar(label="Resultat, fungerar", value=9), Bar(label="Undervisning, bekymrar", value=7.5)),
)
TABLE = Table(caption="Vem ser vad", header=("Vad", "Vem"), rows=(("Anteckningar", "Arbetslaget"), ("Plan",)))
BLOCKS = (
    Small(text="Perioden 20–27 november."),
    Section(text="Arbetslag 4–6"),
    Paragraph(text="Två rader:\nden andra."),
    Bullets(items=("Resultat", "Arbetssätt")),
    Bullets(items=("1. Först", "2. Sedan")),
    Link(text="Filen", link="https://exempel.se/2"),
    Quote(text="Halvklass gav mer samtal.", source="Arbetslag 4–6", link="https://exempel.se/1"),
    Facts(rows=(Fact(label="Rektor", value="Rut Alm"),)),
    Progress(done=3, of=5, text="3 av 5 har svarat."),
    CHART,
    TABLE,
    Choices(prompt="Vad nu?", buttons=(Button(label="Svara", token="reply"),)),
)
MESSAGE = Message(title="Vecka 48 på Björkskolan", blocks=BLOCKS)
GOLDEN = [
    ("Title", "Vecka 48"),
    ("Normal", "Läsår: 2026/27"),
    ("Normal", "Skolenhet: Björkskolan"),
    ("Normal", "Datum: 27 november 2026"),
    ("Heading 1", "Vecka 48 på Björkskolan"),
    ("Liten text", "Perioden 20–27 november."),
    ("Heading 2", "Arbetslag 4–6"),
    ("Normal", "Två rader:\nden andra."),
    ("List Bullet", "Resultat"),
    ("List Bullet", "Arbetssätt"),
    ("Normal", "1. Först"),
    ("Normal", "2. Sedan"),
    ("Normal", "Filen: https://exempel.se/2"),
    ("Quote", "”Halvklass gav mer samtal.”"),
    ("Quote", "– Arbetslag 4–6"),
    ("Normal", "Rektor: Rut Alm"),
    ("Normal", "3 av 5 har svarat."),
    ("Caption", "Tecken de senaste åtta veckorna"),
    ("Normal", ""),
    ("Normal", "9 tecken på att något fungerar och 7 som bekymrar."),
    ("Caption", "Vem ser vad"),
]


def read(content: bytes) -> Page:
    return docx.Document(BytesIO(content))


def told(page: Page) -> list[tuple[str, str]]:
    """Each line outside tables, with the style that says what it is."""
    return [(line.style.name if line.style else "", line.text) for line in page.paragraphs]


def cells(page: Page) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in page.tables]


def words(page: Page) -> str:
    return "\n".join(element.text or "" for element in page.element.iter(qn("w:t")))


def test_everything_stands_there_as_what_it_is() -> None:
    page = read(document(MESSAGE, title="Vecka 48", about=ABOUT))
    assert told(page) == GOLDEN
    chart, table = cells(page)
    assert chart == [
        ["Tecken de senaste åtta veckorna", "tecken"],
        ["Resultat, fungerar", "9 tecken"],
        ["Undervisning, bekymrar", "7,5 tecken"],
    ]
    assert table == [["Vad", "Vem"], ["Anteckningar", "Arbetslaget"], ["Plan", ""]]
    assert "Svara" not in words(page), "a file has nobody behind it to press for"


def test_a_title_is_not_said_twice() -> None:
    page = read(document(MESSAGE, title=MESSAGE.title))
    assert told(page)[0] == ("Title", MESSAGE.title)
    assert [one for one in told(page) if one[0].startswith("Heading")] == [("Heading 1", "Arbetslag 4–6")]


def test_a_picture_says_its_finding_to_who_cannot_see_it() -> None:
    page = read(document(MESSAGE, title="Vecka 48"))
    (shape,) = page.inline_shapes
    assert shape._inline.docPr.get("descr") == f"{CHART.title}. {CHART.alt}"
    assert shape._inline.docPr.get("title") == CHART.title
    (picture,) = (part for part in page.part.package.iter_parts() if part.content_type == "image/png")
    assert picture.blob.startswith(b"\x89PNG")


def test_a_tables_header_is_repeated_and_its_rows_are_whole() -> None:
    page = read(document(MESSAGE, title="Vecka 48"))
    for table, caption in zip(page.tables, (CHART.title, TABLE.caption), strict=True):
        rows = [row._tr.trPr for row in table.rows]
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption


def test_a_table_has_air_below_it_and_a_short_one_stays_on_one_page() -> None:
    page = read(document(Message(title="T", blocks=(TABLE, Paragraph(text="efter"))), title="T"))
    assert (page.paragraphs[-1].text, page.paragraphs[-1].paragraph_format.space_before) == ("efter", Pt(12))
    rows = page.tables[0].rows
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows] == [True, True, False]


def test_the_first_of_many_columns_is_the_widest() -> None:
    wide = Table(caption="Vem ser vad", header=tuple("abcdef"), rows=(tuple("123456"),))
    page = read(document(Message(title="T", blocks=(wide,)), title="T"))
    first, *others = (column.width or 0 for column in page.tables[0].columns)
    assert first > 2 * max(others)
    assert len(set(others)) == 1


def test_a_question_stands_before_its_answer_without_a_colon() -> None:
    facts = Facts(rows=(Fact(label="Vad hände?", value="a"), Fact(label="Svarar", value="b")))
    page = read(document(Message(title="T", blocks=(facts,)), title="T"))
    assert [line.text for line in page.paragraphs][1:] == ["Vad hände? a", "Svarar: b"]


def test_it_says_which_language_its_words_are_in() -> None:
    page = read(written(Document(title="Week 48", filename="a.docx", language="en", message=MESSAGE)))
    assert page.core_properties.language == "en-GB"
    assert {one.get(qn("w:val")) for one in page.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_it_is_in_swedish_and_says_nothing_of_who_made_it() -> None:
    content = document(MESSAGE, title="Vecka 48", about=ABOUT)
    page = read(content)
    said = page.core_properties
    assert (said.title, said.language) == ("Vecka 48", "sv-SE")
    assert (said.author, said.last_modified_by) == ("Nuläge", "Nuläge")
    assert (said.comments, said.created, said.modified) == ("", None, None)
    tongues = {one.get(qn("w:val")) for one in page.styles.element.iter(qn("w:lang"))}
    assert tongues == {"sv-SE"}
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if "thumbnail" in name]
        assert packed.testzip() is None
    assert round((page.sections[0].page_width or Mm(0)) / Mm(1)) == 210


def test_the_same_words_are_the_same_bytes() -> None:
    once, again = (document(MESSAGE, title="Vecka 48", about=ABOUT) for _ in range(2))
    assert once == again
    assert document(MESSAGE, title="Vecka 48") != document(MESSAGE, title="Vecka 49")


@pytest.mark.parametrize(
    "text",
    [
        "<w:t>inte kod</w:t>",
        "{{7*7}} {% include 'x' %}",
        "&amp; &lt;b&gt;",
        "=cmd|'/c calc'!A1",
        '{ HYPERLINK "https://x.se" }',
        "klocka\x07 och\x00 noll",
        "halv\ud83d bokstav",
        "\ufffe\uffff slut",
    ],
)
def test_what_people_write_is_only_text(text: str) -> None:
    page = read(document(Message(title="T", blocks=(Quote(text=text), _table(text))), title="T"))
    kept = "".join(sign if sign.isprintable() or sign == " " else " " for sign in text)
    assert f"”{kept}”" in words(page)
    assert cells(page)[0][1] == [kept]
    assert not list(page.element.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:hyperlink")))


def _table(text: str) -> Table:
    return Table(caption=text, header=(text,), rows=((text,),))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=50), st.text(max_size=50))
def test_no_text_makes_it_fall_over(text: str, other: str) -> None:
    blocks = (Section(text=text), Paragraph(text=other), Bullets(items=(text, other)), _table(other))
    page = read(document(Message(title=other, blocks=blocks), title=text, about=((text, other),)))
    assert page.tables


def _messages() -> list[tuple[str, Message]]:
    return [(name, one) for name, one in examples(prompts().texts) if isinstance(one, Message)]


TOPICS = sorted({name.partition("/")[0] for name, _ in _messages()})


@pytest.mark.parametrize("topic", TOPICS)
def test_nothing_of_any_message_is_lost(topic: str) -> None:
    blocks = [block for name, one in _messages() if name.partition("/")[0] == topic for block in one.blocks]
    shown = words(read(document(Message(title="T", blocks=tuple(blocks)), title="T")))
    missing = [(block, word) for block in blocks for word in _wanted(block) if word not in shown]
    assert not missing


def _wanted(block: Any) -> list[str]:
    """The single words that a block shows; buttons are no words in a file."""
    if isinstance(block, Choices):
        return []
    if isinstance(block, Document):
        return [word for inner in block.message.blocks for word in _wanted(inner)]
    return [word for line in list(lines(Message(title="T", blocks=(block,))))[1:] for word in _bare(line)]


def _bare(line: str) -> list[str]:
    return [word.strip("”•|:–.") for word in line.replace("|", " ").split()]
