"""The documents of a message as files in Slack, each a part of its own right after the words.

Slack keeps no mark of ours on a file. So before one is shared another time we look below the words, which
do carry the mark: a file that stands there already, after an answer that never came, is not shared again.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from bot.messages.delivery import Why
from bot.messages.model import Document, Message
from bot.messages.written import can_write, written
from bot.platforms.slack.send.calls import Calls
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import SlackRefused
from bot.platforms.slack.send.posts import Post
from bot.platforms.slack.send.trails import read_mark
from bot.platforms.slack.send.uploads import SCOPE, SHUT, File, upload
from bot.platforms.troubles import CONTENT

MOST = 15
"""Messages in one look: the words were said a moment ago, and Slack gives some apps no more."""
MOST_TRIES = 5
"""So often it is tried where files go, half a minute apart; then it is words, and its place goes on."""
MOST_KEPT = 500


class Files:
    """Writes and shares them. Where that cannot be, the words say what would have stood in them."""

    def __init__(self, calls: Calls, web: Web) -> None:
        self._calls = calls
        self._web = web
        self._shut: dict[str, int] = {}

    async def of(self, message: Message, post: Post) -> tuple[File, ...]:
        """The files to send; none where Slack or we cannot. A line that one person sees takes no file."""
        blocks = [block for block in message.blocks if isinstance(block, Document)]
        if not blocks or post.user or SCOPE not in post.spot.workspace.scopes or not can_write():
            return ()
        return await asyncio.to_thread(_write, blocks)

    async def share(self, file: File, post: Post, *, below: str) -> str:
        """Let a file stand there, once. Raises SlackRefused; what stops files alone is about content.

        `below`: the first words, where some of the message stood before, so that the file may stand too.
        Where we may not look we go on: after a doubt it is then a person who has said that we should.
        """
        there = await self._there(file, post, below) if below else None
        if there:
            return there
        try:
            return await upload(self._calls, self._web, post.spot, file, share=True)
        except SlackRefused as refused:
            if refused.trouble.why is Why.SCOPE or (refused.code == SHUT and self._given_up(post.key)):
                raise SlackRefused(refused.code, CONTENT) from refused
            raise

    def _given_up(self, key: str) -> bool:
        """Whether it has been tried often enough: what waits behind it must not wait for a firewall."""
        tries = self._shut.pop(key, 0) + 1
        if tries >= MOST_TRIES:
            return True
        self._shut[key] = tries
        while len(self._shut) > MOST_KEPT:
            del self._shut[next(iter(self._shut))]
        return False

    async def _there(self, file: File, post: Post, below: str) -> str | None:
        """The file that stands below our words already. Raises SlackRefused("later")."""
        spot, us = post.spot, post.spot.workspace
        asked: dict[str, object] = {
            "channel": spot.channel,
            "oldest": below,
            "inclusive": True,
            "include_all_metadata": True,
            "limit": MOST,
        }
        try:
            if spot.thread:
                asked["ts"] = spot.thread
                look = self._calls.make(
                    spot, "conversations.replies", spot.client.conversations_replies, asked
                )
            else:
                look = self._calls.make(
                    spot, "conversations.history", spot.client.conversations_history, asked
                )
            answer = await look
        except SlackRefused as refused:
            if refused.how == "later":
                raise
            return None
        said = answer.get("messages") or ()
        ours = [one for one in said if one.get("user") == us.bot_user or one.get("bot_id") == us.bot_id]
        return _below(ours, file, post.key)


def _below(said: Sequence[Mapping[str, Any]], file: File, key: str) -> str | None:
    """Which of our messages holds the file, after the words with this key.

    A file object without a name (Slack says little to who may not read files) is taken for the one we seek:
    nothing else of ours stands there unnamed, and to be wrong is to send one file too few, not two.
    """
    words = [float(one["ts"]) for one in said if read_mark(one, key)]
    if not words:
        return None
    for one in said:
        for held in one.get("files") or ():
            if float(one["ts"]) > min(words) and held.get("name") in {None, "", file.name}:
                return str(held.get("id") or one["ts"])
    return None


def _write(blocks: Sequence[Document]) -> tuple[File, ...]:
    return tuple(File(block.filename, block.title, written(block)) for block in blocks)
