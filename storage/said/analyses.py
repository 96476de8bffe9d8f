"""Cause analyses: the finding each starts from, and every version of the causes that were agreed on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, select

from bot.domain.analysis.agreed import Agreed, Analysis
from bot.domain.analysis.causes import Cause
from bot.domain.reports.current_state import OpenCause, Told
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId
from storage.moments import from_text, to_text
from storage.reading import read_once
from storage.said.notes import READABLE
from storage.tables import analysis as analyses
from storage.tables import cause as causes
from storage.tables import note
from storage.unit import UnitOfWork

MOST_RESULTS = 25
"""Results to choose among (Slack shows a hundred, a person reads far fewer)."""


def load_analysis(unit: UnitOfWork, key: str) -> Analysis | None:
    """Read one analysis; what this unit has saved is known without asking the database."""
    return read_once(unit, "analysis", key, Analysis, select(analyses.c.body).where(analyses.c.id == key))


def save_analysis(unit: UnitOfWork, analysis: Analysis, *, was: int | None) -> None:
    """Save an analysis; `was` is the version that was read, None when it is new."""
    unit.seen["analysis", analysis.id] = analysis
    row = {
        "id": analysis.id,
        "school_id": analysis.school,
        "arbetslag_id": analysis.arbetslag,
        "state": analysis.state,
        "body": analysis.model_dump_json(),
        "created_at": to_text(analysis.created_at),
        "version": analysis.version,
    }
    unit.keep(analyses, row, was=was)


def save_agreed(unit: UnitOfWork, agreed: Agreed, at: datetime, *, was: int) -> None:
    """Save what all agreed on: a new row for each cause that is new or changed, the old ones kept."""
    save_analysis(unit, agreed.analysis, was=was)
    for number in agreed.changed:
        cause = agreed.causes[number]
        row = {
            "analysis_id": agreed.analysis.id,
            "number": number,
            "version": cause.version,
            "body": cause.model_dump_json(),
            "at": to_text(at),
        }
        unit.add(causes, row)


def analyses_of(unit: UnitOfWork, arbetslag: ArbetslagId) -> tuple[Analysis, ...]:
    """An arbetslag's analyses, newest first."""
    rows = unit.rows(
        select(analyses.c.body)
        .where(analyses.c.arbetslag_id == arbetslag)
        .order_by(analyses.c.created_at.desc(), analyses.c.id.desc())
    )
    return tuple(Analysis.model_validate_json(row["body"]) for row in rows)


def latest_causes(unit: UnitOfWork, keys: Iterable[str]) -> dict[str, dict[int, Cause]]:
    """The newest version of each cause of these analyses, by analysis and number."""
    rows = unit.rows(select(causes).where(causes.c.analysis_id.in_(tuple(keys))).order_by(causes.c.version))
    found: dict[str, dict[int, Cause]] = {}
    for row in rows:
        found.setdefault(row["analysis_id"], {})[row["number"]] = Cause.model_validate_json(row["body"])
    return found


def open_causes(unit: UnitOfWork, teams: Sequence[Arbetslag]) -> tuple[OpenCause, ...]:
    """The explanations these arbetslag have agreed on (no drafts), each analysis's most important first."""
    names = {team.id: team.name for team in teams}
    done = [one for one in _of(unit, teams) if one.state == "done"]
    known = latest_causes(unit, (one.id for one in done)) if done else {}
    return tuple(
        OpenCause(
            text=cause.text, result=cause.result, strength=cause.strength, arbetslag=names[one.arbetslag]
        )
        for one in done
        for cause in _ranked(one, known.get(one.id, {}))
    )


def results_without_causes(unit: UnitOfWork, teams: Sequence[Arbetslag]) -> tuple[str, ...]:
    """The results that somebody began to analyse, and that have no cause anybody agreed on."""
    return tuple(one.finding.text for one in _of(unit, teams) if one.state != "closed" and not one.ranked)


def recent_results(unit: UnitOfWork, team: Arbetslag) -> tuple[Told, ...]:
    """Notes that may show a result worth understanding: results first, then what works or worries."""
    wanted = (note.c.aspect == "resultat") | note.c.sign.in_(("bekymrar", "fungerar"))
    rows = unit.rows(
        select(note)
        .where(note.c.arbetslag_id == team.id, note.c.state.in_(READABLE), wanted)
        .order_by(case((note.c.aspect == "resultat", 0), else_=1), note.c.created_at.desc(), note.c.id.desc())
        .limit(MOST_RESULTS)
    )
    return tuple(
        Told(
            note=row["id"],
            arbetslag=team.name,
            aspect=row["aspect"],
            sign=row["sign"],
            text=row["text"],
            link=f"#{row['source']}" if row["source"] else None,
            at=from_text(row["created_at"]),
        )
        for row in rows
    )


def _of(unit: UnitOfWork, teams: Sequence[Arbetslag]) -> tuple[Analysis, ...]:
    rows = unit.rows(
        select(analyses.c.body)
        .where(analyses.c.arbetslag_id.in_([team.id for team in teams]))
        .order_by(analyses.c.created_at.desc(), analyses.c.id.desc())
    )
    found = (Analysis.model_validate_json(row["body"]) for row in rows)
    return tuple(one for one in found if one.shared)


def _ranked(analysis: Analysis, known: Mapping[int, Cause]) -> tuple[Cause, ...]:
    return tuple(known[number] for number in analysis.ranked if number in known)
