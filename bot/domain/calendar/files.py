"""A school's lov, studiedagar and terms, out of a CSV or .ics file.

CSV: `datum;slut;slag;namn`, parted by semicolon, comma or tab, with or without that first line.
A file is read whole or not at all; what was not understood comes back as `Unreadable`.
"""

import csv
import io
import re
from datetime import date

from bot.domain.calendar.ics import read_ics
from bot.domain.calendar.rows import CalendarDays, Row, Stop, Unreadable, gather, kind_of
from bot.domain.calendar.swedish_dates import MONTHS

__all__ = ["CalendarDays", "Unreadable", "read_calendar"]

MOST_CHARACTERS = 1_000_000
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")  # \ufffd: bytes that did not decode
DELIMITERS = ";\t,"
COLUMNS = {
    "first": ("datum", "start", "startdatum", "från", "fr.o.m.", "första dag", "date", "first"),
    "last": ("slut", "slutdatum", "till", "t.o.m.", "till och med", "sista dag", "end", "last"),
    "kind": ("slag", "typ", "sort", "kategori", "kind", "type", "category"),
    "name": ("namn", "benämning", "beskrivning", "vad", "rubrik", "name", "summary"),
}
POSITIONS = ("first", "last", "kind", "name")
MONTH_NAMES = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
DATE_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})-?(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})(?:[ T]00:00(?::00)?)?"),
    re.compile(r"(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})(?: |/|\.|-)(?P<y>[0-9]{4})"),
    re.compile(r"(?P<d>[0-9]{1,2}) (?P<name>[a-zåäö]{3,9})\.? (?P<y>[0-9]{4})"),
)


def read_calendar(text: str) -> CalendarDays | Unreadable:
    """Read a file's text, or say why not; nothing is ever read by half."""
    try:
        return _read(text)
    except Stop as stop:
        return stop.unreadable


def _read(text: str) -> CalendarDays:
    if len(text) > MOST_CHARACTERS:
        raise Stop("too_big")
    clean = text.removeprefix("\ufeff")
    if not clean.strip():
        raise Stop("empty")
    if NOT_TEXT.search(clean):
        raise Stop("not_text")
    if clean.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
        return read_ics(clean)
    return _read_csv(clean)


def _read_csv(text: str) -> CalendarDays:
    first_line = next(line for line in text.splitlines() if line.strip())
    delimiter = max(DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    columns: dict[str, int] | None = None
    width = len(POSITIONS)
    try:
        for raw in reader:
            cells = [cell.strip() for cell in raw]
            if not any(cells):
                continue
            if columns is None and (columns := _header(cells)) is not None:
                width = len(cells)
                continue
            columns = columns or {}
            if any(cells[width:]):
                raise Stop("not_table", reader.line_num)
            rows.append(_row(cells, columns, reader.line_num))
    except csv.Error as error:
        raise Stop("not_table", max(reader.line_num, 1)) from error
    return gather(rows)


def _header(cells: list[str]) -> dict[str, int] | None:
    """Find which column is which, by name; None where the first line is no header."""
    names = {cell.casefold(): place for place, cell in enumerate(cells)}
    found = {
        column: names[word] for column, words in COLUMNS.items() for word in reversed(words) if word in names
    }
    return found if "first" in found else None


def _row(cells: list[str], columns: dict[str, int], line: int) -> Row:
    parts = _by_header(cells, columns) if columns else _by_position(cells)
    if not parts["first"]:
        raise Stop("no_date", line)
    first = _date(parts["first"], line)
    last = _date(parts["last"], line) if parts["last"] else first
    # A kind that is written must be known; only an empty one is told from the name.
    kind = kind_of(parts["kind"] or parts["name"])
    if kind is None:
        raise Stop("kind", line, parts["kind"] or parts["name"])
    return Row(line, first, last, kind, parts["name"] or parts["kind"])


def _by_header(cells: list[str], columns: dict[str, int]) -> dict[str, str]:
    return {
        column: cells[columns[column]] if columns.get(column, len(cells)) < len(cells) else ""
        for column in POSITIONS
    }


def _by_position(cells: list[str]) -> dict[str, str]:
    """Read a line without a header; the end of the span may be left out."""
    rest = cells[1:]
    if rest and rest[0] and not rest[0][0].isdigit():
        rest = ["", *rest]
    match rest:
        case [last, word]:  # only one word: the kind, or a name that tells it
            rest = [last, "" if kind_of(word) else word, word]
        case _:
            pass
    return dict(zip(POSITIONS, [cells[0], *rest, "", "", ""], strict=False))


def _date(text: str, line: int) -> date:
    for form in DATE_FORMS:
        if (match := form.fullmatch(text.casefold().removeprefix("den "))) is None:
            continue
        parts = match.groupdict()
        month = MONTH_NAMES.get(parts["name"][:3], 0) if "name" in parts else int(parts["m"])
        try:
            return date(int(parts["y"]), month, int(parts["d"]))
        except ValueError as error:
            raise Stop("no_such_date", line, text) from error
    raise Stop("no_such_date", line, text)
