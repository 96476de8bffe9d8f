"""Installing by OAuth: `/slack/install` sends somebody to Slack, `/slack/oauth_redirect` takes them back."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.domain.value import Value
from bot.log import log
from bot.platforms.slack.install import pages
from bot.platforms.slack.install.manifest import REDIRECT_PATH
from bot.platforms.slack.install.scopes import SCOPES
from bot.platforms.slack.install.state import LIVES_SECONDS, States
from bot.platforms.slack.install.workspaces import Workspace, Workspaces, who_am_i
from bot.platforms.slack.send.errors import TABLE, code_of
from bot.platforms.troubles import AWAY, BUSY

INSTALL_PATH = "/slack/install"
AUTHORIZE = "https://slack.com/oauth/v2/authorize"
LONGEST_BODY = 8192
LONGEST_CODE = 60
DECLINED = "access_denied"
"""What Slack says when somebody answered no."""


class Oauth(Value):
    """Who we are to Slack, and which teams or organisations may install (none named: Slack decides)."""

    client_id: str
    client_secret: SecretStr
    public_url: str
    workspaces: frozenset[str] = frozenset()
    authorize_url: str = AUTHORIZE


class Install:
    """The two routes. `client` makes a Web API client for a token; an empty one for `oauth.v2.access`."""

    def __init__(
        self, oauth: Oauth, workspaces: Workspaces, states: States, client: Callable[[str], AsyncWebClient]
    ) -> None:
        self._oauth = oauth
        self._workspaces = workspaces
        self._states = states
        self._client = client
        self._safe = oauth.public_url.startswith("https://")
        self._cookie = "__Host-nulage-install" if self._safe else "nulage-install"

    def routes(self) -> list[Route]:
        return [
            Route(INSTALL_PATH, self.leave, methods=["GET"]),
            Route(REDIRECT_PATH, self.come_back, methods=["GET"]),
            Route(REDIRECT_PATH, self.confirmed, methods=["POST"]),
        ]

    async def leave(self, request: Request) -> Response:
        """Off to Slack, with a state that only this browser can bring back."""
        del request
        state = self._states.issue()
        asked = {
            "client_id": self._oauth.client_id,
            "scope": ",".join(scope.name for scope in SCOPES),
            "redirect_uri": self._redirect_uri,
            "state": state,
        }
        leaving = RedirectResponse(
            f"{self._oauth.authorize_url}?{urlencode(asked)}", 302, headers=pages.HEADERS
        )
        return self._remember(leaving, state)

    async def come_back(self, request: Request) -> Response:
        """Back from Slack: with an error, without a state (from its admin pages), or with both."""
        said = request.query_params
        if error := said.get("error"):
            log.info("install_refused", action="slack.install_refused", code=_code(error))
            return pages.declined() if error == DECLINED else pages.refused(_code(error))
        if not said.get("code"):
            return pages.stale()
        if not said.get("state"):
            state = self._states.issue()
            return self._remember(pages.confirm(said["code"], state), state)
        return await self._finish(request, said["code"], said["state"], self._redirect_uri)

    async def confirmed(self, request: Request) -> Response:
        """Yes on the page that asks; Slack's own pages sent no redirect_uri, and so do not we."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                return pages.stale()
        said = {name: values[0] for name, values in parse_qs(body.decode("latin-1")).items()}
        return await self._finish(request, said.get("code", ""), said.get("state", ""), None)

    async def _finish(self, request: Request, code: str, state: str, redirect_uri: str | None) -> Response:
        try:
            if not await self._states.use(state, request.cookies.get(self._cookie, "")):
                return pages.stale()
            answer = await self._connect(code, redirect_uri)
        except SlackApiError as refused:
            what = _code(code_of(refused))
            log.warning("install_failed", action="slack.install_failed", code=what)
            return pages.unwell() if _is_away(what) else pages.refused(what)
        except Exception:  # Slack or the store is away: the one who waits is told so, whatever it was
            log.exception("install_failed", action="slack.install_failed")
            return pages.unwell()
        answer.delete_cookie(self._cookie, secure=self._safe, httponly=True)
        return answer

    async def _connect(self, code: str, redirect_uri: str | None) -> Response:
        """Trade the code for a token, see whose it is, and remember it."""
        asked = {
            "client_id": self._oauth.client_id,
            "client_secret": self._oauth.client_secret.get_secret_value(),
            "code": code,
            **({"redirect_uri": redirect_uri} if redirect_uri else {}),
        }
        # Not `oauth_v2_access`, which says who we are in a way that aiohttp is about to drop.
        given = await self._client("").api_call("oauth.v2.access", data=asked)
        client = self._client(given["access_token"])
        org_wide = bool(given.get("is_enterprise_install"))
        enterprise, team = given.get("enterprise") or {}, {} if org_wide else given.get("team") or {}
        if self._oauth.workspaces and not self._oauth.workspaces & {enterprise.get("id"), team.get("id")}:
            await client.auth_revoke()
            log.warning("install_elsewhere", action="slack.install_elsewhere")
            return pages.elsewhere(team.get("id") or enterprise.get("id") or "")
        workspace = Workspace(
            enterprise=enterprise.get("id"),
            team=team.get("id"),
            name=(enterprise if org_wide else team).get("name") or "",
            token=SecretStr(given["access_token"]),
            bot_id=(await who_am_i(client)).bot_id,
            bot_user=given["bot_user_id"],
            app_id=given.get("app_id") or "",
            scopes=frozenset(scope for scope in (given.get("scope") or "").split(",") if scope),
            org_wide=org_wide,
        )
        await self._workspaces.save(workspace, (given.get("authed_user") or {}).get("id") or "")
        log.info("installed", action="slack.installed", key=workspace.team or workspace.enterprise)
        return pages.done(workspace.name)

    @property
    def _redirect_uri(self) -> str:
        return f"{self._oauth.public_url}{REDIRECT_PATH}"

    def _remember(self, response: Response, state: str) -> Response:
        """`Lax`, since Slack sends the browser back here from its own site."""
        response.set_cookie(
            self._cookie, state, max_age=LIVES_SECONDS, secure=self._safe, httponly=True, samesite="lax"
        )
        return response


def _is_away(code: str) -> bool:
    """Whether somebody else's page came for an answer (its status is the code), or Slack is ill or busy."""
    return not code.isidentifier() or TABLE.get(code) in {AWAY, BUSY}


def _code(error: str) -> str:
    """Slack's error code, or nothing of what somebody else put in its place."""
    plain = error.isascii() and error.replace("_", "").isalnum()
    return error if plain and len(error) <= LONGEST_CODE else "okänd"
