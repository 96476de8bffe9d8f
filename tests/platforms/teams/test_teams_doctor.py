"""The doctor in Teams: each thing that can be wrong is one Swedish line that says how to mend it."""

import asyncio
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cli.checkup import MARKS
from bot.platforms.teams.install.login import Login, log_in
from tests.klarsprak import lint
from tests.platforms.teams.doctoring import CHANNELS, OTHER, TEAM, faults, found, know, look, section
from tests.teams.fake import FakeTeams
from tests.teams.fake_mischief import Fault
from tests.teams.state import APP, TENANT


@pytest.fixture
def database(tmp_path: Path) -> str:
    return found(tmp_path)


def test_all_well_says_so_and_nothing_else(database: str) -> None:
    said = look(database)
    assert faults(said) == []
    assert len([line for line in said if line.endswith("boten är med i kanalen.")]) == 2
    assert any("Microsoft känner igen registreringen" in line for line in said)
    assert any("nulage teams package" in line for line in said)
    assert not any("Slack" in line for line in said)


def answered(status: int, body: Any) -> str:
    """What the doctor says of one answer of Entra's."""

    async def story() -> str:
        refusing = httpx.MockTransport(lambda _: httpx.Response(status, json=body))
        async with httpx.AsyncClient(transport=refusing) as client:
            login = Login(url="https://login.example", tenant=TENANT, client_id=APP, secret="hush")
            answer = await log_in(client, login)
            assert not answer.token
            (line,) = answer.findings
            return f"{MARKS[line.level]} {line.text}"

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, {"error": "invalid_client", "error_codes": [7000215]}, "FEL Teams: hemligheten är fel"),
        (401, {"error": "invalid_client", "error_codes": [7000222]}, "FEL Teams: hemligheten är fel"),
        (401, {"error": "invalid_client"}, "FEL Teams: hemligheten är fel"),
        (400, {"error": "unauthorized_client", "error_codes": [700016]}, "FEL Teams: appen finns inte i"),
        (400, {"error": "invalid_request", "error_codes": [90002]}, "FEL Teams: Microsoft känner inte till"),
        (
            400,
            {"error": "invalid_scope", "error_codes": [70011]},
            "FEL Teams: Microsoft sa nej (AADSTS70011)",
        ),
        (503, ["inget"], "FEL Teams: Microsoft sa nej (503)"),
        (200, {"access_token": ""}, "FEL Teams: Microsoft sa nej (200)"),
        (429, {}, "Tips Teams: Microsoft ber oss vänta"),
        (200, "<html>", "FEL Teams: något annat än Microsoft svarar hos login.example"),
        (403, "<html>", "FEL Teams: något annat än Microsoft svarar hos login.example"),
    ],
)
def test_each_no_from_microsoft_says_what_to_mend(status: int, body: Any, says: str) -> None:
    line = answered(status, body)
    assert line.startswith(says)
    assert lint(line.partition(" ")[2], "text") == []


def test_a_wrong_secret_ends_the_look_at_channels(database: str) -> None:
    (line,) = faults(look(database, settings=lambda teams: section(teams, client_secret="an-old-one")))
    assert line.startswith("FEL Teams: ")


def test_microsoft_is_out_of_reach(database: str) -> None:
    nowhere = "http://127.0.0.1:9"
    said = faults(
        look(
            database, settings=lambda teams: section(teams, login_url=nowhere, openid_url=f"{nowhere}/openid")
        )
    )
    assert [line.partition(" hos")[0] for line in said] == [
        "FEL Teams: jag når inte nycklarna",
        "FEL Teams: jag når inte Microsofts inloggning",
    ]
    assert all("HTTPS_PROXY" in line for line in said)


def test_what_should_hold_the_keys_is_something_else(database: str) -> None:
    wrong = look(database, settings=lambda teams: section(teams, openid_url=f"{teams.address}/login/x"))
    (line,) = faults(wrong)
    assert "jag når inte nycklarna" in line


