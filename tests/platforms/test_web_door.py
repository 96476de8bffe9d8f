import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.platforms.web_stage import CHANNEL, HOST, SECRET, Provrum

ROOM = "/som/lena/kanal/arbetslag-4-6"
PAGES = ["/", ROOM, "/som/lena/direkt", "/som/lena/spola", "/som/lena/flode", "/som/lena/bild/1/0.svg"]


@pytest.fixture
def provrum() -> Provrum:
    return Provrum()


@pytest.mark.parametrize("path", PAGES)
def test_nobody_comes_in_without_the_token(provrum: Provrum, path: str) -> None:
    answer = provrum.get(path, entered=False)
    assert answer.status_code == 403
    assert "Öppna adressen i terminalfönstret." in answer.text
    assert SECRET not in answer.text


def test_a_wrong_token_is_refused(provrum: Provrum) -> None:
    assert provrum.get("/t/fel", entered=False).status_code == 403
    assert provrum.get("/t/", entered=False).status_code == 403


def test_the_token_moves_from_the_address_to_a_strict_cookie(provrum: Provrum) -> None:
    answer = provrum.get(f"/t/{SECRET}", entered=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert SECRET not in provrum.get("/").text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1", "localhost.evil.example:8765"])
def test_rebinding_ends_at_the_host_name(provrum: Provrum, host: str) -> None:
    for path in ("/", f"/t/{SECRET}", "/fil/provrum.js"):
        assert provrum.get(path, host=host).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": f"http://{HOST}", "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
def test_only_our_own_pages_may_post(provrum: Provrum, headers: dict[str, str]) -> None:
    answer = provrum.ask("POST", "/som/lena/skriv", data={"text": "hej", "plats": CHANNEL}, headers=headers)
    assert answer.status_code == 403
    assert provrum.chat.lines(CHANNEL) == ()


def test_a_plain_form_sends_a_null_origin_and_the_browsers_word(provrum: Provrum) -> None:
    fields = {"text": "hej", "plats": CHANNEL, "gest": "0b8f2f9e-7a0a-4c3c-9d36-1f6b0a6b8a11"}
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert provrum.ask("POST", "/som/lena/skriv", data=fields, headers=headers).status_code == 303


@pytest.mark.parametrize("path", [*PAGES, "/finns-inte", "/fil/provrum.js"])
def test_every_answer_is_dressed(provrum: Provrum, path: str) -> None:
    if path.endswith("flode"):
        return
    headers = provrum.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_nothing_in_the_pages_needs_inline_script_or_style(provrum: Provrum) -> None:
    for path in ("/", ROOM, "/som/lena/spola", "/som/lena/borja-om"):
        page = provrum.get(path).text
        assert "style=" not in page
        assert " on" not in page.replace(" once", "").split("<body")[0]
        assert page.count("<script") == page.count('<script src="/fil/')


def test_a_body_over_the_limit_is_turned_away(provrum: Provrum) -> None:
    answer = provrum.write("å" * 200_000)  # 1.2 MB when quoted
    assert answer.status_code == 413
    assert "Inget har gått förlorat." in answer.text


def test_a_body_that_hides_its_size_is_turned_away(provrum: Provrum) -> None:
    async def send() -> httpx.Response:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(30):
                yield b"x" * 50_000

        transport = httpx.ASGITransport(app=provrum.app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            client.cookies.update(provrum.cookies)
            return await client.post(
                "/som/lena/skriv", content=pieces(), headers={"origin": f"http://{HOST}"}
            )

    assert asyncio.run(send()).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/finns-inte",
        "/som/ingen",
        "/som/lena/kanal/x",
        "/som/rut/kanal/arbetslag-4-6",
        "/fil/stage.py",
        "/fil/..%2fchat.py",
    ],
)
def test_what_is_not_there_says_so_in_swedish(provrum: Provrum, path: str) -> None:
    answer = provrum.get(path)
    assert answer.status_code == 404
    assert "Inget har gått förlorat." in answer.text


def test_a_persona_sees_no_place_or_line_of_others(provrum: Provrum) -> None:
    provrum.write("bara arbetslaget")
    assert provrum.get("/som/rut/rad/0000000001").status_code == 404
    assert provrum.get("/som/omar/rad/0000000001").status_code == 303
    assert provrum.write("hej", who="rut").status_code == 404
    assert provrum.write("hej", plats="@omar").status_code == 404


def test_a_fault_of_ours_is_a_plain_page(provrum: Provrum, caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> tuple[()]:
        raise RuntimeError("a secret detail")

    provrum.engine.next_stops = broken  # type: ignore[method-assign]  # the fake breaks
    answer = provrum.get("/som/lena/spola")
    assert answer.status_code == 500
    assert "a secret detail" not in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "provrum_failed" in caplog.text
