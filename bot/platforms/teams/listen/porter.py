"""Who knocks: only what the Bot Framework has signed for this bot, with the address it came from, gets in."""

from typing import TYPE_CHECKING, Any, NamedTuple

from bot.platforms.door import Refused
from bot.platforms.teams.listen.keys import CHANNEL, Keys, KeysAway
from bot.platforms.teams.listen.sdk import Registration, listening_app

if TYPE_CHECKING:
    from microsoft_teams.api import InvokeResponse
    from microsoft_teams.apps import App
    from microsoft_teams.apps.events import ActivityEvent

ADMITTED = 299
"""What our callback answers: the SDK itself gives no answer with this status."""

UNAUTHORIZED = 401
BEARER = "Bearer "
LONGEST_TOKEN = 16_384
"""Characters; theirs have about a thousand."""


class Claims(NamedTuple):
    """What the Bot Framework says of the sender. `service_url` is where answers go."""

    kid: str
    service_url: str


class Porter:
    """The SDK's own check of signature, issuer, audience, times and address, and what it leaves unchecked.

    Before it: another issuer is refused at once (the SDK would fetch keys for any tenant that a token names,
    on the loop), and so is a token that lacks what theirs always say. After it: the channel.
    """

    def __init__(self, registration: Registration, keys: Keys | None = None) -> None:
        """Import the SDK and make its app, which takes half a second the first time."""
        self.keys = keys or Keys(registration.keys_url)
        self._app = listening_app(registration)
        self._anybody = registration.dangerously_allow_unauthenticated
        self._opened = False

    async def open(self) -> None:
        """Let the SDK build its validator, and put our keys and our callback in their places."""
        await self._app.initialize()
        _replace_keys(self._app, self.keys)
        self._app.server.on_request = _admit
        self._opened = True

    async def admit(self, activity: dict[str, Any], authorization: str) -> Claims:
        """Say what is vouched for. Raises Refused: 401 for a stranger, 503 when we cannot tell yet."""
        if not self._opened:
            raise Refused(503, "not_open")
        claims = Claims("", "") if self._anybody else await self._claims(authorization)
        answer = await self._app.server.handle_request(
            {"body": activity, "headers": {"authorization": authorization}}
        )
        if answer["status"] == UNAUTHORIZED:
            raise Refused(401, "token")
        if answer["status"] != ADMITTED:
            raise Refused(400, "malformed")
        if activity.get("channelId") != CHANNEL:
            raise Refused(403, "channel")
        return claims

    async def _claims(self, authorization: str) -> Claims:
        if not authorization.startswith(BEARER) or len(authorization) > LONGEST_TOKEN:
            raise Refused(401, "no_token")
        claims = _claimed(authorization.removeprefix(BEARER), self._app.cloud.token_issuer)
        try:
            if not await self.keys.has(claims.kid):
                raise Refused(401, "unknown_key")
        except KeysAway as away:
            raise Refused(503, "keys_away") from away
        return claims


async def _admit(_event: "ActivityEvent") -> "InvokeResponse[Any]":
    """The SDK has let it in; its own router would answer 500 to kinds of activities that it does not know."""
    from microsoft_teams.api import InvokeResponse

    return InvokeResponse[Any](status=ADMITTED)


def _replace_keys(app: "App", keys: Keys) -> None:
    """Put our keys where the SDK's validator has its own client. Raises when it no longer has one there."""
    from jwt import PyJWKClient

    validator = app.server._token_validator  # noqa: SLF001  the SDK has no other way in (test_jwt_keys.py)
    if validator is None:  # whoever knocks is let in, unchecked
        return
    service = validator._service_validator  # noqa: SLF001  as above
    if not isinstance(service._jwks_client, PyJWKClient):  # noqa: SLF001  as above
        raise TypeError("the SDK keeps its keys elsewhere now")
    service._jwks_client = keys  # type: ignore[assignment]  # noqa: SLF001  as above


def _claimed(token: str, issuer: str) -> Claims:
    """Read what a token claims; the SDK then finds out whether it is true. Raises Refused."""
    import jwt

    try:
        read = jwt.decode_complete(token, algorithms=["RS256"], options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError) as garbled:
        raise Refused(401, "no_token") from garbled
    header, said = read["header"], read["payload"]
    kid, address = header.get("kid"), said.get("serviceurl")
    if header.get("alg") != "RS256" or not isinstance(kid, str) or said.get("iss") != issuer:
        raise Refused(401, "not_theirs")
    if not isinstance(address, str) or not address or not isinstance(said.get("exp"), int):
        raise Refused(401, "not_theirs")
    return Claims(kid, address)
