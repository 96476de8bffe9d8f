"""The bot's own page says each thing once."""

import pytest

from bot.domain.value import ArbetslagId, PersonId
from bot.messages.gallery.home import SENT
from bot.messages.phrasing.home import Home, TeacherHome, TeamWords, phrase
from bot.messages.phrasing.weekly import Standing
from bot.messages.plain import lines
from tests.play import prompts


@pytest.mark.parametrize(("sent", "waits"), [(None, False), (SENT, True)])
def test_that_nobody_has_read_is_said_only_of_what_was_sent(sent: None, *, waits: bool) -> None:
    words = TeamWords(arbetslag=ArbetslagId("lag"), name="Lag", standing=Standing(sent=sent))
    teacher = TeacherHome(questions=(), words=(words,))
    page = Home(person=PersonId("lena"), name="Lena", away_until=None, teacher=teacher, leader=None)
    texts = prompts().texts
    assert (texts.weekly.own_not_read in "\n".join(lines(phrase(page, texts)))) is waits
