"""One Playground for all the tests here: each of them has a chat of its own, or leaves it as it was."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARTEFACTS, CHROMIUM, FLAGS
from tests.platforms.teams.reading import outcome, read
from tests.playground.stage import Stage, staged
from tests.playground.tool import fetch


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Everything that was sent must have been understood, and none of it worth a warning."""
    program = fetch(tmp_path_factory.mktemp("tool"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with staged(program, tmp_path_factory.mktemp("playground"), browser) as running:
            yield running
            sent = running.playground.inbound()
            kept = json.dumps(sent, ensure_ascii=False, indent=2)
            (ARTEFACTS / "playground-activities.json").write_text(kept, encoding="utf-8")
            assert running.bot.complaints() == []
        browser.close()
    assert not [one for one in sent if outcome(read(one)).startswith("un")]
