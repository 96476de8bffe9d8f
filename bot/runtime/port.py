"""Taking a port to listen on, or saying in Swedish why it cannot be had."""

import errno
import socket

WHY = {
    errno.EADDRINUSE: "den används redan",
    errno.EACCES: "den kräver högre behörighet",
}
LAST = 65535


class PortTaken(Exception):
    """The port cannot be listened on; the text says what to do, in Swedish."""


def listen(port: int, host: str = "127.0.0.1", *, choose: str) -> socket.socket:
    """Listen on `host`; port 0 takes a free one. Raises PortTaken.

    `choose` is how a person chooses another port, with `{port}` for the one that is proposed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host, port)  # create_server does not tell an unknown name from a taken port
    except (socket.gaierror, UnicodeError) as problem:
        raise _elsewhere(host) from problem
    try:
        return socket.create_server((host, port), family=family)
    except OSError as problem:
        if problem.errno == errno.EADDRNOTAVAIL:
            raise _elsewhere(host) from problem
        why = WHY.get(problem.errno or 0, f"fel {problem.errno}")
        other = choose.format(port=port + 1 if port < LAST else 0)
        raise PortTaken(
            f"Porten {port} går inte att använda ({why}). Stäng det andra programmet, "
            f"eller välj en annan port: {other}. Inget är ändrat."
        ) from problem


def _elsewhere(host: str) -> PortTaken:
    return PortTaken(
        f"Adressen {host} finns inte på den här datorn. Rätta NULAGE_HTTP__HOST. Inget är ändrat."
    )
