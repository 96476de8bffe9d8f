import re
from html import unescape
from html.parser import HTMLParser

import pytest

from bot.domain.value import Value
from bot.messages import model as m
from bot.messages.charts import number, svg
from bot.platforms.legible import visible
from bot.platforms.web import render
from bot.platforms.web.lines import Line, OpenForm
from bot.platforms.web.view import Shown, Viewer
from tests.platforms.web_stage import CHANNEL, FORM, SKIP, STAGE, START, SUMMARY, Provrum

ROOM = "/som/lena/kanal/arbetslag-4-6"
HOSTILE = (
    "<!channel> <@U1> <!subteam^S1> [x](javascript:alert(1)) {{7*7}} {% raw %} <img src=x onerror=alert(1)>"
    " </script><script>alert(1)</script> \"'><b> =1+1 javascript:alert(1) &lt;b&gt;"
    " \u202eاختبار\u202c 👩🏽‍🏫 åäö"
)
VIEWER = Viewer(STAGE.personas[0], STAGE)
TAGS = set(
    "article div p b bdi span time h2 h3 figure blockquote figcaption a ul li dl dt dd form "
    "input button progress img details summary table caption thead "
    "tbody tr th td fieldset legend label select option textarea".split()
)


class Seen(HTMLParser):
    """What a browser would make of it: tags, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(message: m.Message | None, text: str = "") -> Shown:
    fields = {"reference": "0000000001", "change": 1, "address": CHANNEL, "thread": None, "only_to": None}
    said = {"author": "" if message else "lena", "text": text, "message": message}
    when = {"at": START, "edited_at": None, "removed": False}
    return Shown(Line.model_validate({**fields, **said, **when}), VIEWER)


def opened(form: m.Form) -> str:
    return render.form(VIEWER, OpenForm(id="abc", slug="lena", address=CHANNEL, thread=None, form=form))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def hostile(value: object, text: str) -> object:
    """Put hostile text in every string of a message or a form, but kinds, links and tokens."""
    if isinstance(value, Value):
        kept = {"kind", "look", "token", "key", "file", "around"}
        changed = {
            name: hostile(getattr(value, name), text) for name in type(value).model_fields if name not in kept
        }
        return value.model_copy(update=changed)
    if isinstance(value, tuple):
        return tuple(hostile(one, text) for one in value)
    if isinstance(value, dict):
        return {name: hostile(one, text) for name, one in value.items()}
    return text if isinstance(value, str) else value


def check_inert(html: str) -> None:
    seen = Seen(html)
    assert set(seen.tags) <= TAGS
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"]
    links = [value for name, value in seen.attributes if name in {"href", "src", "action"}]
    assert all(link.startswith("/som/lena") for link in links)
    assert squeezed(visible(HOSTILE)) in squeezed(seen.text)
    assert "49" not in seen.text


def test_hostile_text_is_only_text_in_every_block() -> None:
    everything = SUMMARY.model_copy(update={"blocks": (*SUMMARY.blocks, *every_block())})
    message = hostile(everything, HOSTILE)
    assert isinstance(message, m.Message)
    check_inert(render.line(shown(message)))


def every_block() -> tuple[m.Block, ...]:
    return (
        m.Paragraph(text="x"),
        m.Small(text="x"),
        m.Progress(done=1, of=0, text="x"),
        m.Choices(prompt="x", buttons=(m.Button(label="x", token=SKIP),)),
    )


def test_hostile_text_is_only_text_in_every_field() -> None:
    form = hostile(FORM, HOSTILE)
    assert isinstance(form, m.Form)
    errors = {field.key: HOSTILE for field in form.fields} | {"": HOSTILE}
    many = m.ChoiceField(
        key="m", label=HOSTILE, options=tuple(m.Option(value=f"{n}", label=HOSTILE) for n in range(20))
    )
    form = form.model_copy(update={"errors": errors, "fields": (*form.fields, many), "intro": every_block()})
    check_inert(opened(form))


def test_hostile_text_is_only_text_from_a_person() -> None:
    check_inert(render.line(shown(None, HOSTILE)))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "file:///etc",
        "http:",
        "ht tp://x",
        "http://[",
        "",
    ],
)
def test_a_quote_and_a_link_lead_nowhere_odd(link: str) -> None:
    blocks = (m.Quote(text="q", link=link), m.Link(text="q", link=link))
    html = render.line(shown(m.Message(title="t", blocks=blocks)))
    assert "javascript" not in html
    ours = re.compile(r"/som/lena/(kanal|direkt|rad)\b")
    assert [value for name, value in Seen(html).attributes if name == "href" and not ours.match(value)] == []


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://skola.se/x?y=1", "Öppna skola.se"),
        ("#0000000001", "Gå till meddelandet"),
        (CHANNEL, "Gå till arbetslag-4-6"),
    ],
)
def test_a_link_says_where_it_leads(link: str, words: str) -> None:
    html = render.line(shown(m.Message(title="t", blocks=(m.Quote(text="q", link=link),))))
    assert words in html


def test_a_link_of_ours_is_its_words() -> None:
    link = m.Link(text="Vecka 48", link="https://skola.se/x?y=1&z")
    html = render.line(shown(m.Message(title="t", blocks=(link,))))
    assert '<a href="https://skola.se/x?y=1&amp;z" rel="noreferrer noopener">Vecka 48</a>' in html


def test_nul_and_its_kin_are_left_out() -> None:
    provrum = Provrum()
    provrum.write("a\x00b\x1bc\td\u2028e")
    assert provrum.chat.lines(CHANNEL)[0].text == "abc\td\u2028e"
    assert "\x00" not in render.line(shown(m.Message(title="a\x00b", blocks=(m.Paragraph(text="\x00"),))))


def test_hostile_words_come_back_as_they_can_be_shown() -> None:
    provrum = Provrum()
    provrum.write(HOSTILE)
    page = provrum.get(ROOM).text
    assert visible(HOSTILE) in unescape(page)
    assert page.count("<script") == page.count('<script src="/fil/') > 0


def test_a_chart_is_a_picture_with_words_and_numbers() -> None:
    provrum = Provrum()
    provrum.say(SUMMARY)
    page = provrum.get(ROOM).text
    source = next(value for name, value in Seen(page).attributes if name == "src" and "/bild/" in value)
    answer = provrum.get(source)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.startswith("<svg ")
    assert "12,5" in page
    assert provrum.get("/som/lena/bild/0000000001/0.svg").status_code == 404
    assert provrum.get("/som/rut/bild/0000000001/4.svg").status_code == 404


@pytest.mark.parametrize(
    ("value", "written"),
    [(3, "3"), (12.5, "12,5"), (0.333, "0,33"), (-2, "−2"), (1200, "1200"), (float("nan"), "–")],
)
def test_numbers_are_written_in_swedish(value: float, written: str) -> None:
    assert number(value) == written


def test_a_chart_survives_odd_values() -> None:
    bars = tuple(m.Bar(label=HOSTILE + "\x00", value=value) for value in (0, -3, float("inf"), 5))
    drawn = svg(m.Chart(title=HOSTILE, alt=HOSTILE, unit="", bars=bars))
    assert "<img" not in drawn
    assert render.block(m.Chart(title="t", alt="a", unit="u", bars=()))
    assert "stripes" in drawn
