"""Who is a colleague and who is a guest, also where a payload tells them alike."""

import copy
from typing import Any

import pytest

from bot.domain.events import BotAdded, Commanded, FormSubmitted, MessageSaved, Pressed, Replied
from bot.domain.school import Account
from bot.platforms.slack.parse import payload as parse
from bot.platforms.slack.parse.values import Around, Heard
from tests.platforms.slack.edge_stage import Stage, played, workspaces
from tests.platforms.slack.recorded import BOT_USER, NOW, TEAM, recorded

KOMMUN, OTHER_SCHOOL, NEIGHBOUR = "E0KOMMUN1", "T0SKOLA02", "T0GRANNE1"
LENA, SAM, OMAR = "U0LENA001", "U0SAM0001", "U0OMAR001"
COLLEAGUE = {"team_id": OTHER_SCHOOL, "enterprise_user": {"enterprise_id": KOMMUN}}
GUEST = {"team_id": NEIGHBOUR, "enterprise_user": {"enterprise_id": "E0GRANNE1"}}
STRANGER = {"team_id": NEIGHBOUR, "is_stranger": True}


def on_grid(name: str, user: dict[str, Any]) -> dict[str, Any]:
    """What was recorded in one workspace, as an organisation would send it."""
    payload = copy.deepcopy(recorded(name))
    payload["enterprise"] = {"id": KOMMUN, "name": "Kommunen"}
    payload["team"] = {"id": TEAM, "domain": "bjorkskolan", "enterprise_id": KOMMUN}
    payload["user"] |= {"team_id": user["team_id"]}
    return payload


def who_acts(payload: dict[str, Any], about: dict[str, Any] | None) -> Account:
    found: list[Account] = []

    async def story(on: Stage) -> None:
        if about is None:
            on.slack.breaks = {"users.info": 502}
        else:
            on.slack.about = {LENA: about}
        await on.send(payload)
        (event,) = on.events
        assert isinstance(event, Pressed | FormSubmitted | MessageSaved)
        found.append(event.who)

    played(story, workspaces(everywhere=True))
    return found[0]


@pytest.mark.parametrize("name", ["button_channel", "button_home", "form_direct", "message_saved"])
def test_in_an_organisation_slack_is_asked_who_is_a_guest(name: str) -> None:
    assert who_acts(on_grid(name, COLLEAGUE), COLLEAGUE).user == f"{TEAM}/{LENA}"
    assert who_acts(on_grid(name, GUEST), GUEST).user == f"{NEIGHBOUR}/{LENA}"
    assert who_acts(on_grid(name, STRANGER), STRANGER).user == f"{NEIGHBOUR}/{LENA}"
    assert who_acts(on_grid(name, GUEST), None).user == f"{NEIGHBOUR}/{LENA}"  # nobody vouches for them


def test_one_of_ours_is_not_asked_about() -> None:
    async def story(on: Stage) -> None:
        await on.send(on_grid("button_channel", {"team_id": TEAM}))
        assert not on.slack.made("users.info")

    played(story, workspaces(everywhere=True))


def test_words_in_a_channel_shared_with_others() -> None:
    payload = copy.deepcopy(recorded("guest_over_connect"))
    payload["authorizations"][0]["enterprise_id"] = KOMMUN
    user, theirs = payload["event"]["user"], payload["event"]["user_team"]
    found: list[str] = []

    async def story(on: Stage, about: dict[str, Any]) -> None:
        on.slack.about = {user: about | {"team_id": theirs, "name": "gast"}}
        await on.send(payload)
        (event,) = on.events
        assert isinstance(event, Replied)
        found.append(event.who.user)

    for about in (COLLEAGUE, GUEST):
        played(lambda on, about=about: story(on, about), workspaces(everywhere=True))  # type: ignore[misc]  # a default keeps this turn of the loop
    assert found == [f"{TEAM}/{user}", f"{theirs}/{user}"]


@pytest.mark.parametrize(
    ("about", "chosen"),
    [
        ({"is_bot": True}, TEAM),
        ({"deleted": True}, TEAM),
        ({"is_stranger": True}, TEAM),
        ({"team_id": NEIGHBOUR}, NEIGHBOUR),
        ({"id": "USLACKBOT"}, TEAM),
    ],
    ids=["bot", "deactivated", "stranger", "another team", "slackbot"],
)
def test_only_colleagues_can_be_chosen(about: dict[str, Any], chosen: str) -> None:
    async def story(on: Stage) -> None:
        on.slack.about = {SAM: about}
        await on.play("form_every_field")
        (form,) = on.events
        assert isinstance(form, FormSubmitted)
        assert form.people == {f"{TEAM}/{OMAR}": "Omar Ali"}
        assert form.values["absent"] == (f"{TEAM}/{OMAR}", f"{chosen}/{SAM}")

    played(story)


def test_what_slack_says_of_people_does_not_make_it_another_form() -> None:
    around = Around(BOT_USER, NOW)
    ours = parse.read(recorded("form_every_field"), around)
    theirs = parse.read(recorded("form_every_field"), around._replace(apart={SAM: NEIGHBOUR}))
    assert isinstance(ours, Heard)
    assert isinstance(theirs, Heard)
    assert ours.event.id == theirs.event.id
    assert ours.event != theirs.event


def test_a_guest_that_brings_the_bot_is_a_guest() -> None:
    async def story(on: Stage) -> None:
        on.slack.about = {"U0PIA0001": {"team_id": NEIGHBOUR}}
        await on.play("joined_us")
        (added,) = on.events
        assert isinstance(added, BotAdded)
        assert added.who.user == f"{NEIGHBOUR}/U0PIA0001"

    played(story)


def test_a_saved_message_of_a_guest_is_theirs() -> None:
    payload = copy.deepcopy(recorded("message_saved"))
    payload["message"]["team"] = NEIGHBOUR
    found = parse.read(payload, Around(BOT_USER, NOW))
    assert isinstance(found, Heard)
    assert isinstance(found.event, MessageSaved)
    assert found.event.author == Account(platform="slack", user=f"{NEIGHBOUR}/{OMAR}")


def test_a_name_turns_nothing_around() -> None:
    async def story(on: Stage) -> None:
        on.slack.about = {SAM: {"profile": {"display_name": "Sam \u202eke\u202c\u2066!\u2069"}}}
        await on.play("form_every_field")
        (form,) = on.events
        assert isinstance(form, FormSubmitted)
        assert form.people[f"{TEAM}/{SAM}"] == "Sam ke!"
        await on.play("channel_renamed", event=_renamed("arbets\u202elag"))
        assert getattr(on.events[-1], "name", "") == "arbetslag"
        await on.play("command_nfc", user_name="lena\u2067")
        commanded = on.events[-1]
        assert isinstance(commanded, Commanded)
        assert commanded.who.name == "lena"

    played(story)


def _renamed(name: str) -> dict[str, Any]:
    event = copy.deepcopy(recorded("channel_renamed"))["event"]
    event["channel"]["name"] = name
    return dict(event)
