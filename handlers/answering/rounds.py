"""A round as somebody answers it: found again from a claim, checked, and the conversation it is kept in."""

from dataclasses import dataclass

from bot.domain.access import may
from bot.domain.check_in import CheckIn, Participation, Standing
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.interpreter import Conversation
from bot.domain.conversation.path import summary
from bot.domain.effects.answering import SavedLine
from bot.domain.effects.conversation import Line
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.model import Say
from bot.messages.texts import fill
from handlers.asking.rounds import standing_of
from handlers.scene import Scene, say
from storage.asked import conversations
from storage.asked.check_ins import load_check_in, participations


@dataclass(frozen=True)
class Round:
    """One round, with its questions and its arbetslag.

    `pack` is as the channel reads it and as it is kept, `own` as who answers reads it alone.
    """

    check_in: CheckIn
    pack: QuestionPack
    own: QuestionPack
    team: Arbetslag

    @property
    def subject(self) -> str:
        return f"check_in:{self.check_in.id}"

    @property
    def together(self) -> bool:
        return self.check_in.answers == "together"

    def respondent(self, me: PersonId) -> PersonId | ArbetslagId:
        return self.team.id if self.together else me


def claimed_round(scene: Scene, key: str) -> Round | Say:
    """Find the round that a button claims, if this person may answer it; else what to say."""
    found = round_of(scene, key)
    if found is None:
        return say(scene.texts.answering.round_gone)
    if not may(scene.me, "answer", found.team):
        return say(fill(scene.texts.answering.not_member, arbetslag=found.team.name))
    return found


def round_of(scene: Scene, key: str) -> Round | None:
    check_in = load_check_in(scene.unit, key, to_answer=True)
    if check_in is None:
        return None
    pack = scene.prompts.packs.get(check_in.pack)
    team = scene.roster.arbetslag.get(check_in.arbetslag)
    if pack is None or team is None:
        return None
    return Round(check_in, pack, scene.packs[pack.key], team)


def dialogue_of(scene: Scene, asked: Round) -> tuple[Dialogue, int | None]:
    """The conversation of this person (or this arbetslag) in the round, and the version it was read in.

    None: it is new, and saved by whoever has something to keep.
    """
    respondent = asked.respondent(scene.me.id)
    key = f"{asked.check_in.id}-{respondent}"
    found = conversations.load(scene.unit, key) or next(
        (
            one
            for one in conversations.by_subject(scene.unit, asked.subject)
            if one.conversation.respondent == respondent
        ),
        None,
    )
    if found is not None:
        return found, found.conversation.version
    begun = Conversation(
        id=key,
        pack=asked.pack.key,
        pack_version=asked.pack.version,
        respondent=respondent,
        together=asked.together,
    )
    return Dialogue(conversation=begun, subject=asked.subject, place=scene.where), None


def my_part(scene: Scene, asked: Round) -> Participation | None:
    """How this person took part in the round so far."""
    took = participations(scene.unit, asked.check_in.id)
    return next((one for one in took if one.person == scene.me.id), None)


def standing_now(scene: Scene, asked: Round) -> Standing:
    return standing_of(scene.unit, asked.check_in, scene.calendar.local(scene.at).date())


def lines_of(conversation: Conversation, pack: QuestionPack) -> tuple[SavedLine, ...]:
    """What was answered, as people read it; what was passed by is left out."""
    said = summary(pack.plan.walk(conversation.answers), pack)
    return tuple(_line(line, pack) for line in said if line.texts or line.unknown)


def _line(line: Line, pack: QuestionPack) -> SavedLine:
    return SavedLine(question=line.text, text=", ".join(line.texts) or pack.words.dont_know)
