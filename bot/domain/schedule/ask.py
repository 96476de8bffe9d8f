"""The question the bot asks when a schedule phrase can be read in no way, or in two."""

from typing import NamedTuple

from bot.domain.value import Value

LONGEST_SHOWN = 40


class Choice(NamedTuple):
    """A button: its label, and the phrase that is said by pressing it."""

    label: str
    phrase: str


class AskBack(Value):
    """One plain question; nothing is saved until it is answered."""

    text: str
    choices: tuple[Choice, ...] = ()


NO_DAY_OR_TIME = AskBack(text="Vilken dag och tid? Skriv till exempel torsdag 15.15.")
NO_DAY = AskBack(text="Vilken dag? Skriv till exempel torsdag.")
NO_TIME = AskBack(text="Vilken tid? Skriv till exempel 15.15.")
NO_DAYS = AskBack(text="Vilka dagar? Skriv till exempel tisdag och torsdag.")
NO_START = AskBack(text="Från vilket datum? Skriv till exempel 26 november.")
NO_END = AskBack(text="Vilket datum är det sista?")
OUTSIDE_HOURS = AskBack(text="Det är utanför arbetstid. Välj en annan tid.")
HAS_BEEN = AskBack(text="Den dagen har varit. Vilken dag gäller?")
TOO_LONG = AskBack(text="Det var för mycket på en gång. Skriv till exempel torsdag 15.15.")
TWO_PATTERNS = AskBack(
    text="Jag ser två sätt att upprepa. Vilket gäller? Skriv till exempel varannan torsdag 15.15."
)
NEVER = AskBack(text="Då blir det ingen gång alls. Vilka dagar gäller?")
ALL_CLOSED = AskBack(text="Alla de dagarna är stängda. Vilka dagar gäller?")


def not_understood(word: str) -> AskBack:
    shown = word if len(word) <= LONGEST_SHOWN else f"{word[: LONGEST_SHOWN - 1]}…"
    return AskBack(text=f'Jag förstod inte "{shown}". Skriv till exempel torsdag 15.15.')
