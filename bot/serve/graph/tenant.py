"""One tenant of Graph's, and what its errands are worked out from."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from bot.domain.errands import DocumentErrand, ReportErrand
from bot.platforms.graph.port import Graph
from bot.platforms.teams.install.references import References
from bot.serve.in_store import Run
from handlers.errands.here import Chosen, Here
from prompts.book import Prompts
from storage.unit import UnitOfWork

Write = Callable[[DocumentErrand | ReportErrand], Awaitable[bytes]]
"""Makes the file of an errand."""


class Tenant(NamedTuple):
    """One tenant's Graph, and the store and the words that its errands are worked out from."""

    platform: str
    id: str
    graph: Graph
    run: Run
    prompts: Prompts
    chosen: Chosen
    references: References
    write: Write

    def here(self, unit: UnitOfWork, now: datetime) -> Here:
        return Here.of(unit, self.prompts, self.platform, self.id, now)
