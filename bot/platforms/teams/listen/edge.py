"""Teams' one door: what the porter has let in is read, has its effect on disk, and is answered."""

import asyncio
from collections.abc import Awaitable, Callable, Container
from datetime import UTC, datetime

from bot.domain.events import BotAdded, Event, FormSubmitted, MemberLeft
from bot.log import log
from bot.messages.model import Response, Say
from bot.platforms.door import Counts, Dispatch
from bot.platforms.spoken import Speaks as Reads
from bot.platforms.spoken import everybody_swedish, told
from bot.platforms.teams.install.references import References
from bot.platforms.teams.listen import answers, raw, words
from bot.platforms.teams.listen.answers import AGAIN, OK, asks_of
from bot.platforms.teams.listen.beside import Beside, Speaks
from bot.platforms.teams.listen.forms import given_back
from bot.platforms.teams.listen.guard import Answer
from bot.platforms.teams.listen.late import Late
from bot.platforms.teams.listen.later import Later
from bot.platforms.teams.listen.lookup import Lookup, Members, Standing
from bot.platforms.teams.listen.porter import Claims
from bot.platforms.teams.listen.raw import Activity
from bot.platforms.teams.listen.reach import everywhere, heard_from, key_of, place_of, removed
from bot.platforms.teams.listen.repeated import Repeated
from bot.platforms.teams.listen.replies import PATIENCE as ASIDE
from bot.platforms.teams.listen.replies import Replies
from bot.platforms.teams.listen.strangers import Strangers
from bot.platforms.teams.listen.writing import Writing
from bot.platforms.teams.parse.activity import read
from bot.platforms.teams.parse.values import UNKNOWN_KIND, UNREADABLE, Around, Gone, Heard, Ignored, ShowAgain
from bot.platforms.unsaved import CANNOT_SAVE, GiveUp, Unsaved

PATIENCE = 2.0
"""Seconds an invoke waits for the disk: with what its answer only gains by, 2.8 in all. Teams shows an error
of its own soon after. What was handed in is done all the same, and done once."""

Coming = Callable[[BotAdded, bool], Awaitable[Response]]
"""Takes what lets the bot in: everywhere in a team (or a chat), or (False) in one channel of it alone."""

AWAY = Say(message=CANNOT_SAVE, became="failed")
SLOW = Say(message=words.SLOW, became="failed")


