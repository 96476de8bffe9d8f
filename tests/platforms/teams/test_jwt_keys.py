"""The Bot Framework's keys: fetched beside the loop, seldom, and never a reason to call somebody a forger."""

import asyncio
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

import jwt
import pytest

from bot.platforms.teams.listen.keys import OLDEST, REST, Keys, KeysAway
from bot.platforms.teams.listen.porter import Porter
from bot.platforms.teams.listen.sdk import Registration, listening_app
from tests.platforms.teams.edge_stage import REGISTRATION, Stage, played, signer
from tests.teams import fake_keys
from tests.teams.fake import FakeTeams
from tests.teams.fake_keys import inbound_claims
from tests.teams.payloads import LENA, PERSONAL, SERVICE, message
from tests.waiting import DEADLINE, until

Fetch = Callable[[], Mapping[str, Any]]


class Server:
    """A key server: `asked` counts, `held` keeps it from answering, `down` makes it fail."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: Any = signer().published()
        self.free = threading.Event()
        self.free.set()
        self.down = False

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        assert self.free.wait(DEADLINE)
        if self.down:
            raise OSError("nobody there")
        answer: Mapping[str, Any] = self.answer
        return answer


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def kept() -> tuple[Server, Clock, Keys]:
    server, clock = Server(), Clock()
    return server, clock, Keys("", fetch=server, clock=clock, patience=DEADLINE)


def run(story: Callable[[Server, Clock, Keys], Any]) -> None:
    asyncio.run(story(*kept()))


def test_the_sdk_keeps_its_keys_where_we_replace_them() -> None:
    """Pinned: `app.server._token_validator._service_validator._jwks_client` is private to the SDK."""

    async def story() -> None:
        app = listening_app(REGISTRATION)
        await app.initialize()
        assert app.server._token_validator is not None
        assert isinstance(app.server._token_validator._service_validator._jwks_client, jwt.PyJWKClient)
        porter = Porter(REGISTRATION)
        await porter.open()
        validator: Any = porter._app.server._token_validator
        assert validator._service_validator._jwks_client is porter.keys

    asyncio.run(story())


def test_the_keys_lie_where_the_sdk_looks_for_them() -> None:
    async def story() -> None:
        app = listening_app(REGISTRATION)
        await app.initialize()
        assert app.server._token_validator is not None
        assert app.server._token_validator._service_validator.options.jwks_uri == REGISTRATION.keys_url

    asyncio.run(story())


def test_known_keys_cost_no_call() -> None:
    async def story(server: Server, _clock: Clock, keys: Keys) -> None:
        await keys.refresh()
        for _ in range(100):
            assert await keys.has(signer().kid)
        assert server.asked == 1

    run(story)


def test_the_loop_goes_on_while_keys_are_fetched() -> None:
    async def story(server: Server, _clock: Clock, keys: Keys) -> None:
        server.free.clear()
        waiting = asyncio.create_task(keys.has(signer().kid))
        await until(lambda: server.asked)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not waiting.done()
        server.free.set()
        assert await waiting

    run(story)


def test_many_who_wait_ask_once() -> None:
    async def story(server: Server, _clock: Clock, keys: Keys) -> None:
        server.free.clear()
        waiting = [asyncio.create_task(keys.has(signer().kid)) for _ in range(50)]
        await until(lambda: server.asked)
        server.free.set()
        assert all(await asyncio.gather(*waiting))
        assert server.asked == 1

    run(story)


def test_a_flood_of_unknown_keys_does_not_hammer_the_server() -> None:
    async def story(server: Server, clock: Clock, keys: Keys) -> None:
        await keys.refresh()
        clock.now += REST
        for number in range(1000):
            assert not await keys.has(f"okänd-{number}")
        assert server.asked == 2
        clock.now += REST
        assert not await keys.has("okänd")
        assert server.asked == 3

    run(story)


def test_a_rotated_key_is_fetched_when_it_is_first_met() -> None:
    async def story(server: Server, clock: Clock, keys: Keys) -> None:
        await keys.refresh()
        clock.now += REST
        other = fake_keys.Keys()
        other.rotate()
        server.answer = other.published()
        assert await keys.has(other.kid)
        assert not await keys.has(signer().kid)

    run(story)


def test_while_the_server_is_away_the_old_keys_hold_for_a_day() -> None:
    async def story(server: Server, clock: Clock, keys: Keys) -> None:
        await keys.refresh()
        server.down = True
        clock.now += OLDEST - 1
        await keys.refresh()
        assert await keys.has(signer().kid)
        clock.now += 2
        with pytest.raises(KeysAway):
            await keys.has(signer().kid)
        with pytest.raises(jwt.InvalidTokenError):
            keys.get_signing_key_from_jwt(signer().sign(inbound_claims(SERVICE)))

    run(story)


@pytest.mark.parametrize(
    "answer",
    [{}, {"keys": []}, {"keys": None}, {"keys": [{"kid": "x"}]}, {"keys": ["x"]}, []],
    ids=["nothing", "none", "null", "half", "words", "list"],
)
def test_a_set_that_cannot_be_read_leaves_what_there_was(answer: Any) -> None:
    async def story(server: Server, _clock: Clock, keys: Keys) -> None:
        await keys.refresh()
        server.answer = answer
        await keys.refresh()
        assert await keys.has(signer().kid)

    run(story)


def test_a_key_that_is_not_for_teams_or_not_for_signing_is_left_out() -> None:
    (ours,) = signer().published()["keys"]

    async def story(server: Server, _clock: Clock, keys: Keys) -> None:
        server.answer = {
            "keys": [
                ours | {"kid": "webchat", "endorsements": ["webchat"]},
                ours | {"kid": "enc", "use": "enc"},
                {"kty": "EC", "kid": "ec", "crv": "P-256", "x": "x", "y": "y"},
                {name: said for name, said in ours.items() if name != "endorsements"} | {"kid": "unsaid"},
                ours,
            ]
        }
        await keys.refresh()
        assert [await keys.has(kid) for kid in ("webchat", "enc", "ec", "unsaid", signer().kid)] == [
            False,
            False,
            False,
            True,
            True,
        ]

    run(story)


def test_nobody_is_a_forger_while_there_are_no_keys() -> None:
    server = Server()
    server.down = True

    async def story(on: Stage) -> None:
        assert (await on.send(message(LENA, PERSONAL, "Hej"))).status_code == 503
        assert on.events == []
        assert on.counts == {"keys_away": 1}
        assert not on.door.keys_known

    played(story, keys=Keys("", fetch=server))


def test_over_http_with_a_rotation() -> None:
    """The whole way: a key server on loopback, its new key, and what the old one signed."""

    async def story() -> None:
        async with FakeTeams() as teams:
            registration = Registration(
                client_id=REGISTRATION.client_id,
                tenant_id=REGISTRATION.tenant_id,
                login_url=teams.login_url,
                openid_url=teams.openid_url,
            )
            clock = Clock()
            keys = Keys(registration.keys_url, clock=clock, patience=DEADLINE)
            async with Stage(registration=registration, keys=keys).open() as on:
                old = teams.sign()
                sent = message(LENA, PERSONAL, "Hej") | {"serviceUrl": teams.service_url}

                async def knock(signed: str) -> int:
                    return (await on.post(json.dumps(sent).encode(), f"Bearer {signed}")).status_code

                assert await knock(old) == 200
                teams.keys.rotate()
                assert await knock(teams.sign()) == 401
                clock.now += REST
                assert await knock(teams.sign()) == 200
                assert await knock(old) == 401
                assert teams.times("keys") == 2

    asyncio.run(story())
