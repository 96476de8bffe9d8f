"""The one gate that free text passes before it is stored (DOMAIN L2, L6, C8).

Forms: nothing is stored, and the form comes back saying what was found and asking what to do.
Chat: the words already stand there; they are stored without what was found, and the author alone is told.
Neither ever stores, logs or promises the words that were found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.effects.answering import CasePointedAway, GuardedInChat
from bot.domain.privacy.free_text import clean, was_mended
from bot.domain.privacy.guard import CaseKind, Kind
from bot.domain.privacy.verdict import CHOICES, CaseRefused, Choice, Passed, Stopped, decide, look
from bot.messages.model import FormField, Response, Say
from bot.messages.phrasing.guard import (
    CHOICE,
    LONGEST_REASON,
    REASON,
    choice_fields,
    field_error,
    phrase,
    reason_error,
)
from handlers.scene import Scene, Values, first
from storage.asked.answering import record

NOTHING: Mapping[str, str] = {}
FREE_KINDS = frozenset({"text", "link"})
"""The kinds of question whose answers are people's own words."""


@dataclass
class Screened:
    """What came through, by field key; when `errors` is not empty, nothing may be stored.

    `extra` holds the choice that belongs under each field where something was found.
    """

    texts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    masked: list[Kind] = field(default_factory=list)
    mended: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    extra: dict[str, tuple[FormField, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """Words from the chat: `text` may be stored, unless they are a `case`, of which nothing may."""

    text: str
    kinds: tuple[Kind, ...] = ()
    case: CaseKind | None = None
    mended: bool = False


def screen(
    scene: Scene, values: Values, keys: Iterable[str], about: str, known: Mapping[str, str] = NOTHING
) -> Screened:
    """Let the free-text fields of a form through the gate.

    `about` names what they concern, for the audit. `known` is what already stands in a field: it
    passed this gate before, and nobody is asked twice about the same words.
    """
    screened = Screened()
    for key in keys:
        given = "\n".join(values.get(key, ()))
        text = clean(given)
        screened.mended |= was_mended(given)
        if text == known.get(key):
            screened.texts[key] = text
            continue
        chosen, reason = _choice(values, key), clean(first(values, f"{key}{REASON}"))
        _judge(scene, screened, key, text, (chosen, reason), about)
    return screened


def _judge(
    scene: Scene, screened: Screened, key: str, text: str, choice: tuple[Choice, str], about: str
) -> None:
    chosen, reason = choice
    verdict = decide(text, chosen, reason)
    match verdict:
        case Passed():
            screened.texts[key] = verdict.text
            screened.masked += verdict.masked
            if verdict.reason:
                screened.reasons[key] = verdict.reason
            if verdict.masked or verdict.reason:
                found = decide(text)
                if isinstance(found, Stopped):
                    screened.extra[key] = choice_fields(key, found, scene.texts, chosen, reason)
            if len(verdict.reason) > LONGEST_REASON:
                screened.errors[f"{key}{REASON}"] = scene.texts.forms.reasons["too_long"]
        case Stopped():
            screened.extra[key] = choice_fields(key, verdict, scene.texts, chosen, reason)
            wrong = reason_error(verdict, scene.texts)
            screened.errors[f"{key}{REASON}" if wrong else key] = wrong or field_error(verdict, scene.texts)
            if verdict.case and not wrong:
                record(scene.unit, scene.me.id, f"pointed_to_routine:{verdict.case}", about, scene.at)
        case CaseRefused(case=case):
            screened.errors[key] = field_error(verdict, scene.texts)
            record(scene.unit, scene.me.id, f"pointed_to_routine:{case}", about, scene.at)


def hear(text: str) -> Heard:
    """Let words from a thread, a channel or a direct message through the gate."""
    fit = clean(text)
    looked = look(fit)
    return Heard(looked.masked, looked.kinds, looked.case.kind if looked.case else None, was_mended(text))


def point_away(scene: Scene, case: CaseKind, about: str) -> Response:
    """Refuse a case: say which routine it belongs to, and keep only that this was said."""
    record(scene.unit, scene.me.id, f"pointed_to_routine:{case}", about, scene.at)
    return Say(message=phrase(CasePointedAway(case=case), scene.texts))


def tell_author(scene: Scene, kinds: tuple[Kind, ...], *, key: str, note: str = "") -> None:
    """Promise the author a private line: what kind was found, and that the chat still shows it."""
    place = scene.where if scene.in_own_chat else scene.where.model_copy(update={"only_to": scene.me.id})
    told = phrase(GuardedInChat(kinds=kinds, note=note), scene.texts)
    scene.tell(told, place, key=f"guard:{key}", concerns=f"note:{note}" if note else "guard")


def _choice(values: Mapping[str, tuple[str, ...]], key: str) -> Choice:
    chosen = first(values, f"{key}{CHOICE}")
    return next((choice for choice in CHOICES if choice == chosen), "change")
