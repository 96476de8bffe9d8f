"""The app's two icons: drawn here, so that no file has to be kept true to another."""

from resvg_py import svg_to_bytes

INK = "#14635c"

CURVE = "M6 19c4 0 4-7 8-7s4 9 8 9 3-4 4-6"
COLOUR = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" fill="{INK}"/>'
    f'<path d="{CURVE}" fill="none" stroke="#ffffff" stroke-width="2.6" stroke-linecap="round"/>'
    '<circle cx="22" cy="21" r="3.4" fill="#f2c879"/></svg>'
)
"""To every edge: Teams rounds the corners itself."""

OUTLINE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">'
    f'<path d="{CURVE}" fill="none" stroke="#ffffff" stroke-width="2.6" stroke-linecap="round"/>'
    '<circle cx="22" cy="21" r="3.4" fill="#ffffff"/></svg>'
)
"""White on nothing, as Teams asks of it."""


def colour() -> bytes:
    """A PNG of 192 by 192 points."""
    return bytes(svg_to_bytes(svg_string=COLOUR, skip_system_fonts=True))


def outline() -> bytes:
    """A PNG of 32 by 32 points, transparent around white."""
    return bytes(svg_to_bytes(svg_string=OUTLINE, skip_system_fonts=True))
