"""What is said beside the HTTP answer: where they acted so that only they see it, else in their own chat.

It may be lost; nothing depends on it. By then what happened is on disk. No outbox holds it: what Teams surely
did not take is said here when Teams may be asked again.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from bot.domain.school import Language
from bot.log import log
from bot.messages.delivery import DeliveryFailed
from bot.messages.model import Message
from bot.platforms.insisting import insist
from bot.platforms.teams.install.references import Reference, References
from bot.platforms.teams.listen.forms import card_of, too_large
from bot.platforms.teams.listen.reach import key_of, place_of
from bot.platforms.teams.parse.ids import ROOT
from bot.platforms.teams.parse.values import Heard
from bot.platforms.teams.render.forms import Shown
from bot.platforms.teams.render.limits import MESSAGE, of_card, weight
from bot.platforms.teams.render.message import Payload, activity_of, to_parts
from bot.platforms.teams.send.errors import ours
from bot.platforms.troubles import code_of

Json = dict[str, Any]


class Speaks(Protocol):
    """What is needed of the Connector. Each is one attempt, and raises DeliveryFailed."""

    async def post(
        self, ref: Reference, activity: Json, *, thread: str | None = None, targeted_to: str = ""
    ) -> str: ...

    async def begin_chat(self, ref: Reference) -> str: ...

    async def change(self, ref: Reference, id: str, activity: Json, *, thread: str | None = None) -> str: ...  # noqa: A002  it is called so in the Connector


class Beside:
    """Speaks to one person. What fails is logged by its code; nobody waits for it."""

    def __init__(
        self, connector: Speaks, references: References, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._connector = connector
        self._references = references
        self._sleep = sleep

    async def say(self, heard: Heard, message: Message, language: Language = "sv", *, after: int = 0) -> None:
        """Say it, but for the first parts that were said already."""
        for part in to_parts(message, language=language)[after:]:
            await self._privately(heard, activity_of(part))

    async def say_there(self, heard: Heard, message: Message) -> None:
        """Say a line in this very conversation, or not at all: no chat is begun for it, nothing is kept."""
        activity = activity_of(to_parts(message)[0])
        if heard.way.private:
            await self._privately(heard, activity)
        else:
            await self._taken(lambda: self._targeted(heard, activity))

    async def open(self, heard: Heard, shown: Shown) -> None:
        """Put a form where they wrote: nothing they pressed stands there that it could replace."""
        card = card_of(shown)
        activity = activity_of(Payload(text=shown.form.title, card=card))
        if of_card(card) or weight(activity) > MESSAGE:
            activity = activity_of(Payload(text=too_large(shown.form)))
        await self._privately(heard, activity)

    async def put_back(
        self,
        heard: Heard,
        standing: Callable[[], Awaitable[Message | None]],
        language: Language,
        being_written: Callable[[], float],
    ) -> None:
        """Show the message that a form was opened from again, unless somebody else writes in its place.

        Each attempt shows what is `standing` by then: it may have been changed while this one waited.
        """
        where = place_of(heard.event)

        async def changed() -> None:
            if (message := await standing()) is None:
                return
            here = await self._known(heard, heard.way.tenant, key_of(where))
            if rest := being_written():
                raise DeliveryFailed("later", "somebody writes there", rest)
            activity = activity_of(to_parts(message, language=language)[0])
            thread = where.thread or _root(heard)
            await self._connector.change(here, heard.way.opened_from, activity, thread=thread)

        await self._taken(changed)

    async def _privately(self, heard: Heard, activity: Json) -> None:
        await self._taken(lambda: self._said(heard, activity))

    async def _taken(self, said: Callable[[], Awaitable[None]]) -> None:
        if refused := await insist(said, self._sleep):
            log.warning("answer_lost", action="teams.answer_lost", code=code_of(refused))

    async def _said(self, heard: Heard, activity: Json) -> None:
        """One attempt. Raises DeliveryFailed: "later" while one of the two ways may still be open."""
        busy: DeliveryFailed | None = None
        if not heard.way.private:
            try:
                return await self._targeted(heard, activity)
            except DeliveryFailed as refused:
                log.info("not_targeted", action="teams.not_targeted", code=code_of(refused))
                busy = refused if refused.how == "later" else None
        try:
            await self._connector.post(await self._own_chat(heard), activity)
        except DeliveryFailed as refused:
            raise (busy if busy and refused.how != "doubt" else refused) from refused

    async def _targeted(self, heard: Heard, activity: Json) -> None:
        """In the conversation, seen by them alone. Raises DeliveryFailed when it surely is not said.

        Where no answer came it may be: what is for one person is not said to them twice.
        """
        way, where = heard.way, place_of(heard.event)
        if not way.account:
            raise ours("no_account")
        here = await self._known(heard, way.tenant, key_of(where))
        thread = where.thread or _root(heard)
        try:
            await self._connector.post(here, activity, thread=thread, targeted_to=way.account)
        except DeliveryFailed as refused:
            if refused.how != "doubt":
                raise
            log.warning("answer_in_doubt", action="teams.answer_in_doubt", code=code_of(refused))

    async def _own_chat(self, heard: Heard) -> Reference:
        """The chat between the bot and them, begun if it is not."""
        mine = await self._known(heard, heard.way.tenant, f"@{heard.way.user}")
        if mine.conversation:
            return mine
        begun = mine.but(conversation=await self._connector.begin_chat(mine))
        try:
            await self._references.save(begun)
        except Exception:  # the store is away: the chat is begun again next time, and is the same
            log.warning("chat_not_kept", action="teams.chat_not_kept", exc_info=True)
        return begun

    async def _known(self, heard: Heard, tenant: str, key: str) -> Reference:
        """Where it is, as we know it; while the store is away, as they said themselves."""
        try:
            if found := await self._references.find(tenant, key):
                return found
        except Exception:
            log.warning("places_away", action="teams.places_away", exc_info=True)
        for one in heard.learnt:
            if (one.tenant, one.key) == (tenant, key):
                return one
        raise ours("unknown_place")


def _root(heard: Heard) -> str | None:
    """The post that their conversation hangs under: what answers a new post, or a press on one, goes there.

    A slash command is no post that anything could hang under.
    """
    if heard.way.targeted:
        return None
    return heard.way.conversation.partition(ROOT)[2] or None
