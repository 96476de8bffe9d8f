"""Charts and tables: those of Teams where it has them, and always the same numbers as words."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from bot.messages.charts import number
from bot.messages.model import Chart, Table
from bot.platforms.cutting import size
from bot.platforms.legible import EMPTY, brief, flat, is_said, visible
from bot.platforms.teams.render.bars import bar
from bot.platforms.teams.render.escape import is_tame
from bot.platforms.teams.render.kit import Json, Run, heading, lines, paragraph, rich, small

CHART_TITLE = 80
CHART_LABEL = 40
MOST_BARS = 12
LONGEST_ALT = 120
TABLE_ROWS = 40
WIDEST_TABLE = 36
"""Characters side by side in a card on a phone (320 px); where words are broken, nobody can read."""
WIDEST_CELL = 24
LARGEST_TABLE = 6500
"""Characters that a table may be: it is sent twice, the second time for clients that have no tables."""
PER_CELL = 75
FEW = 3
"""Where so few different words (`ja`, `nej`) stand in more columns, each of them gathers its columns."""
BESIDE = {"type": "Layout.Flow", "targetWidth": "atLeast:Standard", "itemWidth": "260px", "itemFit": "Fit"}
"""Rows beside each other where there is room; a client that knows no layouts stacks them."""


def chart_elements(chart: Chart, *, roomy: bool) -> Iterator[Json]:
    """The drawing when there is one to make, then the finding and every number."""
    yield from rich((Run(chart.title, bold=True),))
    if _drawable(chart):
        yield _chart(chart, roomy=roomy)
    yield from paragraph(chart.alt)
    told = (
        (Run(f"{one.label}: ", bold=True), Run(f"{number(one.value)} {chart.unit}".rstrip()))
        for one in chart.bars
    )
    yield from lines(told)


def _drawable(chart: Chart) -> bool:
    bars = chart.bars
    return 0 < len(bars) <= MOST_BARS and all(math.isfinite(one.value) and one.value >= 0 for one in bars)


def _chart(chart: Chart, *, roomy: bool) -> Json:
    data = [{"x": brief(one.label, CHART_LABEL), "y": one.value} for one in chart.bars]
    told = brief(f"{chart.title} ({chart.unit})" if is_said(chart.unit) else chart.title, CHART_TITLE)
    return {
        "type": "Chart.HorizontalBar",
        "title": told,
        "showTitle": False,
        "data": data,
        "displayMode": "AbsoluteNoAxis",
        "color": "categoricalTeal",
        "fallback": {"type": "Container", "items": list(_drawn(chart))} if roomy else "drop",
    }


def _drawn(chart: Chart) -> Iterator[Json]:
    longest = max(one.value for one in chart.bars) or 1.0
    for one in chart.bars:
        yield from small(brief(one.label, LONGEST_ALT))
        yield {
            "type": "Image",
            "url": bar(one.value / longest),
            "altText": brief(f"{one.label}: {number(one.value)} {chart.unit}", LONGEST_ALT),
            "size": "Stretch",
            "spacing": "Small",
        }


def table_elements(table: Table, *, title: str, roomy: bool) -> Iterator[Json]:
    """A table where it fits a phone, else its rows under a heading each; the card's title is not said again.

    Both, each for its width (`targetWidth`), is no way: the client for iOS shows everything.
    """
    if flat(table.caption) != flat(title):
        yield from rich((Run(table.caption, bold=True),))
    if roomy and _is_grid(table):
        yield _grid(table)
    elif roomy:
        rows = [{"type": "Container", "items": list(group)} for group in _groups(table)]
        yield {"type": "Container", "layouts": [BESIDE], "items": rows}
    else:
        yield from chain.from_iterable(_groups(table))


def _groups(table: Table) -> Iterator[Iterator[Json]]:
    """Each row: its first cell as a heading, and the others by the names of their columns."""
    name, *others = table.header or ("",)
    lead = "" if name.casefold() in {"", *table.caption.casefold().split()} else f"{name}: "
    values = tuple(dict.fromkeys(cell for row in table.rows for cell in row[1:]))
    is_matrix = 0 < len(values) <= FEW < len(others) and _is_even(table)
    for row in table.rows or ((),):
        first, *rest = row or ("",)
        told = _by_value(values, others, rest) if is_matrix else _by_name(others, rest)
        yield chain(heading(f"{lead}{first or EMPTY}", "Default"), told)


def _is_even(table: Table) -> bool:
    return bool(table.header) and all(len(row) == len(table.header) for row in table.rows)


def _by_value(values: Sequence[str], names: Sequence[str], cells: Sequence[str]) -> Iterator[Json]:
    """`ja: Rektor, Processledaren`, a line for each value."""
    for value in values:
        having = [name for name, cell in zip(names, cells, strict=True) if cell == value]
        yield from _close(rich((Run(f"{value or EMPTY}: {', '.join(having)}"),))) if having else ()


def _by_name(names: Sequence[str], cells: Sequence[str]) -> Iterator[Json]:
    """`Rektor: ja`, a line for each column."""
    for name, value in zip_longest(names, cells, fillvalue=""):
        if name or value:
            lead = f"{name}: " if name else ""
            yield from _close(rich((Run(f"{lead}{value or EMPTY}"),)))


def _close(blocks: Iterator[Json]) -> Iterator[Json]:
    yield from ({**block, "spacing": "None"} for block in blocks)


def _is_grid(table: Table) -> bool:
    rows = (table.header, *table.rows)
    return (
        0 < len(table.rows) <= TABLE_ROWS
        and _is_even(table)
        and sum(_longest(column) + 2 for column in zip(*rows, strict=True)) <= WIDEST_TABLE
        and sum(size(visible(cell)) + PER_CELL for row in rows for cell in row) <= LARGEST_TABLE
    )


def _longest(column: tuple[str, ...]) -> int:
    """Characters of the longest word in a column."""
    return max((size(word) for cell in column for word in cell.split()), default=1)


def _width(column: tuple[str, ...]) -> int:
    """A column's share: what its longest cell wants, within reason, and never less than its longest word."""
    return max(_longest(column), min(max(map(size, column)), WIDEST_CELL))


def _grid(table: Table) -> Json:
    columns = zip(table.header, *table.rows, strict=True)
    return {
        "type": "Table",
        "firstRowAsHeaders": True,
        "showGridLines": True,
        "columns": [{"width": _width(column)} for column in columns],
        "rows": [_row(table.header, bold=True), *(_row(row) for row in table.rows)],
        "fallback": {"type": "Container", "items": list(chain.from_iterable(_groups(table)))},
    }


def _row(cells: tuple[str, ...], *, bold: bool = False) -> Json:
    return {
        "type": "TableRow",
        "cells": [{"type": "TableCell", "items": list(_cell(cell, bold=bold))} for cell in cells],
    }


def _cell(cell: str, *, bold: bool) -> Iterator[Json]:
    shown = visible(cell)
    if not bold and is_said(shown) and is_tame(shown):
        yield {"type": "TextBlock", "text": shown, "wrap": True}
    else:
        yield from rich((Run(cell if is_said(cell) else EMPTY, bold=bold),))
