"""What a cause analysis holds: a finding, and causes that stay hypotheses, never verdicts."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, get_args

from bot.domain.analysis.strength import STRENGTHS, Strength, suggest_strength
from bot.domain.conversation.steps import Conversation
from bot.domain.notes import Aspect, Perspective, Sign
from bot.domain.questions.answers import Answers, Prefixes, values_at
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import ArbetslagId, Value

__all__ = [
    "Cause",
    "Finding",
    "Strength",
    "causes_of",
    "missing_for_analysis",
    "rank",
    "sentence",
    "suggest_strength",
]

CauseKind = Literal["undervisning", "arbetssatt", "forutsattningar", "styrning"]
Influence = Literal["helt", "delvis", "inte"]
Ground = Literal["anteckningar", "statistik", "observation", "erfarenhet", "forskning"]

RESULT = "resultat"
CAUSE = "orsak"
FIRST = "forst"
_PER_CAUSE = {
    "hor_till": get_args(CauseKind),
    "paverkbar": get_args(Influence),
    "underlag": get_args(Ground),
    "perspektiv": get_args(Perspective),
    "motbild": (),
    "annan_forklaring": (),
    "varfor": (),
    "gjort": (),
    "styrka": STRENGTHS,
    "skal": (),
    "ta_reda_pa": (),
}
"""What is read from an analysis pack about each cause, with the choices that must be among its own."""
_SENTENCES = {
    "orsak": {"resultat", "orsak"},
    "underlag": {"underlag"},
    "utan_underlag": set[str](),
    "motbild": {"motbild"},
    "utan_motbild": set[str](),
    "stod": {"stod"},
    "paverkbar": {"paverkbar"},
    "ej_paverkbar": set[str](),
}
"""The templates a cause is stored with, and what each is filled with."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_INFLUENCE: tuple[str, ...] = get_args(Influence)


class Finding(Value):
    """A result that stands out, chosen for analysis. `notes` are the ids of what it was seen in."""

    id: str
    arbetslag: ArbetslagId
    text: str
    at: datetime
    sign: Sign
    aspect: Aspect = "resultat"
    group: str = ""
    notes: tuple[str, ...] = ()
    version: int = 1


