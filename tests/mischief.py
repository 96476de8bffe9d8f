"""What goes wrong with a fake chat's calls, on purpose: the faults of each chat are its own."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar


@dataclass(kw_only=True)
class Planned(ABC):
    """What goes wrong the next `times` that it is hit, after letting `after` pass."""

    times: int = 1
    after: int = 0

    @property
    @abstractmethod
    def aim(self) -> tuple[str, str]:
        """Which call, and where; "" is any."""

    def hits(self, call: str, where: str) -> bool:
        aimed = all(wanted in {"", found} for wanted, found in zip(self.aim, (call, where), strict=True))
        if self.times <= 0 or not aimed:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


F = TypeVar("F", bound=Planned)


@dataclass
class Mischief(Generic[F]):
    """The faults that are planned; the first that fits a call is the one that happens."""

    planned: list[F] = field(default_factory=list)

    def plan(self, *faults: F) -> None:
        self.planned.extend(faults)

    def strikes(self, call: str, where: str) -> F | None:
        return next((fault for fault in self.planned if fault.hits(call, where)), None)

    @contextmanager
    def while_planned(self, *faults: F) -> Iterator[None]:
        """These faults, for as long as the block lasts."""
        self.plan(*faults)
        try:
            yield
        finally:
            self.planned = [fault for fault in self.planned if fault not in faults]
