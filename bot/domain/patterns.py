"""Regular expressions, compiled when they are first sought for: many are long, and a start needs none."""

import re
from functools import cache


@cache
def compiled(rule: str) -> re.Pattern[str]:
    """The rule, ready to use. One that begins with `(?i)` does not tell small letters from capitals."""
    return re.compile(rule)
