"""The process itself: it ends quickly with windows open, and what it called Sparat survives kill -9."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.journey import choose, press, say, submit, told

NULAGE = Path(sys.executable).with_name("nulage")
ADDRESS = re.compile(r"(http://127\.0\.0\.1:(\d+))/t/(\S+)")
Start = Callable[..., tuple["subprocess.Popen[str]", str, int]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `nulage provrum` on a database in tmp; gives the process, its address and its port."""
    running: list[subprocess.Popen[str]] = []

    def start_(port: int = 0) -> tuple[subprocess.Popen[str], str, int]:
        environment = {**os.environ, "NULAGE_DATABASE_URL": f"sqlite:///{tmp_path}/n.sqlite3"}
        process = subprocess.Popen(
            [str(NULAGE), "provrum", "--no-open", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**environment, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        assert process.stdout
        found = ADDRESS.search(process.stdout.readline())
        assert found
        return process, found[0], int(found[2])

    yield start_
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def ends(process: "subprocess.Popen[str]", sign: signal.Signals) -> None:
    began = time.monotonic()
    process.send_signal(sign)
    assert process.wait(10) == 0
    assert time.monotonic() - began < 5
    assert process.stdout
    assert "Allt är sparat." in process.stdout.read()


def test_kill_9_keeps_what_was_saved_and_ctrl_c_ends(start: Start, opened: Open, tmp_path: Path) -> None:
    process, address, port = start()
    origin, token = address.split("/t/")
    page = opened(origin, "pia", "/direkt", token=token)
    _plan(page)
    page.locator("#skriv").press_sequentially("halvt")
    process.send_signal(signal.SIGKILL)
    process.wait()
    again, address_now, _ = start(port)
    assert address_now == address, "the door's token is kept, so that open windows go on"
    expect(page.locator("body[data-live=yes]")).to_have_count(1)
    expect(page.locator("#skriv")).to_have_value("halvt")
    page.fill("#skriv", "")
    page.reload()
    told(page, "Sparat. Första frågan kommer torsdag")
    say(page, "/avstämning")
    expect(page.locator(".room .line").last).to_contain_text("Varannan torsdag kl. 15.15")
    assert (tmp_path / "n.chat.sqlite3").stat().st_mode & 0o077 == 0
    ends(again, signal.SIGINT)


def test_a_form_open_while_the_process_was_killed_is_sent_to_the_next_one(start: Start, opened: Open) -> None:
    process, address, port = start()
    origin, token = address.split("/t/")
    page = opened(origin, "pia", "/direkt", token=token)
    say(page, "/avstämning varannan torsdag 15.15")
    choose(page, "Arbetslag 4–6")
    page.get_by_role("textbox", name="När").fill("varannan fredag 14.15")
    process.send_signal(signal.SIGKILL)
    process.wait()
    submit(page)
    expect(page.locator("dialog [role=alert]")).to_contain_text("Det gick inte att nå provrummet.")
    start(port)
    expect(page.locator("dialog [role=alert]")).to_have_count(0)
    expect(page.get_by_role("textbox", name="När")).to_have_value("varannan fredag 14.15")
    expect(page.get_by_role("radio", name="Arbetslag 4–6")).to_be_checked()
    submit(page)
    told(page, "Varannan fredag kl. 14.15")


def _plan(page: Page) -> None:
    say(page, "/avstämning varannan torsdag 15.15")
    choose(page, "Arbetslag 4–6")
    choose(page, "Var och en för sig")
    submit(page)
    press(page, "Ja, spara")
    told(page, "Sparat. Första frågan kommer torsdag")
