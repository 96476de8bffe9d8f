"""Who is let in: only a token that the Bot Framework signed for this bot, with the activity's own address."""

import asyncio
import base64
import json
import time
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.domain.events import Replied
from bot.platforms.teams.listen.sdk import Registration
from tests.platforms.teams.edge_stage import Stage, played, signer, token
from tests.teams.fake_keys import inbound_claims
from tests.teams.payloads import CHANNEL, LENA, PERSONAL, SERVICE, message, pressed
from tests.teams.state import APP, TENANT, Json

TENANT_OF_NOBODY = "99999999-0000-4000-8000-000000000000"


@cache
def another() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def unsigned(header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    return (b".".join(parts) + b".").decode()


def claims(**changes: Any) -> Json:
    return inbound_claims(SERVICE, **changes)


def by_another(kid: str = "") -> str:
    return jwt.encode(claims(), another(), "RS256", headers={"kid": kid or signer().kid})


def with_secret() -> str:
    """HS256, keyed with what is public: the mistake that lets anybody sign."""
    return jwt.encode(claims(), "x" * 64, "HS256", headers={"kid": signer().kid})


def of_entra(tenant: str, **more: Any) -> str:
    issuer = f"https://login.microsoftonline.com/{tenant}/v2.0"
    return signer().sign(claims(iss=issuer, tid=tenant, **more))


def tampered() -> str:
    head, _, proof = token().split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims(sub="annan")).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{proof}"


class Knock(NamedTuple):
    """What is sent as `Authorization`, and why it is refused."""

    authorization: str
    reason: str


def bearer(made: str, reason: str) -> Knock:
    return Knock(f"Bearer {made}", reason)


def refused() -> dict[str, Knock]:
    long_ago = int(time.time()) - 3600
    agent = "5a807f24-c9de-44ee-a3a7-329e88a00ffc"
    return {
        "no header": Knock(" ", "no_token"),
        "another scheme": Knock(f"Basic {token()}", "no_token"),
        "an empty token": bearer("", "no_token"),
        "garbage": bearer("inte.en.token", "no_token"),
        "two parts": bearer("a.b", "no_token"),
        "endless": bearer(signer().sign(claims(padding="a" * 20_000)), "no_token"),
        "alg none": bearer(unsigned({"alg": "none", "kid": signer().kid}, claims()), "not_theirs"),
        "RS256 in name only": bearer(unsigned({"alg": "RS256", "kid": signer().kid}, claims()), "token"),
        "HS256": bearer(with_secret(), "not_theirs"),
        "expired": bearer(signer().sign(claims(exp=long_ago, nbf=long_ago - 60)), "token"),
        "without an end": bearer(signer().sign(claims(exp=None)), "not_theirs"),
        "not yet": bearer(signer().sign(claims(nbf=int(time.time()) + 3600)), "token"),
        "another key": bearer(by_another(), "token"),
        "an unknown key": bearer(by_another("okänd"), "unknown_key"),
        "a key without a name": bearer(jwt.encode(claims(), another(), "RS256"), "not_theirs"),
        "changed afterwards": bearer(tampered(), "token"),
        "for another bot": bearer(signer().sign(claims(aud=TENANT_OF_NOBODY)), "token"),
        "for nobody": bearer(signer().sign(claims(aud=None)), "token"),
        "another issuer": bearer(
            signer().sign(claims(iss="https://api.botframework.com.evil")), "not_theirs"
        ),
        "no issuer": bearer(signer().sign(claims(iss=None)), "not_theirs"),
        "no address": bearer(signer().sign(claims(serviceurl=None)), "not_theirs"),
        "an empty address": bearer(signer().sign(claims(serviceurl="")), "not_theirs"),
        "another address": bearer(signer().sign(claims(serviceurl="https://evil.example/")), "token"),
        "Entra, an unknown tenant": bearer(of_entra(TENANT_OF_NOBODY), "not_theirs"),
        "Entra, our own tenant": bearer(of_entra(TENANT), "not_theirs"),
        "Entra, an agent's": bearer(of_entra(TENANT, azp=agent), "not_theirs"),
        "Entra of old": bearer(
            signer().sign(claims(iss=f"https://sts.windows.net/{TENANT}/", tid=TENANT)), "not_theirs"
        ),
    }


NAMES = sorted(refused())


