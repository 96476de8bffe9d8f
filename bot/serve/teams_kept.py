"""Teams' references as its folder wants them, and its open forms, kept in the store: part of the composition.

What comes in says each time where it came from, and is news almost never: what was said last is
remembered here, so that nothing is written, or read, when it is said again.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Container
from datetime import datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

from bot.log import log
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.listen.writing import LONGEST
from bot.serve.in_store import Run
from storage.installed import open_forms, references
from storage.installed.references import KeptReference
from storage.unit import UnitOfWork

REMEMBERED = 4096
"""Places at hand, at about 1 kB each; the one that was silent longest makes room."""

SECONDS = 600.0
"""How long what is remembered is believed: another process may have heard of a removal."""


HEARD_EVERY = timedelta(days=1)
"""How often it is noted that something was heard from a place, when nothing of it is news."""


MOMENT = timedelta(milliseconds=1)
"""How exactly Teams tells of when something was."""


class _Known(NamedTuple):
    """A place, until when (`seconds`) it is believed, and what was noted last of its being heard from."""

    reference: Reference
    until: float
    heard: datetime | None


class StoredReferences:
    """The `References` of every tenant that the bot is in."""

    def __init__(
        self,
        run: Run,
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
        most: int = REMEMBERED,
        *,
        let_in: Container[str] | None = None,
    ) -> None:
        """`let_in`: the tenants that may be spoken in; None means all that are known."""
        self._run = run
        self._now = now
        self._seconds = seconds
        self._most = most
        self._let_in = let_in
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    async def find(self, tenant: str, key: str) -> Reference | None:
        if self._let_in is not None and tenant not in self._let_in:
            return None
        if known := self._remembered(tenant, key):
            return known
        found = await self._run(lambda unit: references.find(unit, tenant, key))
        return self._remember(_reference(found)) if found else None

    async def save(self, reference: Reference, at: datetime | None = None) -> None:
        """Keep what was heard at `at` (now), in the place of what was known.

        Free when nothing is news, but once a day when it was heard from there (`at` is given).

        What it does not say (a chat that is not begun, a name) is not forgotten. People's names are not
        kept here: they belong to who they are, not to where they are.
        """
        noted = at is None or self._is_noted(reference, at)
        known = self._remembered(reference.tenant, reference.key)
        if noted and known and known == _together(known, reference):
            return
        known = await self.find(reference.tenant, reference.key)
        news = _together(known, reference) if known else _nameless(reference)
        when = at or self._now()
        if noted and news == known:
            return
        if await self._run(lambda unit: references.save(unit, _kept(news), when, heard=at is not None)):
            self._remember(news, at)

    async def forget(self, tenant: str, key: str | None, at: datetime | None = None) -> None:
        await self.forgotten(tenant, key, at)

    async def forgotten(self, tenant: str, key: str | None, at: datetime | None = None) -> tuple[str, ...]:
        """Forget a place, a team with all its channels, or (None) a tenant, as it was at `at` (now).

        Returns the keys of what went.
        """
        when = at or self._now()
        gone = await self._run(lambda unit: references.forget(unit, tenant, key, when))
        for one in (*gone, *([key] if key else [])):
            self._known.pop((tenant, one), None)
        return gone

    async def forget_chat(self, reference: Reference) -> None:
        """The chat with this person is not what it was; what is known of them otherwise stays."""
        known = await self.find(reference.tenant, reference.key)
        if known is None or known.conversation != reference.conversation:
            return
        news, when = known.model_copy(update={"conversation": ""}), self._now()
        if await self._run(lambda unit: references.save(unit, _kept(news), when, heard=False)):
            self._remember(news)

    async def back(self, tenant: str, key: str, at: datetime) -> tuple[Reference, ...]:
        """The bot was let in here at `at`: the team's other channels, with those it lost last."""
        found = await self._run(lambda unit: references.back(unit, tenant, key, at))
        return tuple(_reference(one) for one in found)

    async def back_alone(self, tenant: str, key: str, at: datetime) -> None:
        """The bot was let into this one channel at `at`: a removal from before that, told late, is over."""
        known = await self.find(tenant, key)
        if known and key != known.team_thread:  # to forget General is to forget the team
            await self._run(lambda unit: _begin_anew(unit, known, at))

    async def added_after(self, tenant: str, at: datetime) -> frozenset[str]:
        return await self._run(lambda unit: references.added_after(unit, tenant, at))

    async def of_tenant(self, tenant: str) -> tuple[Reference, ...]:
        found = await self._run(lambda unit: references.of_tenant(unit, tenant))
        return tuple(_reference(one) for one in found)

    def _remembered(self, tenant: str, key: str) -> Reference | None:
        known = self._known.get((tenant, key))
        if known is None or known.until <= self._seconds():
            return None
        self._known.move_to_end((tenant, key))
        return known.reference

    def _is_noted(self, reference: Reference, at: datetime) -> bool:
        known = self._known.get((reference.tenant, reference.key))
        return bool(known and known.heard and at < known.heard + HEARD_EVERY)

    def _remember(self, reference: Reference, heard: datetime | None = None) -> Reference:
        whose = (reference.tenant, reference.key)
        before = self._known.get(whose)
        newest = heard or (before.heard if before else None)
        self._known[whose] = _Known(reference, self._seconds() + SECONDS, newest)
        self._known.move_to_end(whose)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return reference


def _begin_anew(unit: UnitOfWork, known: Reference, at: datetime) -> None:
    """It is there since `at`, whatever it was before."""
    references.forget(unit, known.tenant, known.key, at - MOMENT)
    references.save(unit, _kept(known), at)


def _together(known: Reference, heard: Reference) -> Reference:
    """What was known, with everything that was heard now; equal to `known` when that is no news."""
    said = {name: value for name, value in _nameless(heard).__dict__.items() if value}
    if all(getattr(known, name) == value for name, value in said.items()):
        return known
    return known.model_copy(update=said)


def _nameless(heard: Reference) -> Reference:
    return heard.model_copy(update={"name": ""}) if heard.kind == "personal" and heard.name else heard


def _kept(one: Reference) -> KeptReference:
    return KeptReference(**one.model_dump())


def _reference(kept: KeptReference) -> Reference:
    return Reference.model_validate(kept.model_dump())


class LeftForms:
    """The forms that stand open when this process ends, for the next one to know of."""

    def __init__(self, run: Run, now: Callable[[], datetime]) -> None:
        self._run = run
        self._now = now

    async def leave(self, told: str) -> None:
        """Leave them, if there are any. While the store is away they are lost: nobody waits for them."""
        if not told:
            return
        until, whose = self._now() + timedelta(seconds=LONGEST), token_hex(4)
        try:
            await self._run(lambda unit: open_forms.leave(unit, told, until, whose))
        except Exception as problem:  # noqa: BLE001  whatever it is, the bot is ending
            log.warning("forms_not_left", action="teams.forms_not_left", kind=type(problem).__name__)

    async def taken(self) -> tuple[str, ...]:
        """Those that were left; none while the store is away."""
        try:
            return await self._run(open_forms.take)
        except Exception as problem:  # noqa: BLE001  whoever has one open is no reason not to begin
            log.warning("forms_not_taken", action="teams.forms_not_taken", kind=type(problem).__name__)
            return ()
