"""A file in the provrum: a link for whoever sees the line, and what stands in it beside."""

from io import BytesIO
from urllib.parse import unquote

import docx

from bot.messages.model import Document, Fact, Message, Paragraph
from bot.messages.written import WORD
from tests.platforms.web_stage import Provrum

FILE = Document(
    title="Veckan",
    filename="Veckan på Ek.docx",
    about=(Fact(label="Läsår", value="2026/27"),),
    message=Message(title="Veckan", blocks=(Paragraph(text="Halvklass gav mer samtal."),)),
)
MESSAGE = Message(title="Här är filen", blocks=(Paragraph(text="Bara du får den."), FILE))


def test_whoever_sees_the_line_gets_the_file() -> None:
    room = Provrum()
    line = room.say(MESSAGE, "@lena")
    page = room.get("/som/lena/direkt")
    href = f"/som/lena/dokument/{line}/1"
    assert f'href="{href}" download="Veckan på Ek.docx"' in page.text
    assert "Halvklass gav mer samtal." in page.text
    got = room.get(href)
    assert got.headers["content-type"] == WORD
    assert unquote(got.headers["content-disposition"]) == "attachment; filename*=UTF-8''Veckan på Ek.docx"
    assert got.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    said = [one.text for one in docx.Document(BytesIO(got.content)).paragraphs]
    assert said == ["Veckan", "Läsår: 2026/27", "Halvklass gav mer samtal."]


def test_nobody_else_does() -> None:
    room = Provrum()
    line = room.say(MESSAGE, "@lena")
    assert room.get(f"/som/rut/dokument/{line}/1").status_code == 404


def test_what_is_no_file_is_not_found() -> None:
    room = Provrum()
    line = room.say(MESSAGE, "@lena")
    for path in (f"{line}/0", f"{line}/2", "0000000099/1"):
        answer = room.get(f"/som/lena/dokument/{path}")
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
