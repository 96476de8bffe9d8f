"""A real Chromium: Debian's, in the build without a screen, which draws for half of what the other takes.

Where only the whole browser is to be had, that is started: the same engine, slower.
"""

from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tasks.prerequisites import CHROMIUM

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Start it; whoever starts it closes it."""
    program = CHROMIUM.program if Path(CHROMIUM.program).exists() else CHROMIUM.instead
    return playwright.chromium.launch(executable_path=program, args=_FLAGS)
