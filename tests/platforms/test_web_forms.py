import pytest

from bot.domain.events import FormSubmitted
from tests.platforms.web_stage import CHANNEL, TOKEN, Provrum

ROOM = "/som/lena/kanal/arbetslag-4-6"


@pytest.fixture
def provrum() -> Provrum:
    return Provrum()


def test_a_form_without_scripts(provrum: Provrum) -> None:
    opened = provrum.write("/notera").headers["location"]
    page = provrum.get(opened).text
    assert page.count("<h1") == 1
    assert "Hur har det gått?" in page
    fields: dict[str, str | list[str]] = {"svar-hur": "Bra\r\nså", "svar-framsteg": "2"}
    fields["svar-hjalp"] = ["tid", "stod"]
    answer = provrum.post(opened, **fields)
    assert answer.status_code == 303
    event = provrum.event
    assert isinstance(event, FormSubmitted)
    assert (event.token, event.where.address) == (TOKEN, CHANNEL)
    assert event.values == {
        "hur": ("Bra\nså",),
        "framsteg": ("2",),
        "hjalp": ("tid", "stod"),
        "nasta": (),
        "fil": (),
    }
    assert "Sparat. Tack." in provrum.get(ROOM).text


def test_what_is_missing_is_said_beside_the_field(provrum: Provrum) -> None:
    opened = provrum.write("/notera").headers["location"]
    told = len(provrum.engine.events)
    answer = provrum.post(opened, **{"svar-hur": "Kvar i rutan", "svar-nasta": "26/11"})
    assert answer.status_code == 422
    assert len(provrum.engine.events) == told
    assert "Kvar i rutan" in answer.text
    assert answer.text.count("Det här behöver ett svar.") == 1
    assert "Det är inget datum." in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_what_could_not_be_saved_stays_in_the_form(provrum: Provrum) -> None:
    opened = provrum.write("/notera").headers["location"]
    answer = provrum.post(opened, **{"svar-hur": "Disken var fullt skriven", "svar-framsteg": "2"})
    assert answer.status_code == 422
    assert "Jag kan inte spara just nu." in answer.text
    assert "Disken var fullt skriven" in answer.text
    again = provrum.post(opened, **{"svar-hur": "Nu går det", "svar-framsteg": "2"})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("field", "value"), [("svar-framsteg", "9"), ("svar-hur", "x" * 10_001), ("svar-nasta", "20261126")]
)
def test_what_a_form_does_not_offer_is_refused(provrum: Provrum, field: str, value: str) -> None:
    opened = provrum.write("/notera").headers["location"]
    assert provrum.post(opened, **{"svar-hur": "a", "svar-framsteg": "1", field: value}).status_code == 422


def test_the_bots_own_errors_keep_the_text(provrum: Provrum) -> None:
    opened = provrum.write("/notera").headers["location"]
    fields = {"svar-hur": "Kalle läser", "svar-framsteg": "3", "svar-hjalp": "tid"}
    answer = provrum.post(opened, **fields)
    assert "Det ser ut som ett namn." in answer.text
    assert "Kalle läser" in answer.text
    assert 'value="3" checked' in answer.text


def test_a_form_belongs_to_the_one_who_opened_it(provrum: Provrum) -> None:
    opened = provrum.write("/notera").headers["location"]
    assert provrum.get(opened.replace("lena", "omar")).status_code == 404
    assert provrum.post(opened.replace("lena", "omar"), **{"svar-hur": "x"}).status_code == 404
