"""What happens when: one file per occasion. This page is the table of contents.

A handler loads, lets the domain decide, keeps what changed and promises what will be said.
Rule 1: everything goes through the one `UnitOfWork` of the event. Rule 2: nothing is sent here.
Rule 3: whoever asks is checked against `bot.domain.access`; a token is only a claim.
"""

from collections.abc import Sequence

from bot.domain.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    Event,
    FormSubmitted,
    HomeOpened,
    MemberLeft,
    MessageSaved,
    PlaceMoved,
    Pressed,
    Replied,
    Rewritten,
    RosterRead,
    Ticked,
)
from bot.messages.model import Response
from handlers import commands, home, presses, writing
from handlers import ticking as calendar
from handlers.notes import saved_messages
from handlers.people import leaving, rosters
from handlers.places import channels as places
from handlers.places import onboarding
from handlers.scene import prefetch
from prompts.book import Prompts
from storage.unit import UnitOfWork


def handle(event: Event, unit: UnitOfWork, prompts: Prompts) -> Response:  # noqa: PLR0912  a branch a kind of event
    """Let one event have its effect; the Response goes straight back to whoever acted."""
    match event:
        case Pressed():
            return presses.on_pressed(event, unit, prompts)
        case FormSubmitted():
            return presses.on_submitted(event, unit, prompts)
        case Replied():
            return writing.on_replied(event, unit, prompts)
        case Rewritten():
            return writing.on_rewritten(event, unit, prompts)
        case Commanded():
            return commands.on_commanded(event, unit, prompts)
        case BotAdded():
            return onboarding.on_added(event, unit, prompts)
        case BotRemoved():
            return places.on_removed(event, unit, prompts)
        case MemberLeft():
            return leaving.on_member_left(event, unit, prompts)
        case PlaceMoved():
            return places.on_moved(event, unit)
        case HomeOpened():
            return home.on_opened(event, unit, prompts)
        case MessageSaved():
            return saved_messages.on_saved(event, unit, prompts)
        case RosterRead():
            return rosters.on_read(event, unit, prompts)
        case Ticked():
            return calendar.on_tick(event, unit, prompts)


def prepare(events: Sequence[Event], unit: UnitOfWork) -> None:
    """Read at once what a group of events will need one by one."""
    prefetch(events, unit)
