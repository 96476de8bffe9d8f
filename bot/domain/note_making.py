"""From what was answered to the notes it becomes: only questions that carry note marks make one."""

from typing import cast, get_args

from bot.domain.conversation.path import summary
from bot.domain.notes import Perspective
from bot.domain.questions.answers import Answers, values_at
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import PersonId, Value

GROUP = "grupp"
"""The key of the question, in any pack, whose answer is the group label of all its notes."""

PERSPECTIVE = "perspektiv"
"""The key of the question that says whose voice this is, where the pack asks."""

_PERSPECTIVES = get_args(Perspective)


class Draft(Value):
    """A note to be: what one answered question says."""

    path: str
    question: str
    text: str
    aspect: str
    sign: str
    perspective: Perspective
    group: str
    link: str
    by: PersonId


def drafts(pack: QuestionPack, answers: Answers) -> tuple[Draft, ...]:
    """One draft for each question that holds, is answered with words, and has note marks."""
    way = pack.plan.walk(answers)
    group = " ".join(values_at(way.live, GROUP))
    links = [spot.path for spot in way.spots if spot.leaf.question.kind == "link"]
    link = next((value for path in links for value in values_at(way.live, path)), "")
    voice = next((value for value in values_at(way.live, PERSPECTIVE) if value in _PERSPECTIVES), None)
    return tuple(
        Draft(
            path=line.path,
            question=line.text,
            text=", ".join(line.texts),
            aspect=line.question.note.aspect,
            sign=line.question.note.sign,
            perspective=cast("Perspective", voice) if voice else line.question.note.perspective,
            group=group,
            link=link,
            by=way.live[line.path].by,
        )
        for line in summary(way, pack)
        if line.question.note is not None and line.texts
    )
