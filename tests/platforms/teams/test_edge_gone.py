"""Through the whole edge: what is told of a team holds in its channels, and what is left is forgotten."""

from datetime import timedelta

from bot.domain.events import BotRemoved, MemberLeft
from bot.platforms.teams.install.references import Reference
from tests.platforms.teams.edge_stage import Stage, played
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, PERSONAL, SAM
from tests.teams.state import TENANT


def everywhere(on: Stage) -> None:
    """The team's General channel, two more of its channels, and one of another team's."""
    keys = {CHANNEL.team: CHANNEL.team, CHANNEL.id: CHANNEL.team, "19:lag79@thread.tacv2": CHANNEL.team}
    for key, team in {**keys, "19:annan@thread.tacv2": "19:annan@thread.tacv2"}.items():
        on.references.kept[TENANT, key] = Reference(
            tenant=TENANT, key=key, kind="channel", conversation=key, service_url="x", team_thread=team
        )


def addresses(on: Stage) -> set[str]:
    return {event.where.address for event in on.events if isinstance(event, BotRemoved | MemberLeft)}


OURS = {f"{TENANT}/{key}" for key in (CHANNEL.team, CHANNEL.id, "19:lag79@thread.tacv2")}


def test_thrown_out_of_a_team_is_thrown_out_of_its_channels() -> None:
    async def story(on: Stage) -> None:
        everywhere(on)
        sent = payloads.members(LENA, payloads.general(CHANNEL), bot="went")
        assert (await on.send(sent)).status_code == 200
        assert addresses(on) == OURS
        assert len({event.id for event in on.events}) == 3
        assert [key for _, key in on.references.kept] == ["19:annan@thread.tacv2"]

    played(story)


def test_an_archived_team_is_not_forgotten() -> None:
    async def story(on: Stage) -> None:
        everywhere(on)
        assert (
            await on.send(payloads.changed(LENA, payloads.general(CHANNEL), "teamArchived"))
        ).status_code == 200
        assert addresses(on) == OURS
        assert len(on.references.kept) == 4

    played(story)


def test_who_leaves_a_team_leaves_its_channels() -> None:
    async def story(on: Stage) -> None:
        everywhere(on)
        sent = payloads.members(LENA, payloads.general(CHANNEL), went=[SAM])
        assert (await on.send(sent)).status_code == 200
        assert addresses(on) == OURS

    played(story)


def test_a_removal_that_comes_after_the_bot_is_back_takes_only_what_it_is_true_of() -> None:
    async def story(on: Stage) -> None:
        everywhere(on)
        back = payloads.AT + timedelta(seconds=1)
        on.references.heard = {CHANNEL.team: back, CHANNEL.id: back, "19:lag79@thread.tacv2": payloads.AT}
        sent = payloads.members(LENA, payloads.general(CHANNEL), bot="went")
        assert (await on.send(sent)).status_code == 200
        assert addresses(on) == {f"{TENANT}/19:lag79@thread.tacv2"}
        assert {key for _, key in on.references.kept} == {CHANNEL.team, CHANNEL.id, "19:annan@thread.tacv2"}

    played(story)


def test_what_is_learnt_is_kept_with_when_it_happened() -> None:
    async def story(on: Stage) -> None:
        before = payloads.AT - timedelta(hours=1)
        await on.send(payloads.message(LENA, CHANNEL, "Hej", to_bot=True, at=before))
        assert set(on.references.heard.values()) == {before}

    played(story)


def test_a_removal_that_was_not_saved_is_told_again() -> None:
    async def story(on: Stage) -> None:
        everywhere(on)
        on.away = True
        sent = payloads.members(LENA, payloads.general(CHANNEL), bot="went")
        assert (await on.send(sent)).status_code == 503
        assert len(on.references.kept) == 4

    played(story)


def test_a_person_who_removes_the_bot_is_forgotten_as_a_place() -> None:
    async def story(on: Stage) -> None:
        await on.send(payloads.message(LENA, PERSONAL, "Hej"))
        assert len(on.references.kept) == 1
        assert (await on.send(payloads.installation(LENA, PERSONAL, "remove"))).status_code == 200
        assert on.references.kept == {}

    played(story)


def test_a_person_who_took_the_bot_back_since_is_not_forgotten() -> None:
    async def story(on: Stage) -> None:
        await on.send(payloads.message(LENA, PERSONAL, "Hej"))
        late = payloads.installation(LENA, PERSONAL, "remove", at=payloads.AT - timedelta(seconds=1))
        assert (await on.send(late)).status_code == 200
        assert len(on.references.kept) == 1

    played(story)
