"""What reading an activity can come to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.events import BotRemoved, Event
from bot.platforms.teams.install.references import Reference

Surface = Literal["words", "card", "form", "dialog", "extension", "none"]
"""`card`: a button, by Action.Execute or Action.Submit. `form`: a form card that was sent. `dialog`: the
same in a task module. `extension`: a message extension's. `none`: nobody waits for an answer."""

Asks = Literal["nothing", "card", "task", "extension"]
"""What the HTTP answer must be: empty, or an answer to adaptiveCard/action, task/… or composeExtension/…"""

UNREADABLE = "unreadable"
"""Why an activity is ignored that lacks what its kind always has: worth a warning."""

UNKNOWN_KIND = "unknown_kind"
"""Why one is ignored of a kind that nobody has told us of: worth a warning, since people may do it."""


class Around(NamedTuple):
    """What an activity does not say: our id there, what time it is, and the commands there are (bare)."""

    bot: str
    now: datetime
    commands: frozenset[str]


class Way(NamedTuple):
    """How an answer reaches the one who acted. Each part may be missing, spent or untrue."""

    surface: Surface
    asks: Asks
    tenant: str
    user: str
    """Entra object id."""
    account: str
    """`29:…`: the person's id for this bot."""
    conversation: str
    """As the activity has it, with `;messageid=` in a channel's thread."""
    private: bool
    """Whether the conversation is the one between the bot and them."""
    targeted: bool = False
    """Whether what they wrote was seen by them alone (a slash command)."""
    reference: str = ""
    """The message that was acted on, or whose button opened the form; of a form, only a claim."""
    sits: str = ""
    """The message that the card stands in, as Teams itself says; "" when it does not."""
    opened_from: str = ""
    """The message that a form claims to stand in the place of; "" when it was posted by itself."""
    typed: Mapping[str, tuple[str, ...]] = {}
    """What was filled in, in the card whose form is to go on in a window."""
    written: tuple[str, ...] = ()
    """The words in a form that was sent, without what was chosen in it."""


class Heard(NamedTuple):
    """Something happened; `way` leads back to whoever did it. `learnt` is where they are.

    `also`: what else the same activity tells (several people left at once); each is dispatched, unanswered.
    `everywhere`: the bot was let into all there is, and not into one channel of a team's alone.
    """

    event: Event
    way: Way
    learnt: tuple[Reference, ...] = ()
    also: tuple[Event, ...] = ()
    everywhere: bool = False


class ShowAgain(NamedTuple):
    """Nothing happened: they want the message as it stands (*Stäng* in a form, a card refreshing itself)."""

    way: Way
    place_key: str


class Gone(NamedTuple):
    """The bot was removed: from a conversation (`key`), with the event that tells the core of it, if any.

    When `key` is a team's own thread (some reference has it as `team_thread`), the whole team is gone: the
    event tells of its General channel, and holds for each channel that is known to lie in the team.
    """

    tenant: str
    key: str
    event: BotRemoved | None
    at: datetime


class Ignored(NamedTuple):
    """Ours, and nothing to do: `why` is a word of our own, safe to count."""

    why: str


Parsed = Heard | ShowAgain | Gone | Ignored
