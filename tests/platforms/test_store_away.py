"""A platform asks the store where to send before it sends: is that away, nothing stands, and it says why.

What the courier makes of that: tests/runtime/test_courier_holding.py.
"""

import pytest

from bot.domain.value import PersonId
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace, Workspaces
from bot.platforms.slack.send.platform import SlackPlatform
from bot.platforms.teams.send.platform import TeamsPlatform
from storage.post.inbox import StoreAway
from tests.platforms.slack import sending as slack
from tests.platforms.teams import sending as teams
from tests.platforms.teams.in_memory import InMemory


class AwayStore(FixedWorkspace):
    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        del enterprise, team
        raise StoreAway("a blip")


async def away(person: PersonId, whole: str) -> str | None:
    del person, whole
    raise StoreAway("a blip")


@pytest.mark.parametrize("missing", ["whose token it is", "whose account it is"])
def test_slack_says_nothing_while_the_store_cannot_say(missing: str) -> None:
    async def act(desk: slack.Desk) -> None:
        known = desk._workspaces
        if missing == "whose token it is":
            known = Workspaces(AwayStore(desk._workspace))
        platform = SlackPlatform(web=desk._web, workspaces=known, account_of=away)
        place = slack.CHANNEL.model_copy(update={"only_to": "lena"})
        with pytest.raises(StoreAway):
            await platform.send(slack.SHORT, place, key="k")
        assert desk.slack.calls == []

    slack.at_desk(act)


@pytest.mark.parametrize("missing", ["where it is", "whose account it is"])
def test_teams_says_nothing_while_the_store_cannot_say(missing: str) -> None:
    async def act(desk: teams.Desk) -> None:
        references = InMemory()
        references.kept = desk.references.kept
        if missing == "where it is":
            references.lost = StoreAway("a blip")
        platform = TeamsPlatform(connector=desk.connector, references=references, account_of=away)
        with pytest.raises(StoreAway):
            await platform.send(teams.SHORT, teams.alone(teams.CHANNEL), key="k")
        assert (desk.standing(), desk.teams.calls) == ([], [])

    teams.at_desk(act)
