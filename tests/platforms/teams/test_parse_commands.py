"""Commands, however they are written; and words that were changed or removed."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.events import Commanded, Rewritten
from tests.platforms.teams.reading import happened, heard, outcome, read
from tests.teams import payloads
from tests.teams.payloads import AT, CHANNEL, LENA, PERSONAL, edited, message

ROOT = "1795440000000"
THREAD = replace(CHANNEL, root=ROOT)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/nuläge", "/nuläge", ""),
        (
            "/Avstämning varannan torsdag 15.15 i arbetslagets kanal under hela vårterminen",
            "/Avstämning",
            "varannan torsdag 15.15 i arbetslagets kanal under hela vårterminen",
        ),
        ("nuläge", "/nuläge", ""),
        ("NULAGE", "/NULAGE", ""),
        (unicodedata.normalize("NFD", "nuläge"), "/nuläge", ""),
        ("hjälp", "/hjälp", ""),
        ("sök läsning", "/sök", "läsning"),
        ("Avstämning varannan torsdag 15.15", "/Avstämning", "varannan torsdag 15.15"),
        ("frånvaro till fredag", "/frånvaro", "till fredag"),
        ("språk english", "/språk", "english"),
        ("help", "/hjälp", ""),
    ],
)
def test_a_command_is_found_as_it_is_written(text: str, command: str, rest: str) -> None:
    for activity in (message(LENA, PERSONAL, text), message(LENA, THREAD, text, to_bot=True)):
        found = happened(Commanded, activity)
        assert (found.command, found.text) == (command, rest)


@pytest.mark.parametrize(
    "text",
    [
        "nuläget är bra",
        "frånvaro har varit vårt största problem hela hösten",
        "Frånvaro är ett problem.",
        "veckan har varit bra",
        "15/4 är det studiedag",
        "/ är ett snedstreck",
    ],
)
def test_words_that_only_look_like_a_command_are_words(text: str) -> None:
    assert outcome(read(message(LENA, PERSONAL, text))) == "Replied"


@pytest.mark.parametrize("text", ["nuläge", "hjälp", "sök läsning"])
def test_colleagues_talk_to_each_other_without_commands(text: str) -> None:
    assert outcome(read(message(LENA, THREAD, text))) == "Replied"
    assert outcome(read(message(LENA, THREAD, f"/{text}"))) == "Commanded"


@pytest.mark.parametrize(
    ("text", "command"),
    [("nuläge", "/nuläge"), ("/nuläge", "/nuläge"), ("", "/hjälp"), ("/", "/hjälp"), ("hur mår vi", "/hur")],
)
def test_what_is_written_with_a_slash_is_seen_by_one_and_is_a_command(text: str, command: str) -> None:
    found = heard(message(LENA, THREAD, text, targeted=True))
    assert isinstance(found.event, Commanded)
    assert found.event.command == command
    assert found.event.where.thread == ROOT
    assert found.way.targeted


def test_the_bots_name_alone_asks_for_help() -> None:
    assert happened(Commanded, message(LENA, THREAD, "", to_bot=True)).command == "/hjälp"
    assert outcome(read(message(LENA, PERSONAL, ""))) == "no_words"
    assert outcome(read(message(LENA, THREAD, ""))) == "no_words"


def test_changed_and_removed_words() -> None:
    new = happened(Rewritten, edited(LENA, THREAD, "1795443300000", "Nya ord", to_bot=True))
    assert (new.reference, new.text, new.where.thread) == ("1795443300000", "Nya ord", ROOT)
    gone = happened(Rewritten, payloads.deleted(LENA, THREAD, "1795443300000"))
    assert (gone.reference, gone.text) == ("1795443300000", None)
    root = happened(Rewritten, payloads.deleted(LENA, THREAD, ROOT))
    assert root.where.thread is None


def test_each_change_of_a_message_is_a_happening_of_its_own() -> None:
    first = message(LENA, THREAD, "ett", id="1795443300000")
    changes = [
        edited(LENA, THREAD, "1795443300000", "två"),
        edited(LENA, THREAD, "1795443300000", "tre", at=AT + timedelta(seconds=1)),
        payloads.deleted(LENA, THREAD, "1795443300000", at=AT + timedelta(seconds=2)),
    ]
    brought_back = edited(LENA, THREAD, "1795443300000", "tre", at=AT + timedelta(seconds=3))
    brought_back["channelData"]["eventType"] = "undeleteMessage"
    assert [getattr(heard(one).event, "back", None) for one in (first, *changes, brought_back)] == [
        None,
        False,
        False,
        False,
        True,
    ]
    events = [heard(one).event.id for one in (first, *changes, brought_back)]
    assert len(set(events)) == len(events)
    assert [heard(one).event.id for one in (first, *changes, brought_back)] == events
