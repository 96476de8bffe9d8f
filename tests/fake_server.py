"""A fake's own HTTP server, on a port that nobody else has."""

from aiohttp import web

AT_ONCE = 0.01
"""Seconds until answers under way are broken off; 0 would mean to wait for them for ever."""


async def serve(app: web.Application, host: str = "127.0.0.1") -> tuple[web.AppRunner, str]:
    """Start it: what is to be cleaned up when it has served, and its address."""
    runner = web.AppRunner(app, shutdown_timeout=AT_ONCE)
    await runner.setup()
    await web.TCPSite(runner, host, 0).start()
    _, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"