class Cause(Value):
    """One reasonable explanation of a result.

    `strength` is the arbetslag's word; `suggested` is the rule's, and `reason` says why they differ.
    `kind` and `influence` are None where the arbetslag did not know.
    """

    path: str
    result: str
    text: str
    kind: CauseKind | None = None
    influence: Influence | None = None
    grounds: tuple[Ground, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    against: str = ""
    alternative: str = ""
    deeper: tuple[str, ...] = ()
    done: str = ""
    strength: Strength = "inget_annu"
    suggested: Strength = "inget_annu"
    reason: str = ""
    to_find_out: str = ""
    version: int = 1

    @property
    def lifted(self) -> bool:
        """Nothing the arbetslag can change: it goes to the rektor as an önskemål, and waits, marked."""
        return self.influence == "inte"


def missing_for_analysis(pack: QuestionPack) -> tuple[str, ...]:
    """Which questions, choices and sentences a cause analysis needs and the pack lacks."""
    leaves = pack.plan.leaves
    missing = [path for path in (RESULT, f"{CAUSE}.*", FIRST) if path not in leaves]
    for key, choices in _PER_CAUSE.items():
        path = f"{CAUSE}.*.{key}" if key != "varfor" else f"{CAUSE}.*.varfor.*"
        leaf = leaves.get(path)
        offered = {option.key for option in leaf.options} if leaf else set[str]()
        if leaf is None:
            missing.append(path)
        missing.extend(f"{path}: {choice}" for choice in choices if leaf and choice not in offered)
    for name, filled in _SENTENCES.items():
        if set(_PLACEHOLDER.findall(pack.sentences.get(name, "{}"))) != filled:
            missing.append(f"sentences.{name}: {', '.join(sorted(filled)) or 'utan klamrar'}")
    return tuple(missing)


def causes_of(conversation: Conversation, pack: QuestionPack) -> tuple[Cause, ...]:
    """The causes named so far, in the order they were named; answers that no longer apply are left out."""
    live = pack.plan.walk(conversation.answers).live
    found = [
        _cause(path, live)
        for path, answer in live.items()
        if answer.values and path.startswith(f"{CAUSE}.") and path.count(".") == 1
    ]
    return tuple(found)


def rank(causes: Sequence[Cause], chosen_first: str | None) -> tuple[Cause, ...]:
    """The one the arbetslag chose (by path), then what it can influence most, then the best supported."""
    return tuple(
        sorted(
            causes,
            key=lambda cause: (
                cause.path != chosen_first,
                _INFLUENCE.index(cause.influence) if cause.influence else len(_INFLUENCE),
                -STRENGTHS.index(cause.strength),
            ),
        )
    )


def chosen_first(conversation: Conversation) -> str | None:
    """The path of the cause to work with first, if the arbetslag has said."""
    return next(iter(values_at(conversation.answers, FIRST)), None)


def sentence(cause: Cause, pack: QuestionPack) -> str:
    """The cause as it is stored for people to read, from the pack's own templates and labels."""
    say = pack.sentences
    prefixes: Prefixes = ("", cause.path + ".")
    parts = [
        say["orsak"].format(resultat=_inline(cause.result) or pack.words.unnamed, orsak=_inline(cause.text)),
        say["underlag" if cause.grounds else "utan_underlag"].format(
            underlag=_labels(pack, "underlag", cause.grounds, prefixes)
        ),
        say["motbild" if cause.against else "utan_motbild"].format(motbild=_inline(cause.against)),
        say["stod"].format(stod=_labels(pack, "styrka", (cause.strength,), prefixes)),
    ]
    if cause.lifted:
        parts.append(say["ej_paverkbar"])
    elif cause.influence is not None:
        influence = _labels(pack, "paverkbar", (cause.influence,), prefixes)
        parts.append(say["paverkbar"].format(paverkbar=influence))
    return " ".join(parts)


def _inline(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _labels(pack: QuestionPack, key: str, values: Sequence[str], prefixes: Prefixes) -> str:
    leaf = pack.plan.leaf_at(prefixes[1] + key)
    labels = {option.key: option.label for option in leaf.options} if leaf else {}
    said = [labels.get(value, value).casefold() for value in values]
    last = f" {pack.words.joined} ".join(said[-2:])
    return ", ".join([*said[:-2], last])


def _cause(path: str, live: Answers) -> Cause:
    def given(key: str) -> tuple[str, ...]:
        return values_at(live, f"{path}.{key}")

    def words(key: str) -> str:
        return next(iter(given(key)), "")

    suggested = suggest_strength(given("underlag"), given("perspektiv"), countered=bool(given("motbild")))
    return Cause.model_validate(
        {
            "path": path,
            "result": next(iter(values_at(live, RESULT)), ""),
            "text": live[path].values[0],
            "kind": words("hor_till") or None,
            "influence": words("paverkbar") or None,
            "grounds": given("underlag"),
            "perspectives": given("perspektiv"),
            "against": words("motbild"),
            "alternative": words("annan_forklaring"),
            "deeper": tuple(values[0] for n in range(1, 10) if (values := given(f"varfor.{n}"))),
            "done": words("gjort"),
            "strength": words("styrka") or suggested,
            "suggested": suggested,
            "reason": words("skal"),
            "to_find_out": words("ta_reda_pa"),
            "version": _version(path, live),
        }
    )


def _version(path: str, live: Answers) -> int:
    """One, and one more for each time something about the cause was changed."""
    about = [answer for at, answer in live.items() if at == path or at.startswith(f"{path}.")]
    return 1 + sum(answer.version - 1 for answer in about)
