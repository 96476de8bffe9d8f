"""What the values of an answer are called."""

from bot.domain.conversation.steps import Conversation
from bot.domain.questions.kinds import Option
from bot.domain.questions.pack import QuestionPack


def options_of(pack: QuestionPack, conversation: Conversation, path: str) -> tuple[Option, ...]:
    """What the values at `path` are called: the options' labels, or the things an earlier group named."""
    leaf = pack.plan.leaf_at(path)
    if leaf is None:
        return ()
    if leaf.options_from is None:
        return leaf.options
    return tuple(
        Option.model_construct(key=at, label=answer.values[0])
        for at, answer in conversation.answers.items()
        if at.startswith(f"{leaf.options_from.key}.") and at.count(".") == 1 and answer.values
    )