@pytest.mark.parametrize("name", NAMES)
def test_refused(name: str) -> None:
    knock = refused()[name]

    async def story(on: Stage) -> None:
        answer = await on.send(message(LENA, CHANNEL, "Hej", to_bot=True), knock.authorization)
        assert (answer.status_code, answer.content) == (401, b"")
        assert on.events == []
        assert on.references.kept == {}
        assert on.counts == {knock.reason: 1}

    played(story)


def test_signed_for_us_is_let_in() -> None:
    async def story(on: Stage) -> None:
        assert (await on.send(message(LENA, CHANNEL, "Hej", to_bot=True))).status_code == 200
        (event,) = on.events
        assert isinstance(event, Replied)
        assert not on.counts

    played(story)


def test_a_clock_that_is_some_minutes_wrong_is_no_forger() -> None:
    now = int(time.time())

    async def story(on: Stage) -> None:
        for words, made in (("Ett", claims(exp=now - 120)), ("Två", claims(nbf=now + 120))):
            sent = message(LENA, CHANNEL, words, to_bot=True)
            assert (await on.send(sent, f"Bearer {signer().sign(made)}")).status_code == 200
        assert len(on.events) == 2

    played(story)


def test_an_address_is_the_same_with_and_without_its_last_slash() -> None:
    async def story(on: Stage) -> None:
        authorization = f"Bearer {signer().sign(inbound_claims(SERVICE.rstrip('/')))}"
        assert (await on.send(message(LENA, CHANNEL, "Hej", to_bot=True), authorization)).status_code == 200

    played(story)


def test_an_activity_without_an_address_is_answered_at_the_signed_one() -> None:
    async def story(on: Stage) -> None:
        sent = message(LENA, PERSONAL, "Hej")
        del sent["serviceUrl"]
        assert (await on.send(sent)).status_code == 200
        (kept,) = on.references.kept.values()
        assert kept.service_url == SERVICE

    played(story)


def test_only_a_switch_of_ours_lets_strangers_in_and_then_only_to_teams() -> None:
    """For trying things on one's own machine: the Playground sends no token."""
    open_to_all = Registration(client_id="", tenant_id=TENANT, dangerously_allow_unauthenticated=True)

    async def story(on: Stage) -> None:
        assert (await on.send(message(LENA, PERSONAL, "Hej"), " ")).status_code == 200
        assert len(on.events) == 1
        assert (await on.send(message(LENA, PERSONAL, "Hej") | {"channelId": "x"}, " ")).status_code == 403

    played(story, registration=open_to_all)


@pytest.mark.parametrize("address", [7, ["x"], {"a": 1}])
def test_an_address_of_another_kind_is_refused(address: Any) -> None:
    async def story(on: Stage) -> None:
        answer = await on.send(message(LENA, PERSONAL, "Hej") | {"serviceUrl": address})
        assert answer.status_code in {400, 401}
        assert on.events == []

    played(story)


@pytest.mark.parametrize("channel", ["webchat", "emulator", "", None, 7])
def test_other_channels_than_teams_are_refused(channel: Any) -> None:
    """A bot in Azure may be given more channels by mistake; their people have proved nothing to us."""

    async def story(on: Stage) -> None:
        answer = await on.send(message(LENA, CHANNEL, "Hej", to_bot=True) | {"channelId": channel})
        assert answer.status_code == 403
        assert on.counts == {"channel": 1}
        assert on.events == []

    played(story)


def test_a_refused_invoke_says_nothing_of_why() -> None:
    async def story(on: Stage) -> None:
        sent = pressed(LENA, CHANNEL, "begin||", on="1795443305000")
        answer = await on.send(sent, f"Bearer {by_another()}")
        assert (answer.status_code, answer.content) == (401, b"")

    played(story)


def test_before_it_is_open_everybody_is_told_to_come_again() -> None:
    async def story() -> None:
        on = Stage()
        sent: list[Any] = []

        async def receive() -> Json:
            return {"type": "http.request", "body": json.dumps(message(LENA, PERSONAL, "Hej")).encode()}

        async def send(said: Any) -> None:
            sent.append(said)

        headers = [(b"authorization", f"Bearer {token()}".encode())]
        await on.door({"type": "http", "method": "POST", "headers": headers}, receive, send)
        assert sent[0]["status"] == 503
        assert on.events == []

    asyncio.run(story())


def test_the_application_id_is_ours_in_all_its_spellings() -> None:
    async def story(on: Stage) -> None:
        for audience in (APP, f"api://{APP}", f"api://botid-{APP}"):
            made = f"Bearer {signer().sign(claims(aud=audience))}"
            assert (await on.send(message(LENA, PERSONAL, "Hej"), made)).status_code == 200

    played(story)
