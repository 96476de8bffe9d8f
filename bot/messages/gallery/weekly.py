"""The week's summary: empty, partial, whole, below the floor; what goes back; the reply and its forms."""

from datetime import date

from bot.domain.notes import Sign
from bot.domain.reports.week_facts import NewCause, NotAsked, Raised, TeamWeek, WeekFacts, WeekNote
from bot.domain.reports.weekly import summarise
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.gallery.base import Example, wall
from bot.messages.gallery.current_state import AT, MARKUP, TEAM_46, TEAM_79, told
from bot.messages.model import Message
from bot.messages.phrasing.documents import Belongs, as_file
from bot.messages.phrasing.replies import (
    LONGEST_REPLY,
    Team,
    phrase_reply,
    reply_form,
    reply_options,
    time_form,
)
from bot.messages.phrasing.weekly import (
    Standing,
    lead_so_far,
    phrase_back,
    phrase_no_rektor,
    phrase_own,
    phrase_summary,
)
from bot.messages.texts import Texts, fill

FRIDAY = date(2026, 11, 27)
DUE = wall("2026-11-27T14:00")
SIGNS: tuple[Sign, ...] = ("fungerar", "bekymrar", "bekymrar", "bekymrar", "fungerar", "bekymrar")
SENTENCES = (
    "Halvklass i matematik gav mer samtal mellan eleverna.",
    "Exit tickets visade att begreppen satt bättre än förra året.",
    "Grupprummen räcker inte när tre klasser har samtidigt.",
    "Vi hann inte med den gemensamma planeringen på torsdagen.",
    "Eleverna hjälper varandra mer i de nya läsgrupperna.",
    "Vikarierna saknade planering, och lektionerna blev oroliga.",
)


def _notes(team: ArbetslagId, name: str, n: int, *, changed: bool = False) -> tuple[WeekNote, ...]:
    return tuple(
        WeekNote(
            told=told(name, "process", SIGNS[k], SENTENCES[k], k).model_copy(update={"note": f"{team}-{k}"}),
            arbetslag=team,
            writer=PersonId(f"{team}-{k}"),
            perspective="barn_elever" if k == 0 else "personal",
            changed=changed and k == 0,
        )
        for k in range(n)
    )


def _week(key: ArbetslagId, name: str, n: int, *, asked: int = 1, changed: bool = False) -> TeamWeek:
    notes = _notes(key, name, n, changed=changed)
    return TeamWeek(arbetslag=key, name=name, notes=notes, asked=asked, answered=1 if n else 0)


RAISED = Raised(
    note="note-raised",
    arbetslag=TEAM_46,
    name="Arbetslag 4–6",
    text="Vi saknar grupprum.",
    at=AT,
    link="#18f3a2",
)
LONG_RAISED = RAISED.model_copy(update={"note": "note-long", "text": MARKUP, "link": None})
EMPTY = WeekFacts(
    school="Björkskolan",
    week=FRIDAY,
    since=date(2026, 11, 20),
    until=FRIDAY,
    teams=(_week(TEAM_46, "Arbetslag 4–6", 0), _week(TEAM_79, "Arbetslag 7–9", 0, asked=0)),
)
WITHOUT_WORDS = EMPTY.model_copy(
    update={"teams": (EMPTY.teams[0].model_copy(update={"answered": 1}), EMPTY.teams[1])}
)
FEW = EMPTY.model_copy(update={"teams": (_week(TEAM_46, "Arbetslag 4–6", 2), EMPTY.teams[1])})
HALF = EMPTY.model_copy(
    update={
        "teams": (_week(TEAM_46, "Arbetslag 4–6", 6, changed=True), _week(TEAM_79, "Arbetslag 7–9", 0)),
        "not_asked": (NotAsked(name="Fritids Eken", planned=DUE, why="late"),),
    }
)
LOST = HALF.model_copy(update={"not_asked": (NotAsked(name="Fritids Eken", planned=DUE, why="restored"),)})
RISEN = _week(TEAM_46, "Arbetslag 4–6", 6).model_copy(
    update={"before": {"bekymrar": 4, "fungerar": 8}, "weeks_before": 4}
)
ELEVHALSA = TeamWeek(arbetslag=ArbetslagId("elevhalsan"), name="Elevhälsan", asked=1, answered=1, closed=True)
WHOLE = EMPTY.model_copy(
    update={
        "teams": (RISEN, _week(TEAM_79, "Arbetslag 7–9", 3), ELEVHALSA),
        "raised": (RAISED, LONG_RAISED),
        "new_causes": (
            NewCause(name="Arbetslag 4–6", text="Eleverna får sällan tala matematik", strength="visst"),
            NewCause(name="Arbetslag 7–9", text=MARKUP, strength="inget_annu"),
        ),
    }
)
WAITING = EMPTY.model_copy(
    update={"raised": tuple(RAISED.model_copy(update={"note": f"note-{n}"}) for n in range(10))}
)
ALL_TEAMS = (Team(TEAM_46, "Arbetslag 4–6"), Team(TEAM_79, "Arbetslag 7–9"))
STANDING = Standing(due=DUE, sent=wall("2026-11-20T14:00"), read=wall("2026-11-24T08:05"))


