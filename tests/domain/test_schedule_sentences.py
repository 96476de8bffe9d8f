"""What people who plan really write is read right or asked about kindly: never misread in silence."""

from bot.domain.schedule.due import preview
from bot.domain.schedule.speech import speak
from bot.messages.phrasing.times import asked as asks
from bot.messages.phrasing.times import label
from tests.domain.schedule_asked import ASKED
from tests.domain.schedule_sentences import UNDERSTOOD, sentences
from tests.domain.tyreso import FRIDAY_NOON, TYRESO, asked, understood
from tests.each import each
from tests.play import prompts

SV = prompts().texts


@each("phrase, said", sentences(UNDERSTOOD))
def test_what_is_understood(phrase: str, said: str) -> None:
    found = understood(phrase)
    coming = preview(found, TYRESO, FRIDAY_NOON, n=2).dates
    assert f"{speak(found)}: {', '.join(SV.dates.date(day) for day in coming)}" == said


@each("phrase, says", sentences(ASKED))
def test_what_is_asked(phrase: str, says: str) -> None:
    found = asked(phrase)
    buttons = "".join(f" [{label(choice, SV)}]" for choice in found.choices)
    assert f"{asks(found, SV)}{buttons}" == says
