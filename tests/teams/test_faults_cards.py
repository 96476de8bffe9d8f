"""One card and several people, or several copies of one act: each sees what holds, nothing counts twice."""

import asyncio
from typing import Any

from storage import tables
from tests.chat_stage import HERE
from tests.teams import payloads
from tests.teams.school import aad_of, channel, person
from tests.teams.stage import Stage, staged
from tests.teams.state import Json

MUCH = "Mycket väl"


def answered(stage: Stage, who: str) -> Json:
    """The activity with which somebody sends the form, filled in."""
    stage.press(who, "Svara")
    filled = stage.eyes.filled(aad_of(who))
    card = stage.eyes.card_of(aad_of(who), filled.source)
    send = next(one for one in card["actions"] if one.get("verb") == "send")
    required = next(field for field in stage.forms[who].fields if field.required)
    chosen = next(one.value for one in getattr(required, "options", ()) if one.label == MUCH)
    number = send["data"]["keys"].index(required.key)
    (anchor,) = stage.questions()
    where = channel(HERE, stage.teams.service_url, anchor.id)
    return payloads.execute(
        person(who), where, "send", {**send["data"], f"f{number}": chosen}, on=anchor.id, at=stage.clock.now()
    )


def test_a_form_sent_three_times_at_once_is_one_answer_and_each_sees_what_holds() -> None:
    with staged() as stage:
        stage.ask()
        sent = answered(stage, "lena")

        async def deliver() -> list[Any]:
            copies = [{**sent, "id": f"f:{number}"} for number in range(3)]
            answers = await asyncio.gather(*(stage.sender.deliver(one) for one in copies))
            return [answer.json()["type"] for answer in answers]

        assert stage.acts(deliver()) == ["application/vnd.microsoft.card.adaptive"] * 3
        assert len(stage.rows(tables.participation)) == 1


def test_two_on_one_card_are_two_answers_each_their_own() -> None:
    with staged() as stage:
        stage.ask()
        both = [answered(stage, who) for who in ("lena", "omar")]

        async def deliver() -> list[str]:
            answers = await asyncio.gather(*(stage.sender.deliver(one) for one in both))
            return [answer.text for answer in answers]

        seen = stage.acts(deliver())
        assert all("Arbetslaget har svarat" in one for one in seen), "each sees the card as it is"
        assert {row["person_id"] for row in stage.rows(tables.participation)} == {"lena", "omar"}
        assert len(stage.told("lena", "Sparat. ")) == len(stage.told("omar", "Sparat. ")) == 1


def test_an_old_card_shows_what_holds_now() -> None:
    """Lena's client still has the question as it was; what she presses there is done already."""
    with staged() as stage:
        stage.write("sam", "/orsaksanalys Läsningen sjönk", room=HERE)
        stage.submit("sam", {})
        thread = next(one.thread for one in stage.fresh if one.thread)
        stage.write("lena", "För lite högläsning", room=HERE, thread=thread)
        source, button = stage.eyes.button(aad_of("lena"), "Undervisningen")
        stage.press("lena", "Undervisningen")
        before = stage.rows(tables.answer)
        where = channel(HERE, stage.teams.service_url, thread)
        old = payloads.execute(
            person("omar"), where, "press", button["data"], on=getattr(source, "id", ""), at=stage.clock.now()
        )
        answer = stage.acts(stage.sender.deliver(old)).json()
        assert stage.rows(tables.answer) == before
        assert "Hur mycket kan ni själva påverka" in str(answer["value"])
        assert "Lena Berg svarade: Undervisningen" in str(answer["value"])
