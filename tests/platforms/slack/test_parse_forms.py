"""Forms that come back: every kind of field, and places that are only claims."""

import copy
import json
from functools import partial

import pytest

from bot.domain.events import FormSubmitted, Pressed
from bot.platforms.slack.parse.values import Heard
from tests.platforms.slack.recorded import happened, heard, read, recorded

submitted = partial(happened, FormSubmitted)


def test_every_kind_of_field_is_read() -> None:
    assert submitted("form_every_field").values == {
        "how": ("well",),
        "areas": ("reading", "maths"),
        "team": ("lag-46",),
        "teams": ("lag-13", "lag-46"),
        "voice": ("Eleverna läser högt.\nOch tyst.",),
        "day": ("2026-11-26",),
        "when": ("15:15",),
        "who": ("T061EG9R6/U0SAM0001",),
        "absent": ("T061EG9R6/U0OMAR001", "T061EG9R6/U0SAM0001"),
        "where": ("C0LAG4600",),
        "none": (),
        "nobody": (),
        "unchosen": (),
        "long": ("Början och slutet.",),
    }


def test_a_form_tells_who_was_chosen_and_where_it_was_opened() -> None:
    found, way = heard("form_every_field")
    assert isinstance(found, FormSubmitted)
    assert found.people == {"T061EG9R6/U0SAM0001": "Sam Ek"}
    assert (found.token, found.who.name) == ("answer_form|runda-48|", "Lena Lind")
    assert (found.where.address, found.where.thread) == ("T061EG9R6/C0LAG4600", "1795440000.000200")
    assert (way.channel, way.reference) == ("C0LAG4600", "1795440000.000200")
    assert way.fields["voice"] == "4f1b9c2e.voice"
    assert way.fields["long"] == "4f1b9c2e.long"


def test_a_form_sent_twice_is_one_and_with_other_words_another() -> None:
    first = submitted("form_direct")
    payload = copy.deepcopy(recorded("form_direct"))
    payload["trigger_id"] = "1.2.another"
    assert getattr(read(payload), "event", None) == first
    payload["view"]["state"]["values"]["4f1b9c2e.voice"]["voice"]["value"] = "Det går sämre."
    assert getattr(getattr(read(payload), "event", None), "id", "") != first.id
    assert first.id.startswith("slack:form:4f1b9c2e:")


def test_two_peoples_forms_are_never_one_whatever_their_nonce() -> None:
    first, payload = submitted("form_direct"), copy.deepcopy(recorded("form_direct"))
    team, person, token = (copy.deepcopy(payload) for _ in range(3))
    team["team"]["id"] = team["view"]["app_installed_team_id"] = "T0ANOTHER"
    person["user"]["id"] = "U0ANOTHER"
    metadata = json.loads(token["view"]["private_metadata"]) | {"token": "edit_note_form|n1|"}
    token["view"]["private_metadata"] = json.dumps(metadata)
    ids = {getattr(getattr(read(one), "event", None), "id", "") for one in (payload, team, person, token)}
    assert first.id in ids
    assert len(ids) == 4


@pytest.mark.parametrize(
    "name", ["form_direct", "form_place_of_another_team", "form_place_of_another_person"]
)
def test_a_place_that_is_not_theirs_is_taken_for_their_own(name: str) -> None:
    assert submitted(name).where.address == "T061EG9R6/@U0LENA001"
    assert heard(name).way.channel == ""


def test_a_form_on_grid_knows_its_team() -> None:
    assert submitted("form_grid").who.user == "T061EG9R6/U0LENA001"
    assert submitted("form_grid").where.address == "T061EG9R6/C0LAG4600"


@pytest.mark.parametrize("team", [None, {"id": "T061EG9R6", "domain": "bjorkskolan"}])
@pytest.mark.parametrize("name", ["form_grid", "button_modal", "button_home"])
def test_in_a_whole_organisation_a_view_is_told_of_where_everything_else_is(
    name: str, team: dict[str, str] | None
) -> None:
    """Slack then says in the view that the app is installed in the organisation, which has no people."""
    payload = copy.deepcopy(recorded(name)) | {"team": team, "enterprise": {"id": "E061EG9R6"}}
    payload["is_enterprise_install"] = True
    payload["view"]["app_installed_team_id"] = "E061EG9R6"
    found, usual = read(payload), heard(name)
    assert isinstance(found, Heard)
    assert isinstance(found.event, Pressed | FormSubmitted)
    assert isinstance(usual.event, Pressed | FormSubmitted)
    assert (found.event.who.user, found.event.where) == ("T061EG9R6/U0LENA001", usual.event.where)
    assert (found.way.team, found.way.channel) == (usual.way.team, usual.way.channel)
