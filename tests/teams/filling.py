"""What Teams' client does with an open form: fills it in, and stops what it would not send."""

from collections.abc import Mapping

from tests.teams.reading import inputs_of, name_of, sends
from tests.teams.state import Json

MISSING = "Det här behöver ett svar."
"""How stories say it on every platform; here the card brings the words, and they stand after these."""


def state_of(card: Json, given: Mapping[str, tuple[str, ...]], before: Mapping[str, str]) -> dict[str, str]:
    """What each input says, by its id; what is not given stays as it was or as proposed."""
    send = sends(card)
    assert send is not None
    keys = send["data"]["keys"]
    state: dict[str, str] = {}
    for element, _ in inputs_of(card):
        key = keys[int(name_of(element).removeprefix("f"))]
        proposed = before.get(element["id"], element.get("value", ""))
        state[element["id"]] = _value(element, given[key]) if key in given else proposed
    return state


def stopped(card: Json, state: Mapping[str, str]) -> dict[str, str]:
    """By input, what the client will not send: an empty field that must be filled in."""
    return {
        element["id"]: f"{MISSING} {element['errorMessage']}"
        for element, _ in inputs_of(card)
        if element.get("isRequired") and not state[element["id"]].strip()
    }


def _value(element: Json, given: tuple[str, ...]) -> str:
    """The client sends strings only; of several choices, one string with commas."""
    match element["type"]:
        case "Input.Text":
            text = given[0] if given else ""
            assert len(text) <= element["maxLength"], "the client lets nobody write more"
            return text
        case "Input.ChoiceSet" if "choices.data" not in element:
            known = {one["value"] for one in element["choices"]}
            return ",".join(one for one in given if one in known)
        case "Input.ChoiceSet":  # the client's own list of people gives Entra object ids
            return ",".join(one.rpartition("/")[2] for one in given)
        case _:
            return ",".join(given)
