"""How fast Slack may be asked: in a channel, with each method, in a workspace."""

from bot.platforms.pace import Rate

CHANNEL = Rate(1.0, 3)
"""Posts in one channel (chat.postMessage: about one a second, short bursts)."""
WORKSPACE = Rate(0.0, 1)
"""All calls in a workspace: as many as there are, until it asks for a rest."""
HISTORY = Rate(60.0, 1)
"""Reading back: one a minute for apps that are sold outside Slack's own list."""
TIER_3 = Rate(60 / 40, 10)
TIER_4 = Rate(60 / 80, 20)
"""Four fifths of what the tier allows in a minute, a quarter of that at once."""

RATES: dict[str, Rate] = {
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "conversations.open": TIER_3,
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
    "views.publish": TIER_4,
}
