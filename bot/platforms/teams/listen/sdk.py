"""The Teams SDK, shut in: imported when Teams is on, and told everything, so that it looks for nothing."""

import logging
import os
import re
import warnings
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.domain.value import Value

if TYPE_CHECKING:
    from microsoft_teams.api.auth.cloud_environment import CloudEnvironment
    from microsoft_teams.apps import App
    from microsoft_teams.apps.http.adapter import HttpMethod, HttpRouteHandler

NOBODY = "00000000-0000-0000-0000-000000000000"
"""Stands for a missing id: left empty, the SDK would look for one in the environment."""

NOT_USED = SecretStr("this app only listens")
"""As above: the app that checks who knocks never asks for a token of its own."""

SOMEWHERE = "https://smba.trafficmanager.net/teams"


class Registration(Value):
    """Who we are at Microsoft, and whose word on others we take. Addresses without a slash at the end."""

    client_id: str
    tenant_id: str
    login_url: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    dangerously_allow_unauthenticated: bool = False

    @property
    def keys_url(self) -> str:
        """Where the keys lie beside the metadata, as the SDK has it."""
        return re.sub(r"/openidconfiguration$", "/keys", self.openid_url)


def import_sdk() -> None:
    """Import the SDK as if there were no `.env` anywhere, and let it keep its words to itself.

    It loads the nearest `.env` above the working directory into the environment as it is imported; one line
    there opens the bot to anybody, and others change where we speak. Its log quotes what others send.
    """
    before = dict(os.environ)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # previews of its own, which we do not use
            import microsoft_teams.apps  # noqa: F401  imported for what the import does
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)
    logging.getLogger("microsoft_teams").setLevel(logging.CRITICAL + 1)


def cloud_of(registration: Registration) -> "CloudEnvironment":
    import_sdk()
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides

    return with_overrides(
        PUBLIC, login_endpoint=registration.login_url, openid_metadata_url=registration.openid_url
    )


def listening_app(registration: Registration) -> "App":
    """An app that opens no port and says nothing: each option that the environment could fill is filled."""
    cloud = cloud_of(registration)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it makes clients that it has deprecated itself
        return _app(registration, cloud)


def _app(registration: Registration, cloud: "CloudEnvironment") -> "App":
    from microsoft_teams.api import ApiClientSettings
    from microsoft_teams.apps import App
    from microsoft_teams.common import ClientOptions

    return App(
        client_id=registration.client_id or NOBODY,
        client_secret=NOT_USED.get_secret_value(),
        tenant_id=registration.tenant_id or NOBODY,
        managed_identity_client_id=NOBODY,
        cloud=cloud,
        service_url=SOMEWHERE,
        api_client_settings=ApiClientSettings(oauth_url=cloud.token_service_url),
        client=ClientOptions(timeout=10),
        http_server_adapter=Unserved(),
        messaging_endpoint="/api/messages",
        dangerously_allow_unauthenticated_requests=registration.dangerously_allow_unauthenticated,
        plugins=[],
        state=False,
        fetch_user_token=False,
        telemetry={"agent365": False},
    )


class Unserved:
    """The SDK's place for a web framework: ours is already there, and calls the SDK instead."""

    def register_route(self, method: "HttpMethod", path: str, handler: "HttpRouteHandler") -> None:
        """Nothing to do: whoever has let a request in calls `app.server.handle_request` with it."""

    def serve_static(self, path: str, directory: str) -> None:
        raise NotImplementedError(f"nothing is served from {directory} at {path}")

    async def start(self, port: int) -> None:
        raise NotImplementedError(f"the SDK opens no port, least of all {port}")

    async def stop(self) -> None: ...
