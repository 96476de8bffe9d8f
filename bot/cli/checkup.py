"""`nulage doctor`: what is wrong, and how to mend it. It looks, and changes nothing."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, get_args

from bot.domain.school import Language
from bot.platforms.finding import Finding, advice, fault, well
from bot.settings import Settings
from prompts.book import load_prompts
from prompts.loader import PromptsRefused
from storage.backup.copying import database_file, is_copy
from storage.checkup import check_up, peek, unreadable
from storage.engine import StoreRefused

if TYPE_CHECKING:
    from bot.platforms.slack.send.client import Web

MARKS = {"well": "Bra", "advice": "Tips", "fault": "FEL"}
HEADS = {
    "absent": advice("Databasen finns inte än. Boten skapar den när den startar första gången."),
    "older": advice("Databasen är från en äldre version. Boten uppdaterar den när den startar."),
    "head": well("Databasen har rätt version."),
    "newer": fault("Databasen är nyare än programmet. Installera den nyare versionen av Nuläge."),
}


async def findings(
    settings: Settings, web: "Web | None", now: Callable[[], datetime]
) -> AsyncIterator[Finding]:
    """Everything worth saying, in the order a newcomer would mend it. `web` is what calls Slack.

    Raises storage.engine.StoreRefused when the store goes away half-way.
    """
    yield well("Inställningarna går att läsa.")
    try:
        prompts = load_prompts()
        for language in get_args(Language):
            prompts.read(language)
        yield well("Texter och frågor är hela.")
    except PromptsRefused as refused:
        yield fault(str(refused))
    store = list(_store(settings))
    for found in store:
        yield found
    if not settings.slack.on and not settings.teams.on:
        yield advice("Slack är inte påslaget. Guiden i docs/slack.md visar hur.")
        yield advice("Teams är inte påslaget. Guiden i docs/teams.md visar hur.")
    if any(found.level == "fault" for found in store):
        return
    async for found in _chats(settings, web, now):
        yield found


async def _chats(
    settings: Settings, web: "Web | None", now: Callable[[], datetime]
) -> AsyncIterator[Finding]:
    """What is on, each with what only its own folder knows; what is off is not imported."""
    if settings.slack.on and web is not None:
        from bot.cli.checkup_slack import of_slack

        async for found in of_slack(settings, web, now):
            yield found
    if settings.teams.on:
        from bot.cli.checkup_microsoft import of_teams

        async for found in of_teams(settings, now):
            yield found
    if settings.graph.on:
        from bot.cli.checkup_microsoft import of_graph

        async for found in of_graph(settings):
            yield found


def _store(settings: Settings) -> Iterator[Finding]:
    try:
        looked = check_up(settings.database_url)
    except StoreRefused as refused:
        yield fault(refused.text)
        return
    yield HEADS[looked.schema_is]
    for row in peek(settings.database_url, unreadable) if looked.schema_is == "head" else ():
        yield fault(
            f"Raden {row} i databasen går inte att läsa. Det som hör till den står stilla, och allt annat "
            "fungerar. Lägg tillbaka en säkerhetskopia, eller hör av er till dem som utvecklar Nuläge."
        )
    database = database_file(settings.database_url)
    if database and is_copy(database):
        yield advice(
            "Databasen är en säkerhetskopia som någon har lagt tillbaka. Boten tar vid när den startar."
        )
        return  # in one file, as copies are: the bot keeps it otherwise
    for setting in looked.unsafe:
        yield fault(f"Databasen kan tappa svar vid ett strömavbrott ({setting}). Ändra inställningen i den.")
