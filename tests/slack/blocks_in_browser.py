"""A public renderer of Slack's blocks in a real Chromium: so that somebody sees what we only send as JSON.

What it does not know: `data_table` (our host draws a plain one), and that `plain_text` is no markup: it reads
labels, options and small lines as mrkdwn, as Slack does not. So what is inert is asked of rich text alone.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.chromium import launch
from tests.fetched import fetch

HOST = Path(__file__).with_name("blocks_host.html")
TOOLS = Path(__file__).with_name("blocks_tools.json")
"""What npm fetches, each with its digest as npm writes it."""
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


class Shown(NamedTuple):
    """What the renderer made of blocks.

    `empty` are the kinds that came to nothing, `active` what only markup makes among rich text.
    """

    text: str
    empty: tuple[str, ...]
    active: tuple[str, ...]


class Window:
    """A page that messages and views are shown on."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def show(self, *named: tuple[str, Mapping[str, Any]]) -> tuple[Shown, ...]:
        """Show these in the place of what was there before."""
        said = self._page.evaluate("all => show(all)", [list(one) for one in named])
        return tuple(Shown(one["text"], tuple(one["empty"]), tuple(one["active"])) for one in said)

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page in `artefacts/`."""
        ARTEFACTS.mkdir(exist_ok=True)
        self._page.locator("main").screenshot(path=ARTEFACTS / f"slack-{name}.png")


@contextmanager
def opened(folder: Path) -> Iterator[Window]:
    """Fetch the renderer into a folder, and open a window with it; complaints on its console are a fault."""
    _bundle(folder)
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(locale="sv-SE", viewport={"width": 1664, "height": 900})
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(HOST.as_uri())
        page.add_style_tag(path=folder / "out" / "host.css")
        page.add_script_tag(path=folder / "out" / "host.js")
        yield Window(page)
        browser.close()
    assert complaints == []


def _bundle(folder: Path) -> None:
    tools = json.loads(TOOLS.read_text(encoding="utf-8"))
    fetch(folder, *tools)
    kept = json.loads((folder / "node_modules" / ".package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    for tool, digest in tools.items():
        name = tool.rpartition("@")[0]
        assert kept[f"node_modules/{name}"]["integrity"] == digest, f"{tool} is not what it was"
    source = HOST.with_suffix(".jsx")
    (folder / "host.jsx").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    define = '--define:process.env.NODE_ENV="production"'
    esbuild = folder / "node_modules" / ".bin" / "esbuild"
    _run(folder, str(esbuild), "host.jsx", "--bundle", "--outdir=out", "--log-level=error", define)


def _run(folder: Path, *words: str) -> None:
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
