"""The fake's faults, keys and tokens are held against themselves."""

import asyncio

import httpx
import jwt
import pytest
from microsoft_teams.api.clients.conversation import ConversationClient

from tests.platforms.teams.asking import HEJ, play, raw
from tests.platforms.teams.sending import LEDNING, LENA
from tests.teams.fake import SECRET, FakeTeams
from tests.teams.fake_keys import ISSUER
from tests.teams.fake_mischief import Fault, How, late, reordered, twice, under_new_ids
from tests.teams.state import APP, TENANT
from tests.waiting import until

WORDS = [{"id": str(number), "text": word} for number, word in enumerate("abcde")]


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (Fault("rate", retry_after=30), 429, "30"),
        (Fault("rate", retry_after=0), 429, None),
        (Fault("http", status=412), 412, None),
        (Fault("http", status=503, retry_after=9), 503, "9"),
        (Fault("html", status=502), 502, None),
    ],
    ids=lambda value: value.how if isinstance(value, Fault) else "",
)
def test_faults_are_answered_and_nothing_is_done(fault: Fault, status: int, header: str | None) -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        teams.mischief.plan(fault)
        answer = await raw(teams, "POST", f"conversations/{LEDNING}/activities", HEJ)
        assert (answer.status_code, answer.headers.get("Retry-After")) == (status, header)
        assert not teams.cloud.posts

    play(act)


@pytest.mark.parametrize(("how", "posted"), [("reset", 1), ("refuse", 0), ("stall", 1), ("garbage", 1)])
def test_a_line_that_breaks_says_nothing_of_what_was_done(how: How, posted: int) -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        teams.mischief.plan(Fault(how))
        posting = asyncio.create_task(raw(teams, "POST", f"conversations/{LEDNING}/activities", HEJ))
        if how == "stall":
            await until(lambda: teams.cloud.posts)
            posting.cancel()
        try:
            assert "id" not in (await posting).text
        except (httpx.HTTPError, asyncio.CancelledError):
            assert how != "garbage"
        assert len(teams.cloud.posts) == posted

    play(act)


def test_a_slow_answer_comes_when_the_test_says_so() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        teams.mischief.plan(Fault("slow", "keys"))
        async with httpx.AsyncClient(trust_env=False) as client:
            asking = asyncio.create_task(client.get(f"{teams.address}/v1/.well-known/keys"))
            await until(lambda: teams.times("keys"))
            assert not asking.done()
            teams.go.set()
            assert (await asking).json() == teams.keys.published()

    play(act)


def test_a_fault_strikes_its_own_conversation_after_so_many_calls() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> list[int]:
        teams.mischief.plan(Fault("rate", "create", LEDNING, after=1))
        chat = teams.cloud.chat_of(LENA).id
        return [
            (await raw(teams, "POST", f"conversations/{where}/activities", HEJ)).status_code
            for where in (LEDNING, chat, LEDNING, LEDNING)
        ]

    assert play(act) == [201, 201, 429, 201]


def test_the_keys_that_are_told_of_check_what_is_signed_until_they_are_rotated() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            told = (await client.get(teams.openid_url)).json()
            keys = jwt.PyJWKSet.from_dict((await client.get(told["jwks_uri"])).json())
            token = teams.sign()
            claims = jwt.decode(token, keys[teams.keys.kid], ["RS256"], audience=APP, issuer=ISSUER)
            assert claims["serviceurl"] == teams.service_url
            teams.keys.rotate()
            rotated = jwt.PyJWKSet.from_dict((await client.get(told["jwks_uri"])).json())
            with pytest.raises(jwt.InvalidSignatureError):
                jwt.decode(token, rotated[teams.keys.kid], ["RS256"], audience=APP)
            assert "serviceurl" not in jwt.decode(
                teams.sign(serviceurl=None), options={"verify_signature": False}
            )

    play(act)


@pytest.mark.parametrize(("secret", "status"), [(SECRET, 200), ("fel", 401)])
def test_a_token_is_given_for_the_secret(secret: str, status: int) -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            form = {"client_id": APP, "client_secret": secret}
            answer = await client.post(f"{teams.login_url}/{TENANT}/oauth2/v2.0/token", data=form)
        assert answer.status_code == status
        given = answer.json()
        assert given["access_token"] in teams.tokens if status == 200 else given["error"] == "invalid_client"

    play(act)


def test_activities_come_twice_late_and_in_another_order() -> None:
    ids = [one["id"] for one in twice(WORDS)]
    assert ids == list("0011223344")
    again = under_new_ids(WORDS)
    assert [one["text"] for one in again] == list("abcdeabcde")
    assert len({one["id"] for one in again}) == 10
    assert [one["text"] for one in late(WORDS, 2)] == list("bcade")
    mixed = reordered(WORDS, 7)
    assert mixed == reordered(WORDS, 7) != WORDS
    assert sorted(one["text"] for one in mixed) == list("abcde")