def _sent(texts: Texts) -> Message:
    return phrase_summary(
        summarise(WHOLE), texts, fill(texts.weekly.sent_at, when="fredag 20 november kl. 14.00")
    )


def _file(texts: Texts) -> Message:
    return as_file(_sent(texts), Belongs(school="Björkskolan", day=FRIDAY), texts)


EXAMPLES: tuple[Example, ...] = (
    Example("weekly/empty", lambda texts: phrase_summary(summarise(EMPTY), texts)),
    Example("weekly/without_words", lambda texts: phrase_summary(summarise(WITHOUT_WORDS), texts)),
    Example("weekly/below_the_floor", lambda texts: phrase_summary(summarise(FEW), texts)),
    Example("weekly/half", lambda texts: phrase_summary(summarise(HALF), texts)),
    Example("weekly/hours_lost", lambda texts: phrase_summary(summarise(LOST), texts)),
    Example("weekly/whole", lambda texts: phrase_summary(summarise(WHOLE), texts)),
    Example(
        "weekly/so_far",
        lambda texts: phrase_summary(summarise(FEW), texts, lead_so_far(DUE, texts), last_week=True),
    ),
    Example(
        "weekly/so_far_stopped", lambda texts: phrase_summary(summarise(FEW), texts, lead_so_far(None, texts))
    ),
    Example("weekly/latest", _sent),
    Example("weekly/file", _file),
    Example("weekly/much_waits", lambda texts: phrase_summary(summarise(WAITING), texts)),
    Example("weekly/no_rektor", lambda texts: phrase_no_rektor("Björkskolan", texts)),
    Example(
        "weekly/own",
        lambda texts: phrase_own(
            summarise(WHOLE.model_copy(update={"teams": (RISEN,)})),
            "Arbetslag 4–6",
            STANDING,
            texts,
            closed=False,
        ),
    ),
    Example(
        "weekly/own_empty",
        lambda texts: phrase_own(summarise(EMPTY), "Arbetslag 4–6", Standing(), texts, closed=False),
    ),
    Example(
        "weekly/own_closed",
        lambda texts: phrase_own(
            summarise(EMPTY.model_copy(update={"teams": (ELEVHALSA,)})),
            "Elevhälsan",
            STANDING,
            texts,
            closed=True,
        ),
    ),
    Example("weekly/back", lambda texts: phrase_back(summarise(WHOLE).teams[0], "Rut Alm", texts)),
    Example("weekly/back_one", lambda texts: phrase_back(summarise(FEW).teams[0], "Rut Alm", texts)),
    Example(
        "weekly/back_changed",
        lambda texts: phrase_back(
            summarise(HALF).teams[0].model_copy(update={"n": 0}), "Rut Alm och Ali Dahl", texts
        ),
    ),
    Example(
        "weekly/reply",
        lambda texts: phrase_reply(
            "Arbetslag 4–6",
            "Ni får använda biblioteket på tisdagar.",
            "Rut Alm",
            texts,
            week=FRIDAY,
            about=RAISED,
        ),
    ),
    Example(
        "weekly/reply_to_the_week",
        lambda texts: phrase_reply("Arbetslag 4–6", MARKUP, "Rut Alm", texts, week=FRIDAY),
    ),
    Example(
        "weekly/reply_form",
        lambda texts: reply_form(reply_options((RAISED, LONG_RAISED), ALL_TEAMS, texts), texts),
    ),
    Example(
        "weekly/reply_form_empty",
        lambda texts: reply_form(
            reply_options((), ALL_TEAMS, texts), texts, errors={"text": texts.weekly.reply_empty}
        ),
    ),
    Example(
        "weekly/reply_form_gone",
        lambda texts: reply_form(
            reply_options((), ALL_TEAMS, texts),
            texts,
            text=MARKUP,
            errors={
                "about": texts.weekly.reply_gone,
                "text": fill(texts.weekly.reply_too_long, longest=LONGEST_REPLY),
            },
        ),
    ),
    Example(
        "weekly/time_form_stale",
        lambda texts: time_form(
            "onsdag 9.00", 2, texts, fill(texts.weekly.time_stale, pattern="varje torsdag kl. 15.15")
        ),
    ),
    Example("weekly/time_form", lambda texts: time_form("Varje fredag kl. 14.00", 1, texts)),
    Example(
        "weekly/time_form_wrong", lambda texts: time_form("varannan fredag", 1, texts, texts.weekly.time_more)
    ),
)
