"""The check refuses what Slack refuses: every one of these is one limit too far."""

from typing import Any

import pytest

from bot.platforms.slack.render.limits import of_message, of_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def rich(*runs: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(runs)}]}


def run(text: str = "x") -> Json:
    return {"type": "text", "text": text}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Ja"), "action_id": "a.1", "value": "v", **more}


def actions(*buttons: Json) -> Json:
    return {"type": "actions", "elements": list(buttons)}


def options(number: int) -> list[Json]:
    return [{"text": plain(str(n)), "value": str(n)} for n in range(number)]


def asked(kind: str, **more: Any) -> Json:
    element = {"type": kind, "action_id": "a", **more}
    return {"type": "input", "block_id": "s.a", "label": plain("A"), "element": element}


def table(rows: int = 2, columns: int = 1, **more: Any) -> Json:
    cells = [[{"type": "raw_text", "text": "x"}] * columns] * rows
    return {"type": "data_table", "caption": "c", "rows": cells, **more}


def chart(labels: tuple[str, ...] = ("a",), title: str = "t", name: str = "n") -> Json:
    series = [{"name": name, "data": [{"label": label, "value": 1} for label in labels]}]
    inner = {"type": "bar", "series": series, "axis_config": {"categories": list(labels)}}
    return {"type": "data_visualization", "title": title, "chart": inner}


def view(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": list(blocks), **more}


FINE = [rich(run()), actions(button()), table(), chart(), {"type": "header", "text": plain("H")}]


def test_what_is_within_the_limits_passes() -> None:
    assert of_message("text", FINE) == []
    assert of_view(view(asked("datepicker", initial_date="2026-11-26"))) == []
    assert of_view({"type": "home", "blocks": [rich(run())]}) == []


@pytest.mark.parametrize(
    "blocks",
    [
        [rich(run())] * 51,
        [rich(run("x" * 3001))],
        [rich(run("x" * 2600))] * 4,
        [rich(run(""))],
        [rich()],
        [rich({"type": "broadcast", "range": "channel"})],
        [rich({"type": "user", "user_id": "U1"})],
        [rich({"type": "link", "url": "javascript:x", "text": "x"})],
        [rich(run(), kind="rich_text_preformatted")],
        [rich(run("noll\x00"))],
        [{"type": "header", "text": plain("x" * 151)}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "section", "text": plain("x")}],
        [{"type": "context", "elements": []}],
        [{"type": "context", "elements": [plain("x")] * 11}],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "<!channel>"}]}],
        [actions()],
        [actions(*(button(action_id=f"a.{n}") for n in range(26)))],
        [actions(button(), button())],
        [actions(button(text=plain("x" * 76)))],
        [actions(button(text=plain(" ")))],
        [actions(button(value="x" * 2001))],
        [actions(button(url="x" * 3001))],
        [actions(button(style="loud"))],
        [actions(button(action_id="x" * 256))],
        [actions({**button(), "type": "overflow"})],
        [{**rich(run()), "block_id": "same"}] * 2,
        [{**rich(run()), "block_id": "x" * 256}],
        [{"type": "image", "alt_text": "a"}],
        [{"type": "image", "alt_text": "x" * 2001, "slack_file": {"id": "F1"}}],
        [asked("datepicker")],
        [table(1)],
        [table(102)],
        [table(columns=21)],
        [table(page_size=101)],
        [table(caption="")],
        [table(rows=2) | {"rows": [[{"text": "a"}], [{"text": "a"}, {"text": "b"}]]}],
        [table(), table()],
        [chart(), chart(), chart()],
        [chart(("x" * 21,))],
        [chart(("a", "a"))],
        [chart(tuple(map(str, range(21))))],
        [chart(title="x" * 51)],
        [chart(name="x" * 21)],
    ],
    ids=str,
)
def test_a_message_too_far(blocks: list[Json]) -> None:
    assert of_message("text", blocks) != []


@pytest.mark.parametrize(("text", "update"), [("", False), ("x" * 40_001, False), ("x" * 4001, True)])
def test_a_text_too_far(text: str, *, update: bool) -> None:
    assert of_message(text, [], update=update) != []


def test_emoji_count_as_slack_may_count_them() -> None:
    assert of_message("text", [{"type": "header", "text": plain("📚" * 75)}]) == []
    assert of_message("text", [{"type": "header", "text": plain("📚" * 76)}]) != []


@pytest.mark.parametrize(
    "given",
    [
        view(title=plain("x" * 25)),
        view(submit=plain("x" * 25)),
        view(close=plain("x" * 25)),
        view(private_metadata="x" * 3001),
        view(callback_id="x" * 256),
        view(*[rich(run())] * 101),
        view(*(asked("datepicker") | {"block_id": str(n), "label": plain("x" * 2000)} for n in range(99)))
        | {"private_metadata": "å" * 3000, "title": plain("x" * 999_999)},
        {key: value for key, value in view(asked("datepicker")).items() if key != "submit"},
        {key: value for key, value in view().items() if key != "title"},
        {"type": "home", "blocks": [asked("datepicker")]},
        {"type": "popup", "blocks": []},
        view(table()),
        view(asked("datepicker"), asked("datepicker")),
        view(asked("datepicker", initial_date="i morgon")),
        view(asked("datepicker") | {"label": plain("x" * 2001)}),
        view(asked("datepicker") | {"hint": plain("x" * 2001)}),
        view(asked("radio_buttons", options=options(11))),
        view(asked("checkboxes", options=options(11))),
        view(asked("radio_buttons", options=[])),
        view(asked("static_select", options=options(101))),
        view(asked("static_select", option_groups=[{"label": plain("x" * 76), "options": options(1)}])),
        view(asked("static_select", option_groups=[{"label": plain("x"), "options": options(1)}] * 101)),
        view(asked("static_select", options=[{"text": plain("x" * 76), "value": "v"}])),
        view(asked("static_select", options=[{"text": plain("x"), "value": "x" * 151}])),
        view(asked("static_select", options=options(2), initial_option={"text": plain("2"), "value": "2"})),
        view(asked("plain_text_input", max_length=3001)),
        view(asked("plain_text_input", max_length=3, initial_value="1234")),
        view(asked("users_select", initial_user="lena")),
        view(asked("number_input")),
    ],
    ids=lambda given: str(given)[:80],
)
def test_a_view_too_far(given: Json) -> None:
    assert of_view(given) != []
