"""Buttons of a message in Teams."""

from typing import Any

from bot.messages.model import (
    Bar,
    Button,
    Chart,
    Choices,
    Table,
)
from tests.platforms.teams.card_reading import actions, runs, shown

Json = dict[str, Any]
BARS = (Bar(label="Resultat", value=4), Bar(label="Undervisning", value=1))
CHART = Chart(title="Tecken", alt="Fler fungerar.", unit="st", bars=BARS)
TABLE = Table(caption="Roller", header=("Vem", "Vad"), rows=(("Rut", ""),))


def test_buttons_carry_their_token_and_none_is_hidden_in_a_menu() -> None:
    buttons = tuple(Button(label="Ja", token=f"answer|{n}|") for n in range(15))
    rows = shown(Choices(prompt="Vad nu?", buttons=buttons))
    assert runs(rows[0]) == ["Vad nu?"]
    assert [len(row["actions"]) for row in rows[1:]] == [6, 6, 3]
    pressed = [one["data"]["token"] for one in actions(rows)]
    assert pressed == [one.token for one in buttons]
    assert {(one["type"], one["verb"]) for one in actions(rows)} == {("Action.Execute", "press")}


def test_wide_buttons_stand_in_rows_that_are_seen_whole() -> None:
    buttons = tuple(Button(label="Visa arbetslaget i stora huset", token="show_state||") for _ in range(3))
    assert [len(row["actions"]) for row in shown(Choices(buttons=buttons))] == [1, 1, 1]


def test_buttons_look_like_what_they_do() -> None:
    looks = ("plain", "main", "danger")
    buttons = tuple(Button(label=look, token="answer||", look=look) for look in looks)
    assert [one.get("style") for one in actions(shown(Choices(buttons=buttons)))] == [
        None,
        "positive",
        "destructive",
    ]


def test_a_long_label_stands_whole_above_its_button() -> None:
    label = "Det här är en knapp vars text är så lång att den inte får plats på själva knappen alls"
    above, row = shown(Choices(buttons=(Button(label=label, token="answer||"),)))
    assert runs(above) == [f"1. {label}"]
    assert row["actions"][0]["title"].endswith("…")
