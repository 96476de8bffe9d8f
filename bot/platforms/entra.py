"""Asking Entra for a token with a secret of our own: OAuth's client credentials (RFC 6749, 4.4)."""

from typing import Any

import httpx


def token_request(login_url: str, tenant: str, client_id: str, secret: str, scope: str) -> dict[str, Any]:
    """Return what is posted, as httpx takes it: the `url` of the tenant's log-in, and the form."""
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": secret,
        "scope": scope,
    }
    return {"url": f"{login_url}/{tenant}/oauth2/v2.0/token", "data": form}


def body_of(answer: httpx.Response) -> dict[str, Any]:
    """Return what it answered; nothing where that is no object of JSON's, as a proxy's page is not."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
