"""The first check of every button and form of a conversation: does it exist, and may I? And its language."""

from bot.domain.access import may
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import ArbetslagId
from bot.messages.model import Response
from bot.messages.texts import Texts
from handlers.scene import Scene, say
from storage.asked.conversations import load


def may_step(scene: Scene, dialogue: Dialogue) -> bool:
    """Only the respondent answers: the person, or whoever is in the arbetslag today."""
    conversation = dialogue.conversation
    if not conversation.together:
        return conversation.respondent == scene.me.id
    team = scene.roster.arbetslag.get(ArbetslagId(conversation.respondent))
    return team is not None and may(scene.me, "answer", team)


def texts_of(scene: Scene, dialogue: Dialogue) -> Texts:
    """What a conversation is held in: a whole arbetslag reads the school's language, one alone their own."""
    return scene.ours if dialogue.conversation.together else scene.texts


def pack_of(scene: Scene, dialogue: Dialogue) -> QuestionPack:
    """The questions of a conversation, in the language it is held in."""
    packs = scene.prompts.packs if dialogue.conversation.together else scene.packs
    return packs[dialogue.conversation.pack]


def enter(scene: Scene, key: str) -> Dialogue | Response:
    """The conversation with this id, or why it stays closed to this person."""
    dialogue = load(scene.unit, key)
    if dialogue is None or dialogue.conversation.pack not in scene.prompts.packs:
        return say(scene.texts.common.gone)
    if not may_step(scene, dialogue):
        return say(scene.texts.common.not_allowed)
    return dialogue
