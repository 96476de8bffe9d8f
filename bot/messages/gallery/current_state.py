"""`/nuläge` with nothing, with much, from outside and from within, and shared."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.notes import Aspect, Sign
from bot.domain.reports.current_state import Count, Facts, OpenCause, Told, current_state
from bot.domain.reports.gaps import TeamRound
from bot.domain.school import Arbetslag, Skolform
from bot.domain.value import ArbetslagId, SchoolId
from bot.messages.gallery.base import Example, wall
from bot.messages.phrasing.current_state import phrase, phrase_choice, phrase_shared, share_form

AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
TEAM_46 = ArbetslagId("arbetslag-4-6")
TEAM_79 = ArbetslagId("arbetslag-7-9")
TEAMS = tuple(
    Arbetslag(id=key, school=SchoolId("bjorkskolan"), name=name, skolform=Skolform.GRUNDSKOLA)
    for key, name in (
        (TEAM_46, "Arbetslag 4–6"),
        (TEAM_79, "Arbetslag 7–9"),
        (ArbetslagId("las-skriv"), "Arbetslaget för läs- och skrivutveckling mellan stadierna"),
        (ArbetslagId("las-skriv-2"), "Arbetslaget för läs- och skrivutveckling mellan skolorna"),
    )
)
MARKUP = "<!channel> *Alla* ska [klicka](https://example.org) & läsa <b>det här</b>. " * 6


def told(team: str, aspect: Aspect, sign: Sign, text: str, n: int = 0) -> Told:
    return Told(
        note=f"note-{n}-{aspect}-{sign}",
        arbetslag=team,
        aspect=aspect,
        sign=sign,
        text=text,
        link=None if n else "#18f3a2",
        at=AT - timedelta(hours=n),
    )


def count(team: ArbetslagId, aspect: Aspect, sign: Sign, n: int) -> Count:
    return Count(arbetslag=team, aspect=aspect, sign=sign, perspective="personal", n=n)


def _round(key: ArbetslagId, name: str, *, answered: bool, silent: int | None, planned: bool) -> TeamRound:
    return TeamRound(
        arbetslag=key,
        name=name,
        planned=planned,
        asked=silent is not None,
        answered=answered,
        weeks_silent=silent,
    )


EMPTY = Facts(
    scope="Arbetslag 4–6",
    scope_id=TEAM_46,
    from_outside=False,
    may_read=True,
    phase="Följ upp",
    question="Var är ni?",
    next_phase="Analysera resultat",
    next_check_in=None,
    counts=(),
    writers=5,
    latest=(),
    teams=(_round(TEAM_46, "Arbetslag 4–6", answered=False, silent=None, planned=False),),
    causes=(),
    results_without_causes=(),
    waiting=0,
    minutes=0,
    ceiling=10,
)
OWN = EMPTY.model_copy(
    update={
        "next_check_in": wall("2026-12-03T15:15"),
        "counts": (
            count(TEAM_46, "process", "fungerar", 6),
            count(TEAM_46, "process", "bekymrar", 2),
            count(TEAM_46, "resultat", "fungerar", 3),
        ),
        "latest": (
            told("Arbetslag 4–6", "process", "fungerar", "Halvklass i matematik gav mer samtal."),
            told("Arbetslag 4–6", "process", "bekymrar", MARKUP, 1),
            told("Arbetslag 4–6", "resultat", "fungerar", "Fler elever läser hela böcker 📚", 2),
        ),
        "teams": (_round(TEAM_46, "Arbetslag 4–6", answered=True, silent=0, planned=True),),
        "causes": (
            OpenCause(
                text="Eleverna får sällan tala matematik",
                result="Färre når målen i problemlösning.",
                strength="visst",
                arbetslag="Arbetslag 4–6",
            ),
        ),
        "results_without_causes": ("Läsförståelsen i årskurs 5",),
        "waiting": 1,
        "minutes": 6,
    }
)
SCHOOL = OWN.model_copy(
    update={
        "scope": "Björkskolan",
        "scope_id": None,
        "from_outside": True,
        "writers_in": {TEAM_46: 5, TEAM_79: 5},
        "counts": (*OWN.counts, count(TEAM_79, "process", "bekymrar", 5)),
        "teams": (
            *OWN.teams,
            _round(TEAM_79, "Arbetslag 7–9", answered=False, silent=1, planned=True),
            _round(ArbetslagId("fritids"), "Fritids Eken", answered=False, silent=5, planned=False),
        ),
        "waiting": 2,
    }
)
FEW = SCHOOL.model_copy(
    update={
        "writers": 2,
        "writers_in": {TEAM_46: 2},
        "counts": (count(TEAM_46, "process", "bekymrar", 2),),
        "latest": OWN.latest[:1],
        "causes": (),
    }
)
HIDDEN = SCHOOL.model_copy(update={"may_read": False, "latest": (), "causes": ()})
SHARED_SCHOOL = HIDDEN.model_copy(update={"named": False})
RESTING = HIDDEN.model_copy(
    update={
        "next_check_in": None,
        "teams": (
            OWN.teams[0].model_copy(update={"planned": False, "paused": True, "shut": date(2026, 11, 24)}),
            _round(ArbetslagId("fritids"), "Fritids Eken", answered=True, silent=0, planned=False).model_copy(
                update={"paused": True}
            ),
        ),
    }
)

MUCH = OWN.model_copy(update={"causes": OWN.causes * 9, "minutes": 48})

EXAMPLES: tuple[Example, ...] = (
    Example("current_state/empty", lambda texts: phrase(current_state(EMPTY), texts, share=True)),
    Example("current_state/own", lambda texts: phrase(current_state(OWN), texts, share=True, keep=True)),
    Example("current_state/much", lambda texts: phrase(current_state(MUCH), texts, share=True)),
    Example("current_state/school", lambda texts: phrase(current_state(SCHOOL), texts, share=True)),
    Example("current_state/too_few", lambda texts: phrase(current_state(FEW), texts, share=True, widen=True)),
    Example("current_state/hidden", lambda texts: phrase(current_state(HIDDEN), texts, share=False)),
    Example("current_state/resting", lambda texts: phrase(current_state(RESTING), texts, share=False)),
    Example("current_state/shared", lambda texts: phrase_shared(current_state(OWN), "Lena Berg", texts)),
    Example(
        "current_state/shared_school",
        lambda texts: phrase_shared(current_state(SHARED_SCHOOL), "Rut Alm", texts),
    ),
    Example("current_state/choose", lambda texts: phrase_choice(TEAMS, "show_state", texts)),
    Example("current_state/share_form", lambda texts: share_form(TEAMS[:1], texts, whole_school=False)),
    Example("current_state/share_form_school", lambda texts: share_form(TEAMS, texts, whole_school=True)),
)
