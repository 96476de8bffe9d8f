"""What the bot asks to be allowed in a team, by a team's owner alone, and what does not work without it."""

from bot.domain.value import Value


class Permission(Value):
    """A resource-specific consent. `gives` completes "Den behövs för …", said to IT.

    `chosen`: only where whoever makes the package asks for it.
    """

    name: str
    gives: str
    chosen: bool = False


PERMISSIONS = (
    Permission(name="TeamMember.Read.Group", gives="att se vilka som är med i teamet"),
    Permission(name="TeamsActivity.Send.Group", gives="notiser i flödet Aktivitet, om Graph är påslaget"),
    Permission(
        name="ChannelMessage.Read.Group",
        gives="svar med egna ord i en tråd, utan att skriva @Nuläge",
        chosen=True,
    ),
)
"""Microsoft's resource-specific consent page; a manifest may ask for 16."""


class Notice(Value):
    """A kind of line in the activity feed. `{actor}` is what Teams writes there: our name."""

    type: str
    description: str
    template: str


NOTICES = (
    Notice(
        type="checkInAsked",
        description="När arbetslaget får en fråga",
        template="{actor} har en fråga till arbetslaget",
    ),
    Notice(
        type="summaryReady",
        description="När veckans sammanfattning är klar",
        template="{actor} har veckans sammanfattning till dig",
    ),
    Notice(
        type="replyArrived",
        description="När rektor har svarat",
        template="{actor} har ett svar från rektor till er",
    ),
)
"""Every kind that Graph may post: Teams refuses one that the manifest does not name."""