def test_the_bot_was_taken_out_of_one_channel_and_the_other_is_gone(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        teams.cloud.conversations[CHANNELS[0]].bot_in = False
        del teams.cloud.conversations[CHANNELS[1]]

    said = faults(look(database, prepare))
    assert len(said) == 2
    assert all(line.startswith("FEL Arbetslag") and "@Nuläge" in line for line in said)


def test_a_channel_that_the_bot_knows_no_longer(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        know(database, teams.service_url, keys=CHANNELS[:1])

    (line,) = faults(look(database, prepare, knows=False))
    assert line.startswith("FEL Arbetslag 7–9: boten är inte med i kanalen längre.")


def test_an_app_that_the_administrator_has_turned_off_is_told_once(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        refused = Fault("http", "members", status=403, code="BotDisabledByAdmin", times=9)
        teams.mischief.plan(refused)

    (line,) = faults(look(database, prepare))
    assert line.startswith("FEL Teams: administratören har stängt av appen.")
    assert lint(line.partition(" ")[2], "text") == []


def test_our_token_goes_to_microsoft_alone(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        know(database, teams.service_url.replace("127.0.0.1", "localhost"), keys=CHANNELS[:1])

    (line,) = faults(look(database, prepare))
    assert line.startswith("FEL Arbetslag 4–6: adressen http://localhost")
    assert lint(re.sub(r"http\S+", "där", line.partition(" ")[2]), "text") == []


def test_a_token_that_the_connector_does_not_take_is_told_once(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        teams.mischief.plan(Fault("http", "members", status=401, code="Unauthorized", times=9))

    (line,) = faults(look(database, prepare))
    assert "(401)" in line
    assert "Azure-boten" in line


@pytest.mark.parametrize(
    ("fault", "count", "says"),
    [
        (Fault("rate", "members"), 1, "Tips Teams ber oss vänta."),
        (Fault("http", "members", status=502), 1, "FEL Arbetslag 4–6: Teams sa nej (502)."),
        (Fault("refuse", "members", times=9), 1, "FEL Teams: jag når inte 127.0.0.1."),
    ],
)
def test_a_connector_that_does_not_answer_as_it_should(
    database: str, fault: Fault, count: int, says: str
) -> None:
    said = faults(look(database, lambda teams: teams.mischief.plan(fault)))
    assert len(said) == count
    assert said[0].startswith(says)


@pytest.mark.parametrize(
    ("seconds", "mark", "says"),
    [(30, "Bra", "stämmer"), (-120, "Tips", "efter Microsofts"), (600, "FEL", "före Microsofts")],
)
def test_a_clock_that_is_wrong(database: str, seconds: int, mark: str, says: str) -> None:
    (line,) = [line for line in look(database, off=timedelta(seconds=seconds)) if "Klockan" in line]
    assert line.startswith(mark)
    assert says in line


def test_nobody_has_written_to_the_bot_yet(tmp_path: Path) -> None:
    said = faults(look(found(tmp_path), knows=False))
    assert said[0].startswith("Tips Teams: boten har inte hört något")
    assert "/api/messages" in said[0]


def test_a_tenant_that_may_not_and_one_that_has_not(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        know(database, teams.service_url, tenant=OTHER, keys=(TEAM,))

    (line,) = faults(look(database, prepare))
    assert line.startswith(f"Tips Teams: boten har varit i organisationen {OTHER}, som inte får")
    allowed = f"{TENANT},{OTHER}"
    assert faults(look(database, settings=lambda teams: section(teams, allowed_tenants=allowed))) == []
    third = TENANT.replace("aa", "cc")
    waiting = f"{allowed},{third}"
    (line,) = faults(look(database, settings=lambda teams: section(teams, allowed_tenants=waiting)))
    assert line.startswith(f"Tips Teams: ingen har lagt till boten i organisationen {third}")


def test_no_arbetslag_talks_in_teams(database: str) -> None:
    only = look(database, settings=lambda teams: section(teams, allowed_tenants=OTHER))
    assert "Tips Teams: inget arbetslag har en kanal här än." in "\n".join(faults(only))


def test_a_bot_that_has_never_started(tmp_path: Path) -> None:
    said = faults(look(f"sqlite:///{tmp_path / 'new.sqlite3'}", knows=False))
    assert [line.partition(" ")[0] for line in said] == ["Tips", "Tips", "Tips"]
    assert not (tmp_path / "new.sqlite3").exists()


def test_an_open_door_is_told(database: str) -> None:
    def opened(_teams: FakeTeams) -> dict[str, Any]:
        return {"tenant_id": TENANT, "dangerously_allow_unauthenticated": True}

    (line,) = faults(look(database, settings=opened))
    assert line.startswith("FEL NULAGE_TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED är på.")


def test_every_line_is_plain_swedish(database: str) -> None:
    def prepare(teams: FakeTeams) -> None:
        know(database, teams.service_url, tenant=OTHER, keys=(TEAM,))
        teams.cloud.conversations[CHANNELS[0]].bot_in = False

    said = look(database, prepare, off=timedelta(hours=1))
    said += look(database, lambda teams: teams.mischief.plan(Fault("refuse", "members", times=9)))
    assert {line.partition(" ")[0] for line in said} == {*MARKS.values()}
    for line in said:
        words = line.partition(" ")[2].replace(OTHER, "Alm").replace("127.0.0.1", "adressen")
        assert lint(words, "text") == [], words


def test_a_bot_in_teams_alone_needs_nothing_of_slacks(database: str) -> None:
    """An installation without Slack's extra can ask the doctor too."""
    without = (
        "import sys; sys.modules['slack_sdk'] = None; sys.modules['aiohttp'] = None\n"
        "from bot.cli import main; main()"
    )
    nowhere = "http://127.0.0.1:9"
    settings = {"CLIENT_ID": APP, "CLIENT_SECRET": "hush", "TENANT_ID": TENANT}
    settings |= {"LOGIN_URL": nowhere, "OPENID_URL": nowhere}
    done = subprocess.run(
        [sys.executable, "-c", without, "doctor"],
        capture_output=True,
        text=True,
        env={"NULAGE_DATABASE_URL": database, **{f"NULAGE_TEAMS__{k}": v for k, v in settings.items()}},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert "FEL  Teams: jag når inte Microsofts inloggning" in done.stdout
