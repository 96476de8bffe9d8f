"""What Slack's client does with an open modal: fills it in, and stops what it would not send."""

from collections.abc import Mapping
from typing import Any

from tests.slack.reading import chosen_at_first, options_of
from tests.slack.state import Json, View

MISSING = "Det här behöver ett svar."
"""Slack's client says this in words of its own, before anything is sent."""


def state_of(view: View, given: Mapping[str, tuple[str, ...]]) -> Json:
    """The state of the view, by block_id and action_id; what is not given stays as it was or as proposed."""
    inputs = [block for block in view.body["blocks"] if block["type"] == "input"]
    state: Json = {}
    for block in inputs:
        element = block["element"]
        key = element["action_id"]
        before = view.state.get(block["block_id"], {}).get(key)
        state.setdefault(block["block_id"], {})[key] = (
            before
            if before and key not in given
            else {"type": element["type"], **_value(element, given.get(key))}
        )
    return state


def stopped(view: View) -> dict[str, str]:
    """By block_id, what the client will not send: an empty field that must be filled in."""
    return {
        block["block_id"]: MISSING
        for block in view.body["blocks"]
        if block["type"] == "input"
        and not block.get("optional", False)
        and not _filled(view.state[block["block_id"]][block["element"]["action_id"]])
    }


def _filled(value: Mapping[str, Any]) -> bool:
    return any(content for name, content in value.items() if name != "type")


def _value(element: Json, given: tuple[str, ...] | None) -> Json:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            text = given[0] if given is not None and given else element.get("initial_value") or ""
            if given is not None and not given:
                text = ""
            assert len(text) <= element.get("max_length", 3000), "the client lets nobody write more"
            return {"value": text or None}
        case "datepicker":
            return {"selected_date": given[0] if given else element.get("initial_date")}
        case "users_select":
            return {"selected_user": given[0] if given else element.get("initial_user")}
        case "multi_users_select":
            return {"selected_users": list(given if given is not None else element.get("initial_users", []))}
        case "file_input":
            return {"files": []}
        case _:
            return _chosen(element, given)


def _chosen(element: Json, given: tuple[str, ...] | None) -> Json:
    options = options_of(element)
    picked = chosen_at_first(element) if given is None else [one for one in options if one["value"] in given]
    if element["type"] in {"checkboxes", "multi_static_select"}:
        return {"selected_options": picked}
    return {"selected_option": picked[0] if picked else None}
