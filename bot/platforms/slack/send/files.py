"""The documents of a message as files in Slack, each a part of its own right after the words."""

import asyncio
from collections.abc import Sequence

from bot.messages.delivery import Why
from bot.messages.model import Document, Message
from bot.messages.written import can_write, written
from bot.platforms.slack.send.calls import Calls
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import CONTENT, SlackRefused
from bot.platforms.slack.send.posts import Post
from bot.platforms.slack.send.uploads import SCOPE, File, upload


class Files:
    """Writes and shares them. Where that cannot be, the words say what would have stood in them."""

    def __init__(self, calls: Calls, web: Web) -> None:
        self._calls = calls
        self._web = web

    async def of(self, message: Message, post: Post) -> tuple[File, ...]:
        """The files to send; none where Slack or we cannot. A line that one person sees takes no file."""
        blocks = [block for block in message.blocks if isinstance(block, Document)]
        if not blocks or post.user or SCOPE not in post.spot.workspace.scopes or not can_write():
            return ()
        return await asyncio.to_thread(_write, blocks)

    async def share(self, file: File, post: Post) -> str:
        """Let a file stand in the channel. Raises SlackRefused; what stops files alone is about content."""
        try:
            return await upload(self._calls, self._web, post.spot, file, share=True)
        except SlackRefused as refused:
            if refused.trouble.why is Why.SCOPE:
                raise SlackRefused(refused.code, CONTENT) from refused
            raise


def _write(blocks: Sequence[Document]) -> tuple[File, ...]:
    return tuple(File(block.filename, block.title, written(block)) for block in blocks)
