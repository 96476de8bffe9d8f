"""*Hämta en kopia* in Slack, from the press to the file in one's own chat."""

from io import BytesIO

import docx

from tests.chat_stage import HERE
from tests.slack.stage import Stage, staged
from tests.slack.state import Post


def own_chat(stage: Stage) -> list[Post]:
    chat = stage.workspace.im("ULENA").id
    return [post for post in stage.workspace.from_bot() if post.channel == chat]


def fetch(stage: Stage) -> None:
    stage.command("lena", "/nuläge", room=HERE)
    stage.press("lena", "Hämta en kopia")


def test_only_the_asker_gets_it() -> None:
    with staged() as stage:
        fetch(stage)
        words, shared = own_chat(stage)
        assert "Din kopia: Nuläge för Arbetslag 4–6" in words.text
        (key,) = shared.files
        page = docx.Document(BytesIO(stage.workspace.files[key]["content"]))
        assert page.paragraphs[0].text == "Nuläge för Arbetslag 4–6"
        assert stage.told("lena", "Kopian kommer i vår egen chatt.")
        assert not [post for post in stage.workspace.visible_to("UOMAR") if post.files]


def test_without_the_permission_the_words_come_in_its_place() -> None:
    with staged(without=frozenset({"files:write"})) as stage:
        fetch(stage)
        (words,) = own_chat(stage)
        assert "files:write" in words.text
        assert "Skolenhet: Björkskolan" in words.text
        assert not stage.workspace.files
