"""A round of asking, in every state it can be in."""

from datetime import UTC, datetime
from functools import partial

from bot.domain.check_in import CheckIn, Standing
from bot.domain.effects.check_in import Asking, Nudged, RoundShown, SnoozeAsked, TimeDoesNotSuit
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.gallery.base import Example, wall
from bot.messages.phrasing.check_ins import phrase

ASKING = Asking(
    question="Vad i undervisningen fungerade bra de senaste två veckorna?",
    why="Svaren hjälper er att se vad som fungerar.",
    readers="Arbetslaget och rektor läser.",
)
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
PEOPLE = tuple(PersonId(name) for name in ("lena", "omar", "sara", "sam", "eli"))
EACH = CheckIn(
    id="01a1f89cfb809fc091fd308a",
    plan="plan-1",
    school=SchoolId("bjorkskolan"),
    arbetslag=ArbetslagId("arbetslag-4-6"),
    pack="undervisning_skola",
    answers="each",
    planned=wall("2026-11-26T15:15"),
    opened_at=AT,
    expected=PEOPLE,
)
TOGETHER = EACH.model_copy(update={"answers": "together"})
LATE = EACH.model_copy(update={"late": True})
CLOSED = EACH.model_copy(update={"state": "closed"})
NONE, SOME, ALL = (Standing(answered=number, asked=5) for number in (0, 3, 5))
MORNING = wall("2026-11-27T08:00")


def _shown(check_in: CheckIn, standing: Standing) -> RoundShown:
    return RoundShown(check_in=check_in, asking=ASKING, standing=standing)


def _nudge(check_in: CheckIn, *, missed: bool = False) -> Nudged:
    return Nudged(check_in=check_in, asking=ASKING, arbetslag="Arbetslag 4–6", missed=missed)


_EFFECTS = (
    ("round_each_new", _shown(EACH, NONE)),
    ("round_each_some", _shown(EACH, SOME)),
    ("round_each_all", _shown(EACH, ALL)),
    ("round_together_waiting", _shown(TOGETHER, Standing(answered=0, asked=1))),
    ("round_together_done", _shown(TOGETHER, Standing(answered=1, asked=1))),
    ("round_late", _shown(LATE, NONE)),
    ("round_closed", _shown(CLOSED, SOME)),
    ("round_preview", RoundShown(check_in=EACH, asking=ASKING, standing=NONE, preview=True)),
    ("reminder_each", _nudge(EACH)),
    ("reminder_together", _nudge(TOGETHER)),
    ("reminder_does_it_suit", _nudge(EACH, missed=True)),
    ("time_does_not_suit", TimeDoesNotSuit(plan="plan-1", arbetslag="Arbetslag 4–6")),
    ("snooze_tomorrow", SnoozeAsked(check_in=EACH.id, morning=MORNING, tomorrow=True)),
    ("snooze_monday", SnoozeAsked(check_in=EACH.id, morning=wall("2026-11-30T08:00"), tomorrow=False)),
)

EXAMPLES = tuple(Example(f"check_ins/{name}", partial(phrase, effect)) for name, effect in _EFFECTS)
