"""Nothing near the code can open the bot: not a `.env`, not a variable that is lying about."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TRAPS = {
    "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS": "true",
    "CLIENT_ID": "11111111-0000-4000-8000-000000000000",
    "CLIENT_SECRET": "theirs",
    "TENANT_ID": "22222222-0000-4000-8000-000000000000",
    "MANAGED_IDENTITY_CLIENT_ID": "system",
    "CLOUD": "China",
    "SERVICE_URL": "https://evil.example",
    "OAUTH_URL": "https://evil.example",
    "HTTPS_PROXY": "http://evil.example:8080",
    "NULAGE_DATABASE_URL": "sqlite:///elsewhere.sqlite3",
}
PROGRAM = """
import asyncio, json, os, sys
before = set(sys.modules)
import bot.platforms.teams.listen.asgi as asgi
heavy = {"microsoft_teams", "jwt", "msal", "fastapi"}
eager = sorted(name for name in set(sys.modules) - before if name.split(".")[0] in heavy)
from bot.platforms.teams.listen.keys import Keys
from bot.platforms.teams.listen.porter import Porter
from bot.platforms.door import Refused
from bot.platforms.teams.listen.sdk import Registration

given = dict(os.environ)

async def knock(porter):
    await porter.open()
    try:
        await porter.admit({"type": "message", "channelId": "msteams"}, "")
    except Refused as refused:
        return refused.status

def opened(client, tenant):
    porter = Porter(Registration(client_id=client, tenant_id=tenant), Keys("", fetch=dict))
    app = porter._app
    return {
        "eager": eager,
        "status": asyncio.run(knock(porter)),
        "environment": sorted(set(os.environ.items()) ^ set(given.items())),
        "client": app.credentials.client_id,
        "kind": type(app.credentials).__name__,
        "secret": app.credentials.client_secret,
        "tenant": app.credentials.tenant_id,
        "login": app.cloud.login_endpoint,
        "service": app.api.service_url,
        "open": app.options.dangerously_allow_unauthenticated_requests,
        "oauth": app.options.api_client_settings.oauth_url,
    }

print(json.dumps([opened(*one) for one in json.loads(sys.argv[1])]))
"""
OURS, NOBODY = ("a", "b"), ("", "")
"""The ids of a client and its tenant."""


def started(folder: Path, environment: Mapping[str, str], *ids: tuple[str, str]) -> list[dict[str, object]]:
    """A process of its own, in a folder of its own, that opens a door for each and knocks without a token."""
    kept = {name: value for name, value in os.environ.items() if name not in TRAPS}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(ids)],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


SAFE = {
    "eager": [],
    "status": 401,
    "open": False,
    "environment": [],
    "client": "a",
    "kind": "ClientCredentials",
    "secret": "this app only listens",
    "tenant": "b",
    "login": "https://login.microsoftonline.com",
    "service": "https://smba.trafficmanager.net/teams",
    "oauth": "https://token.botframework.com",
}


@pytest.mark.parametrize("below", ["", "inner/most"])
def test_a_dotenv_in_or_above_the_folder_changes_nothing(tmp_path: Path, below: str) -> None:
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in TRAPS.items()))
    folder = tmp_path / below
    folder.mkdir(parents=True, exist_ok=True)
    assert started(folder, {}, OURS) == [SAFE]


def test_variables_meant_for_the_sdk_change_nothing_and_an_empty_id_is_not_looked_for(tmp_path: Path) -> None:
    """Nobody comes first: what an empty id fetched would be there for the next."""
    nobody = "00000000-0000-0000-0000-000000000000"
    assert started(tmp_path, TRAPS, NOBODY, OURS) == [SAFE | {"client": nobody, "tenant": nobody}, SAFE]
