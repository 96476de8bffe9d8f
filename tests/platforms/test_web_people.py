"""People in a form: the personas, chosen by account and named by the stage."""

from datetime import UTC, datetime

import pytest

from bot.messages import model as m
from bot.platforms.filling import as_left
from bot.platforms.web import parse, render
from bot.platforms.web.lines import OpenForm
from bot.platforms.web.view import Viewer
from tests.platforms.web_stage import CHANNEL, STAGE

LENA = STAGE.personas[0]
GESTURE = "0b0e7a66-1111-4222-8333-444455556666"


def asked(*, several: bool) -> OpenForm:
    field = m.PeopleField(key="vem", label="Vilka är med?", value=(LENA.slug,), several=several)
    form = m.Form(token="found_form||", title="Börja", fields=(field,), submit="Starta")
    return OpenForm(id="f", slug=LENA.slug, address=CHANNEL, thread=None, form=form)


@pytest.mark.parametrize("kind", ["checkbox", "radio"])
def test_everybody_can_be_chosen(kind: str) -> None:
    html = render.form(Viewer(LENA, STAGE), asked(several=kind == "checkbox"))
    assert html.count(f'type="{kind}"') == len(STAGE.personas)
    assert f'value="{LENA.slug}" checked' in html
    assert all(persona.name in html for persona in STAGE.personas)


def test_the_stage_names_whom_it_knows_and_nobody_else() -> None:
    fields = {"gest": [GESTURE], "svar-vem": [LENA.slug, "mallory"]}
    opened, act = asked(several=True), parse.act(LENA, fields, datetime(2026, 11, 20, tzinfo=UTC))
    values = parse.answers(opened.form, fields)
    event = parse.submitted(act, opened, values, STAGE.names)
    assert event.values["vem"] == (LENA.slug, "mallory")
    assert event.people == {LENA.slug: LENA.name}
    assert event.who.name == LENA.name


def test_one_is_not_two() -> None:
    form = asked(several=False).form
    assert parse.mistakes(form, {"vem": (LENA.slug, "omar")}) == {
        "vem": "Här går det att välja ett svar. Välj ett."
    }
    kept = as_left(form, {"vem": ("omar",)})
    assert kept.fields[0].value == ("omar",)
