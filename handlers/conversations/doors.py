"""The first check of every button and form of a conversation: does it exist, and may I? And its language."""

from bot.domain.access import may
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId
from bot.messages.model import Response
from bot.messages.texts import Texts, fill
from handlers.scene import Scene, say
from storage.asked.check_ins import team_of_round
from storage.asked.conversations import listen_for, listening_for, load
from storage.said.analyses import load_analysis


def _team_of(scene: Scene, dialogue: Dialogue) -> Arbetslag | None:
    """Whose conversation it is: the arbetslag's own, or that of the round or analysis it is about."""
    kind, key = dialogue.about
    found: ArbetslagId | None = None
    if dialogue.conversation.together:
        found = ArbetslagId(dialogue.conversation.respondent)
    elif kind == "check_in":
        found = team_of_round(scene.unit, key)
    elif kind == "analysis" and (analysis := load_analysis(scene.unit, key)):
        found = analysis.arbetslag
    return scene.roster.arbetslag.get(found) if found else None


def texts_of(scene: Scene, dialogue: Dialogue) -> Texts:
    """What a conversation is held in: a whole arbetslag reads the school's language, one alone their own."""
    return scene.ours if dialogue.conversation.together else scene.texts


def pack_of(scene: Scene, dialogue: Dialogue) -> QuestionPack:
    """The questions of a conversation, in the language it is held in."""
    packs = scene.prompts.packs if dialogue.conversation.together else scene.packs
    return packs[dialogue.conversation.pack]


def enter(scene: Scene, key: str) -> Dialogue | Response:
    """The conversation with this id, or why it stays closed to this person.

    Only the respondent answers: the person, or whoever is in the arbetslag; and only while they are in it.
    Where it stays closed to its own person, what they write next is words of their own again.
    """
    dialogue = load(scene.unit, key)
    if dialogue is None:
        return say(scene.texts.common.gone)
    held, team = dialogue.conversation, _team_of(scene, dialogue)
    if not held.together and held.respondent != scene.me.id:
        return say(scene.texts.common.not_allowed)
    known = held.pack in scene.prompts.packs
    if known and team is not None and may(scene.me, "answer", team):
        return dialogue
    if listening_for(scene.unit, scene.me.id) == dialogue.id:
        listen_for(scene.unit, scene.me.id, None)
    if team is None or not known:
        return say(scene.texts.common.gone)
    if held.together:
        return say(scene.texts.common.not_allowed)
    return say(fill(scene.texts.conversation.left_team, arbetslag=team.name))
