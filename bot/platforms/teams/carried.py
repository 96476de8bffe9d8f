"""What our cards carry and what comes back: the verbs of their buttons, the names of a form's inputs.

`render` writes them and `parse` reads them; here they stand once.
"""

import re
from collections.abc import Mapping

PRESS = "press"
"""One of our buttons; its data has a `token`."""
SEND = "send"
"""A form's own button; its data has what the form is, and what each input says."""
SHOW = "show"
"""Show the message as it stands: *Stäng* in a form."""

NONCE = re.compile(r"[0-9a-f]{8}")
"""The name of one opening of a form, and of one showing of it."""

INPUT = re.compile(r"f[0-9]{1,3}(?:-[0-9a-f]{8})?")
"""The ids of a form's inputs."""


def input_id(at: int, mark: str = "") -> str:
    """The id of the input at this place in a form, in the showing that is called `mark`.

    A client may not send back what an input proposes that it has seen before: each showing has ids of its
    own. Without a mark it is what lists of inputs call it, and what cards before the marks did.
    """
    return f"f{at}-{mark}" if mark else f"f{at}"


def is_text(data: Mapping[str, object], name: str) -> bool:
    """Whether words are written in this input of a form, as the form's data has it.

    What was posted before forms told of it has only text, as far as anybody knows.
    """
    texts = data.get("texts")
    return not isinstance(texts, list) or name.partition("-")[0] in texts
