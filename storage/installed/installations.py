"""Where the bot is installed in Slack: one row a workspace or organisation, its token sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.engine import RowMapping

from bot.domain.value import Value
from storage.installed.leaving import GRACE, forget_under, note_purged
from storage.moments import to_text
from storage.tables import installation, outbox
from storage.unit import UnitOfWork

if TYPE_CHECKING:  # sealing needs what only Slack's extra installs; forgetting does not
    from storage.installed.sealing import Seal

PLATFORM = "slack"


class Installation(Value):
    """`team` is None for a whole organisation, `enterprise` for a workspace outside one.

    `refused`: Slack does not take the token just now. It is kept, in case it does again.
    """

    enterprise: str | None
    team: str | None
    name: str
    token: SecretStr
    bot_id: str
    bot_user: str
    app_id: str = ""
    scopes: frozenset[str] = frozenset()
    refused: bool = False


def save(
    unit: UnitOfWork, seal: "Seal | None", installed: Installation, installer: str, now: datetime
) -> None:
    """Write down an installation, new or again; a removal that was waiting for its grace is called off.

    Without a seal the token is not written: it stands in the settings.
    """
    unit.change(delete(installation).where(*_same(installed.enterprise, installed.team)))
    unit.add(
        installation,
        {
            "enterprise": installed.enterprise or "",
            "team": installed.team or "",
            "name": installed.name,
            "token": seal.close(installed.token) if seal else "",
            "bot_id": installed.bot_id,
            "bot_user": installed.bot_user,
            "app_id": installed.app_id,
            "scopes": " ".join(sorted(installed.scopes)),
            "installer": installer,
            "installed_at": to_text(now),
            "refused_at": None,
            "disconnected_at": None,
        },
    )


def find(unit: UnitOfWork, seal: "Seal", enterprise: str | None, team: str | None) -> Installation | None:
    """Return the connected installation of a workspace, else of its whole organisation.

    A workspace's id is its own in all of Slack, so that one may be found without its organisation.
    """
    own = installation.c.team == (team or "")
    whole = (installation.c.enterprise == (enterprise or "")) & (installation.c.team == "")
    rows = unit.rows(
        select(installation)
        .where(or_(own, whole) if team else whole, installation.c.token != "")
        .order_by(installation.c.team.desc())
    )
    return _installation(rows[0], seal) if rows else None


def connected(unit: UnitOfWork, seal: "Seal") -> tuple[Installation, ...]:
    """Return every installation with a token, the same order each time."""
    rows = unit.rows(
        select(installation)
        .where(installation.c.token != "")
        .order_by(installation.c.enterprise, installation.c.team)
    )
    return tuple(_installation(row, seal) for row in rows)


def remove(
    unit: UnitOfWork, enterprise: str | None, team: str | None, removed_at: datetime, now: datetime
) -> bool:
    """Wipe the token at once. False when there was nothing to wipe.

    Uninstall and revoke come in any order, more than once, and late: what was installed after
    `removed_at` is another installation.
    """
    gone = update(installation).where(
        *_same(enterprise, team),
        installation.c.disconnected_at.is_(None),
        installation.c.installed_at <= to_text(removed_at),
    )
    return unit.change(gone.values(token="", disconnected_at=to_text(now))) > 0


def mark(unit: UnitOfWork, seal: "Seal | None", one: Installation, refused_at: datetime | None) -> bool:
    """Note that Slack refuses this token, or (None) takes it again. False when that is no news.

    It is none either when another token has come in its place: without a seal, only the settings' own can.
    """
    same = (*_same(one.enterprise, one.team), installation.c.disconnected_at.is_(None))
    rows = unit.rows(select(installation).where(*same))
    if not rows or bool(rows[0]["refused_at"]) == bool(refused_at):
        return False
    if seal and seal.open(rows[0]["token"]) != one.token:
        return False
    since = to_text(refused_at) if refused_at else None
    return unit.change(update(installation).where(*same).values(refused_at=since)) > 0


def seal_anew(unit: UnitOfWork, seal: "Seal") -> int:
    """Seal with the newest key what an older one sealed, and say how many. Raises SealBroken."""
    rows = unit.rows(select(installation).where(installation.c.token != ""))
    older = [row for row in rows if not seal.is_newest(row["token"])]
    for row in older:
        anew = seal.close(seal.open(row["token"]))
        same = _same(row["enterprise"], row["team"])
        unit.change(update(installation).where(*same).values(token=anew))
    return len(older)


def let_go(unit: UnitOfWork, seal: "Seal", now: datetime) -> int:
    """Wipe the tokens that no key opens, as if the bot was removed there now, and say how many."""
    rows = unit.rows(select(installation).where(installation.c.token != ""))
    lost = [row for row in rows if not seal.opens(row["token"])]
    for row in lost:
        gone = update(installation).where(*_same(row["enterprise"], row["team"]))
        unit.change(gone.values(token="", disconnected_at=to_text(now)))
    return len(lost)


def purge(unit: UnitOfWork, now: datetime) -> int:
    """Forget what came from the workspaces that left, or refused us, longer than the grace ago."""
    rows, before = unit.rows(select(installation)), to_text(now - GRACE)
    late = [row for row in rows if "" < (row["disconnected_at"] or row["refused_at"] or "") < before]
    if not late:
        return 0
    kept = [row for row in rows if row not in late]
    for team in _teams(unit):
        if _is_one(team, late) and not _is_one(team, kept):
            forget_under(unit, PLATFORM, team)
    for row in late:
        unit.change(delete(installation).where(*_same(row["enterprise"], row["team"])))
        note_purged(unit, row["team"] or row["enterprise"], now)
    return len(late)


def _is_one(team: str, rows: Sequence[RowMapping]) -> bool:
    """Whether a workspace is, or may be, reached by one of these; an organisation reaches any of its own."""
    return any(row["team"] in {team, ""} for row in rows)


def _teams(unit: UnitOfWork) -> set[str]:
    """Every workspace that something here still has an address in."""
    roster = unit.roster
    places = [team.place for team in roster.arbetslag.values()]
    places += [person.direct for person in roster.persons.values()]
    addresses = [place.address for place in places if place and place.platform == PLATFORM]
    addresses += [user for platform, user in roster.accounts if platform == PLATFORM]
    lanes = unit.rows(select(outbox.c.lane).where(outbox.c.lane.startswith(f"{PLATFORM}:")).distinct())
    addresses += [row["lane"].removeprefix(f"{PLATFORM}:") for row in lanes]
    return {address.partition("/")[0] for address in addresses}


def _same(enterprise: str | None, team: str | None) -> tuple[ColumnElement[bool], ...]:
    """A workspace's row by its own id alone, since it may have joined an organisation meanwhile."""
    if team:
        return (installation.c.team == team,)
    return (installation.c.team == "", installation.c.enterprise == (enterprise or ""))


def _installation(row: RowMapping, seal: "Seal") -> Installation:
    columns: dict[str, Any] = dict(row)
    return Installation(
        enterprise=columns["enterprise"] or None,
        team=columns["team"] or None,
        name=columns["name"],
        token=seal.open(columns["token"]),
        bot_id=columns["bot_id"],
        bot_user=columns["bot_user"],
        app_id=columns["app_id"],
        scopes=frozenset(columns["scopes"].split()),
        refused=columns["refused_at"] is not None,
    )
