"""Who waits for a yes is not forgotten, and who said it is kept: one reminder, and a line in the audit."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from bot.domain.events import Ticked
from bot.domain.school import Request, direct_to
from bot.domain.value import PersonId
from storage.people.founding import add_person
from storage.tables import audit, outbox
from tests.handlers.people_stage import FRIDAY, Workspaces, account, asked_for
from tests.play import World

NAMED = {"name": ("Lena",)}
AGAIN = "Lena vill vara med och väntar på ditt svar."


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    with asked_for() as spaces:
        yield spaces


def reminders(spaces: Workspaces) -> list[str]:
    return [one.room for one in spaces.world.heard if one.text.startswith(AGAIN)]


def offered(spaces: Workspaces) -> int:
    """How many messages still ask Pia."""
    return sum("Säg nej" in one.text for one in spaces.world.heard if one.room == "T1/@pia")


def audited(spaces: Workspaces) -> list[tuple[str, str, str]]:
    with spaces.world.store.begin() as unit:
        rows = unit.rows(select(audit).where(audit.c.action.startswith("roles:")).order_by(audit.c.id))
    return [(row["by"], row["action"], row["subject"]) for row in rows]


def test_who_decides_is_reminded_once_on_the_second_working_day(spaces: Workspaces) -> None:
    spaces.later(days=3, hours=23)  # Tuesday, an hour too early
    assert reminders(spaces) == []
    spaces.later(hours=2)
    assert reminders(spaces) == ["T1/@pia"]
    spaces.later(days=10)
    assert reminders(spaces) == ["T1/@pia"]


def test_an_older_request_that_still_waits_keeps_no_newer_one_from_being_reminded_of(
    spaces: Workspaces,
) -> None:
    spaces.called["T1/omar"] = "Omar"
    spaces.later(days=3)
    values = {"role": ("larare",), "team": (spaces.team,)}
    spaces.submit("T1/omar", "T1/C1", "link_form", values)
    spaces.later(days=1, hours=2)
    assert reminders(spaces) == ["T1/@pia"]
    spaces.later(days=2)
    asked = [one.text for one in spaces.world.heard if "vill vara med och väntar på ditt svar" in one.text]
    assert [text.split()[0] for text in asked] == ["Lena", "Omar"]


def test_what_is_decided_is_not_asked_about_again(spaces: Workspaces) -> None:
    request = spaces.person("T1/lena").request
    assert request is not None
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/lena", request.mark)
    spaces.later(days=5)
    assert reminders(spaces) == []


def test_the_reminder_too_shows_what_was_decided(spaces: Workspaces) -> None:
    spaces.later(days=5)
    assert offered(spaces) == 2
    request = spaces.person("T1/lena").request
    assert request is not None
    spaces.press("T1/pia", "T1/@pia", "deny_person", "T1/lena", request.mark)
    assert offered(spaces) == 0


def test_who_gave_a_role_is_kept(spaces: Workspaces) -> None:
    request = spaces.person("T1/lena").request
    assert request is not None
    spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/lena", request.mark)
    assert audited(spaces)[-1] == ("T1/pia", "roles:larare", "person:T1/lena")
    spaces.press("T1/pia", "T1/C1", "let_out", "T1/lena", spaces.team)
    assert audited(spaces)[-1] == ("T1/pia", "roles:", "person:T1/lena")


def test_who_chose_a_member_is_kept(spaces: Workspaces) -> None:
    spaces.later(minutes=1)
    values = {"arbetslag": (spaces.team,), "members": ("T1/omar",)}
    spaces.submit("T1/pia", "T1/C1", "adopt_form", values)
    assert audited(spaces)[-1] == ("T1/pia", "roles:larare", "person:T1/omar")


def test_whoever_said_no_is_kept_too(spaces: Workspaces) -> None:
    request = spaces.person("T1/lena").request
    assert request is not None
    spaces.press("T1/pia", "T1/@pia", "deny_person", "T1/lena", request.mark)
    assert audited(spaces)[-1] == ("T1/pia", "roles:", "person:T1/lena")


def test_who_gave_a_new_school_its_rektor_is_kept_and_who_founded_the_first(spaces: Workspaces) -> None:
    spaces.invite("T1/pia", "T1/C2")
    school = {"school": ("Tallskolan",), "new": ("Tall",), "skolform": ("grundskola",)}
    head = {"skolformer": ("grundskola",), "role": ("rektor",), "head": ("T1/rut",)}
    spaces.submit("T1/pia", "T1/C2", "new_school", school | head)
    assert audited(spaces) == [
        ("T1/pia", "roles:processledare", "person:T1/pia"),
        ("T1/pia", "roles:rektor", "person:T1/rut"),
    ]


def test_the_reminder_says_whose_name_it_is_as_the_question_did(spaces: Workspaces) -> None:
    spaces.later(days=5)
    again = next(one.text for one in spaces.world.heard if one.text.startswith(AGAIN))
    assert "Kontots namn: Lena" in again


def test_a_name_that_somebody_wrote_is_a_claim_in_the_reminder_too() -> None:
    with World(FRIDAY) as world:
        spaces = Workspaces(world)
        spaces.called["T1/lena"] = ""
        spaces.begin()
        values = {"role": ("larare",), "team": (spaces.team,)} | NAMED
        spaces.submit("T1/lena", "T1/C1", "link_form", values)
        spaces.later(days=5)
        again = next(one.text for one in world.heard if one.text.startswith(AGAIN))
    assert "\nNamn: Lena" in again


def test_a_request_from_before_names_were_told_apart_still_reads() -> None:
    old = {"mark": "0a1b", "role": "larare", "arbetslag": None, "at": "2026-11-20T11:00:00Z", "new": True}
    assert Request.model_validate(old).vouched is False


def test_a_request_that_falls_with_its_channel_is_told_and_its_buttons_go(spaces: Workspaces) -> None:
    spaces.later(days=5)
    spaces.leave("T1/lena", "T1/C1")
    spaces.later(days=1)
    assert offered(spaces) == 0
    to_pia = [one.text for one in spaces.world.heard if one.room == "T1/@pia"]
    assert to_pia[-2:] == ["Lena har lämnat kanalen för Arbetslag Ek. Du behöver inte svara längre."] * 2
    (to_lena,) = (one.text for one in spaces.world.heard if one.room == "T1/@lena")
    assert to_lena.startswith("Du har lämnat kanalen för Arbetslag Ek, så ingen behöver bekräfta dig nu")
    lena = spaces.person("T1/lena")
    assert (lena.request, lena.name) == (None, "")


def test_a_request_made_anew_takes_the_buttons_off_the_one_before(spaces: Workspaces) -> None:
    spaces.later(days=5)
    assert offered(spaces) == 2
    values = {"role": ("larare",), "team": (spaces.team,)}
    spaces.submit("T1/lena", "T1/C1", "link_form", values)
    spaces.later(minutes=1)
    assert offered(spaces) == 1


def test_who_decides_only_since_then_is_asked_and_not_reminded(spaces: Workspaces) -> None:
    with spaces.world.store.begin() as unit:
        pia = unit.roster.persons[PersonId("T1/pia")]
        omar = pia.model_copy(
            update={"id": PersonId("T1/omar"), "name": "Omar", "direct": direct_to(account("T1/omar"))}
        )
        add_person(unit, omar, account("T1/omar"))
    spaces.later(days=5)
    to_omar = [one.text for one in spaces.world.heard if one.room == "T1/@omar"]
    assert [text.partition("?")[0] for text in to_omar] == ["Lena vill vara med. Stämmer det"]
    assert reminders(spaces) == ["T1/@pia"]


def test_a_reminder_that_waits_for_the_morning_is_not_sent_when_all_is_decided() -> None:
    with World(FRIDAY + timedelta(hours=8, minutes=30)) as world:
        spaces = Workspaces(world)
        spaces.begin()
        spaces.submit("T1/lena", "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)} | NAMED)
        request = spaces.person("T1/lena").request
        assert request is not None
        spaces.later(days=4, minutes=10)  # Tuesday evening: it is due, and waits
        spaces.press("T1/pia", "T1/@pia", "confirm_person", "T1/lena", request.mark)
        spaces.later(hours=14)
        assert reminders(spaces) == []
        with world.store.begin() as unit:
            rows = unit.rows(select(outbox.c.state, outbox.c.why).where(outbox.c.key.like("%:again")))
        assert [(row["state"], row["why"]) for row in rows] == [("expired", "decided")]


def test_forgotten_requests_cost_one_look_a_minute_however_many_they_are() -> None:
    with World(FRIDAY - timedelta(days=4)) as world:
        spaces = Workspaces(world)
        spaces.begin()
        asked: list[str] = []
        event.listen(world.store.engine, "before_cursor_execute", lambda *what: asked.append(what[2]))
        for number in range(10):
            who = f"T1/p{number}"
            spaces.called[who] = f"P{number}"
            spaces.submit(who, "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
        world.act(Ticked(id="a", at=world.clock.now()))  # the first tick of a day tidies too
        asked.clear()
        world.act(Ticked(id="b", at=world.clock.now()))
        quiet = len(asked)
        spaces.later(days=5)
        asked.clear()
        world.act(Ticked(id="c", at=world.clock.now()))
    assert len(asked) <= quiet + 1


def test_one_reminder_that_fails_takes_no_other_with_it(spaces: Workspaces) -> None:
    spaces.called["T1/omar"] = "Omar"
    spaces.submit("T1/omar", "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
    with spaces.world.store.begin() as unit:
        unit.change(
            text(
                "CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN NEW.key LIKE 'request_T1/lena%again' "
                "BEGIN SELECT RAISE(ABORT, 'broken'); END"
            )
        )
    spaces.later(days=5)
    asked = [one.text for one in spaces.world.heard if "vill vara med och väntar på ditt svar" in one.text]
    assert [one.split()[0] for one in asked] == ["Omar"]
