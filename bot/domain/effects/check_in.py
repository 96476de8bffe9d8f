"""What was decided about a round, before it is worded."""

from datetime import datetime

from bot.domain.check_in import CheckIn, Standing
from bot.domain.questions.kinds import Group
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import Value


class Asking(Value):
    """What a round asks first, why, and who reads the answer."""

    question: str
    why: str
    readers: str


def asking(pack: QuestionPack) -> Asking:
    """Take it from the pack; a group is opened by the first it asks."""
    step = pack.steps[0]
    while isinstance(step, Group):
        step = step.steps[0]
    return Asking(question=step.text, why=step.why or pack.why, readers=step.readers or pack.readers)


class RoundShown(Value):
    """The round's one message in the channel, as it stands now."""

    check_in: CheckIn
    asking: Asking
    standing: Standing
    preview: bool = False


class Nudged(Value):
    """One person is reminded, alone. `missed` when the last rounds passed without a word."""

    check_in: CheckIn
    asking: Asking
    arbetslag: str
    missed: bool


class TimeDoesNotSuit(Value):
    """Somebody, not named, says that the time does not suit."""

    plan: str
    arbetslag: str


class SnoozeAsked(Value):
    """Until when shall the nudge wait? `morning` is local, `tomorrow` when it is the next day."""

    check_in: str
    morning: datetime
    tomorrow: bool


CheckInEffect = RoundShown | Nudged | TimeDoesNotSuit | SnoozeAsked
