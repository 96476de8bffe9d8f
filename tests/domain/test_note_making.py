"""From answers to notes, and what a form's token remembers of what it showed."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation.seen import MOST, from_argument, shown_on_page, to_argument
from bot.domain.note_making import drafts
from bot.domain.questions.answers import Answer
from bot.domain.value import PersonId
from bot.messages.gallery.answering import PACK, ROUND
from bot.messages.tokens import LONGEST_TOKEN, Token
from prompts.loader import load_packs

AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
PATHS = st.from_regex(r"[a-z][a-z0-9_]{0,12}(\.[1-9]\.[a-z]{1,8})?", fullmatch=True)


def _answers(**values: str) -> dict[str, Answer]:
    return {path: Answer(values=(value,), at=AT, by=PersonId("lena")) for path, value in values.items()}


def test_every_check_in_pack_makes_marked_notes_of_its_texts() -> None:
    for pack in load_packs().values():
        if pack.kind != "uppfoljning":
            continue
        made = drafts(pack, _answers(fungerar="Det här.", grupp="Åk 5"))
        assert [(draft.path, draft.text) for draft in made] == [("fungerar", "Det här.")], pack.key
        assert {draft.sign for draft in made} == {"fungerar"}
        assert {draft.group for draft in made} <= {"Åk 5", ""}


def test_only_marked_questions_become_notes() -> None:
    assert drafts(PACK, _answers(nadde="delvis", rost="Ord.")) == ()


@given(shown=st.dictionaries(PATHS, st.integers(0, 999_999), max_size=8))
def test_what_was_shown_comes_back(shown: dict[str, int]) -> None:
    assert from_argument(to_argument(shown)) == shown


@given(text=st.text())
def test_a_forged_argument_is_only_a_claim(text: str) -> None:
    assert all(isinstance(version, int) for version in from_argument(text).values())


@given(paths=st.lists(PATHS, unique=True, min_size=1, max_size=60))
def test_a_page_fits_its_token(paths: list[str]) -> None:
    shown = shown_on_page(paths, {})
    assert list(shown) == paths[: len(shown)]
    assert len(to_argument(shown)) <= MOST
    packed = Token(verb="answer_form", subject=ROUND, argument=to_argument(shown)).pack()
    assert len(packed) <= LONGEST_TOKEN
