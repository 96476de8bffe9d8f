"""Where places are in a platform's own words: one row each, learnt from what came from there.

A row is marked when the bot is removed there, and erased when the grace is over. When all of a tenant's
conversations are marked, or silent for as long, the tenant has left: what came from it goes the same way
as a workspace's.

What comes late, or again, changes nothing: each row knows since when the bot is there, and when it went.
"""

from datetime import datetime

from sqlalchemy import and_, bindparam, case, delete, not_, or_, select, text, update
from sqlalchemy.engine import RowMapping

from bot.domain.value import Value
from storage.installed import open_forms
from storage.installed.leaving import GRACE, forget_under, note_purged
from storage.moments import to_text
from storage.tables import reference
from storage.unit import UnitOfWork

PLATFORM = "teams"


class KeptReference(Value):
    """One place, as the platform's folder describes it. `tenant` and `key` are its address's two halves."""

    tenant: str
    key: str
    kind: str
    conversation: str
    service_url: str
    user: str = ""
    team: str = ""
    team_thread: str = ""
    name: str = ""


_NAMES = tuple(KeptReference.model_fields)
_BACK = ", ".join(f'"{name}" = excluded."{name}"' for name in _NAMES[2:])
_SAVE = text(
    "INSERT INTO reference ({names}, added_at, heard_at, gone_at) "  # noqa: S608  our own columns
    "VALUES ({values}, :at, :heard, NULL) "
    "ON CONFLICT (tenant, key) DO UPDATE SET {back}, gone_at = NULL, heard_at = "
    "CASE WHEN reference.heard_at > excluded.heard_at THEN reference.heard_at ELSE excluded.heard_at END, "
    "added_at = "
    "CASE WHEN reference.gone_at IS NULL THEN reference.added_at ELSE excluded.added_at END "
    "WHERE reference.gone_at IS NULL OR reference.gone_at < excluded.added_at".format(
        names=", ".join(f'"{name}"' for name in _NAMES),
        values=", ".join(f":{name}" for name in _NAMES),
        back=_BACK,
    )
)
"""Two that hear of a place at the same moment both keep it: both databases understand this."""

_KNOWN = (reference.c.tenant == bindparam("the_tenant"), reference.c.gone_at.is_(None))
_FIND = select(reference).where(*_KNOWN, reference.c.key == bindparam("the_key"))
_OF_TENANT = select(reference).where(*_KNOWN).order_by(reference.c.key)


def find(unit: UnitOfWork, tenant: str, key: str) -> KeptReference | None:
    """Return what is known of a place; None when the bot is not there."""
    row = unit.look(_FIND, {"the_tenant": tenant, "the_key": key})
    return _kept(row) if row else None


def save(unit: UnitOfWork, one: KeptReference, at: datetime, *, heard: bool = True) -> bool:
    """Keep what was learnt at `at`, in the place of what was known; say whether the bot is there.

    `heard`: it came from there. What we find out ourselves, or begin, keeps no tenant from being forgotten.
    A removal that was waiting for its grace is called off, but not by what happened before it.
    """
    moment = to_text(at)
    told = {**one.model_dump(), "at": moment, "heard": moment if heard else ""}
    return unit.change(_SAVE, told) == 1


def forget(unit: UnitOfWork, tenant: str, key: str | None, at: datetime) -> tuple[str, ...]:
    """The bot was removed there, or (None) from the whole tenant; return the keys that it is true of.

    A whole team goes with its own conversation, that of its General channel. Where the bot was let in
    since, it stays.
    """
    moment = to_text(at)
    rows = [row for row in unit.rows(_OF_TENANT, {"the_tenant": tenant}) if row["added_at"] <= moment]
    gone = tuple(row["key"] for row in rows if key in {None, row["key"], row["team_thread"]})
    if gone:
        same = (reference.c.tenant == tenant, reference.c.key.in_(gone))
        unit.change(update(reference).where(*same).values(gone_at=moment))
    return gone


