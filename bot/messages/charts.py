"""A bar chart as SVG: direct labels, a pattern beside the colour, numbers as they are written in Swedish.

Drawn on white with ink at 3:1 or more (WCAG 2.2, 1.4.11), since the picture may land on any page.
"""

import math
import textwrap
from html import escape

from bot.messages.model import Bar, Chart

WIDTH = 440
NUMBERS = 76
SIDE = 16
TOP = 62
ROW = 58
BAR = 24
LABEL = 52
"""Characters of a label above its bar; what is longer is cut here and whole in the table."""

INK = "#1c2b2d"
TEAL = "#1f7a70"
OCHRE = "#9a6412"

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    ' viewBox="0 0 {width} {height}" role="img" aria-label="{alt}"'
    ' font-family="Liberation Sans, DejaVu Sans, Arial, sans-serif" fill="{ink}">'
    '<defs><pattern id="stripes" width="8" height="8" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="8" height="8" fill="#ffffff"/>'
    '<rect width="4.6" height="8" fill="{second}"/></pattern></defs>'
    '<rect width="{width}" height="{height}" fill="#ffffff"/>'
)


def svg(chart: Chart) -> str:
    """Draw a chart: one row per bar, its label above, its number at the end; narrow, so that phones do."""
    longest = max((_length(bar.value) for bar in chart.bars), default=0.0) or 1.0
    parts = [HEAD.format(width=WIDTH, height=height(chart), alt=_text(chart.alt), ink=INK, second=OCHRE)]
    title = textwrap.shorten(chart.title, 46, placeholder=" …")
    parts.append(f'<text x="{SIDE}" y="26" font-size="17" font-weight="700">{_text(title)}</text>')
    parts.append(f'<text x="{SIDE}" y="46" font-size="13">{_text(chart.unit)}</text>')
    parts += [_row(bar, index, longest) for index, bar in enumerate(chart.bars)]
    return "".join((*parts, "</svg>"))


def height(chart: Chart) -> int:
    """Return how high the drawing is, in the same units as WIDTH."""
    return TOP + ROW * len(chart.bars) + 8


def number(value: float) -> str:
    """Write a number with a decimal comma and no needless decimals."""
    if not math.isfinite(value):
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",").replace("-", "−")


def _row(bar: Bar, index: int, longest: float) -> str:
    top = TOP + ROW * index
    width = (WIDTH - SIDE - NUMBERS) * _length(bar.value) / longest
    look = f'fill="{TEAL}"' if index % 2 == 0 else f'fill="url(#stripes)" stroke="{OCHRE}" stroke-width="2"'
    label = textwrap.shorten(bar.label, LABEL, placeholder=" …") or bar.label[:LABEL]
    base = top + 22
    return (
        f'<text x="{SIDE}" y="{top + 15}" font-size="14">{_text(label)}</text>'
        f'<rect x="{SIDE}" y="{base}" width="{max(width, 1.5):.1f}" height="{BAR}" {look}/>'
        f'<text x="{SIDE + width + 9:.1f}" y="{base + 17}" font-size="15" font-weight="700">'
        f"{number(bar.value)}</text>"
    )


def _length(value: float) -> float:
    return max(value, 0.0) if math.isfinite(value) else 0.0


def _text(words: str) -> str:
    """Escape, and leave out what XML cannot hold."""
    return escape("".join(sign if _allowed(sign) else " " for sign in words))


def _allowed(sign: str) -> bool:
    return sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
