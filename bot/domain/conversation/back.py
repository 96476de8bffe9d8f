"""Back to a question that was answered, also when all is confirmed."""

from bot.domain.conversation.answering import changed, moved_on, standing
from bot.domain.conversation.path import spot_at
from bot.domain.conversation.steps import Conversation, Turn
from bot.domain.effects.conversation import AlreadyClosed, NotUnderstood
from bot.domain.questions.pack import QuestionPack


def ask_again(conversation: Conversation, path: str, pack: QuestionPack) -> Turn:
    """Ask `path` once more, if it still holds; what stands there is kept until it is answered anew."""
    if conversation.state == "closed":
        return Turn(conversation, (AlreadyClosed(),))
    way = pack.plan.walk(conversation.answers)
    spot = spot_at(way, path)
    if spot is None:
        return Turn(conversation, (NotUnderstood(path, "other_question"),))
    if (conversation.at, conversation.state) == (path, "open"):
        return moved_on(conversation, pack)
    return changed(conversation, {"at": path, "state": "open"}, (standing(spot, way, pack),))