def back(unit: UnitOfWork, tenant: str, key: str, at: datetime) -> tuple[KeptReference, ...]:
    """The bot was let in here at `at`: return the team's other channels, with those it lost last.

    What went later than that stays lost.
    """
    moment = to_text(at)
    whose = reference.c.tenant == tenant
    here = unit.look(select(reference).where(whose, reference.c.key == key))
    if here is None or (here["gone_at"] or "") > moment:
        return ()
    team = here["team_thread"]
    same = (whose, reference.c.team_thread == team, reference.c.key != key)
    others = unit.rows(select(reference).where(*same).order_by(reference.c.key)) if team else ()
    lost = (row["gone_at"] for row in others if row["gone_at"] and row["gone_at"] <= moment)
    last = max(lost, default=None)
    there = [row for row in others if row["gone_at"] in {None, last}]
    later = case((reference.c.added_at > moment, reference.c.added_at), else_=moment)
    spots = reference.c.key.in_([key, *(row["key"] for row in there)])
    unit.change(update(reference).where(whose, spots).values(gone_at=None, added_at=later))
    return tuple(_kept(row) for row in there)


def added_after(unit: UnitOfWork, tenant: str, at: datetime) -> frozenset[str]:
    """Where the bot was let in (again) after `at`: a removal from before that takes nothing there."""
    since = select(reference.c.key).where(reference.c.tenant == tenant, reference.c.added_at > to_text(at))
    return frozenset(row["key"] for row in unit.rows(since))


def of_tenant(unit: UnitOfWork, tenant: str) -> tuple[KeptReference, ...]:
    return tuple(_kept(row) for row in unit.rows(_OF_TENANT, {"the_tenant": tenant}))


def tenants(unit: UnitOfWork) -> tuple[str, ...]:
    """Every tenant that the bot is in."""
    there = select(reference.c.tenant).where(reference.c.gone_at.is_(None)).distinct()
    return tuple(row["tenant"] for row in unit.rows(there.order_by(reference.c.tenant)))


def purge(unit: UnitOfWork, now: datetime) -> int:
    """Forget what the bot was removed from longer than the grace ago; say how many tenants left.

    A tenant is there as long as the bot is in one of its teams or groups, or has heard from a conversation
    that it is in within the grace: a school whose last team was taken away may still write to the bot, each
    by themselves. Where it never was in any team, somebody's own chat keeps the tenant, however silent. Whom
    we only heard of keeps nobody's.
    """
    open_forms.purge(unit, now)
    before = to_text(now - GRACE)
    late = reference.c.gone_at < before
    rows = unit.rows(select(reference).where(or_(late, reference.c.conversation != "")))
    by_tenant: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_tenant.setdefault(row["tenant"], []).append(row)
    left = [tenant for tenant, held in sorted(by_tenant.items()) if _has_left(held, before)]
    for tenant in left:
        forget_under(unit, PLATFORM, tenant)
        unit.change(delete(reference).where(reference.c.tenant == tenant))
        note_purged(unit, tenant, now)
    talking = [tenant for tenant, held in by_tenant.items() if tenant not in left and _no_team(held, before)]
    mark = and_(reference.c.tenant.in_(talking), reference.c.kind != "personal")
    unit.change(delete(reference).where(late, not_(mark)))
    return len(left)


def _has_left(rows: list[RowMapping], before: str) -> bool:
    if any(row["gone_at"] is None and row["heard_at"] >= before for row in rows):
        return False
    shared = [row for row in rows if row["kind"] != "personal"]
    return all((row["gone_at"] or before) < before for row in shared or rows)


def _no_team(rows: list[RowMapping], before: str) -> bool:
    """Whether it had teams or groups, and has none: that is remembered by their rows, until it has left."""
    shared = [row for row in rows if row["kind"] != "personal"]
    return bool(shared) and all((row["gone_at"] or before) < before for row in shared)


def _kept(row: RowMapping) -> KeptReference:
    return KeptReference(**{name: row[name] for name in _NAMES})
