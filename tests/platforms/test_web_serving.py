"""The provrum's port and its door token."""

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import uvicorn

from bot.platforms.web.chat import ChatLog
from bot.rehearsal.serving import Server, door_token
from bot.runtime.port import PortTaken, listen


def test_a_busy_port_is_one_swedish_sentence_and_exit_code_2(tmp_path: Path) -> None:
    environment = {**os.environ, "NULAGE_DATABASE_URL": f"sqlite:///{tmp_path}/n.sqlite3"}
    nulage = str(Path(sys.executable).with_name("nulage"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [nulage, "provrum", "--no-open", "--port", str(port)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        f"Porten {port} går inte att använda (den används redan). Stäng det andra programmet, "
        f"eller välj en annan port: nulage provrum --port {port + 1}. Inget är ändrat.\n"
    )


def test_port_0_is_a_free_one() -> None:
    with listen(0, choose="") as listening:
        assert listening.getsockname()[1] > 0


@pytest.mark.parametrize("host", ["192.0.2.1", "nulage.invalid", "a..b", "2001:db8::1"])
def test_an_address_of_another_machine_is_said_to_be_that(host: str) -> None:
    with pytest.raises(PortTaken) as taken:
        listen(0, host, choose="")
    assert str(taken.value) == (
        f"Adressen {host} finns inte på den här datorn. Rätta NULAGE_HTTP__HOST. Inget är ändrat."
    )


def test_the_last_port_proposes_a_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise PermissionError(13, "no")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(PortTaken, match=r"kräver högre behörighet.*--port 0"):
        listen(65535, choose="nulage provrum --port {port}")


def test_the_doors_token_is_kept_and_for_this_user_only(tmp_path: Path) -> None:
    file = tmp_path / "chat.sqlite3"
    first = ChatLog(file)
    token = door_token(first)
    first.clear()
    first.close()
    again = ChatLog(file)
    assert door_token(again) == token
    assert len(token) >= 22
    again.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_and_nothing_more(sign: signal.Signals) -> None:
    server = Server(uvicorn.Config(app="", log_level="critical"))
    before = signal.getsignal(sign)
    with server.capture_signals():
        signal.raise_signal(sign)
    assert server.should_exit
    assert signal.getsignal(sign) == before
