"""Where a message goes in Slack's own words: a token, a channel, perhaps a thread."""

from bot.domain.school import Place
from bot.platforms.slack.install.workspaces import Workspaces
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import refusal

MOST_KEPT = 5000


class Spots:
    """Finds a place's spot. Chats are opened when they are first needed, and remembered."""

    def __init__(self, web: Web, workspaces: Workspaces, calls: Calls) -> None:
        self._web = web
        self._workspaces = workspaces
        self.calls = calls
        self._chats: dict[tuple[str, str], str] = {}

    async def of(self, place: Place) -> Spot:
        """Return where a place is. Raises SlackRefused when it cannot be reached."""
        team, _, channel = place.address.partition("/")
        spot = await self.within(team)
        if channel.startswith("@"):
            channel = self._chats.get((team, channel[1:])) or await self._open(spot, channel[1:])
            spot = spot._replace(private=True)
        if not channel:
            raise refusal("channel_not_found", creates=False)
        return spot._replace(channel=channel, thread=place.thread)

    async def within(self, team: str) -> Spot:
        """Return a team, and nowhere in it yet. Raises SlackRefused when it is not connected."""
        workspace = await self._workspaces.find(None, team)
        if workspace is None or workspace.refused:
            raise refusal("not_connected", creates=False)
        client = self._web.client(workspace.token.get_secret_value())
        return Spot(team, channel="", thread=None, private=False, workspace=workspace, client=client)

    def forget(self, spot: Spot) -> None:
        """The chat is not what it was: open it anew next time."""
        self._chats = {key: channel for key, channel in self._chats.items() if channel != spot.channel}

    async def _open(self, spot: Spot, user: str) -> str:
        begin = spot.client.conversations_open
        answer = await self.calls.make(spot, "conversations.open", begin, {"users": user})
        if len(self._chats) >= MOST_KEPT:
            self._chats.clear()
        channel = str((answer.get("channel") or {}).get("id") or "")
        self._chats[spot.team, user] = channel
        return channel
