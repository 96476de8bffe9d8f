"""Times agreed on, shown and changed."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from bot.domain.check_in import CheckInPlan
from bot.domain.effects.schedule import (
    NewDates,
    PhraseAskedBack,
    PlanChanged,
    PlanShown,
    PlansListed,
    Proposed,
    TooMuch,
)
from bot.domain.schedule.ask import NO_TIME, Choice, ask_back
from bot.domain.schedule.due import Preview
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.gallery.base import Example
from bot.messages.model import Form
from bot.messages.phrasing.schedule_forms import (
    MoveAsked,
    ScheduleAsked,
    move_form,
    pause_form,
    schedule_form,
)
from bot.messages.phrasing.schedules import for_channel, phrase
from bot.messages.texts import Texts

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
NAME = "Arbetslag 4–6"
RULE = Recurrence(days=(3,), every=2, anchor=date(2026, 11, 26), at=time(15, 15))
PLAN = CheckInPlan(
    id="plan-01a1f89cfb809fc091fd308a",
    school=SchoolId("bjorkskolan"),
    arbetslag=ArbetslagId("arbetslag-4-6"),
    owners=(PersonId("pia"),),
    recurrence=RULE,
    created_at=AT,
)
COMING = tuple(
    datetime(2026, 11, 26, 15, 15, tzinfo=UTC) + timedelta(weeks=2 * number) for number in range(4)
)
PREVIEW = Preview(
    dates=(date(2026, 11, 26), date(2026, 12, 10), date(2027, 1, 21), date(2027, 2, 4)),
    skipped=((date(2026, 12, 24), "julafton"), (date(2027, 1, 7), "lov")),
)
DRAFT = PLAN.model_copy(update={"state": "draft"})
SHOWN = PlanShown(plan=PLAN, arbetslag=NAME, questions="Områdena turas om", coming=COMING)
OPEN_PAUSE = SHOWN.model_copy(update={"plan": PLAN.model_copy(update={"state": "paused"}), "coming": ()})
PAUSED = SHOWN.model_copy(
    update={
        "plan": PLAN.model_copy(update={"state": "paused", "paused_until": datetime(2027, 1, 11, tzinfo=UTC)})
    }
)
FIRST_DAY, SECOND_DAY = date(2026, 11, 26), date(2026, 12, 3)
ASK = ask_back(
    "either",
    Choice("take", "torsdag 26 november 2026 kl. 15.15", FIRST_DAY),
    Choice("take", "torsdag 3 december 2026 kl. 15.15", SECOND_DAY),
    one=FIRST_DAY,
    other=SECOND_DAY,
)
_FIRST = COMING[0]
_EFFECTS = (
    ("ask_back", PhraseAskedBack(arbetslag=PLAN.arbetslag, ask=ASK, wanted="nästa torsdag 15.15")),
    ("ask_back_open", PhraseAskedBack(arbetslag=PLAN.arbetslag, ask=NO_TIME, wanted="varannan torsdag")),
    (
        "proposed",
        Proposed(draft=DRAFT, arbetslag=NAME, questions="Områdena turas om", preview=PREVIEW, minutes=2),
    ),
    ("too_much", TooMuch(arbetslag=NAME, minutes=12, most=10)),
    ("plan", SHOWN),
    ("plan_paused", PAUSED),
    ("plan_paused_open", OPEN_PAUSE),
    ("list", PlansListed(plans=(SHOWN, PAUSED, OPEN_PAUSE))),
    ("list_empty", PlansListed(plans=())),
    ("agreed", PlanChanged(how="agreed", plan=PLAN, arbetslag=NAME, first=_FIRST)),
    ("stopped", PlanChanged(how="stopped", plan=PLAN, arbetslag=NAME)),
    (
        "unstopped_paused",
        PlanChanged(how="unstopped", plan=PLAN.model_copy(update={"state": "paused"}), arbetslag=NAME),
    ),
    ("unstopped", PlanChanged(how="unstopped", plan=PLAN, arbetslag=NAME, first=_FIRST)),
    (
        "moved_past",
        PlanChanged(
            how="moved", plan=PLAN, arbetslag=NAME, first=COMING[1], moved_from=_FIRST, ended=_FIRST.date()
        ),
    ),
    ("new_dates", NewDates(plans=(SHOWN,), withdrawn=0)),
    ("new_dates_withdrawn", NewDates(plans=(SHOWN, PAUSED), withdrawn=2)),
)
_NEWS = (
    ("agreed", PlanChanged(how="agreed", plan=PLAN, arbetslag=NAME, first=_FIRST)),
    ("paused", PlanChanged(how="paused", plan=PLAN, arbetslag=NAME)),
    ("paused_until", PlanChanged(how="paused", plan=PLAN, arbetslag=NAME, until=date(2027, 1, 10))),
    ("started", PlanChanged(how="started", plan=PLAN, arbetslag=NAME, first=_FIRST)),
    ("stopped", PlanChanged(how="stopped", plan=PLAN, arbetslag=NAME)),
    ("moved", PlanChanged(how="moved", plan=PLAN, arbetslag=NAME, first=COMING[1], moved_from=_FIRST)),
)
TEAMS = (("arbetslag-4-6", NAME), ("arbetslag-7-9", "Arbetslag 7–9"))
PACKS = (("undervisning_skola", "Undervisning"), ("resultat_skola", "Resultat"))
EMPTY = ScheduleAsked(replaces="", values={}, teams=TEAMS, packs=PACKS)
MOVE = MoveAsked(plan=PLAN.id, coming=(("plan-1@2026-11-26T15:15", _FIRST),), values={})


def _doubtful(texts: Texts) -> Form:
    form = ScheduleAsked(
        replaces=PLAN.id,
        values={"arbetslag": "arbetslag-4-6", "when": "nästa torsdag 15.15", "answers": "each"},
        teams=TEAMS,
        packs=PACKS,
        doubt=ASK,
    )
    return schedule_form(form, texts)


EXAMPLES = (
    *(Example(f"schedules/{name}", partial(phrase, effect)) for name, effect in _EFFECTS),
    *(Example(f"schedules/channel_{name}", partial(for_channel, news)) for name, news in _NEWS),
    Example("schedules/form", lambda texts: schedule_form(EMPTY, texts)),
    Example("schedules/form_doubtful", _doubtful),
    Example("schedules/pause_form", lambda texts: pause_form(PLAN.id, "", "", texts)),
    Example(
        "schedules/pause_form_wrong",
        lambda texts: pause_form(PLAN.id, "2026-11-01", texts.schedules.pause_past, texts),
    ),
    Example("schedules/move_form", lambda texts: move_form(MOVE, texts)),
)
