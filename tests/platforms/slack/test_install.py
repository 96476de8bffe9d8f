"""Installing by OAuth: there and back once, in one browser, within ten minutes; all else is a kind no."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet
from structlog.testing import capture_logs

from bot.platforms.slack.install.scopes import SCOPES
from bot.platforms.slack.install.state import LIVES_SECONDS
from tests.klarsprak import lint
from tests.platforms.slack.install_stage import PUBLIC, Office, play
from tests.slack.mischief import Fault

GRANTED = "commands,chat:write,channels:read"
BJORK: dict[str, Any] = {"team": {"id": "T1", "name": "Björk & <b>co</b>"}, "scope": GRANTED}


def words_of(page: httpx.Response) -> list[str]:
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<(?:p|h1)>.*?</(?:p|h1)>", page.text)]


def assert_safe(page: httpx.Response) -> None:
    """Strict, never kept, in plain Swedish, and readable by a screen reader."""
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert '<html lang="sv">' in page.text
    assert len(re.findall("<h1>", page.text)) == len(re.findall("<main>", page.text)) == 1
    assert not re.search(r"<script|\son\w+=|style=", page.text)
    for sentence in words_of(page):
        assert lint(sentence.replace("NULAGE_SLACK__WORKSPACES", "inställningen"), "text") == [], sentence


def test_there_and_back_connects_the_workspace() -> None:
    async def story(here: Office) -> None:
        asked = await here.leave()
        assert asked["client_id"] == "1.2"
        assert asked["redirect_uri"] == f"{PUBLIC}/slack/oauth_redirect"
        assert set(asked["scope"].split(",")) == {scope.name for scope in SCOPES}
        here.slack.workspace.codes["c1"] = BJORK
        page = await here.back(code="c1", state=asked["state"])
        assert page.status_code == 200
        assert_safe(page)
        assert "Björk &amp; &lt;b&gt;co&lt;/b&gt;" in page.text
        found = await here.workspaces.find(None, "T1")
        assert found
        assert (found.bot_id, found.bot_user, found.app_id) == ("B1", "UBOT", "A1")
        assert found.scopes == set(GRANTED.split(","))
        assert found.token.get_secret_value() in here.slack.workspace.tokens

    play(story)


def test_the_cookie_stays_here_and_goes_when_it_has_served() -> None:
    async def story(here: Office) -> None:
        leaving = await here.browser.get("/slack/install")
        cookie = leaving.headers["set-cookie"]
        for part in ("__Host-nulage-install=", "HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"):
            assert part in cookie
        (state,) = parse_qs(urlsplit(leaving.headers["location"]).query)["state"]
        here.slack.workspace.codes["c1"] = BJORK
        page = await here.back(code="c1", state=state)
        assert 'nulage-install=""' in page.headers["set-cookie"]

    play(story)


def test_a_whole_organisation() -> None:
    async def story(here: Office) -> None:
        state = (await here.leave())["state"]
        here.slack.workspace.codes["c1"] = {
            "team": None,
            "enterprise": {"id": "E1", "name": "Lundby kommun"},
            "is_enterprise_install": True,
            "scope": GRANTED,
        }
        page = await here.back(code="c1", state=state)
        assert "Lundby kommun" in page.text
        found = await here.workspaces.find("E1", "T5")
        assert found
        assert (found.org_wide, found.team, found.enterprise) == (True, None, "E1")

    play(story)


async def _nothing_came(here: Office, page: httpx.Response, status: int, says: str) -> None:
    assert page.status_code == status, page.text
    assert_safe(page)
    assert says in page.text
    assert await here.workspaces.store.all() == ()


def test_a_state_that_is_replayed_old_foreign_or_forged_is_401() -> None:
    async def story(here: Office) -> None:
        says = "Länken gäller inte längre"
        here.slack.workspace.codes["c1"] = BJORK
        state = (await here.leave())["state"]
        async with here.other_browser() as other:
            await _nothing_came(here, await here.back(other, code="c1", state=state), 401, says)
            await other.get("/slack/install")
            await _nothing_came(here, await here.back(other, code="c1", state=state), 401, says)
        await _nothing_came(here, await here.back(code="c1", state="å" * 9), 401, says)
        forged = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
        here.browser.cookies["__Host-nulage-install"] = forged
        await _nothing_came(here, await here.back(code="c1", state=forged), 401, says)
        here.browser.cookies.clear()
        state = (await here.leave())["state"]
        here.now[0] += LIVES_SECONDS + 1
        await _nothing_came(here, await here.back(code="c1", state=state), 401, says)
        here.browser.cookies.clear()
        state = (await here.leave())["state"]
        assert (await here.back(code="c1", state=state)).status_code == 200
        here.browser.cookies["__Host-nulage-install"] = state
        replayed = await here.back(code="c1", state=state)
        assert (replayed.status_code, here.slack.times("oauth.v2.access")) == (401, 1)

    play(story)


def test_from_slacks_own_pages_somebody_has_to_say_yes() -> None:
    async def story(here: Office) -> None:
        here.slack.workspace.codes['c"1'] = BJORK
        page = await here.back(code='c"1')
        await _nothing_came(here, page, 200, "Fortsätt bara om det var du")
        assert here.slack.calls == []
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        assert fields["code"] == "c&quot;1"
        async with here.other_browser() as other:
            forged = await other.post("/slack/oauth_redirect", data=fields | {"code": 'c"1'})
            await _nothing_came(here, forged, 401, "Länken gäller inte längre")
        page = await here.browser.post("/slack/oauth_redirect", data=fields | {"code": 'c"1'})
        assert "Nuläge är kopplat" in page.text
        (traded,) = [call for call in here.slack.calls if call.method == "oauth.v2.access"]
        assert "redirect_uri" not in traded.args

    play(story)


@pytest.mark.parametrize(
    ("said", "status", "says"),
    [
        ({"error": "access_denied"}, 200, "Du sa nej i Slack"),
        ({"error": "<script>alert(1)</script>"}, 400, "koden okänd"),
        ({"error": "scope_not_allowed_on_enterprise"}, 400, "koden scope_not_allowed_on_enterprise"),
        ({}, 401, "Länken gäller inte längre"),
    ],
)
def test_a_no_from_slack_is_a_page_that_says_so(said: dict[str, str], status: int, says: str) -> None:
    async def story(here: Office) -> None:
        page = await here.back(**said)
        await _nothing_came(here, page, status, says)
        assert "<script>" not in page.text

    play(story)


def test_a_code_that_slack_does_not_know() -> None:
    async def story(here: Office) -> None:
        state = (await here.leave())["state"]
        with capture_logs() as log:
            page = await here.back(code="never-issued", state=state)
        await _nothing_came(here, page, 400, "koden invalid_code")
        assert [(line["action"], line["code"]) for line in log] == [("slack.install_failed", "invalid_code")]
        assert not any(secret in str(log) for secret in ("never-issued", "hush", state))

    play(story)


def test_slack_away_and_store_away_are_told_and_leave_nothing() -> None:
    async def story(here: Office) -> None:
        here.slack.workspace.codes["c1"] = BJORK
        for fault in (
            Fault("reset", "oauth.v2.access"),
            Fault("html", "oauth.v2.access", status=200),
            Fault("http", "oauth.v2.access", code="internal_error"),
            Fault("rate", "oauth.v2.access"),
        ):
            here.slack.mischief.plan(fault)
            page = await here.back(code="c1", state=(await here.leave())["state"])
            await _nothing_came(here, page, 503, "Du kan börja om efter en stund")
        state = (await here.leave())["state"]
        here.away = True
        page = await here.back(code="c1", state=state)
        here.away = False
        await _nothing_came(here, page, 503, "Du kan börja om efter en stund")

    play(story)


def test_only_the_workspaces_that_are_named_may_install() -> None:
    async def story(here: Office) -> None:
        here.slack.workspace.codes |= {"c1": BJORK, "c2": BJORK | {"team": {"id": "T2", "name": "Annan"}}}
        page = await here.back(code="c2", state=(await here.leave())["state"])
        await _nothing_came(here, page, 403, "kan lägga till T2 i NULAGE_SLACK__WORKSPACES")
        assert here.slack.workspace.tokens == {}
        page = await here.back(code="c1", state=(await here.leave())["state"])
        assert page.status_code == 200

    play(story, workspaces=frozenset({"T1", "E1"}))


def test_a_body_without_end_is_not_read() -> None:
    async def story(here: Office) -> None:
        page = await here.browser.post("/slack/oauth_redirect", content=b"code=" + b"x" * 100_000)
        await _nothing_came(here, page, 401, "Länken gäller inte längre")

    play(story)


def test_on_this_machine_it_works_without_https() -> None:
    async def story(here: Office) -> None:
        here.slack.workspace.codes["c1"] = BJORK
        state = (await here.leave())["state"]
        assert (await here.back(code="c1", state=state)).status_code == 200

    play(story, public_url="http://127.0.0.1:8080")
