"""A token that Slack refuses, and one that it takes for good: no other installation is touched."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.domain.events import Event
from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Message, Quiet, Response
from bot.platforms.slack.install.workspaces import Workspace
from bot.platforms.slack.parse.values import Gone
from bot.runtime.clock import frozen
from bot.runtime.metrics import Counts
from bot.serve.losses import Losses
from bot.serve.sides import Working
from bot.serve.slack import SlackSide
from bot.settings import Settings
from storage.post.inbox import StoreAway
from storage.store import open_store
from tests.serving import HeldSlack
from tests.slack.state import BOT, BOT_USER, TEAM
from tests.storage.made import NOW
from tests.waiting import until

KEY = Fernet.generate_key().decode()
SCOPES = frozenset({"chat:write"})
POST = "chat.postMessage"
ORGANISATION = "E1"


def installed(token: str, team: str | None, enterprise: str | None = None) -> Workspace:
    return Workspace(
        enterprise=enterprise,
        team=team,
        name="Björkskolan",
        token=SecretStr(token),
        bot_id=BOT,
        bot_user=BOT_USER,
        scopes=SCOPES,
        org_wide=team is None,
    )


OWN = installed("xoxb-own", TEAM)
ANEW = installed("xoxb-anew", TEAM)
ORG_WIDE = installed("xoxb-org", None, ORGANISATION)


@dataclass
class Office:
    """A small workspace of its own, and a whole organisation beside it, in one bot."""

    slack: HeldSlack
    side: SlackSide
    counts: Counts

    async def send(self, team: str = TEAM) -> str:
        """Say something in a channel, and return why it was not taken."""
        place = Place(platform="slack", address=f"{team}/C1")
        try:
            await self.side.platform.send(Message(title="Hur gick veckan?"), place, key="k")
        except DeliveryFailed as failed:
            return str(failed)
        return ""

    async def while_it_is_under_way(self, meanwhile: Callable[[], Awaitable[object]]) -> str:
        """Let something happen while a call is on its way, which Slack then refuses."""
        self.slack.holding = POST
        sending = asyncio.create_task(self.send())
        await until(lambda: self.slack.waiting)
        del self.slack.workspace.tokens["xoxb-own"]
        await meanwhile()
        self.slack.go_on.set()
        return await sending

    async def tokens(self) -> dict[str, bool]:
        """The tokens that are kept, and whether each is refused."""
        kept = await self.side.workspaces.store.all()
        return {one.token.get_secret_value(): one.refused for one in kept}


@asynccontextmanager
async def office() -> AsyncIterator[Office]:
    store, counts = open_store("sqlite://"), Counts()

    async def run(work: Any) -> Any:
        with store.begin() as unit:
            return work(unit)

    async def dispatch(event: Event) -> Response:
        del event
        return Quiet()

    async with HeldSlack() as slack:
        slack.workspace.channel("C1", "arbetslag-4-6", set())
        for one in (OWN, ANEW, ORG_WIDE):
            slack.workspace.hire(one.token.get_secret_value(), SCOPES, team=one.team or "T2")
        section = {
            "client_id": "1.2",
            "client_secret": "hush",
            "signing_secret": "hush",
            "api_url": slack.url,
        }
        http = {"public_url": "https://nulage.example.se"}
        settings = Settings.model_validate({"secret_key": KEY, "slack": section, "http": http})
        side = SlackSide(settings, Working(run, dispatch, frozen(NOW), counts))
        await side.connect()
        for one in (OWN, ORG_WIDE):
            await side.workspaces.save(one, "UPIA")
        yield Office(slack, side, counts)
        await side.close()
    store.close()


def play(story: Callable[[Office], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with office() as here:
            await story(here)

    asyncio.run(whole())


def test_a_refused_token_is_kept_nothing_is_sent_and_it_is_taken_again() -> None:
    async def story(here: Office) -> None:
        known = here.slack.workspace.tokens.pop("xoxb-own")
        assert await here.send() == Why.DISCONNECTED
        assert await here.tokens() == {"xoxb-own": True, "xoxb-org": False}
        called = len(here.slack.calls)
        assert await here.send() == Why.DISCONNECTED
        assert len(here.slack.calls) == called
        assert await here.send("T2") == "", "another installation speaks on"
        await here.side.losses.try_again()
        assert await here.tokens() == {"xoxb-own": True, "xoxb-org": False}
        here.slack.workspace.tokens["xoxb-own"] = known
        await here.side.losses.try_again()
        assert await here.tokens() == {"xoxb-own": False, "xoxb-org": False}
        assert await here.send() == ""
        assert here.counts.workspaces == {"connected": 2, "refused": 1, "taken_again": 1}

    play(story)


@pytest.mark.parametrize("enterprise", [None, ORGANISATION])
def test_a_workspace_that_leaves_takes_no_organisation_along(enterprise: str | None) -> None:
    async def story(here: Office) -> None:
        gone = Gone(enterprise, TEAM, "uninstalled", NOW)
        assert await here.while_it_is_under_way(lambda: here.side.losses.gone(gone)) == Why.DISCONNECTED
        assert await here.tokens() == {"xoxb-org": False}
        assert await here.send("T2") == ""

    play(story)


def test_an_old_calls_refusal_does_not_touch_the_new_installation() -> None:
    async def story(here: Office) -> None:
        anew = here.side.workspaces.save
        assert await here.while_it_is_under_way(lambda: anew(ANEW, "UPIA")) == Why.DISCONNECTED
        assert await here.tokens() == {"xoxb-anew": False, "xoxb-org": False}
        assert await here.send() == ""

    play(story)


def test_only_what_was_installed_before_is_removed_and_only_once() -> None:
    async def story(here: Office) -> None:
        late = Gone(None, TEAM, "uninstalled", NOW - timedelta(seconds=1))
        await here.side.losses.gone(late)
        assert "xoxb-own" in await here.tokens()
        for kind in ("revoked", "uninstalled"):
            await here.side.losses.gone(late._replace(kind=kind, at=NOW))
        assert await here.tokens() == {"xoxb-org": False}
        await here.side.losses.gone(Gone(ORGANISATION, None, "uninstalled", NOW))
        assert await here.tokens() == {}
        assert here.counts.workspaces == {"connected": 2, "disconnected": 2}

    play(story)


def test_a_refused_token_that_is_then_removed_is_gone_for_good() -> None:
    async def story(here: Office) -> None:
        known = here.slack.workspace.tokens.pop("xoxb-own")
        await here.send()
        await here.side.losses.gone(Gone(None, TEAM, "uninstalled", NOW))
        here.slack.workspace.tokens["xoxb-own"] = known
        await here.side.losses.try_again()
        assert await here.tokens() == {"xoxb-org": False}

    play(story)


def test_it_looks_at_once_when_the_bot_starts_and_ends_when_told() -> None:
    async def story(here: Office) -> None:
        await here.side.workspaces.mark(OWN, refused=True)
        running = asyncio.create_task(here.side.run())
        await until(lambda: here.counts.workspaces["taken_again"])
        await here.side.shut()
        async with asyncio.timeout(30):
            await running

    play(story)


def test_what_waited_goes_out_even_when_the_store_was_away_as_the_token_was_taken_again() -> None:
    async def story(here: Office) -> None:
        lost = [True]
        tried: list[None] = []

        async def is_back(team: None) -> None:
            tried.append(team)
            if lost.pop() if lost else False:
                raise StoreAway("full for a moment")

        losses = Losses(here.side.workspaces, here.side.web, here.counts, is_back)
        with pytest.raises(StoreAway):
            await losses.try_again()
        await losses.try_again()
        await losses.try_again()
        assert tried == [None, None], "until it is done, and then no more"

    play(story)
