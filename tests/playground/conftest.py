"""One Playground a person for all the tests here: each test has a chat of its own, or leaves it as it was.

Microsoft's Agents Playground is a Teams client without Teams: it shows what the bot sends, and sends what is
clicked. Played here are a channel with threads, a group chat, chats one to one, what comes by itself, cards
that are changed or replaced, mentions, and the message extension with its dialog.

It cannot do all that Teams does; what it cannot is tested elsewhere, against a Connector of our own:
- It has one acting user. Lena, Pia and Rut have a Playground each, on one bot; whoever else acts does so by
  activities of theirs (`acting`). Only Lena's opens the channel and the group chat: the bot knows one way to
  each, the newest, and another window that opened them would take them over.
- A window of the bot's (`task/fetch`, Öppna i ett fönster) does not open: the button sends nothing.
- There is no list of commands. One to one a slash is sent as words; in channels and group chats only a
  mention reaches the bot, and `acting` sends the slash as Teams would.
- What one person alone should see stands there for all, and no card fetches itself anew (`refresh`).
- Nothing can be deleted, edited or reacted to; ProgressBar and Badge are left out; no token is asked for.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARTEFACTS
from tests.chromium import launch
from tests.platforms.teams.reading import outcome, read
from tests.playground.stage import Stage, staged
from tests.playground.tool import fetch


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Everything that was sent must have been understood, and none of it worth a warning."""
    program = fetch(tmp_path_factory.mktemp("tool"))
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with staged(program, tmp_path_factory.mktemp("playground"), browser) as running:
            yield running
            sent = running.inbound()
            kept = json.dumps(sent, ensure_ascii=False, indent=2)
            (ARTEFACTS / "playground-activities.json").write_text(kept, encoding="utf-8")
            assert running.bot.complaints() == []
        browser.close()
    assert not [one for one in sent if outcome(read(one)).startswith("un")]
