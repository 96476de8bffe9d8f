"""One post: put there, changed, or taken away."""

from typing import NamedTuple

from bot.domain.school import Language
from bot.messages.delivery import Why
from bot.messages.model import Message
from bot.platforms.cutting import size
from bot.platforms.legible import brief
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import Payload, to_parts
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.errors import SlackRefused
from bot.platforms.spoken import said
from bot.platforms.troubles import AWAY

UPDATE_TEXT = 3900
"""`chat.update` refuses a longer `text` where a post takes ten times as much; the blocks have it all."""
THREAD_GONE = "thread_not_found"
"""Somebody removed the root: the reply becomes a message of its own, in the same channel."""
REST_BELOW = "… Resten står i meddelandet."
OVER = "Den här delen gäller inte längre."


class Post(NamedTuple):
    """What the parts of one message have in common; with a `user`, only they see it.

    `language`: its only reader's.
    """

    spot: Spot
    key: str
    user: str
    language: Language = "sv"


class Posts:
    """Knows the three ways a post is made or changed, and which of them leave a doubt."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def must_be_free(self, spot: Spot) -> None:
        """Raise DeliveryFailed("later") where a change would have to wait for its turn."""
        self._calls.must_be_free(spot, "chat.update")

    async def put(self, part: Payload, post: Post, standing: str | None, metadata: Json | None) -> str:
        """Change the post that stands there, else make a new one; return its `ts`."""
        if post.user:
            return standing or await self._whisper(part, post)
        if standing:
            try:
                return await self._change(part, post, standing, metadata)
            except SlackRefused as refused:
                if refused.trouble.why is not Why.GONE:
                    raise
        return await self._say(part, post.spot, metadata)

    async def remove(self, post: Post, standing: str) -> None:
        """Take away a part that a shorter version has no words for; one that is gone already is fine.

        Where nothing may be deleted (an organisation that keeps all that is said), it says that it is over.
        """
        spot = post.spot
        where = {"channel": spot.channel, "ts": standing}
        try:
            await self._calls.make(spot, "chat.delete", spot.client.chat_delete, where)
        except SlackRefused as refused:
            if refused.trouble.why is Why.CONTENT:
                over = to_parts(Message(title=said(OVER, post.language)))[0]
                await self._change(over, post, standing, None)
            elif refused.trouble.why is not Why.GONE:
                raise

    async def _say(self, part: Payload, spot: Spot, metadata: Json | None) -> str:
        new = _content(part, spot) | {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
        new |= {"metadata": metadata} if metadata else {}
        post = spot.client.chat_postMessage
        try:
            answer = await self._calls.make(
                spot, "chat.postMessage", post, new, creates=True, lane=spot.channel
            )
        except SlackRefused as refused:
            if refused.code != THREAD_GONE or not spot.thread:
                raise
            return await self._say(part, spot._replace(thread=None), metadata)
        return _ts(answer.get("ts"))

    async def _change(self, part: Payload, post: Post, standing: str, metadata: Json | None) -> str:
        """Without `parse`, Slack would look for links and names in the words of a change, not of a post."""
        spot, text = post.spot._replace(thread=None), _for_update(part.text, post.language)
        changed = _content(part, spot) | {"ts": standing, "text": text, "parse": "none"}
        changed |= {"metadata": metadata} if metadata else {}
        answer = await self._calls.make(spot, "chat.update", spot.client.chat_update, changed)
        return _ts(answer.get("ts") or standing)

    async def _whisper(self, part: Payload, post: Post) -> str:
        """Slack keeps no metadata with a line that one person sees, and it cannot be changed."""
        spot = post.spot
        whispered = _content(part, spot) | {"user": post.user}
        whisper = spot.client.chat_postEphemeral
        answer = await self._calls.make(spot, "chat.postEphemeral", whisper, whispered, creates=True)
        return _ts(answer.get("message_ts"))


def _content(part: Payload, spot: Spot) -> Json:
    thread = {"thread_ts": spot.thread} if spot.thread else {}
    return {"channel": spot.channel, "text": part.text, "blocks": list(part.blocks), **thread}


def _ts(given: object) -> str:
    """A reference; an answer without one leaves a doubt."""
    if not isinstance(given, str) or not given:
        raise SlackRefused("no_ts", AWAY)
    return given


def _for_update(text: str, language: Language) -> str:
    if size(text) <= UPDATE_TEXT:
        return text
    rest = f"\n{said(REST_BELOW, language)}"
    lines, kept = text.split("\n"), 0
    while kept < len(lines) and size("\n".join(lines[: kept + 1])) + len(rest) <= UPDATE_TEXT:
        kept += 1
    begun = "\n".join(lines[:kept]) or brief(text, UPDATE_TEXT - len(rest))
    return begun + rest
