"""Many workspaces: what is kept of them, and the routes by which they install the bot."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from bot.platforms.slack.install.routes import Install, Oauth
from bot.platforms.slack.install.state import States
from bot.platforms.slack.install.workspaces import Workspaces
from bot.platforms.slack.send.client import Web
from bot.runtime.clock import Clock
from bot.serve.in_store import Run
from bot.serve.installed import StoredWorkspaces
from bot.settings import Settings
from storage.installed.sealing import Seal


def stored(settings: Settings, run: Run, clock: Clock) -> StoredWorkspaces:
    return StoredWorkspaces(run, Seal(settings.secret_keys), clock.now)


def routes(
    settings: Settings, workspaces: Workspaces, kept: StoredWorkspaces, web: Web
) -> Sequence[BaseRoute]:
    oauth = Oauth(
        client_id=settings.slack.client_id,
        client_secret=settings.slack.client_secret,
        public_url=settings.http.public_url,
        workspaces=settings.slack.allowed,
    )
    states = States(settings.secret_keys, kept.spend)
    return Install(oauth, workspaces, states, web.client).routes()
