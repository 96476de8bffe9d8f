"""The few shapes of Block Kit that this bot is built of. Words in them are never read as markup."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from bot.platforms.cutting import cut, size
from bot.platforms.legible import brief, is_said, visible
from bot.platforms.slack.render.escape import spoken

Json = dict[str, Any]

LONGEST_RUN = 2900
"""Characters in one rich text block: as a section may hold, less what Slack may count otherwise."""
LINE = 10
"""What a line costs beside its words: a block holds a thousand elements, and a line has three of them."""
Look = Literal["section", "quote", "bullet"]
MARK: dict[Look, str] = {"section": "{}", "quote": "”{}”", "bullet": "• {}"}
"""How a line of each look sounds where only words are."""


class Run(NamedTuple):
    """A stretch of words in one style; a `link` leads somewhere, and what is `drawn` is not read out."""

    text: str
    bold: bool = False
    link: str = ""
    drawn: bool = False


Line = tuple[Run, ...]


class Piece(NamedTuple):
    """One block, and what it says to who cannot see it: a notification, a screen reader."""

    block: Json
    says: str


def plain_text(text: str, most: int) -> Json:
    """Plain words: `:smile:` stays as it was written."""
    return {"type": "plain_text", "text": brief(text, most), "emoji": False}


def whole_text(text: str) -> Json:
    """Plain words as they stand, their line breaks too; whoever uses it has seen to their length."""
    return {"type": "plain_text", "text": spoken(text), "emoji": False}


def words(text: str, *, bold: bool = False) -> Iterator[Piece]:
    """One paragraph, in as many blocks as its length needs."""
    return flow([(Run(text, bold=bold),)])


def flow(lines: Iterable[Line], look: Look = "section") -> Iterator[Piece]:
    """Lines of words as rich text; long ones go on in the next block."""
    held: list[Line] = []
    room = LONGEST_RUN
    for line in (short for whole in lines for short in _cut_line(whole)):
        length = _length(line) + LINE
        if held and length > room:
            yield _rich(held, look)
            held, room = [], LONGEST_RUN
        held.append(line)
        room -= length
    if held:
        yield _rich(held, look)


def small(text: str) -> Iterator[Piece]:
    """One small line under the rest."""
    for part in cut(visible(text), LONGEST_RUN):
        if is_said(part):
            yield Piece({"type": "context", "elements": [whole_text(part)]}, part)


def _length(line: Line) -> int:
    return sum(size(run.text) for run in line)


def _cut_line(line: Line) -> Iterator[Line]:
    shown = tuple(run._replace(text=visible(run.text)) for run in line)
    if not is_said("".join(run.text for run in shown if not run.drawn)):
        return
    if _length(shown) <= LONGEST_RUN:
        yield tuple(run for run in shown if run.text)
        return
    for run in shown:
        yield from ((run._replace(text=part),) for part in cut(run.text, LONGEST_RUN) if is_said(part))


def _rich(lines: Sequence[Line], look: Look) -> Piece:
    says = "\n".join(MARK[look].format("".join(run.text for run in line if not run.drawn)) for line in lines)
    return Piece({"type": "rich_text", "elements": _shaped(lines, look)}, says)


def _shaped(lines: Sequence[Line], look: Look) -> list[Json]:
    kind = "rich_text_quote" if look == "quote" else "rich_text_section"
    sections = [{"type": kind, "elements": [_element(run) for run in line]} for line in lines]
    if look == "bullet":
        return [{"type": "rich_text_list", "style": "bullet", "elements": sections}]
    return joined(sections)


def joined(sections: Iterable[Json]) -> list[Json]:
    """Sections that follow each other as one, a line each: only a line break is sure to be one everywhere."""
    held: list[Json] = []
    for section in sections:
        if held and held[-1]["type"] == section["type"] == "rich_text_section":
            held[-1]["elements"] += [{"type": "text", "text": "\n"}, *section["elements"]]
        else:
            held.append({**section, "elements": list(section["elements"])})
    return held


def _element(run: Run) -> Json:
    if run.link:
        return {"type": "link", "url": run.link, "text": run.text}
    style = {"style": {"bold": True}} if run.bold else {}
    return {"type": "text", "text": run.text, **style}
