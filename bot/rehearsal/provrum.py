"""The provrum: Björkskolan in the browser, the whole bot behind it, and a clock that can be wound."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from bot.app import App
from bot.domain.events import BotAdded, Event
from bot.domain.school import Account, Language, Place
from bot.domain.value import PersonId
from bot.messages.model import Message, Response, Say
from bot.platforms.slack.render.message import to_payload
from bot.platforms.teams.render.message import activity_of, to_parts
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.door import local_hosts
from bot.platforms.web.listen import build_app
from bot.platforms.web.send import WebPlatform
from bot.platforms.web.stage import PLATFORM, Channel, Persona, Stage
from bot.rehearsal import example
from bot.rehearsal.winding import A_MINUTE, next_stop, wind
from bot.runtime.clock import Clock
from bot.runtime.heartbeat import Heartbeat
from prompts.book import Prompts
from storage.asked.due import next_check_in
from storage.emptying import empty, is_empty, is_rehearsed_in, rehearse_in
from storage.engine import StoreRefused
from storage.post.inbox import StoreAway
from storage.store import Store
from storage.unit import UnitOfWork

ZONE = ZoneInfo("Europe/Stockholm")
FRIDAY = 4
SUMMARY, MORNING = time(14), time(8)
GUIDE = (
    (
        "Öppna Pia. Skriv /avstämning varannan torsdag 15.15 i Arbetslag 4–6. Tryck på Ändra, välj Var och "
        "en för sig, och tryck på Ja, spara."
    ),
    "Tryck på Spola fram och välj Nästa avstämning. Frågan kommer i kanalen.",
    "Svara som Lena. Öppna Omar bredvid, så ser du siffran ändras. Skriv inget som Sara.",
    "Skriv /orsaksanalys som Sam. Svara tillsammans i tråden.",
    "Spola fram till Veckans sammanfattning. Läs den som Rut, direkt med boten, och svara arbetslaget.",
    "Spola fram till Nästa händelse. Sara får en påminnelse som bara hon ser.",
)
OFFSET = "clock.offset"
OCCUPIED = (
    "I databasen finns en skola på riktigt. Provrummet ändrar klockan och kan börja om från början, så jag "
    "öppnar det inte där. Låt NULAGE_DATABASE_URL peka på en annan databas, eller ta bort inställningen: då "
    "får provrummet en egen fil. Skolans svar är kvar."
)


def stage_of(prompts: Prompts) -> Stage:
    """Who and what is there before anybody has said a word."""
    personas = tuple(
        Persona(slug=slug, name=name, title=example.TITLES[slug], person=PersonId(slug))
        for slug, name in example.names().items()
    )
    leaders = tuple(
        slug for slug, _name, roles, _teams in example.PEOPLE if {"processledare", "rektor"} & set(roles)
    )
    channels = tuple(
        Channel(
            address=f"#{team}",
            name=name,
            members=(
                *(slug for slug, _name, _roles, teams in example.PEOPLE if team in teams),
                *(slug for slug, _name, joins in example.NEWCOMERS if joins == team),
                *leaders,
            ),
        )
        for team, name, _skolform in example.TEAMS
    )
    commands = tuple((f"/{name}", what) for name, what in prompts.texts.common.help_commands.items())
    return Stage(personas=personas, channels=channels, commands=commands, guide=GUIDE)


class Provrum:
    """The engine behind the windows: the real bot, its heartbeat, and a clock that remembers."""

    def __init__(self, store: Store, prompts: Prompts, chat: ChatLog, clock: Clock) -> None:
        self._store = store
        self._chat = chat
        self._prompts = prompts
        self._clock = clock
        self.stage = stage_of(prompts)
        self.app = App(store, prompts, {PLATFORM: WebPlatform(chat, self.stage, clock.now)}, clock)
        self._heartbeat = Heartbeat(self.app.tick)
        self._winding = asyncio.Lock()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Run the bot for as long as the block lasts. Raises StoreRefused when the store is a school's."""
        with self._store.begin() as unit:
            if not (is_empty(unit) or is_rehearsed_in(unit)):
                raise StoreRefused(OCCUPIED)
        self.app.start()
        self._remember_clock()
        if await self._run(is_empty):
            await self._begin()
        self._heartbeat.start()
        courier = asyncio.create_task(self.app.courier.run())
        try:
            yield
        finally:
            self._heartbeat.stop()
            await self.app.courier.stop()
            courier.cancel()
            await asyncio.gather(courier, return_exceptions=True)
            self.app.stop()

    async def dispatch(self, event: Event) -> Response:
        try:
            return await self.app.dispatch(event)
        except StoreAway:
            return Say(message=Message(title=self._prompts.texts.common.cannot_save), became="failed")

    def now(self) -> datetime:
        return self._clock.now()

    async def wind_to(self, moment: datetime) -> None:
        """Move the clock forward; everything due on the way happens."""
        async with self._winding:
            await wind(self.app, moment, A_MINUTE)
            self._chat.set_meta(OFFSET, str(self._clock.offset.total_seconds()))

    async def next_stops(self) -> tuple[tuple[str, datetime], ...]:
        """The moments worth winding to: the next check-in, Friday's summary, what comes by itself, later."""
        now, local = self.now(), self.now().astimezone(ZONE)
        asked = await asyncio.wrap_future(self.app.dispatcher.run(next_check_in))
        coming = await next_stop(self.app)
        friday = datetime.combine(
            local.date() + timedelta(days=(FRIDAY - local.weekday()) % 7), SUMMARY, ZONE
        )
        friday = friday if friday > local else friday + timedelta(days=7)
        christmas = datetime.combine(local.date().replace(month=12, day=24), MORNING, ZONE)
        stops = (
            ("Nästa avstämning", asked),
            ("Veckans sammanfattning", friday),
            ("Nästa händelse", coming if coming not in {asked, friday} else None),
            ("I morgon", datetime.combine(local.date() + timedelta(days=1), MORNING, ZONE)),
            ("En vecka", local + timedelta(days=7)),
            ("Till jul", christmas),
        )
        return tuple((label, moment) for label, moment in stops if moment and moment > now)

    def speaks(self, slug: str, /) -> Language:
        return self.app.speaks(Account(platform=PLATFORM, user=slug))

    def elsewhere(self, message: Message) -> Mapping[str, str]:
        activities = [activity_of(part) for part in to_parts(message)]
        shown = {
            "Slack-block": to_payload(message).model_dump(mode="json"),
            "Teams-kort": activities[0] if len(activities) == 1 else activities,
        }
        return {name: json.dumps(one, ensure_ascii=False, indent=2) for name, one in shown.items()}

    async def start_over(self) -> None:
        """Forget everything that was said and done, and begin at the start again."""
        async with self._winding:
            await self._run(empty)
            self._chat.clear()
            self._clock.offset = timedelta(0)
            self._remember_clock()
            await self._begin()

    async def _run(self, work: Callable[[UnitOfWork], object]) -> object:
        return await asyncio.wrap_future(self.app.dispatcher.run(work))

    async def _begin(self) -> None:
        """Found the school, and let the bot into each channel: it says hello there."""
        await self._run(self._found)
        pia = Account(platform=PLATFORM, user="pia")
        for channel in self.stage.channels:
            where = Place(platform=PLATFORM, address=channel.address)
            added = f"added:{channel.address}"
            await self.dispatch(BotAdded(id=added, at=self.now(), who=pia, where=where, name=channel.name))

    def _found(self, unit: UnitOfWork) -> None:
        example.found(unit, PLATFORM, self.now().astimezone(ZONE).date())
        rehearse_in(unit)

    def _remember_clock(self) -> None:
        """Go on from where the clock stood; the first time, from the next working morning."""
        kept = self._chat.get_meta(OFFSET)
        if kept:
            self._clock.offset = timedelta(seconds=float(kept))
            newest = self._chat.newest()  # later than the clock only after an end in the middle of winding
            if newest and newest > self.now():
                self._clock.wind_to(newest)
        else:
            self._clock.wind_to(example.first_morning(self.now()))
            self._chat.set_meta(OFFSET, str(self._clock.offset.total_seconds()))


def web_app(provrum: Provrum, chat: ChatLog, *, token: str, port: int) -> Starlette:
    return build_app(provrum.stage, chat, provrum, token=token, hosts=local_hosts(port))
