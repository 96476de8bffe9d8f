"""Through the whole edge: a form that asks for people; a name comes only from who is there."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.domain.events import FormSubmitted
from bot.messages.model import Form, Open, PeopleField, Quiet
from bot.platforms.teams.listen import words
from bot.platforms.teams.listen.answers import AGAIN
from tests.platforms.teams.edge_stage import Stage, card_in, data_of, played, texts
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, SAM
from tests.teams.state import TENANT, Json

ROOT = "1795443300000"
WHO = PeopleField(key="members", label="Vilka är med?")
PEOPLE = Form(token="roles_form||", title="Vilka är med?", fields=(WHO,), submit="Spara")
SAMS, LENAS = f"{TENANT}/{SAM.aad}", f"{TENANT}/{LENA.aad}"


def sent(data: Json) -> Json:
    return payloads.execute(LENA, CHANNEL, "send", data, on=ROOT)


async def choosing(on: Stage) -> Json:
    on.response = Open(form=PEOPLE)
    return data_of(card_in(await on.ask(payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT))))


def chosen(on: Stage) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    event = on.events[-1]
    assert isinstance(event, FormSubmitted)
    return event.people, event.values


def test_who_is_chosen_is_named_by_who_is_there() -> None:
    """An account that is not among the members has no name, and without one the core does not count it."""

    async def story(on: Stage) -> None:
        on.people = [(SAMS, "Sam Ek"), (LENAS, "Lena Lind")]
        data = await choosing(on)
        on.response = Quiet()
        stranger = f"{TENANT}/99999999-0000-4000-8000-000000000009"
        await on.ask(sent(data | {"f0": f"{SAMS},{stranger}"}))
        people, values = chosen(on)
        assert people == {SAMS: "Sam Ek"}
        assert values == {"members": (SAMS, stranger)}

    played(story)


def test_that_somebody_is_a_guest_is_no_part_of_their_name() -> None:
    async def story(on: Stage) -> None:
        on.people = [(SAMS, "Sam Ek (gäst)")]
        data = await choosing(on)
        on.response = Quiet()
        await on.ask(sent(data | {"f0": SAMS}))
        assert chosen(on)[0] == {SAMS: "Sam Ek"}

    played(story)


@pytest.mark.parametrize(
    ("people", "private"),
    [
        ([(LENAS, "Lena Lind")], True),
        ([(SAMS, "Sam Ek")], False),
        ([(LENAS, "Lena Lind (gäst)")], False),
        (ConnectionError("Teams is away"), False),
    ],
)
def test_a_private_channel_is_so_for_whom_teams_counts_among_its_members(
    people: list[tuple[str, str]] | Exception, *, private: bool
) -> None:
    async def story(on: Stage) -> None:
        on.people = people
        home, where = replace(LENA, home=TENANT), replace(CHANNEL, channel_type="private")
        form = payloads.filled("f||", {"role": "larare"}, nonce="0a1b2c3d")
        await on.ask(payloads.execute(home, where, "send", form, on=ROOT))
        (event,) = on.events
        assert isinstance(event, FormSubmitted)
        assert event.where.private == private

    played(story)


def test_who_was_picked_by_the_client_itself_is_named_too() -> None:
    async def story(on: Stage) -> None:
        on.people = ConnectionError("Teams is away")
        data = await choosing(on)
        assert on.said == []
        on.people, on.response = [(SAMS, "Sam Ek")], Quiet()
        await on.ask(sent(data | {"f0": SAM.aad}))
        people, values = chosen(on)
        assert people == {SAMS: "Sam Ek"}
        assert values == {"members": (SAMS,)}

    played(story)


def test_a_slow_list_of_members_keeps_nobody_waiting() -> None:
    """The form comes at once, and the client itself fetches whom to choose among."""

    async def story(on: Stage) -> None:
        go = asyncio.Event()
        on.before_members = go.wait
        on.response = Open(form=PEOPLE)
        answer = await on.post(json.dumps(payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT)).encode())
        assert "choices.data" in texts(card_in(answer.json()))
        go.set()

    played(story, aside=0.0)


def test_while_nobody_can_be_named_the_form_is_kept_open() -> None:
    async def story(on: Stage) -> None:
        on.people = ConnectionError("Teams is away")
        data = await choosing(on)
        on.events.clear()
        again = card_in(await on.ask(sent(data | {"f0": SAMS})))
        assert words.MEMBERS_AWAY.title in texts(again)
        assert on.events == []

    played(story)


def test_a_form_that_nobody_waits_for_is_kept_until_its_people_can_be_named() -> None:
    """A window's form may come as a message: then it is taken later, and its writer is told once."""

    async def story(on: Stage) -> None:
        on.people = ConnectionError("Teams is away")
        data = await choosing(on)
        on.response = Quiet()
        on.events.clear()
        form = payloads.submitted(LENA, CHANNEL, data | {"f0": SAMS}, on=ROOT)
        assert (await on.send(form)).status_code == AGAIN
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert on.events == []
        assert [words.KEPT.title in said.words for said in on.said] == [True]
        on.people = [(SAMS, "Sam Ek")]
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert chosen(on)[0] == {SAMS: "Sam Ek"}
        assert words.TAKEN.title in on.said[-1].words

    played(story)
