"""A bar drawn as a tiny picture, for clients that have no charts of their own."""

import struct
import zlib
from base64 import b64encode
from functools import cache

WIDTH, HEIGHT = 200, 10
TRACK, FILL = bytes.fromhex("dde5e4"), bytes.fromhex("1f7a70")
"""The fill stands 3:1 or better against the track, on a light page and a dark (WCAG 2.2, 1.4.11)."""
STEPS = 100


def bar(share: float) -> str:
    """Return a bar as a data URI, filled from the left by `share` (0–1), in steps of a hundredth."""
    return _drawn(round(max(0.0, min(share, 1.0)) * STEPS))


@cache
def _drawn(steps: int) -> str:
    """One bit a point, two colours (PNG specification, 11.2): some 110 bytes."""
    filled = WIDTH * steps // STEPS
    bits = ((1 << filled) - 1) << (WIDTH - filled)
    row = b"\x00" + bits.to_bytes(WIDTH // 8, "big")
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 1, 3, 0, 0, 0)),
        (b"PLTE", TRACK + FILL),
        (b"IDAT", zlib.compress(row * HEIGHT, 9)),
        (b"IEND", b""),
    )
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
