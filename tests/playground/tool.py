"""The Playground as a process of its own, on loopback; and what people do in it without a window."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

import httpx

from tests import fetched
from tests.playground.school import configuration
from tests.teams.state import Json
from tests.waiting import DEADLINE

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
PROGRAM = "node_modules/@microsoft/m365agentsplayground/cli.js"
HTTP_OK = 200
PRELOAD = Path(__file__).with_name("preload.cjs")

T = TypeVar("T")


def fetch(folder: Path) -> Path:
    """Let npm fetch the tool for a folder. Returns its program."""
    fetched.fetch(folder, PACKAGE)
    return folder / PROGRAM


class Post(NamedTuple):
    """One message of the bot's: the activity, the conversation (with its thread) and its id there."""

    activity: Json
    conversation: str
    id: str

    @property
    def card(self) -> Json:
        attached = self.activity.get("attachments") or [{}]
        content = attached[0].get("content", {})
        return content if isinstance(content, dict) else {}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Playground:
    """A running Playground: what it was told, and what it has written down of all that went either way."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.until(self._port)}"
        self.http = httpx.Client(base_url=self.address, timeout=20)

    def _port(self) -> str | None:
        """Where it listens: another port than it was given, when that was taken meanwhile."""
        said = (self.folder / "said").read_text()
        assert self.process.poll() is None, said
        listens = re.search(r"Listening on (\d+)", said)
        return listens[1] if listens else None

    def wind(self, ahead: float) -> None:
        """Let its clock be so many seconds ahead."""
        (self.folder / "ahead").write_text(str(round(ahead * 1000)))
        self.process.send_signal(signal.SIGUSR2)

    def does(self, activity: Json) -> Json:
        """Somebody does something without a window. Returns what the bot answered (empty for a message)."""
        answer = self.http.post("/_internal/v1/customActivities", json=activity)
        assert answer.is_success, answer.text
        return self.until(lambda: self._answer_to(activity["id"]))

    def until(self, found: Callable[[], T | None]) -> T:
        """Wait for something to be found."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            if (it := found()) is not None:
                return it
            time.sleep(0.05)
        raise AssertionError("it never happened")

    def records(self) -> list[Json]:
        """Everything that went either way, oldest first, as the Playground wrote it down."""
        written = "".join(one.read_text(encoding="utf-8") for one in self.folder.glob("devTools/events_*"))
        whole = written[: written.rfind("\n---") + 1].split("\n---\n")
        return [json.loads(one) for one in whole if one.strip()]

    def inbound(self) -> list[Json]:
        """The activities that the bot was sent."""
        return [one["request"]["body"] for one in self.records() if one["direction"].startswith("Microsoft")]

    def answers(self) -> list[Json]:
        """What the bot answered those who pressed something."""
        asked = [one for one in self.records() if one["activityName"] == "invoke"]
        return [one["response"]["body"] for one in asked]

    def posts(self) -> list[Post]:
        """What the bot has said or changed, as it was at the time."""
        said = [one for one in self.records() if one["direction"].startswith("User")]
        return [_post(one) for one in said if one["request"]["method"] in {"POST", "PUT"}]

    def _answer_to(self, activity: str) -> Json | None:
        for one in self.records():
            if one["direction"].startswith("Microsoft") and one["messageId"] == activity:
                assert one["response"]["statusCode"] == HTTP_OK, one["response"]
                body = one["response"]["body"]
                return body if isinstance(body, dict) else {}
        return None


def _post(record: Json) -> Post:
    body, path = record["request"]["body"], record["request"]["url"].split("/")
    if path[-1] == "conversations":
        whole = record["response"]["body"]["id"]
        return Post(body.get("activity", {}), whole, record["response"]["body"].get("activityId", ""))
    answered = record["response"]["body"]
    said = answered.get("id", "") if isinstance(answered, dict) else ""
    at = path.index("conversations")
    return Post(body or {}, unquote(path[at + 1]), said or unquote(path[-1]))


@contextmanager
def playing(program: Path, folder: Path, endpoint: str, ahead: float, clicks: str) -> Iterator[Playground]:
    """Start it against a bot, for whoever `clicks` in it, and see that it is gone afterwards."""
    (folder / ".m365agentsplayground.yml").write_text(configuration(clicks), encoding="utf-8")
    (folder / "ahead").write_text(str(round(ahead * 1000)))
    words = ["node", str(program), "start", "-e", endpoint, "-c", "msteams", "-p", str(free_port())]
    words += ["--disable-telemetry", "--enable-events-recording"]
    environment = {
        **os.environ,
        "NODE_OPTIONS": f"--require {PRELOAD}",
        "AHEAD_FILE": str(folder / "ahead"),
        "TZ": "Europe/Stockholm",
    }
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(words, cwd=folder, env=environment, stdout=said, stderr=said)
    with process:
        try:
            playground = Playground(process, folder)
            with playground.http:
                assert playground.http.get("/_debug/ping").is_success
                yield playground
        finally:
            process.kill()
