"""What the bot asks Slack to be allowed to do, and what does not work without it."""

from bot.domain.value import Value


class Scope(Value):
    """`gives` completes "Den behövs för …": what the permission is for, said to IT."""

    name: str
    gives: str
    needed: bool = True


SCOPES = (
    Scope(name="commands", gives="kommandon och genvägar"),
    Scope(name="chat:write", gives="att skriva i kanaler som boten är inbjuden till"),
    Scope(name="channels:read", gives="att se vilka som är med i en öppen kanal"),
    Scope(name="groups:read", gives="att se vilka som är med i en privat kanal"),
    Scope(name="im:write", gives="att skriva direkt till en person"),
    Scope(name="im:history", gives="att läsa det som någon skriver direkt till boten"),
    Scope(name="users:read", gives="att visa namn i stället för koder"),
    Scope(name="app_mentions:read", gives="att svara när någon skriver @nulage i en kanal"),
    Scope(name="channels:history", gives="svar med egna ord i en tråd i en öppen kanal", needed=False),
    Scope(name="groups:history", gives="svar med egna ord i en tråd i en privat kanal", needed=False),
    Scope(name="files:write", gives="diagram som bilder och filer i Word", needed=False),
)

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "team_access_granted",
    "tokens_revoked",
)
"""What Slack tells us. `message.channels` and `message.groups` come only where an optional scope is given.

Whoever is taken out of a channel hears `channel_left` or `group_left`, and not `member_left_channel`, which
is for those who stay (bolt-js#1847, node-slack-sdk#931). `team_access_granted` comes in an Enterprise Grid.
"""


def missing(granted: frozenset[str]) -> tuple[Scope, ...]:
    """The scopes that a token lacks, those that are needed first."""
    return tuple(scope for scope in SCOPES if scope.name not in granted)
