import asyncio
import time
from contextlib import suppress
from threading import Event

import pytest
from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
from microsoft_teams.api.auth.credentials import ClientCredentials
from structlog.testing import capture_logs

from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.tokens import AHEAD, LAST, Tokens, no_bearer
from bot.platforms.teams.send.wire import Wire
from tests.dripping import Dripping, json_answer
from tests.platforms.teams.logging_in import Clock, LogIn, logging_in
from tests.platforms.teams.sending import LAG46, Desk, at_desk
from tests.teams.fake import SECRET
from tests.teams.fake_keys import Keys
from tests.teams.fake_mischief import Fault
from tests.teams.state import APP, TENANT
from tests.waiting import until


def test_a_token_is_fetched_once_off_the_loop_however_many_wait() -> None:
    async def act(desk: Desk, tokens: Tokens, log_in: LogIn, _clock: Clock) -> None:
        given = await asyncio.gather(*(tokens.bearer() for _ in range(20)))
        assert set(given) == desk.teams.tokens
        assert log_in.threads == [False]

    logging_in(act)


def test_the_connector_takes_it() -> None:
    async def act(desk: Desk, tokens: Tokens, _log_in: LogIn, _clock: Clock) -> None:
        connector = Connector(Wire(bearer=tokens.bearer, stand_ins={desk.teams.stand_in}))
        reference = desk.references.kept[TENANT, LAG46]
        await connector.post(reference, {"type": "message", "text": "Hej", "textFormat": "plain"})
        await connector.close()
        assert len(desk.standing()) == 1

    logging_in(act)


def test_a_token_that_ends_soon_is_used_while_another_is_fetched() -> None:
    async def act(_desk: Desk, tokens: Tokens, log_in: LogIn, clock: Clock) -> None:
        first = await tokens.bearer()
        clock.passed = 3600 - AHEAD + 1
        log_in.hold.clear()
        assert await tokens.bearer() == first, "nobody waits for the next one"
        log_in.hold.set()
        assert tokens._fetching is not None
        await tokens._fetching
        assert await tokens.bearer() != first
        assert len(log_in.threads) == 2

    logging_in(act)


def test_a_token_that_has_ended_is_not_used() -> None:
    async def act(_desk: Desk, tokens: Tokens, _log_in: LogIn, clock: Clock) -> None:
        first = await tokens.bearer()
        clock.passed = 3600 - LAST + 1
        assert await tokens.bearer() != first

    logging_in(act)


def test_a_wrong_secret_stops_the_registration() -> None:
    async def act(_desk: Desk, tokens: Tokens, _log_in: LogIn, _clock: Clock) -> None:
        with pytest.raises(TeamsRefused) as refused:
            await tokens.bearer()
        assert (refused.value.how, str(refused.value)) == ("refused", Why.DISCONNECTED)
        assert refused.value.trouble.reach == "tenant"

    logging_in(act, secret="another")


@pytest.mark.parametrize("fault", [Fault("refuse", "token"), Fault("http", "token", code="server_error")])
def test_a_log_in_that_is_away_is_asked_again_later(fault: Fault) -> None:
    async def act(desk: Desk, tokens: Tokens, _log_in: LogIn, _clock: Clock) -> None:
        desk.teams.mischief.plan(fault)
        with capture_logs() as logged, pytest.raises(DeliveryFailed) as failed:
            await tokens.bearer()
        assert (failed.value.how, str(failed.value)) == ("later", Why.AWAY)
        assert not logged, "it is no fault of ours"
        assert await tokens.bearer()

    logging_in(act)


def test_a_slow_log_in_holds_no_call_for_long_and_is_not_asked_twice() -> None:
    async def act(_desk: Desk, tokens: Tokens, log_in: LogIn, _clock: Clock) -> None:
        log_in.hold.clear()
        for _ in range(3):
            with pytest.raises(DeliveryFailed) as failed:
                await tokens.bearer()
            assert failed.value.how == "later"
        log_in.hold.set()
        assert tokens._fetching is not None
        await tokens._fetching
        assert await tokens.bearer()
        assert len(log_in.threads) == 1

    logging_in(act, patience=0.02)


def test_a_log_in_that_never_answers_is_left_and_asked_anew() -> None:
    """A connection may be cut without a word: nothing would come of waiting for it, today or tomorrow."""

    async def act(_desk: Desk, tokens: Tokens, log_in: LogIn, _clock: Clock) -> None:
        hung, log_in.hold = log_in.hold, Event()
        hung.set()
        with pytest.raises(DeliveryFailed) as failed:
            await tokens.bearer()
        assert failed.value.how == "later"
        never, log_in.hold = log_in.hold, hung
        tokens._longest = 60
        assert await tokens.bearer()
        assert len(log_in.threads) == 2
        never.set()

    logging_in(act, longest=0.1)


