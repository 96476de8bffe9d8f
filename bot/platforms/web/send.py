"""The bot's way into the chat: the port `bot.messages.delivery.Platform`."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.lines import Draft
from bot.platforms.web.stage import PLATFORM, Stage


class WebPlatform:
    """Speaks in the provrum. `now` is the provrum's clock, so that lines carry the time it shows."""

    name = PLATFORM

    def __init__(self, chat: ChatLog, stage: Stage, now: Callable[[], datetime]) -> None:
        self._chat = chat
        self._stage = stage
        self._now = now

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        if not self._stage.knows(place):
            raise DeliveryFailed("refused", f"nobody in the provrum listens at {place.address}")
        if place.thread:
            place = place.model_copy(update={"thread": self._root(place)})
        try:
            return self._replace(message, replacing, key) if replacing else self._post(message, place, key)
        except ValueError as broken:  # half a surrogate pair: no platform can write that down
            raise DeliveryFailed("content", "the text holds characters that cannot be stored") from broken

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        """Look the key up; it is unique, so neither place nor time is needed."""
        del place, since
        return self._chat.find(key)

    def _root(self, place: Place) -> str:
        """Find the line the thread hangs under, also when a reply was named."""
        line = self._chat.line(place.thread or "")
        if line is None or line.address != place.address:
            raise DeliveryFailed("refused", "the thread is gone")
        return line.thread or line.reference

    def _post(self, message: Message, place: Place, key: str) -> str:
        draft = Draft(
            address=place.address,
            at=self._now(),
            key=key,
            thread=place.thread,
            only_to=place.only_to,
            message=message,
        )
        return self._chat.post(draft).reference

    def _replace(self, message: Message, reference: str, key: str) -> str:
        line = self._chat.update(reference, self._now(), message, key)
        if line is None or line.removed:
            raise DeliveryFailed("refused", "the message to replace is gone")
        return line.reference
