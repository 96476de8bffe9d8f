"""Through the whole edge: what is signed, and yet not as Slack writes it."""

from collections.abc import Iterator
from typing import Any

from tests.each import each
from tests.platforms.slack.edge_stage import Stage, played, workspaces
from tests.platforms.slack.recorded import NAMES, recorded


def test_a_payload_that_lacks_anything_makes_nothing_fall_over() -> None:
    async def story(on: Stage) -> None:
        for name in NAMES:
            for payload in lacking(recorded(name)):
                assert (await on.edge.answer(payload)).status in {200, 400, 403}, payload
        await on.edge.finish()
        assert on.edge.counts["failed"] == 0

    played(story, workspaces(everywhere=True))


def lacking(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The payload without each of its parts in turn, to the second level."""
    for key, inner in payload.items():
        rest = {one: value for one, value in payload.items() if one != key}
        yield rest
        yield {**rest, key: None}
        if isinstance(inner, dict):
            for deeper in inner:
                yield {**rest, key: {one: value for one, value in inner.items() if one != deeper}}


def test_garbage_that_is_signed_is_refused() -> None:
    async def story(on: Stage) -> None:
        odd = {"type": "event_callback", "event": "x", "authorizations": ["y"]}
        assert (await on.send(odd)).status_code == 400
        assert (await on.send({"a": "b"})).status_code == 403
        assert not on.events

    played(story)


@each(
    "name, part, odd",
    [
        (name, part, odd)
        for name in ("message_direct", "form_direct", "button_channel", "command_nfc")
        for part in ("team_id", "team", "enterprise", "enterprise_id", "event", "authorizations")
        for odd in (
            ["T1"],
            [{"team_id": ["T1"], "enterprise_id": {"E": 1}}],
            {"id": {"T": 1}},
            {"id": ["T1"]},
            1,
        )
    ],
)
def test_what_is_signed_and_yet_not_as_slack_writes_it_is_no_fault_of_ours(
    name: str, part: str, odd: Any
) -> None:
    async def story(on: Stage) -> None:
        assert (await on.edge.answer(recorded(name) | {part: odd})).status in {200, 400, 403}
        await on.edge.finish()
        assert on.edge.counts["failed"] == 0

    played(story, workspaces(everywhere=True))