def test_nothing_is_sent_without_a_token_that_is_needed() -> None:
    async def act(desk: Desk, tokens: Tokens, _log_in: LogIn, _clock: Clock) -> None:
        desk.teams.mischief.plan(Fault("refuse", "token"))
        connector = Connector(Wire(bearer=tokens.bearer, stand_ins={desk.teams.stand_in}))
        with pytest.raises(DeliveryFailed) as failed:
            await connector.begin_thread(desk.references.kept[TENANT, LAG46], {})
        await connector.close()
        assert failed.value.how == "later"
        assert desk.teams.times("begin") == 0

    logging_in(act)


@pytest.mark.parametrize(("secret", "taken"), [(SECRET, True), ("another", False)])
def test_a_log_in_on_this_machine_is_asked_as_it_is(secret: str, *, taken: bool) -> None:
    async def act(desk: Desk) -> None:
        here = with_overrides(PUBLIC, login_endpoint=desk.teams.login_url)
        tokens = Tokens.of_secret(APP, secret, TENANT, here)
        if taken:
            assert {await tokens.bearer()} == desk.teams.tokens
        else:
            with pytest.raises(TeamsRefused) as refused:
                await tokens.bearer()
            assert refused.value.code == "token_refused"
        (call,) = desk.teams.calls
        assert call.body == {"tenant": TENANT}

    at_desk(act)


def test_a_secret_travels_nowhere_else_without_tls() -> None:
    async def act(desk: Desk) -> None:
        elsewhere = desk.teams.login_url.replace("127.0.0.1", "127.0.0.1.nip.example")
        there = with_overrides(PUBLIC, login_endpoint=elsewhere)
        with pytest.raises(TeamsRefused) as refused:
            await Tokens.of_secret(APP, SECRET, TENANT, there).bearer()
        assert refused.value.code == "token_refused"
        assert not desk.teams.calls

    at_desk(act)


def test_log_ins_that_never_end_their_drops_are_left_one_by_one() -> None:
    """Nothing else would end the thread of each: the SDK's library sets no limit."""
    server = Dripping(json_answer({"access_token": Keys().sign({"exp": int(time.time()) + 3600})}), many=3)

    async def story(url: str) -> None:
        who = ClientCredentials(client_id=APP, client_secret=SECRET, tenant_id=TENANT)
        tokens = Tokens(who, with_overrides(PUBLIC, login_endpoint=url), longest=0.2)
        given = ""
        while not given:
            with suppress(DeliveryFailed):
                given = await tokens.bearer()
        await until(lambda: server.left >= 3)

    with server.open() as url:
        asyncio.run(story(url))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 503 No\r\nConnection: close\r\n\r\n{}", "no_token"),
        (b"HTTP/1.1 407 No\r\nConnection: close\r\n\r\n<p>a proxy</p>", "no_token"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[]", "no_token"),
        (b'HTTP/1.1 400 No\r\nConnection: close\r\n\r\n{"error": "server_error"}', "no_token"),
        (b'HTTP/1.1 400 No\r\nConnection: close\r\n\r\n{"error": "invalid_request"}', "token_refused"),
    ],
)
def test_what_a_log_in_answers_is_a_refusal_only_in_its_own_words(answer: bytes, code: str) -> None:
    async def story(url: str) -> None:
        with capture_logs() as logged, pytest.raises(TeamsRefused) as refused:
            await Tokens.of_secret(APP, SECRET, TENANT, with_overrides(PUBLIC, login_endpoint=url)).bearer()
        assert (refused.value.code, logged) == (code, [])

    with Dripping(answer, many=0).open() as url:
        asyncio.run(story(url))


def test_without_credentials_no_token_is_sent() -> None:
    async def act(desk: Desk) -> None:
        connector = Connector(Wire(bearer=no_bearer, stand_ins={desk.teams.stand_in}))
        reference = desk.references.kept[TENANT, LAG46]
        with pytest.raises(DeliveryFailed) as failed:
            await connector.begin_thread(reference, {"type": "message", "text": "x", "textFormat": "plain"})
        assert str(failed.value) == Why.DISCONNECTED
        desk.teams.open_door = True
        await connector.begin_thread(reference, {"type": "message", "text": "x", "textFormat": "plain"})
        await connector.close()
        assert len(desk.standing()) == 1

    at_desk(act)
