"""Who signs what: the Bot Framework's keys of this test, the tokens it signs, and those it gives out."""

import json
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.teams.state import APP, TENANT

ISSUER = "https://api.botframework.com"


def _made() -> rsa.RSAPrivateKey:
    """Another key. Making one takes some 50 ms."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


_first = cache(_made)
"""The key that each set begins with: made once for a process, and nobody's after `rotate`."""


class Keys:
    """One RSA key at a time is told of; `rotate` replaces it."""

    def __init__(self) -> None:
        self._rotations = 1
        self.kid, self.private = "key-1", _first()

    def rotate(self) -> None:
        """Another key, under another name: what the old one signed is no longer worth anything."""
        self._rotations += 1
        self.kid, self.private = f"key-{self._rotations}", _made()

    def published(self) -> dict[str, Any]:
        """The key set, as the Bot Framework publishes it (endorsed for Teams)."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        named = {"kid": self.kid, "use": "sig", "alg": "RS256", "endorsements": ["msteams"]}
        return {"keys": [public | named]}

    def sign(self, claims: Mapping[str, Any], *, kid: str = "") -> str:
        """A token with these claims, by the key that is told of now (perhaps under another name)."""
        return jwt.encode(dict(claims), self.private, "RS256", headers={"kid": kid or self.kid})


def inbound_claims(service_url: str, **changes: Any) -> dict[str, Any]:
    """What the token of an activity that Teams sends says; a change to None leaves that claim out."""
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": APP, "nbf": now - 60, "exp": now + 3600, "serviceurl": service_url}
    return {name: value for name, value in (claims | changes).items() if value is not None}


def outbound_claims(**changes: Any) -> dict[str, Any]:
    """What a token that the bot got for the Connector says."""
    now = int(time.time())
    claims = {"iss": f"https://sts.windows.net/{TENANT}/", "aud": ISSUER, "appid": APP, "tid": TENANT}
    return claims | {"nbf": now - 60, "exp": now + 3600} | changes