class Edge:
    """Everything between the porter and `dispatch`.

    1. Whose tenant is it? Others are told so, and nothing of theirs is dispatched or kept.
    2. What is learnt of places is kept, then the event is dispatched: 200 means that it is on disk.
    3. Who waits gets an answer that shows what holds now; what else is to be said goes beside it.
    """

    def __init__(  # noqa: PLR0913  the composition hands each piece over by name
        self,
        *,
        dispatch: Dispatch,
        connector: Speaks,
        references: References,
        standing: Standing,
        members: Members,
        tenants: Container[str],
        commands: frozenset[str],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        speaks: Reads = everybody_swedish,
        patience: float = PATIENCE,
        aside: float = ASIDE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        give_up: GiveUp | None = None,
        coming: Coming | None = None,
    ) -> None:
        """`patience` is for the disk, `aside` for what an answer only gains by (seconds).

        `give_up` is told of what fell over again and again; without it everybody is told of it.
        `coming` takes what lets the bot in; without it `dispatch` does.
        """
        self.counts = Counts()
        self._dispatch = dispatch
        self._coming = coming or (lambda event, _everywhere: dispatch(event))
        self._references = references
        self._tenants = tenants
        self._commands = commands
        self._now = now
        self._patience = patience
        self._speaks = speaks
        self._after = Later()
        self._late = Late()
        self.writing = Writing(now)
        beside, lookup = Beside(connector, references, sleep), Lookup(standing, members, self._after, aside)
        self._replies = Replies(beside, lookup, self._after, self.writing, speaks)
        self._strangers = Strangers(beside, self._after, now)
        self._repeated = Repeated(self._on_disk, give_up or _everybody_waits, self._replies.follow)

    @property
    def unsaved(self) -> Unsaved:
        """What waits for the store; keep its `run` going."""
        return self._repeated.unsaved

    async def finish(self) -> None:
        """Wait for the answers that are still being given."""
        await self._after.finish()

    async def take(self, activity: Activity, claims: Claims | None = None) -> Answer:
        """Take an activity that the porter has let in; whatever happens, whoever waits hears something."""
        if claims and claims.service_url and not activity.get("serviceUrl"):
            activity["serviceUrl"] = claims.service_url
        try:
            return await self._take(activity)
        except Exception:
            self.counts["failed"] += 1
            log.exception("edge_failed", action="teams.failed")
            asks = asks_of(activity)
            language, texts = raw.read_by(activity, self._speaks), raw.texts_of(activity)
            sorry = told(CANNOT_SAVE, language)
            return Answer(AGAIN) if asks == "nothing" else given_back(asks, sorry, texts, language)

    async def _take(self, activity: Activity) -> Answer:
        around = Around(raw.bot_of(activity), self._now(), self._commands)
        if (tenant := raw.tenant_of(activity)) not in self._tenants:
            self.counts["unknown_tenant"] += 1
            if tenant:
                self._strangers.hear(read(activity, around))
            return answers.in_words(asks_of(activity), words.UNKNOWN_TENANT)
        parsed = read(activity, around)
        if not isinstance(parsed, Gone) and not (isinstance(parsed, Heard) and parsed.learnt):
            self._after.start(heard_from(activity, tenant, self._references, around.now))
        match parsed:
            case Heard() as heard:
                return await self._hear(heard)
            case ShowAgain() as again:
                return await self._replies.again(again)
            case Gone() as gone:
                return await self._gone(gone)
            case Ignored(why=why):
                self.counts[f"ignored_{why}"] += 1
                if why in {UNREADABLE, UNKNOWN_KIND}:
                    log.warning(why, action=f"teams.{why}")
                return raw.unreadable(activity, raw.read_by(activity, self._speaks))

    async def _hear(self, heard: Heard) -> Answer:
        began = asyncio.get_running_loop().time()
        heard = heard._replace(way=self._replies.believed(heard.way, place_of(heard.event)))
        if isinstance(heard.event, FormSubmitted):
            self.writing.end(heard.event.where, heard.way.reference, heard.way.user)
            if lacks := await self._replies.lacking(heard, heard.event):
                return lacks
        if heard.way.asks == "nothing":
            return await self._repeated.take(heard)
        named = await self._replies.named(heard)
        if not named:
            return self._replies.unnamed(heard)
        heard = named
        spent = asyncio.get_running_loop().time() - began
        response = await self._in_time(heard, max(self._patience - spent, 0.0))
        return await self._replies.answer(heard, response or AWAY, self._late.unsaved(heard))

    async def _in_time(self, heard: Heard, patience: float) -> Response | None:
        """What it came to; None when it could not be saved. What takes too long goes on without us."""
        work = self._late.begin(heard, lambda: self._effect(heard))
        limit = asyncio.timeout(patience)
        try:
            async with limit:
                response = await asyncio.shield(work)
        except Exception:
            late = limit.expired()
            self.counts["slow" if late else "not_saved"] += 1
            log.warning("not_saved", action="teams.not_saved", kind="slow" if late else "", exc_info=True)
            if not late:
                return None
            self._late.slow(heard, work)
            return SLOW
        return response

    async def _on_disk(self, heard: Heard) -> Response | None:
        """The same, where nobody waits; the dispatcher, or who looked for its people, has said why."""
        try:
            named = await self._replies.named(heard)
            return await self._effect(named) if named else None
        except Exception:
            self.counts["not_saved"] += 1
            log.warning("not_saved", action="teams.not_saved", exc_info=True)
            return None

    async def _effect(self, heard: Heard) -> Response:
        for reference in heard.learnt:
            await self._references.save(reference, heard.event.at)
        response = await self._first(heard)
        for event in (heard.event, *heard.also):
            if event is not heard.event:
                await self._dispatch(event)
            if isinstance(event, MemberLeft):
                for other in await everywhere(event, self._references):
                    await self._dispatch(other)
        return response

    async def _first(self, heard: Heard) -> Response:
        if isinstance(heard.event, BotAdded):
            return await self._coming(heard.event, heard.everywhere)
        return await self._dispatch(heard.event)

    async def _gone(self, gone: Gone) -> Answer:
        """The core hears of every place before its reference is forgotten: what fails is sent again."""
        try:
            event = gone.event
            places = await removed(event, self._references) if event else ()
            for place in places:
                await self._dispatch(place)
            # A team that is archived may be opened again, and then nobody tells of its channels.
            if event is None or event.why != "archived":
                for key in dict.fromkeys((gone.key, *(key_of(place.where) for place in places))):
                    await self._references.forget(gone.tenant, key, gone.at)
        except Exception:
            self.counts["not_saved"] += 1
            log.warning("not_saved", action="teams.not_saved", exc_info=True)
            return Answer(AGAIN)
        return Answer(OK)


async def _everybody_waits(_event: Event) -> bool:
    return True
