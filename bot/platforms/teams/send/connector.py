"""What the bot asks of the Connector, in its own words: say, change, take away, begin, and who is there."""

from typing import Any, NamedTuple

from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.parse.ids import BOT, ROOT
from bot.platforms.teams.send.addresses import segment
from bot.platforms.teams.send.errors import ours
from bot.platforms.teams.send.wire import Ask, Json, Wire

PAGE = 200
MOST_PAGES = 100
"""A team has at most some thousands of members: more pages than these are one that leads to itself."""
GUESTS = frozenset({"guest", "anonymous"})


class Member(NamedTuple):
    """Who is in a conversation: `account` is their id for our bot, `aad` their Entra object id.

    `tenant` is where they belong, which in a shared channel may be another than the conversation's; "" when
    Teams does not say.
    """

    account: str
    aad: str
    name: str
    guest: bool
    bot: bool
    tenant: str = ""


class Channel(NamedTuple):
    """A channel of a team; General has no name of its own."""

    id: str
    name: str
    kind: str


class Connector:
    """Speaks with Teams as one registration. Each call is made once: what fails is a DeliveryFailed.

    `bot` is our own id there (`28:…`), named as the sender as the SDK does.
    """

    def __init__(self, wire: Wire, *, bot: str = "") -> None:
        self._wire = wire
        self._bot = bot

    async def close(self) -> None:
        """Let go of the connections; a later call opens them anew."""
        await self._wire.close()

    async def post(
        self,
        ref: Reference,
        activity: Json,
        *,
        thread: str | None = None,
        targeted_to: str | None = None,
    ) -> str:
        """Say it, in a channel's thread under its root; return its id.

        `targeted_to` (`29:…`): only they see it, for a day. A 400 may then mean that it cannot be so here.
        """
        said = self._signed(activity)
        if targeted_to:
            said["recipient"] = {"id": targeted_to, "isTargeted": True}
        path = f"{_path(ref, thread)}/activities"
        query = {"isTargetedActivity": "true"} if targeted_to else {}
        name = "post_targeted" if targeted_to else "post"
        answer = await self._wire.make(ref, Ask(name, "POST", path, said, query, creates=True))
        return _id(answer.get("id"))

    def must_be_free(self, ref: Reference) -> None:
        """Raise DeliveryFailed("later") where a change would have to wait for its turn."""
        self._wire.must_be_free(ref)

    async def change(self, ref: Reference, id: str, activity: Json, thread: str | None = None) -> str:  # noqa: A002  the Connector's word, and the contract's
        """Say something else where that message stands; return its id."""
        path = f"{_path(ref, thread)}/activities/{segment(id)}"
        answer = await self._wire.make(ref, Ask("change", "PUT", path, self._signed(activity)))
        return str(answer.get("id") or id)

    async def remove(self, ref: Reference, id: str, thread: str | None = None) -> None:  # noqa: A002  as above
        """Take a message away."""
        path = f"{_path(ref, thread)}/activities/{segment(id)}"
        await self._wire.make(ref, Ask("remove", "DELETE", path))

    async def begin_thread(self, ref: Reference, activity: Json) -> str:
        """Begin a thread in a channel with this message; return its id, which is the thread's root."""
        body = {
            "isGroup": True,
            "tenantId": ref.tenant,
            "channelData": {"channel": {"id": ref.key}, "tenant": {"id": ref.tenant}},
            "activity": self._signed(activity),
        }
        answer = await self._wire.make(
            ref, Ask("begin_thread", "POST", "conversations", self._begun_by(body), creates=True)
        )
        return _id(answer.get("activityId") or str(answer.get("id") or "").partition(ROOT)[2])

    async def begin_chat(self, ref: Reference) -> str:
        """The id of the chat with one person, begun now if it was not: asked again, it is the same."""
        body = {
            "isGroup": False,
            "tenantId": ref.tenant,
            "channelData": {"tenant": {"id": ref.tenant}},
            "members": [{"id": ref.user or ref.key.removeprefix("@")}],
        }
        answer = await self._wire.make(ref, Ask("begin_chat", "POST", "conversations", self._begun_by(body)))
        return _id(answer.get("id"))

    async def members(self, ref: Reference) -> list[Member]:
        """Who is in a conversation, bots too, from all the pages there are."""
        found: list[Member] = []
        query = {"pageSize": str(PAGE)}
        for _ in range(MOST_PAGES):
            path = f"{_path(ref, None)}/pagedmembers"
            page = await self._wire.make(ref, Ask("members", "GET", path, query=query, speaks=False))
            found += [_member(one) for one in page.get("members") or () if isinstance(one, dict)]
            more = page.get("continuationToken")
            if not isinstance(more, str) or not more:
                break
            query = {"pageSize": str(PAGE), "continuationToken": more}
        return found

    async def channels(self, ref: Reference) -> list[Channel]:
        """The channels of the team that a channel lies in; its private ones are not told of."""
        path = f"teams/{segment(ref.team_thread or ref.key)}/conversations"
        answer = await self._wire.make(ref, Ask("channels", "GET", path, speaks=False))
        told = [one for one in answer.get("conversations") or () if isinstance(one, dict)]
        return [_channel(one) for one in told if one.get("id")]

    def _signed(self, activity: Json) -> Json:
        return {**activity, "from": {"id": self._bot}} if self._bot else dict(activity)

    def _begun_by(self, body: Json) -> Json:
        return {**body, "bot": {"id": self._bot}} if self._bot else body


def _path(ref: Reference, thread: str | None) -> str:
    """Where a conversation is; only a channel has threads."""
    if ref.kind != "channel":
        return f"conversations/{segment(ref.conversation)}"
    root = f"{ROOT}{thread}" if thread else ""
    return f"conversations/{segment(ref.key + root)}"


def _id(given: object) -> str:
    """A reference; an answer without one leaves a doubt."""
    if not isinstance(given, str) or not given:
        raise ours("no_id", creates=True)
    return given


def _member(told: dict[str, Any]) -> Member:
    """Guests are told by their role, and by the `#EXT#` in their name for logging in."""
    account = str(told.get("id") or "")
    role = _lower(told.get("userRole"))
    external = "#ext#" in _lower(told.get("userPrincipalName"))
    aad = _lower(told.get("aadObjectId") or told.get("objectId"))
    bot = account.startswith(BOT) or role == "bot" or not aad
    guest = external or role in GUESTS or _lower(told.get("userType")) in GUESTS
    return Member(account, aad, str(told.get("name") or ""), guest, bot, _lower(told.get("tenantId")))


def _lower(told: object) -> str:
    return str(told or "").casefold()


def _channel(told: dict[str, Any]) -> Channel:
    return Channel(str(told["id"]), str(told.get("name") or ""), str(told.get("type") or "standard"))
