import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.tokens import LONGEST_TOKEN, Token, TokenRefused


@given(st.text(max_size=40), st.text(max_size=15))
def test_what_is_packed_comes_back(subject: str, argument: str) -> None:
    try:
        token = Token(verb="answer", subject=subject, argument=argument)
        packed = token.pack()
    except (TokenRefused, UnicodeEncodeError):
        return
    assert len(packed) <= LONGEST_TOKEN
    assert Token.unpack(packed) == token


@given(st.text(max_size=300))
def test_anything_else_is_refused_and_nothing_else_is_raised(claimed: str) -> None:
    try:
        token = Token.unpack(claimed)
    except TokenRefused:
        return
    assert claimed.startswith(f"{token.verb}|")


def test_too_long_is_refused_when_packed() -> None:
    with pytest.raises(TokenRefused):
        Token(verb="answer", subject="x" * LONGEST_TOKEN).pack()


@pytest.mark.parametrize("claimed", ["choose|%00|x", "answer|a|b%00", "undo|a\0b|", "undo|note:%00|"])
def test_a_zero_byte_is_no_token_of_ours(claimed: str) -> None:
    with pytest.raises(TokenRefused):
        Token.unpack(claimed)
