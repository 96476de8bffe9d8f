import pytest

from bot.domain.value import PersonId
from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Message, Paragraph
from bot.platforms.slack.send.posts import OVER
from bot.platforms.trails import digest
from tests.platforms.slack.sending import CHANNEL, LENA, SHORT, Desk, at_desk
from tests.slack.mischief import Fault

LONG = Message(title="Veckan", blocks=tuple(Paragraph(text=f"{n} " + "ord och " * 300) for n in range(9)))


def test_a_post_carries_its_key_and_pings_nobody() -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(Message(title="<!channel> <@ULENA>"), key="check_in:1")
        (post,) = desk.standing()
        (call,) = [call for call in desk.slack.calls if call.method == "chat.postMessage"]
        assert post.ts == ts
        assert post.text == "&lt;!channel&gt; &lt;@ULENA&gt;"
        assert post.metadata == {"event_type": "nulage_out", "event_payload": {"k": digest("check_in:1")}}
        assert "check_in" not in str(post.metadata)
        assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)

    at_desk(act)


def test_a_thread_is_answered_in_the_thread() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        await desk.send(SHORT, CHANNEL.model_copy(update={"thread": root}), key="2")
        assert [post.thread_ts for post in desk.standing()] == ["", root]

    at_desk(act)


def test_a_reply_to_what_is_gone_stands_by_itself() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", "chat.postMessage", code="thread_not_found"))
        await desk.send(SHORT, CHANNEL.model_copy(update={"thread": "1700000000.000100"}))
        assert [post.thread_ts for post in desk.standing()] == [""]

    at_desk(act)


def test_a_chat_is_opened_once() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, LENA, key="1")
        await desk.send(SHORT, LENA.model_copy(update={"only_to": PersonId("lena")}), key="2")
        assert len(desk.standing("DLENA")) == 2
        assert desk.slack.times("conversations.open") == 1

    at_desk(act)


def test_a_line_for_one_person_is_seen_by_her_alone() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, CHANNEL.model_copy(update={"only_to": PersonId("lena")}))
        (post,) = desk.standing()
        assert post.only_to == "ULENA"

    at_desk(act)


def test_somebody_without_an_account_is_out_of_reach() -> None:
    async def act(desk: Desk) -> None:
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, CHANNEL.model_copy(update={"only_to": PersonId("omar")}))
        assert (failed.value.how, str(failed.value)) == ("refused", Why.UNREACHABLE)
        assert desk.standing() == []

    at_desk(act)


def test_a_message_is_changed_where_it_stands() -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(SHORT)
        assert await desk.send(Message(title="3 av 5 har svarat"), key="2", replacing=ts) == ts
        (post,) = desk.standing()
        assert (post.text, post.edits) == ("3 av 5 har svarat", 1)

    at_desk(act)


def test_a_message_that_is_gone_is_posted_anew_and_found_there_after() -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(SHORT)
        desk.standing()[0].deleted = True
        anew = await desk.send(Message(title="2"), key="2", replacing=ts)
        assert anew != ts
        assert await desk.send(Message(title="3"), key="3", replacing=ts) == anew
        assert [post.text for post in desk.standing()] == ["3"]

    at_desk(act)


def test_a_long_message_is_numbered_parts_whose_first_is_the_reference() -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(LONG)
        said = desk.standing()
        assert [post.text.splitlines()[-1] for post in said] == ["Del 1 av 3", "Del 2 av 3", "Del 3 av 3"]
        assert said[0].ts == ts
        assert [post.metadata["event_payload"]["n"] for post in said if post.metadata] == [1, 2, 3]

    at_desk(act)


def test_a_long_message_that_shrinks_takes_its_parts_away() -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(LONG)
        await desk.send(SHORT, key="2", replacing=ts)
        assert [post.text for post in desk.standing()] == [SHORT.title]
        await desk.send(LONG, key="3", replacing=ts)
        assert len(desk.standing()) == 3

    at_desk(act)


@pytest.mark.parametrize("code", ["compliance_exports_prevent_deletion", "cant_delete_message"])
def test_a_part_that_nobody_may_take_away_says_that_it_is_over(code: str) -> None:
    async def act(desk: Desk) -> None:
        ts = await desk.send(LONG)
        desk.slack.mischief.plan(Fault("error", "chat.delete", code=code, times=99))
        assert await desk.send(SHORT, key="2", replacing=ts) == ts
        assert [post.text for post in desk.standing()] == [SHORT.title, OVER, OVER]

    at_desk(act)


def test_what_slack_adds_to_a_message_is_in_its_only_readers_language() -> None:
    """Where several read it, it is in Swedish."""

    async def act(desk: Desk) -> None:
        desk.platform._speaks = lambda who: "en" if who.user == "T1/ULENA" else "sv"
        alone = CHANNEL.model_copy(update={"only_to": PersonId("lena")})
        for place, part in ((LENA, "Part 1 of 3"), (alone, "Part 1 of 3"), (CHANNEL, "Del 1 av 3")):
            before = len(desk.slack.workspace.from_bot())
            await desk.send(LONG, place, key=part)
            assert part in desk.slack.workspace.from_bot()[before].text
        short = await desk.send(SHORT, LENA, key="short")
        await desk.send(LONG.model_copy(update={"blocks": LONG.blocks[:3]}), LENA, "new", replacing=short)
        assert any(
            post.text.endswith("… The rest is in the message.") for post in desk.slack.workspace.from_bot()
        )

    at_desk(act)


def test_a_long_update_says_where_the_rest_is() -> None:
    async def act(desk: Desk) -> None:
        middling = LONG.model_copy(update={"blocks": LONG.blocks[:3]})
        ts = await desk.send(SHORT)
        await desk.send(middling, key="2", replacing=ts)
        (post,) = desk.standing()
        assert len(post.text) <= 4000
        assert post.text.endswith("… Resten står i meddelandet.")
        assert str(post.blocks).count("ord och") == 900
        (update,) = [call.args for call in desk.slack.calls if call.method == "chat.update"]
        assert update["parse"] == "none", "as a post: names and links in somebody's words stay words"

    at_desk(act)
