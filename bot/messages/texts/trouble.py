"""The sentences when a message did not get through."""

from typing import Annotated

from bot.messages.texts.base import Fills, TextSection


class TroubleTexts(TextSection):
    question: Annotated[str, Fills("arbetslag")]
    other: Annotated[str, Fills("where")]
    person: Annotated[str, Fills("name")]
    somewhere: str
    uncertain: Annotated[str, Fills("what")]
    look: Annotated[str, Fills("moment")]
    nothing_lost: str
    send_anyway: str
    mark_arrived: str
    parked: Annotated[str, Fills("where", "day")]
    parked_to_person: Annotated[str, Fills("name", "day")]
    channel: Annotated[str, Fills("arbetslag")]
    parked_channel: Annotated[str, Fills("where")]
    parked_archived: str
    parked_locked: str
    parked_scope: str
    parked_held: str
    parked_person: Annotated[str, Fills("where")]
    parked_waits: str
    quarantined: Annotated[str, Fills("what")]
    quarantined_do: str
    sent_again: str
    marked: str
    chosen_by: Annotated[str, Fills("name")]
    settled_already: str
    not_yours: Annotated[str, Fills("who")]
    hours_lost: Annotated[str, Fills("since", "until")]
    hours_lost_why: str
    hours_lost_do: str
    hours_lost_questions: str
