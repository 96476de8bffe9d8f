"""The same message as other platforms show it: for whoever may see it, as text and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping

import pytest

from bot.platforms.web.chat import ChatLog
from bot.rehearsal.provrum import Provrum as Rehearsal
from bot.runtime.clock import frozen
from storage.store import open_store
from tests.platforms.web_stage import QUESTION, START, Provrum
from tests.play import prompts

ROOM = "/som/lena/kanal/arbetslag-4-6"


@pytest.fixture
def provrum() -> Provrum:
    return Provrum()


def asked(provrum: Provrum, path: str = "") -> str:
    """The address of the page behind a bot message."""
    provrum.say(QUESTION)
    found = re.search(r'href="(/som/lena/rad/[^"]+/annanstans)"', provrum.get(ROOM).text)
    assert found
    return found[1].replace("/som/lena/", path or "/som/lena/")


def test_every_message_of_the_bot_leads_there(provrum: Provrum) -> None:
    page = provrum.get(asked(provrum))
    assert page.status_code == 200
    assert "Slack-block" in page.text
    assert "{&#34;text&#34;: &#34;Hur går det med läsgrupperna?&#34;}" in page.text


def test_words_of_people_do_not(provrum: Provrum) -> None:
    provrum.write("Hej")
    assert "annanstans" not in provrum.get(ROOM).text


def test_only_who_sees_the_message_sees_its_payload(provrum: Provrum) -> None:
    assert provrum.get(asked(provrum, "/som/rut/")).status_code == 404


@pytest.fixture
def told() -> Iterator[Mapping[str, str]]:
    store = open_store("sqlite://")
    yield Rehearsal(store, prompts(), ChatLog(), frozen(START)).elsewhere(QUESTION)
    store.close()


def test_it_is_the_payload_that_slack_would_get(told: Mapping[str, str]) -> None:
    payload = json.loads(told["Slack-block"])
    assert payload["text"].startswith(QUESTION.title)
    assert {block["type"] for block in payload["blocks"]} >= {"header", "actions"}


def test_it_is_the_activity_that_teams_would_get(told: Mapping[str, str]) -> None:
    activity = json.loads(told["Teams-kort"])
    assert activity["summary"] == QUESTION.title
    (attachment,) = activity["attachments"]
    assert {one["type"] for one in attachment["content"]["body"]} >= {"TextBlock", "ActionSet"}
