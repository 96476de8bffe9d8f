"""A change that a chat has no time for yet waits where a newer one takes its place: the old is never seen."""

from pathlib import Path

from bot.domain.school import Place
from bot.messages.model import Message
from tests.platforms.slack import sending as slack
from tests.platforms.teams import sending as teams
from tests.runtime.stage import Stage, staged
from tests.storage.made import promised, seconds


async def played(desk: "slack.Desk | teams.Desk", stage: Stage, place: Place, at_once: int) -> list[str]:
    """What stands after each of: as many changes as go at once, one more, a newer one, and their turn."""
    stage.courier._platforms = {place.platform: desk.platform}
    stood = []

    async def say(key: str, replacing: str | None = "root") -> None:
        said = promised(key, place=place, message=Message(title=key), replacing=replacing)
        stage.promise(said._replace(message_class="replaceable"))
        await stage.courier.deliver()
        stood.append(desk.standing()[0].text)

    await say("root", None)
    for number in range(at_once):
        await say(f"{number}")
    del stood[:]
    await say("old")
    await say("new")
    assert (stage.state("old"), stage.state("new")) == ("replaced", "new")
    stage.clock.offset += seconds(4)
    desk.passed += 4
    await stage.courier.deliver()
    assert stage.state("new") == "sent"
    return [*stood, *(post.text for post in desk.standing())]


def test_in_teams(tmp_path: Path) -> None:
    async def act(desk: teams.Desk) -> list[str]:
        with staged(tmp_path) as stage:
            return await played(desk, stage, teams.CHANNEL, 3)

    assert teams.at_desk(act) == ["2", "2", "new"]


def test_in_slack(tmp_path: Path) -> None:
    async def act(desk: slack.Desk) -> list[str]:
        with staged(tmp_path) as stage:
            return await played(desk, stage, slack.CHANNEL, 10)

    assert slack.at_desk(act) == ["9", "9", "new"]
