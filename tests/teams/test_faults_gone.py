"""A channel, a team or a whole tenant goes away: no storm, the right one is told, and it resumes."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Message
from tests.chat_stage import HERE, THERE
from tests.play import prompts
from tests.teams import payloads
from tests.teams.fake_mischief import Calls, Fault
from tests.teams.school import GENERAL, aad_of, channel, channel_of, person
from tests.teams.stage import WORDS, Stage, staged
from tests.teams.state import TENANT

SHUT = prompts().texts.trouble.parked.partition("{")[0].strip()


def everywhere(**what: Any) -> list[Fault]:
    """Every call is answered so, but the log-in."""
    calls: tuple[Calls, ...] = (
        "begin",
        "create",
        "targeted",
        "update",
        "delete",
        "chat",
        "members",
        "channels",
    )
    return [Fault("http", call, times=10**9, **what) for call in calls]


def calls_after(stage: Stage, **time: float) -> int:
    before = len(stage.teams.calls)
    stage.after(**time)
    return len(stage.teams.calls) - before


def test_a_team_that_took_the_bot_out_and_in_again_has_it_in_every_channel() -> None:
    with staged() as stage:
        stage.remove(HERE)
        stage.ask()
        assert not stage.questions(HERE) + stage.questions(THERE)
        stage.invite("pia", HERE)
        stage.after(days=7)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


def test_a_channel_that_was_deleted_is_told_of_and_the_others_go_on() -> None:
    with staged() as stage:
        where, at = channel(HERE, stage.teams.service_url), stage.clock.now()
        stage.cloud.conversations[channel_of(HERE)].bot_in = False
        stage.happens(payloads.changed(person("pia"), where, "channelDeleted", at=at))
        assert stage.told("pia", "Arbetslag 4–6")
        stage.ask()
        assert len(stage.questions(THERE)) == 1
        assert not stage.questions(HERE)
        assert calls_after(stage, hours=20) <= 5, "no storm"


def closed(stage: Stage, room: str, bot: str) -> None:
    """A closed channel lets the bot in, or takes it out, by itself; the team has the app all the while."""
    where = replace(channel(room, stage.teams.service_url), channel_type="private")
    stage.cloud.conversations[channel_of(room)].bot_in = bot == "came"
    stage.happens(payloads.members(person("pia"), where, bot=bot, at=stage.clock.now()))
    stage.after(minutes=2)


def test_a_closed_channel_that_takes_the_bot_out_and_in_again_is_alone_in_it() -> None:
    with staged() as stage:
        closed(stage, HERE, "went")
        shut = [one.text for one in stage.told("pia", SHUT)]
        assert ["4–6" in " ".join(shut), "7–9" in " ".join(shut)] == [True, False]
        stage.ask()
        assert (len(stage.questions(HERE)), len(stage.questions(THERE))) == (0, 1)
        closed(stage, THERE, "went")
        closed(stage, HERE, "came")
        known = stage.bot.side.references
        assert [stage.run(known.find(TENANT, channel_of(room))) is None for room in (HERE, THERE)] == [
            False,
            True,
        ]
        stage.after(days=7)
        assert (len(stage.questions(HERE)), len(stage.questions(THERE))) == (1, 1), "one is back, one is not"


def test_an_archived_team_waits_and_goes_on_when_it_is_opened_again() -> None:
    with staged() as stage:
        general, at = channel("#", stage.teams.service_url), stage.clock.now()
        stage.happens(payloads.changed(person("pia"), general, "teamArchived", at=at))
        stage.ask()
        assert not stage.questions(HERE) + stage.questions(THERE)
        at = stage.clock.now()
        stage.happens(payloads.changed(person("pia"), general, "teamUnarchived", at=at))
        stage.after(days=7)
        assert len(stage.questions(THERE)) == 1


def test_an_upgrade_of_the_app_is_no_going() -> None:
    with staged() as stage:
        general = channel("#", stage.teams.service_url)
        for action in ("remove-upgrade", "add-upgrade"):
            stage.happens(payloads.installation(person("pia"), general, action, at=stage.clock.now()))
        assert not stage.fresh
        stage.ask()
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


def test_a_channel_with_another_name_is_the_same_channel() -> None:
    with staged() as stage:
        renamed = replace(channel(HERE, stage.teams.service_url), name="lag-46")
        stage.happens(payloads.changed(person("pia"), renamed, "channelRenamed", at=stage.clock.now()))
        assert not stage.fresh
        stage.ask()
        assert len(stage.questions(HERE)) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 401},
        {"status": 403, "code": "BotDisabledByAdmin"},
    ],
)
def test_a_tenant_that_refuses_us_for_a_while_is_asked_again_and_loses_nothing(
    fault: dict[str, Any],
) -> None:
    with staged() as stage:
        again = stage.bot.side.losses.try_again
        stage.run(again())
        with stage.teams.mischief.while_planned(*everywhere(**fault)):
            stage.ask()
            stage.after(seconds=5)  # a token that is refused is not blamed on the tenant yet
            stage.run(again())
            assert stage.teams.times("members") == 1, "asked with something that nobody sees"
            assert calls_after(stage, hours=3) <= 10, "no storm"
            assert not stage.questions(HERE) + stage.questions(THERE)
            assert not {"quarantined", "expired", "uncertain"} & set(stage.states())
        stage.run(again())
        stage.after(days=1)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1
        assert stage.bot.counts.workspaces == {"refused": 1, "taken_again": 1}
        tried = len(stage.teams.calls)
        stage.run(again())
        assert len(stage.teams.calls) == tried, "it is well, so nobody asks"


def test_one_token_that_is_refused_costs_nobody_anything() -> None:
    with staged() as stage:
        stage.run(stage.bot.side.losses.try_again())
        with stage.teams.mischief.while_planned(Fault("http", "begin", status=401)):
            stage.ask()
            stage.after(seconds=5)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1
        assert not stage.bot.counts.workspaces


def test_a_tenant_comes_back_though_the_place_that_was_refused_is_gone() -> None:
    with staged() as stage:
        again = stage.bot.side.losses.try_again
        stage.run(again())
        with stage.teams.mischief.while_planned(*everywhere(status=401)):
            stage.ask()
            stage.after(seconds=5)
        (first,) = stage.bot.side.losses._refused.values()
        stage.cloud.conversations[first.key].bot_in = False
        stage.run(again())
        assert stage.bot.counts.workspaces == {"refused": 1, "taken_again": 1}


def test_what_was_parked_before_a_restart_is_tried_once_more() -> None:
    with staged() as stage:
        with stage.teams.mischief.while_planned(*everywhere(status=401)):
            stage.ask()
            stage.after(seconds=5)
            assert "parked" in stage.states()
        stage.bot.side.losses._refused.clear()  # as in a new process
        stage.run(stage.bot.side.losses.try_again())
        stage.after(minutes=1)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


def test_what_is_said_while_our_token_is_refused_is_heard() -> None:
    with staged() as stage:
        stage.ask()
        words = stage.words()
        with stage.teams.mischief.while_planned(Fault("http", status=401, times=10**9)):
            stage.happens(words)
        assert stage.notes() == [WORDS]


def test_a_tenant_that_left_is_forgotten_when_its_grace_is_over() -> None:
    with staged() as stage:
        stage.ask()
        stage.happens(stage.words())
        for who in ("lena", "pia"):
            stage.write(who, "hej")
        stage.remove(HERE)
        for who in ("lena", "pia"):
            chat = payloads.Where(f"a:{aad_of(who)}", "personal", service_url=stage.teams.service_url)
            stage.happens(payloads.installation(person(who), chat, "remove", at=stage.clock.now()))
        with stage.store.begin() as unit:
            begun = unit.roster.accounts
        stage.after(days=29)
        with stage.store.begin() as unit:
            assert unit.roster.accounts == begun
        stage.after(days=3)
        with stage.store.begin() as unit:
            assert not [user for platform, user in unit.roster.accounts if user.startswith(TENANT)]
            assert {team.place for team in unit.roster.arbetslag.values()} == {None}
        assert stage.notes() == [WORDS], "what the school wrote is the school's"
        stage.doubted = len(stage.cloud.posts)  # who promised what is forgotten too


def test_somebody_whose_chat_is_another_by_now_is_reached_in_it_the_next_time() -> None:
    with staged() as stage:
        place = Place(platform="teams", address=f"{TENANT}/@{aad_of('lena')}")
        known = stage.run(stage.bot.side.references.find(TENANT, f"@{aad_of('lena')}"))
        assert known
        stage.run(stage.bot.side.references.save(known.but(conversation="a:from-before")))
        with pytest.raises(DeliveryFailed, match=Why.UNREACHABLE):
            stage.run(stage.bot.side.platform.send(Message(title="Hej"), place, key="1"))
        stage.run(stage.bot.side.platform.send(Message(title="Hej igen"), place, key="2"))
        assert [one.text for one in stage.told("lena", "Hej")] == ["Hej igen"]


def test_somebody_who_takes_the_app_away_keeps_nobody_from_being_asked() -> None:
    with staged() as stage:
        chat = payloads.Where(f"a:{aad_of('lena')}", "personal", service_url=stage.teams.service_url)
        stage.happens(payloads.installation(person("lena"), chat, "remove", at=stage.clock.now()))
        stage.ask()
        assert len(stage.questions(HERE)) == 1
        stage.happens(stage.words())
        assert stage.notes() == [WORDS]
        assert stage.cloud.conversations[GENERAL].bot_in
