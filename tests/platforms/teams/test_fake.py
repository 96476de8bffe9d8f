"""The fake Teams is held against itself, and against a client that is not ours: the SDK's."""

from typing import Any

import httpx
import pytest
from microsoft_teams.api.clients.conversation import ConversationClient, CreateConversationParams
from microsoft_teams.api.clients.team import TeamClient
from microsoft_teams.api.models import Account

from tests.platforms.teams.asking import HEJ, play, raw, said
from tests.platforms.teams.sending import GAST, LAG46, LEDNING, LENA, SAM, TEAM
from tests.teams.fake import FakeTeams, posts_with, split
from tests.teams.fake_strict import CARD
from tests.teams.state import BOT, TENANT, THREAD_MARK


def test_a_post_stands_and_can_be_changed_and_taken_away() -> None:
    async def act(teams: FakeTeams, client: ConversationClient) -> None:
        number = (await client.create_activity(LEDNING, said())).id
        await client.update_activity(LEDNING, number, said("Hej igen"))
        (post,) = teams.cloud.visible_to(LENA)
        assert (post.text, post.edits, len(teams.cloud.changes)) == ("Hej igen", 1, 2)
        assert not teams.cloud.visible_to(GAST), "she is not in that chat"
        await client.delete_activity(LEDNING, number)
        assert not teams.cloud.from_bot()
        assert not teams.wrong

    play(act)


def test_a_thread_is_begun_and_answered() -> None:
    async def act(teams: FakeTeams, client: ConversationClient) -> None:
        begun = await client.create(
            CreateConversationParams(
                tenant_id=TENANT, channel_data={"channel": {"id": LAG46}}, activity=said()
            )
        )
        assert split(begun.id) == (LAG46, begun.activity_id)
        await client.create_activity(begun.id, said("Svar"))
        assert {post.thread for post in teams.cloud.from_bot(LAG46)} == {begun.activity_id}
        assert [post.text for post in posts_with(teams, "Svar")] == ["Svar"]

    play(act)


def test_a_chat_is_the_same_however_often_it_is_begun() -> None:
    async def act(teams: FakeTeams, client: ConversationClient) -> None:
        asked = CreateConversationParams(members=[Account(id="29:0001")], tenant_id=TENANT)
        assert (await client.create(asked)).id == (await client.create(asked)).id == f"a:{LENA}"
        assert teams.times("chat", "ok") == 2

    play(act)


def test_members_come_in_pages_and_channels_with_their_names() -> None:
    async def act(teams: FakeTeams, client: ConversationClient) -> None:
        teams.page_size = 2
        first = await client.members_client.get_paged(TEAM, 50)
        rest = await client.members_client.get_paged(TEAM, 50, first.continuation_token)
        assert [one.aad_object_id for one in first.members + rest.members] == [LENA, SAM, GAST, None]
        assert [one.user_role for one in rest.members] == ["guest", "bot"]
        assert rest.continuation_token is None
        channels = await TeamClient(teams.service_url, client.http).get_conversations(TEAM)
        assert [one.name for one in channels] == [None, "Arbetslag 4–6", "Arbetslag 7–9"]

    play(act)


def test_a_targeted_message_is_seen_by_one_who_is_there() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        path = f"conversations/{LEDNING}/activities"
        for person, status in (("29:0001", 201), ("29:0003", 400)):
            body = {**HEJ, "recipient": {"id": person, "isTargeted": True}}
            answer = await raw(teams, "POST", path, body, isTargetedActivity="true")
            assert answer.status_code == status
        assert [post.only_to for post in teams.cloud.from_bot()] == [LENA]
        assert not teams.cloud.visible_to(SAM)
        assert (await raw(teams, "POST", path, HEJ, isTargetedActivity="true")).status_code == 400
        assert teams.wrong == ["targeted: to whom?"]

    play(act)


ODD_CARD = {
    "type": "message",
    "summary": "x",
    "attachments": [
        {"contentType": CARD, "content": {"type": "AdaptiveCard", "body": [{"type": "TextBlok"}]}}
    ],
}


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({**HEJ, "purpose": 1}, 400, "activity.purpose"),
        ({"type": "message"}, 400, "neither text nor"),
        ({"type": "message", "text": "x"}, 400, "read as markup"),
        ({"type": "typing", "text": "x", "textFormat": "plain"}, 400, "activity.type"),
        ({"type": "message", "summary": "x", "attachments": [{"contentType": "image"}]}, 400, "contentType"),
        (ODD_CARD, 400, "TextBlok"),
        ({**HEJ, "text": "å" * 14_000}, 413, ""),
    ],
)
def test_a_wrong_message_is_refused_and_remembered(body: Any, status: int, problem: str) -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        answer = await raw(teams, "POST", f"conversations/{LEDNING}/activities", body)
        assert answer.status_code == status
        assert problem in " ".join(teams.wrong)
        assert bool(teams.wrong) == bool(problem), "a message that is too big is told by its answer"

    play(act)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "conversations/x/typing"), ("GET", "conversations"), ("PATCH", f"conversations/{LEDNING}")],
)
def test_what_the_connector_does_not_have_is_remembered(method: str, path: str) -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        assert (await raw(teams, method, path, {})).status_code == 400
        assert "nothing like it" in " ".join(teams.wrong)

    play(act)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ("bot_in", 403, "BotNotInConversationRoster"),
        ("moderated", 403, "ConversationBlockedByUser"),
        ("", 404, "ConversationNotFound"),
        ("disabled", 403, "BotDisabledByAdmin"),
    ],
)
def test_a_conversation_may_be_shut(change: str, status: int, code: str) -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        conversation = teams.cloud.conversations[LEDNING]
        conversation.bot_in, conversation.moderated = change != "bot_in", change == "moderated"
        teams.cloud.disabled_in = {TENANT} if change == "disabled" else set()
        where = LEDNING if change else "19:okand@thread.v2"
        answer = await raw(teams, "POST", f"conversations/{where}/activities", HEJ)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)

    play(act)


def test_a_person_who_shut_the_bot_out_is_told_of_in_older_words() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        chat = teams.cloud.chat_of(LENA).id
        teams.cloud.people[LENA].blocked = True
        answer = await raw(teams, "POST", f"conversations/{chat}/activities", HEJ)
        assert answer.status_code == 403
        assert "MessageWritesBlocked" in answer.json()["message"]
        assert "error" not in answer.json()

    play(act)


def test_a_call_without_a_token_is_refused_where_the_door_is_not_open() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            url = f"{teams.service_url}v3/conversations/{LEDNING}/activities"
            assert (await client.post(url, json=HEJ)).status_code == 401
            teams.open_door = True
            assert (await client.post(url, json=HEJ)).status_code == 201

    play(act)


def test_who_writes_in_a_channel_begins_a_thread_or_goes_on_in_one() -> None:
    async def act(teams: FakeTeams, _client: ConversationClient) -> None:
        root = teams.cloud.write(LENA, LAG46, "Hej")
        reply = teams.cloud.write(SAM, LAG46, "Hej själv", root.id)
        assert (root.thread, reply.thread) == (root.id, root.id)
        assert teams.cloud.write(LENA, LEDNING, "Hej").thread == ""
        where = f"{LAG46}{THREAD_MARK}{root.id}"
        answer = await raw(teams, "POST", f"conversations/{where}/activities", HEJ)
        assert [post.sender for post in teams.cloud.posts if post.thread == root.id][-1] == BOT
        changed = await raw(teams, "PUT", f"conversations/{LAG46}/activities/{root.id}", HEJ)
        assert (answer.status_code, changed.status_code) == (201, 403), "nobody's words but our own"

    play(act)
