"""Which language the bot speaks to one person."""

from bot.messages.gallery.base import Example
from bot.messages.phrasing import language

EXAMPLES = (
    Example("language/choice", language.choice),
    Example("language/unknown", lambda texts: language.choice(texts, unknown=True)),
    Example("language/chosen", language.chosen),
)
