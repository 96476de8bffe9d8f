"""One post: put there, changed, or taken away."""

from bot.messages.delivery import Why
from bot.platforms.teams.render.message import Payload, activity_of
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.spots import Spot
from bot.platforms.trails import Standing

NO_MORE = Payload(text="Den här delen gäller inte längre. Läs meddelandet ovanför.")


class Posts:
    """Knows the ways a post is made or changed, and which of them leave a doubt."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    def must_be_free(self, spot: Spot) -> None:
        """Raise DeliveryFailed("later") where a change would have to wait for its turn."""
        self._connector.must_be_free(spot.reference)

    async def put(self, part: Payload, spot: Spot, standing: Standing | None) -> Standing:
        """Change the post that stands there, else make a new one; return where it stands, saying nothing yet.

        A line that one person sees is not changed: it is gone in a day.
        """
        if standing and spot.account:
            return standing
        if standing:
            try:
                await self._connector.change(
                    spot.reference, standing.id, activity_of(part), thread=standing.thread
                )
            except TeamsRefused as refused:
                if refused.trouble.why is not Why.GONE:
                    raise
            else:
                return standing
        return await self._say(part, spot)

    async def remove(self, spot: Spot, standing: Standing) -> None:
        """Take away a part that a shorter version has no words for; one that is gone already is fine.

        Where nothing can be taken away (the Playground), it says so itself.
        """
        where, thread = spot.reference, standing.thread
        try:
            await self._connector.remove(where, standing.id, thread=thread)
        except TeamsRefused as refused:
            if refused.trouble.why is Why.CONTENT:
                await self._connector.change(where, standing.id, activity_of(NO_MORE), thread=thread)
            elif refused.trouble.why is not Why.GONE:
                raise

    async def _say(self, part: Payload, spot: Spot) -> Standing:
        """A reply whose root somebody removed becomes a thread of its own, in the same channel."""
        reference, thread, account, _ = spot
        said = activity_of(part)
        if reference.kind == "channel" and thread is None and not account:
            root = await self._connector.begin_thread(reference, said)
            return Standing(root, "", root)
        try:
            number = await self._connector.post(reference, said, thread=thread, targeted_to=account or None)
        except TeamsRefused as refused:
            if refused.trouble.why is not Why.GONE or thread is None:
                raise
            return await self._say(part, spot._replace(thread=None))
        return Standing(number, "", thread)
