"""The few shapes of Adaptive Cards that this bot is built of. Words in them are never read as markup."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bot.platforms.cutting import cut
from bot.platforms.legible import is_said, visible
from bot.platforms.teams.render.escape import JOINER, headed

Json = dict[str, Any]

LONGEST_RUN = 3000
"""Characters in one paragraph; what is longer goes on in the next, so that a message can be parted."""
PER_BLOCK = 80
"""What a block costs in characters beside its words."""
ACTIONS = 6
"""Buttons that Teams shows in a row; more would hide behind three dots."""
PER_RUN = 40
_WORKED_OUT = re.compile(r"(?<=\{)(?=\{(?:DATE|TIME)\()")
"""`{{DATE(…)}}` is worked out even in a TextRun; in two runs it is only words."""

_SPAN = re.compile(r"(?<=\d)–(?=\d)")


class Run(NamedTuple):
    """A stretch of words in one style; a `link` leads somewhere."""

    text: str
    bold: bool = False
    small: bool = False
    link: str = ""


Line = tuple[Run, ...]


def paragraph(text: str) -> Iterator[Json]:
    """One paragraph, every line of it on its own."""
    return rich((Run(text),))


def small(text: str) -> Iterator[Json]:
    """One small line under the rest."""
    return rich((Run(text, small=True),))


def heading(text: str, size: str) -> Iterator[Json]:
    """A heading that a screen reader can jump to; one that Markdown would change is only bold."""
    shown = headed(_unbroken(visible(text)))
    if shown and len(shown) <= LONGEST_RUN:
        yield {
            "type": "TextBlock",
            "text": shown,
            "style": "heading",
            "size": size,
            "weight": "Bolder",
            "wrap": True,
        }
    else:
        yield from rich((Run(text, bold=True),))


def rich(line: Line) -> Iterator[Json]:
    """A line of runs as rich text: a block for each of its own lines, close together."""
    shown = [run._replace(text=_unbroken(visible(run.text))) for run in line]
    if not is_said("".join(run.text for run in shown)):
        return
    held: list[Json] = []
    spacing, room = "", LONGEST_RUN
    for run in shown:
        for number, words in enumerate(run.text.split("\n")):
            if number:
                if held:
                    yield _block(held, spacing)
                held, spacing, room = [], "None" if held else "Small", LONGEST_RUN
            for part in _pieces(words):
                if held and len(part) + PER_RUN > room:
                    yield _block(held, spacing)
                    held, spacing, room = [], "None", LONGEST_RUN
                held.append(_inline(run, part))
                room -= len(part) + PER_RUN
    if held:
        yield _block(held, spacing)


def lines(told: Iterable[Line], mark: str = "") -> Iterator[Json]:
    """Several lines, close together, each after its mark."""
    first = True
    for line in told:
        for block in rich((Run(mark), *line) if mark and is_said("".join(r.text for r in line)) else line):
            yield block if first else {**block, "spacing": block.get("spacing", "Small")}
            first = False


def grouped(blocks: Iterable[Json], style: str) -> Iterator[Json]:
    """Blocks on a ground of their own; many are several such grounds, so that a message can be parted."""
    held: list[Json] = []
    room = LONGEST_RUN
    for block in blocks:
        length = sum(len(run["text"]) + PER_RUN for run in block["inlines"])
        if held and length > room:
            yield {"type": "Container", "style": style, "items": held}
            held, room = [], LONGEST_RUN
        held.append(block)
        room -= length + PER_BLOCK
    if held:
        yield {"type": "Container", "style": style, "items": held}


def button(title: str, verb: str, data: Json, *, style: str = "default") -> Json:
    """A button whose answer can replace the card. Its title is never read as markup."""
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": verb,
        "data": data,
        **({} if style == "default" else {"style": style}),
    }


def _unbroken(text: str) -> str:
    """`4–6` stays in one line."""
    return _SPAN.sub(f"{JOINER}–{JOINER}", text)


def _block(inlines: list[Json], spacing: str) -> Json:
    block: Json = {"type": "RichTextBlock", "inlines": inlines}
    return {**block, "spacing": spacing} if spacing else block


def _pieces(words: str) -> Iterator[str]:
    for part in cut(words, LONGEST_RUN):
        yield from _WORKED_OUT.split(part) if "{{" in part else (part,)


def _inline(run: Run, text: str) -> Json:
    inline: Json = {"type": "TextRun", "text": text}
    if run.bold:
        inline["weight"] = "Bolder"
    if run.small:
        inline["size"] = "Small"
        inline["isSubtle"] = True
    if run.link:
        inline["selectAction"] = {"type": "Action.OpenUrl", "url": run.link}
    return inline
