"""`/språk`: everybody chooses what the bot speaks to them alone; a channel hears the school's language."""

from dataclasses import replace

from bot.domain.school import Language
from bot.messages.model import Response, Say
from bot.messages.phrasing.language import choice, chosen
from bot.messages.tokens import Token
from handlers.scene import Commands, Presses, Scene, say
from storage.people.founding import change_person

CALLED: dict[str, Language] = {
    **dict.fromkeys(("svenska", "swedish", "sv"), "sv"),
    **dict.fromkeys(("engelska", "english", "en"), "en"),
}
"""How people name a language, in either."""


def on_command(scene: Scene, text: str) -> Response:
    """`/språk english`; without a word, what holds now and what there is to choose from."""
    named = CALLED.get(text.casefold().rstrip("."))
    if named is None:
        return Say(message=choice(scene.texts, unknown=bool(text)))
    return _choose(scene, named)


def on_press(scene: Scene, token: Token) -> Response:
    named = CALLED.get(token.subject)
    return say(scene.texts.common.forged) if named is None else _choose(scene, named)


def _choose(scene: Scene, language: Language) -> Response:
    """From now on, beginning with the receipt."""
    after = scene.me.model_copy(update={"language": language})
    if after != scene.me:
        change_person(scene.unit, after)
        _ = scene.unit.roster  # read anew, so that the platform's own words beside the receipt follow
    return Say(message=chosen(replace(scene, me=after).texts))


COMMANDS: Commands = {"språk": on_command}
PRESSES: Presses = {"set_language": on_press}
