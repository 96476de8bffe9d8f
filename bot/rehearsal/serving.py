"""Serving the provrum on this computer: its door token, and a quiet end."""

import logging
import secrets
import signal
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager

import typer
import uvicorn

from bot.platforms.web.chat import ChatLog
from bot.rehearsal.provrum import Provrum, web_app
from bot.runtime.clock import Clock
from bot.runtime.collector import calm_collector
from bot.runtime.port import listen
from prompts.book import Prompts
from storage.store import Store

TOKEN = "door.token"  # noqa: S105  the name it is kept under
ENDING = 3
"""Seconds that requests under way get when the provrum is closed."""


def door_token(chat: ChatLog) -> str:
    """Return the token behind the address: kept, so that open windows go on after a restart."""
    token = chat.get_meta(TOKEN)
    if not token:
        token = secrets.token_urlsafe(16)
        chat.set_meta(TOKEN, token)
    return token


class Server(uvicorn.Server):
    """A server that ends quietly on Ctrl+C and SIGTERM, so that what stands around it is closed too."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {sign: signal.signal(sign, self.handle_exit) for sign in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)


def _worth_saying(record: logging.LogRecord) -> bool:
    """A window's stream never completes: it is cut when the provrum closes, and that is no error."""
    return "without completing response" not in record.getMessage()


async def serve(store: Store, prompts: Prompts, chat: ChatLog, *, port: int, show: bool) -> None:
    """Serve the provrum on 127.0.0.1 until it is stopped; print its address once it answers."""
    listening = listen(port, choose="nulage provrum --port {port}")
    port = listening.getsockname()[1]
    token = door_token(chat)
    provrum = Provrum(store, prompts, chat, Clock())
    config = uvicorn.Config(
        web_app(provrum, chat, token=token, port=port),
        log_level="warning",
        timeout_graceful_shutdown=ENDING,
        lifespan="off",
    )
    server = Server(config)
    logging.getLogger("uvicorn.error").addFilter(_worth_saying)
    async with provrum.open():
        calm_collector()
        address = f"http://127.0.0.1:{port}/t/{token}"
        typer.echo(f"Provrummet är öppet: {address}\nStäng det med Ctrl+C. Det som är sagt finns kvar då.")
        if show:
            webbrowser.open(address)
        await server.serve(sockets=[listening])
    typer.echo("Provrummet är stängt. Allt är sparat.")
