"""A message as a Word file: real headings, quotes, lists and tables, so that it can be read aloud and edited.

What people wrote is text and nothing else. Buttons are left out: a file has nobody behind it.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import assert_never

from docx.document import Document as Page
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph as Line

from bot.domain.school import Language
from bot.messages.charts import number
from bot.messages.document_page import SMALL, blank, whole
from bot.messages.drawing import png
from bot.messages.model import (
    Block,
    Bullets,
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

PICTURE = Mm(125)
AFTER_TABLE = Pt(12)
"""A table has no space of its own below it."""

FIRST_COLUMN = 0.34
"""Of the width, where there are many columns: it says what each row is about."""

MANY_COLUMNS = 4
FEW_ROWS = 15
"""So few rows are kept on one page."""
DEEPEST = 9
"""Levels of headings that Word has."""


_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold (XML 1.0, 2.2)."""


def document(
    message: Message, *, title: str, about: tuple[tuple[str, str], ...] = (), language: Language = "sv"
) -> bytes:
    """Write a message as a .docx file; `about` says what it belongs to: läsår, unit and date, each named.

    `language` is that of its words. The same words give the same bytes.
    """
    page = blank(_text(title), language)
    page.add_paragraph(_text(title), "Title")
    for label, value in about:
        _named(page, label, value)
    level = 1
    if message.title != title:
        page.add_heading(_text(message.title), level)
        level += 1
    _write(page, message.blocks, level)
    return whole(page)


def _write(page: Page, blocks: Sequence[Block], level: int) -> None:
    body = page.element.body
    for block in blocks:
        last = len(body) - 2  # the page's own settings stand last of all
        _block(page, block, level)
        following = body[last + 1]
        if body[last].tag == qn("w:tbl") and following.tag == qn("w:p"):
            Line(following, page).paragraph_format.space_before = AFTER_TABLE


def _block(page: Page, block: Block, level: int) -> None:  # noqa: PLR0912  a branch a kind of block
    match block:
        case Paragraph(text=text) | Progress(text=text):
            page.add_paragraph(_text(text))
        case Section(text=text):
            page.add_heading(_text(text), min(level, DEEPEST))
        case Small(text=text):
            page.add_paragraph(_text(text), SMALL)
        case Quote():
            _quote(page, block)
        case Link(text=text, link=link):
            page.add_paragraph(_text(f"{text}: {link}"))
        case Bullets(items=items):
            for item in items:
                page.add_paragraph(_text(item), None if block.numbered else "List Bullet")
        case Facts(rows=rows):
            _facts(page, rows)
        case Choices():
            pass
        case Chart():
            _chart(page, block)
        case Table(caption=caption, header=header, rows=rows):
            page.add_paragraph(_text(caption), "Caption")
            _table(page, caption, header, rows)
        case Document(title=title, about=about, message=message):
            page.add_heading(_text(title), min(level, DEEPEST))
            _facts(page, about)
            _write(page, message.blocks, level + 1)
        case _ as never:
            assert_never(never)


def _facts(page: Page, facts: Sequence[Fact]) -> None:
    for fact in facts:
        _named(page, fact.label, fact.value)


def _quote(page: Page, quote: Quote) -> None:
    """Somebody's words between quotation marks, and whose they are below."""
    said = page.add_paragraph(f"”{_text(quote.text)}”", "Quote")
    if quote.source:
        said.paragraph_format.keep_with_next = True
        said.paragraph_format.space_after = Pt(0)
        page.add_paragraph(f"– {_text(quote.source)}", "Quote")


def _named(page: Page, label: str, value: str) -> Line:
    line = page.add_paragraph()
    line.add_run(f"{_text(Fact(label=label, value=value).lead)} ").bold = True
    line.add_run(_text(value))
    return line


def _chart(page: Page, chart: Chart) -> None:
    """The picture says its finding to who cannot see it; every number stands in a table below."""
    page.add_paragraph(_text(chart.title), "Caption")
    held = page.add_paragraph()
    held.paragraph_format.keep_with_next = True
    shape = held.add_run().add_picture(BytesIO(png(chart)), width=PICTURE)
    seen = shape._inline.docPr  # noqa: SLF001  python-docx has no door to a picture's alternative text
    seen.set("descr", _text(f"{chart.title}. {chart.alt}"))
    seen.set("title", _text(chart.title))
    page.add_paragraph(_text(chart.alt))
    rows = tuple((bar.label, f"{number(bar.value)} {chart.unit}".rstrip()) for bar in chart.bars)
    _table(page, chart.title, (chart.title, chart.unit), rows)


def _table(page: Page, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose header is said again on each page, and whose rows are kept whole."""
    wide = max(len(row) for row in (header, *rows)) or 1
    grid = page.add_table(rows=0, cols=wide, style="Table Grid")
    _describe(grid, caption)
    _share_out(grid)
    for number_, row in enumerate((header, *rows)):
        cells = grid.add_row()
        _keep(cells, "w:cantSplit")
        if number_ == 0:
            _keep(cells, "w:tblHeader")
        for cell, words in zip(cells.cells, row, strict=False):
            line = cell.paragraphs[0]
            line.style = page.styles[SMALL if wide >= MANY_COLUMNS else "Normal"]
            line.paragraph_format.space_after = Pt(2)
            line.paragraph_format.keep_with_next = number_ < len(rows) <= FEW_ROWS
            line.add_run(_text(words)).bold = number_ == 0


def _share_out(grid: Grid) -> None:
    """The first of many columns is wider, so that no word in the others has to be broken."""
    many = len(grid.columns)
    if many < MANY_COLUMNS:
        return
    whole = sum(column.width or 0 for column in grid.columns)
    first = int(whole * FIRST_COLUMN)
    for at, column in enumerate(grid.columns):
        column.width = Length((whole - first) // (many - 1) if at else first)


def _keep(row: _Row, what: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(what))  # noqa: SLF001  python-docx has no door to this


def _describe(grid: Grid, words: str) -> None:
    """What a screen reader says before it goes into the table."""
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), _text(words))
    grid._tbl.tblPr.append(said)  # noqa: SLF001  python-docx has no door to this


def _text(words: str) -> str:
    """Words as XML can hold them; what it refuses becomes a space."""
    return _REFUSED.sub(" ", words)
