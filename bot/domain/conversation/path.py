"""How a question reads where it stands: its text, its options, its place, and what was answered."""

from bot.domain.effects.conversation import Ask, AskMore, Known, Line
from bot.domain.questions.answers import Answer, Answers, values_at
from bot.domain.questions.kinds import Option
from bot.domain.questions.pack import QuestionPack
from bot.domain.questions.plan import Spot, Way

_LONGEST_MENTION = 60
"""Characters of an earlier answer inside a question; the whole stands beside it (`Ask.known`)."""


def is_dealt_with(spot: Spot, answers: Answers) -> bool:
    """Answered, or passed by where that may be done."""
    answer = answers.get(spot.path)
    return answer is not None and (bool(answer.values) or answer.unknown or not spot.leaf.question.required)


def first_waiting(way: Way) -> Spot | None:
    """The first question that holds and is not dealt with."""
    spots, live = way
    for spot in spots:
        if not is_dealt_with(spot, live):
            return spot
    return None


def spot_at(way: Way, path: str | None) -> Spot | None:
    for spot in way.spots:
        if spot.path == path:
            return spot
    return None


def asking(spot: Spot, way: Way, pack: QuestionPack) -> Ask | AskMore:
    """What asks this question now."""
    path, leaf, prefixes = spot
    text, known = _told(spot, way, pack)
    options = options_at(spot, way)
    before = way.live.get(path)
    group = leaf.more_of
    if group is not None:
        rounds = int(path.split(".")[-2])
        return AskMore(path, group.key, text, group.more_help, rounds, group.at_most, options, before)
    questions = [other for other in way.spots if other.leaf.more_of is None]
    number, of = questions.index(spot) + 1, len(questions)
    suggested = None if leaf.suggestion is None else leaf.suggestion.step(prefixes, way.live)
    return Ask(path, leaf.question, text, number, of, options, known, suggested, before)


def options_at(spot: Spot, way: Way) -> tuple[Option, ...]:
    """What may be chosen here, now."""
    rounds = spot.leaf.options_from
    if rounds is None:
        return spot.leaf.options
    return tuple(
        Option.model_construct(key=path, label=_mention(way.live[path].values[0]))
        for path in rounds.paths(spot.prefixes, way.live)
    )


def summary(way: Way, pack: QuestionPack) -> tuple[Line, ...]:
    """Every question that holds with what was answered, in order; "one more?" left out."""
    return tuple(
        _line(spot, answer, way, pack)
        for spot in way.spots
        if spot.leaf.more_of is None and (answer := way.live.get(spot.path)) is not None
    )


def _line(spot: Spot, answer: Answer, way: Way, pack: QuestionPack) -> Line:
    if spot.leaf.options_from is not None:
        texts = tuple(value for path in answer.values for value in values_at(way.live, path))
    else:
        texts = _labelled({option.key: option.label for option in spot.leaf.options}, answer.values)
    return Line(spot.path, spot.leaf.question, _told(spot, way, pack)[0], texts, answer.unknown)


def _told(spot: Spot, way: Way, pack: QuestionPack) -> tuple[str, tuple[Known, ...]]:
    """The text with its placeholders filled, and the answers behind them in full."""
    parts = spot.leaf.parts
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0], ()
    told: list[str] = []
    known: list[Known] = []
    for part in parts:
        if isinstance(part, str):
            told.append(part)
            continue
        path = part.path(spot.prefixes)
        whole = ", ".join(_labelled(part.labels, values_at(way.live, path)))
        told.append(_mention(whole) if whole else pack.words.unnamed)
        if whole:
            known.append(Known(path, whole))
    return "".join(told), tuple(known)


def _labelled(labels: dict[str, str], values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(labels.get(value, value) for value in values) if labels else values


def _mention(text: str) -> str:
    """Somebody's words on one line, without a closing full stop, cut at a word when long."""
    line = " ".join(text.split()).rstrip(".")
    if len(line) <= _LONGEST_MENTION:
        return line
    cut = line[: _LONGEST_MENTION - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"
