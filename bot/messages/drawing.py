"""A chart as a picture, for whatever cannot draw one itself. The only place that knows resvg."""

from font_source_sans_pro import font_files_ttf
from resvg_py import svg_to_bytes

from bot.messages.charts import svg
from bot.messages.model import Chart

FAMILY = "Source Sans Pro"
FONTS = [font_files_ttf[name] for name in ("SourceSansPro", "SourceSansProBold")]
SHARP = 2.0
"""Twice the size of the drawing: screens have two points for one."""


def png(chart: Chart) -> bytes:
    """Draw a chart. No font of the machine is counted on: there may be none, and words would vanish."""
    drawing = svg_to_bytes(
        svg_string=svg(chart),
        font_files=FONTS,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        skip_system_fonts=True,
        zoom=SHARP,
        background="#ffffff",
    )
    return bytes(drawing)
