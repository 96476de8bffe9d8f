"""Counts for `/metrics`: only numbers, and labels from closed sets of our own. Nothing about anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Platform, Unknowable
from bot.messages.model import Message


class Sample(NamedTuple):
    """One metric: a number for each value of its `label`, or a single one under "" without a label."""

    name: str
    kind: Literal["counter", "gauge"]
    about: str
    values: Mapping[str, float]
    label: str = ""


def counter(name: str, about: str, values: Mapping[str, float], label: str = "") -> Sample:
    return Sample(name, "counter", about, values, label)


def gauge(name: str, about: str, values: Mapping[str, float], label: str = "") -> Sample:
    return Sample(name, "gauge", about, values, label)


def exposition(samples: Iterable[Sample]) -> str:
    """Write samples as Prometheus reads them (text exposition format 0.0.4)."""
    lines: list[str] = []
    for sample in samples:
        lines += (f"# HELP {sample.name} {sample.about}", f"# TYPE {sample.name} {sample.kind}")
        for value, number in sample.values.items():
            labelled = f'{{{sample.label}="{value}"}}' if sample.label else ""
            lines.append(f"{sample.name}{labelled} {number:.10g}")
    return "\n".join(lines) + "\n"


class Counts:
    """What has happened since the process started."""

    def __init__(self) -> None:
        self.ticks = 0
        self.events: Counter[str] = Counter()
        self.event_seconds = 0.0
        self.not_saved = 0
        self.forgotten = 0
        self.sent: Counter[str] = Counter()
        self.workspaces: Counter[str] = Counter()

    def samples(self) -> tuple[Sample, ...]:
        seconds, number = {"": self.event_seconds}, {"": float(self.events.total())}
        return (
            counter("nulage_ticks_total", "Ticks that came through.", {"": self.ticks}),
            counter("nulage_events_total", "Events handled.", self.events, "kind"),
            counter("nulage_event_seconds_sum", "Time from event to durable answer.", seconds),
            counter("nulage_event_seconds_count", "Events in that sum.", number),
            counter(
                "nulage_events_not_saved_total", "Events while the database was away.", {"": self.not_saved}
            ),
            counter("nulage_deliveries_total", "Platform calls, by what came of them.", self.sent, "how"),
            counter(
                "nulage_workspace_changes_total", "Workspaces that came or went.", self.workspaces, "what"
            ),
        )


class Counted:
    """A platform, with what became of each call counted: `later` is what 429 becomes."""

    def __init__(self, platform: Platform, counts: Counts) -> None:
        self.name = platform.name
        self._platform = platform
        self._sent = counts.sent

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        try:
            reference = await self._platform.send(message, place, key=key, replacing=replacing)
        except DeliveryFailed as failed:
            self._sent[failed.how] += 1
            raise
        self._sent["sent"] += 1
        return reference

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        found = await self._platform.find(place, key=key, since=since)
        self._sent["looked for"] += 1
        return found
