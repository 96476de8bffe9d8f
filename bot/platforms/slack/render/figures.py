"""Charts and tables: Slack's own where it has them, and always the same numbers as words."""

import math
from collections.abc import Iterator
from itertools import zip_longest

from bot.messages.charts import number
from bot.messages.model import Chart, Table
from bot.platforms.cutting import size
from bot.platforms.legible import EMPTY, brief, flat
from bot.platforms.slack.render.escape import inert, spoken
from bot.platforms.slack.render.kit import Json, Line, Piece, Run, flow, small, words

CHART_TITLE = 50
CHART_LABEL = 20
MOST_BARS = 20
TABLE_ROWS = 100
TABLE_COLUMNS = 20
LARGEST_TABLE = 9000
"""Characters that a table of Slack's own may hold, since a message holds 10 000 (RELIABILITY)."""
LONGEST_ALT = 1900


def chart_pieces(chart: Chart, *, native: bool, picture: str | None) -> Iterator[Piece]:
    """A picture or Slack's own chart when it can be had, then the finding and every number.

    A figure shows its own title, and a picture its numbers too: what is drawn is only repeated in small.
    """
    told = [f"{bar.label}: {number(bar.value)} {chart.unit}".rstrip() for bar in chart.bars]
    if picture:
        yield Piece(_picture(chart, picture), f"{chart.title}\n{chart.alt}")
        yield from small(" · ".join(told))
        return
    figure = _native_chart(chart) if native else None
    numbered = figure is not None and not _labels_fit(chart)
    if figure and size(flat(chart.title)) <= CHART_TITLE:
        yield Piece(figure, chart.title)
    else:
        yield from (Piece(one, "") for one in [figure] if one)
        yield from words(chart.title, bold=True)
    yield from words(chart.alt)
    lines = [(Run(f"{at}. {line}" if numbered else line),) for at, line in enumerate(told, 1)]
    yield from flow(lines, look="section" if numbered else "bullet")


def _labels_fit(chart: Chart) -> bool:
    """Whether labels stand whole under their bars; else both bars and lines are numbered."""
    labels = [flat(bar.label) for bar in chart.bars]
    return all(size(label) <= CHART_LABEL for label in labels) and len(set(labels)) == len(labels)


def _picture(chart: Chart, file: str) -> Json:
    alt = brief(f"{chart.title}. {chart.alt}", LONGEST_ALT)
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def _native_chart(chart: Chart) -> Json | None:
    bars = chart.bars
    if not 0 < len(bars) <= MOST_BARS or not all(math.isfinite(bar.value) for bar in bars):
        return None
    fit = _labels_fit(chart)
    labels = [
        brief(bar.label if fit else f"{at}. {bar.label}", CHART_LABEL) for at, bar in enumerate(bars, 1)
    ]
    data = [{"label": label, "value": bar.value} for label, bar in zip(labels, bars, strict=True)]
    series = [{"name": brief(chart.unit, CHART_LABEL), "data": data}]
    return {
        "type": "data_visualization",
        "title": brief(chart.title, CHART_TITLE),
        "chart": {"type": "bar", "series": series, "axis_config": {"categories": labels}},
    }


def table_pieces(table: Table, *, native: bool, titled: bool = False) -> Iterator[Piece]:
    """Slack's own table when it fits one, with its caption in it, else a line a row that names every column.

    `titled`: its caption stands above it already.
    """
    told = [_row_line(table.header, row) for row in table.rows or ((),)]
    lines = tuple(flow(told, "bullet"))
    grid = _grid(table) if native else None
    caption = () if titled else tuple(words(table.caption, bold=True))
    pieces = (*caption, *lines)
    yield from (Piece(grid, "\n".join(piece.says for piece in pieces)),) if grid else pieces


def _row_line(header: tuple[str, ...], row: tuple[str, ...]) -> Line:
    cells = [cell for cell in zip_longest(header, row, fillvalue="") if any(cell)]
    runs: list[Run] = []
    for at, (name, value) in enumerate(cells):
        label = f"{name}: " if name else ""
        runs += [Run(f"{' · ' if at else ''}{label}"), Run(value or EMPTY, bold=not at)]
    return tuple(runs)


def _grid(table: Table) -> Json | None:
    rows = (table.header, *table.rows)
    cells = [[spoken(cell) for cell in row] for row in rows]
    fits = (
        0 < len(table.rows) <= TABLE_ROWS
        and 0 < len(table.header) <= TABLE_COLUMNS
        and all(len(row) == len(table.header) for row in rows)
        and sum(size(inert(cell)) for row in cells for cell in row) <= LARGEST_TABLE
    )
    if not fits:
        return None
    return {
        "type": "data_table",
        "caption": spoken(table.caption),
        "page_size": len(table.rows),
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in cells],
    }
