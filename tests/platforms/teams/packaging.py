"""An app package, opened as Teams opens it, and everything that Teams would turn away (TEAMS.md 11)."""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from jsonschema import validators

from bot.platforms.teams.install.manifest import AT_HOME, Wanted, manifest
from bot.platforms.teams.install.package import packed
from bot.platforms.teams.parse.words import HOME
from handlers.commands import COMMANDS
from prompts.book import load_texts

CLIENT = "8d4b2c1e-0f3a-4a6b-9c7d-5e1f2a3b4c5d"
URL = "https://nulage.example.se"
RGBA = 6
PARTS = ("name.short", "name.full", "description.short", "description.full")


def wanted(**changed: Any) -> Wanted:
    return Wanted.model_validate({"client_id": CLIENT, "url": URL, "version": "0.1.0", **changed})


def made(**changed: Any) -> dict[str, Any]:
    does = load_texts().common.help_commands
    return manifest({name: does[name] for name in COMMANDS}, wanted(**changed))


SHAPES = {
    "slash": made(),
    "plain": made(slash=False),
    "hearing": made(read_all=True),
    "told": made(about="https://kommunen.example.se/nulage", app_id="5ca1ab1e-0000-4000-8000-000000000001"),
}


class Package(NamedTuple):
    files: Mapping[str, bytes]
    manifest: dict[str, Any]


def opened(content: bytes) -> Package:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return Package(files, json.loads(files["manifest.json"]))


def package_of(described: dict[str, Any]) -> Package:
    return opened(packed(described))


class Picture(NamedTuple):
    width: int
    height: int
    pixels: tuple[tuple[int, int, int, int], ...]
    """Red, green, blue, alpha, 0–255, row by row."""


def picture(png: bytes) -> Picture:
    """Read a PNG of 8-bit RGBA, as RFC 2083 says it is packed."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed_rows, width, height = 8, b"", 0, 0
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", body[:10])
            assert (depth, colours) == (8, RGBA)
        elif kind == b"IDAT":
            packed_rows += body
        at += length + 12
    flat = b"".join(_rows(zlib.decompress(packed_rows), width * 4))
    return Picture(width, height, tuple(zip(*[iter(flat)] * 4, strict=True)))


def _rows(raw: bytes, stride: int) -> Iterator[bytes]:
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        how, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for n in range(stride):
            left, up = row[n - 4] if n >= 4 else 0, above[n]
            corner = above[n - 4] if n >= 4 else 0
            guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[how]
            row[n] = (row[n] + guess) & 255
        above = bytes(row)
        yield above


def _paeth(left: int, up: int, corner: int) -> int:
    near = left + up - corner
    return min((left, up, corner), key=lambda one: abs(near - one))


def faults(package: Package) -> list[str]:
    """What Teams would turn away that no schema says."""
    return [*_icons(package), *_ids(package.manifest), *_commands(package.manifest), *_languages(package)]


def _icons(package: Package) -> Iterator[str]:
    for name, size in (("color", 192), ("outline", 32)):
        drawn = picture(package.files[package.manifest["icons"][name]])
        if (drawn.width, drawn.height) != (size, size):
            yield f"{name} is {drawn.width} by {drawn.height}"
        seen = {pixel[:3] for pixel in drawn.pixels if pixel[3] > 0}
        if name == "outline" and seen != {(255, 255, 255)}:
            yield "outline is not white alone"
        if name == "outline" and drawn.pixels[0][3]:
            yield "outline has no transparent corner"
        if name == "color" and min(pixel[3] for pixel in drawn.pixels) < 255:
            yield "color is not covered"


def _ids(described: Mapping[str, Any]) -> Iterator[str]:
    client = described["webApplicationInfo"]["id"]
    bots = [one["botId"] for one in (*described["bots"], *described["composeExtensions"])]
    for one in {described["id"], client, *bots}:
        if str(UUID(one)) != one:
            yield f"{one} is not an id in lower case"
    if set(bots) != {client}:
        yield "bot and registration differ"
    if described["id"] == client:
        yield "the app has the registration's id"


def _commands(described: Mapping[str, Any]) -> Iterator[str]:
    for listed in described["bots"][0]["commandLists"]:
        titles = [one["title"] for one in listed["commands"]]
        if len(titles) > 10:
            yield f"{len(titles)} commands, and the guide says 10"
        alone = listed["scopes"] == ["personal"]
        if sorted(titles) != sorted({*COMMANDS, HOME} - AT_HOME if alone else COMMANDS):
            yield f"commands are {titles}"
        for one in listed["commands"]:
            if len(one["title"]) > 32 or len(one["description"]) > 128:
                yield f"too long: {one}"


def _languages(package: Package) -> Iterator[str]:
    """Every string in the manifest, in each further language that is promised."""
    for one in package.manifest["localizationInfo"].get("additionalLanguages", ()):
        there = json.loads(package.files.get(one["file"], b"{}"))
        for part in {*PARTS, *_places(package.manifest)} - there.keys():
            yield f"{one['languageTag']} lacks {part}"


def _places(described: Mapping[str, Any]) -> Iterator[str]:
    for n, listed in enumerate(described["bots"][0]["commandLists"]):
        for m, _ in enumerate(listed["commands"]):
            yield f"bots[0].commandLists[{n}].commands[{m}].title"
            yield f"bots[0].commandLists[{n}].commands[{m}].description"


def refused(described: Mapping[str, Any], schemas: Path) -> list[str]:
    """What Microsoft's own schema for that version says is wrong."""
    version = described["manifestVersion"]
    schema = json.loads((schemas / f"v{version}" / "MicrosoftTeams.schema.json").read_text("utf-8"))
    read = validators.validator_for(schema)(schema)
    return [f"{'.'.join(map(str, one.path))}: {one.message}" for one in read.iter_errors(described)]


def strings(described: Any) -> Iterator[str]:
    """Every text that a person reads."""
    for one in PARTS[::2] + PARTS[1::2]:
        head, _, tail = one.partition(".")
        yield described[head][tail]
    for listed in described["bots"][0]["commandLists"]:
        yield from (f"{one['description']}." for one in listed["commands"])
    for one in described["composeExtensions"][0]["commands"]:
        yield from (one["title"], one["description"])
    for one in described["activities"]["activityTypes"]:
        yield one["description"]
        yield re.sub(r"\{actor\}", "Nuläge", one["templateText"])
