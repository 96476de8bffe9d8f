"""An empty page in a language, and a finished one as bytes: the look, and what the file says of itself.

Rule: nothing in the file tells who made it, when, or where, so that the same words are the same bytes.
"""

import zipfile
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from bot.domain.school import Language

LANGUAGES: dict[Language, str] = {"sv": "sv-SE", "en": "en-GB"}
AUTHOR = "Nuläge"
SMALL = "Liten text"
INK = RGBColor(0x1C, 0x2B, 0x2D)
"""The template's own blue is 3.9:1 on white; headings and captions need 4.5:1 (WCAG 2.2, 1.4.3)."""

INKED = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption")
TIMES = ("created", "modified")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can tell."""

_NAMES = ("w:val", "w:eastAsia")


def blank(title: str, language: Language) -> Document:
    """Make an A4 page without words; `title` is the file's own, in its properties."""
    page = docx.Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(20)
    _say_whose(page, title, LANGUAGES[language])
    _in_language(page, LANGUAGES[language])
    _dress(page)
    return page


def _say_whose(page: Document, title: str, language: str) -> None:
    """Fill in the file's properties; the template's picture of itself and its dates go."""
    said = page.core_properties
    said.title, said.author, said.last_modified_by = title[:255], AUTHOR, AUTHOR
    said.language, said.comments = language, ""
    for element in list(said._element):  # noqa: SLF001  dates can be changed there, but not taken away
        if element.tag.rpartition("}")[2] in TIMES:
            said._element.remove(element)  # noqa: SLF001  as above
    package = page.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _in_language(page: Document, language: str) -> None:
    """Screen readers and spelling go by this."""
    for element in page.styles.element.iter(qn("w:lang")):
        for name in _NAMES:
            element.set(qn(name), language)
    for element in page.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)


def _dress(page: Document) -> None:
    for name in INKED:
        _style(page, name).font.color.rgb = INK
    _style(page, "Caption").font.size = Pt(11)
    _style(page, "Caption").paragraph_format.keep_with_next = True
    _style(page, "Caption").paragraph_format.space_before = Pt(12)
    _style(page, "Quote").paragraph_format.left_indent = Mm(8)
    small = page.styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = page.styles["Normal"]
    if isinstance(small, ParagraphStyle):
        small.font.size = Pt(9.5)


def _style(page: Document, name: str) -> ParagraphStyle:
    found = page.styles[name]
    if not isinstance(found, ParagraphStyle):
        raise TypeError(name)
    return found


def whole(page: Document) -> bytes:
    """The finished file. A zip file notes when it was packed: it is packed anew without that."""
    packed, out = BytesIO(), BytesIO()
    page.save(packed)
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            after.writestr(part, before.read(name))
    return out.getvalue()
