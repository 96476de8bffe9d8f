"""A channel or the whole installation goes away: no storm, the right one is told, and it resumes."""

import pytest

from tests.chat_stage import FRIDAY, HERE, THERE
from tests.play import prompts
from tests.slack import payloads
from tests.slack.fake import posts_with
from tests.slack.mischief import Fault, revoked
from tests.slack.school import BOT_TOKEN, channel_of
from tests.slack.stage import Stage, staged
from tests.slack.state import BOT_USER

SHUT = prompts().texts.trouble.parked.partition("{")[0].strip()
GONE = ["is_archived", "not_in_channel", "channel_not_found", "restricted_action", "is_inactive"]


@pytest.mark.parametrize("code", GONE)
def test_a_channel_that_is_shut_waits_and_its_processledare_is_told_once(code: str) -> None:
    with staged() as stage:
        stage.slack.mischief.plan(Fault("error", "chat.postMessage", channel_of(HERE), code, times=99))
        stage.ask()
        assert len(stage.questions(THERE)) == 1
        assert len(stage.told("pia", SHUT)) == 1
        assert "T1/" not in stage.told("pia", SHUT)[0].text, "an address is not a name"
        calls = stage.slack.times("chat.postMessage", code)
        stage.after(hours=20)
        assert stage.slack.times("chat.postMessage", code) - calls <= 2, "no storm"
        assert len(stage.told("pia", SHUT)) == 1


def test_what_waited_goes_out_when_the_bot_is_invited_again() -> None:
    with staged() as stage:
        channel = stage.workspace.channels[channel_of(HERE)]
        channel.members.discard(BOT_USER)
        stage.ask()
        assert not stage.questions()
        channel.members.add(BOT_USER)
        invited = payloads.joined(stage.workspace, channel.id, "UPIA")
        stage.happens(invited)
        stage.after(minutes=1)
        assert len(stage.questions()) == 1
        assert "parked" not in stage.states()


def test_a_channel_with_another_name_is_the_same_channel() -> None:
    with staged() as stage:
        stage.workspace.channels[channel_of(HERE)].name = "lag-46"
        inner = {"id": channel_of(HERE), "name": "lag-46", "created": 1}
        stage.happens({"type": "channel_rename", "channel": inner, "event_ts": stage.workspace.ts()})
        assert not stage.fresh
        stage.ask()
        assert len(stage.questions(HERE)) == 1


def test_a_channel_with_another_id_is_followed() -> None:
    with staged() as stage:
        channel = stage.workspace.channels.pop(channel_of(HERE))
        channel.id = "CNEW46"
        stage.workspace.channels[channel.id] = channel
        told = {"old_channel_id": channel_of(HERE), "new_channel_id": channel.id}
        stage.happens({"type": "channel_id_changed", **told, "event_ts": stage.workspace.ts()})
        stage.ask()
        assert [post.channel for post in posts_with(stage.slack, "Svara")][-2:].count(channel.id) == 1


def test_a_person_who_cannot_be_reached_holds_nobody_up() -> None:
    with staged() as stage:
        stage.slack.mischief.plan(Fault("error", "conversations.open", code="user_disabled", times=99))
        stage.write("rut", "/veckan")
        stage.ask()
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


def calls_after(stage: Stage, **time: float) -> int:
    before = len(stage.slack.calls)
    stage.after(**time)
    return len(stage.slack.calls) - before


@pytest.mark.parametrize("after", [0, 1])
def test_a_revoked_token_stops_the_outbox_without_a_storm(after: int) -> None:
    with staged() as stage:
        known = stage.workspace.tokens[BOT_TOKEN]
        fault = revoked(after=after)
        with stage.slack.mischief.while_planned(fault):
            stage.ask()
            assert len(stage.questions(HERE)) + len(stage.questions(THERE)) == after
            assert calls_after(stage, hours=3) <= 10, "no storm"
            assert not {"quarantined", "expired"} & set(stage.states()), "nothing is lost"
        stage.workspace.tokens[BOT_TOKEN] = known
        stage.run(stage.bot.connect())
        stage.after(days=1)
        assert not stage.told("pia", SHUT), "no channel was at fault"
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
def test_a_token_that_slack_refuses_for_a_while_is_tried_again(code: str) -> None:
    with staged() as stage:
        again = stage.bot.side.losses.try_again
        with stage.slack.mischief.while_planned(Fault("error", code=code, times=10**9)):
            stage.ask()
            stage.run(again())
            assert stage.slack.times("auth.test", code) == 1
            stage.after(minutes=1)
            assert not stage.questions()
            assert set(stage.states()) == {"sent", "parked"}
        stage.run(again())
        stage.after(minutes=1)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1
        tried = stage.slack.times("auth.test")
        stage.run(again())
        assert stage.slack.times("auth.test") == tried, "it is well, so nobody asks"


def test_what_is_said_while_the_token_is_refused_is_heard() -> None:
    with staged() as stage:
        stage.ask()
        (anchor,) = stage.questions()
        with stage.slack.mischief.while_planned(Fault("error", code="invalid_auth", times=10**9)):
            stage.after(days=7)
            stage.write("lena", "Halvklass gav mer samtal.", room=HERE, thread=anchor.ts)
        assert stage.notes() == ["Halvklass gav mer samtal."]


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_what_was_removed_before_it_was_installed_again_is_another_installation(kind: str) -> None:
    with staged() as stage:
        inner = {"type": kind, "tokens": {"bot": [BOT_USER]}, "event_ts": stage.workspace.ts()}
        before = int(FRIDAY.timestamp()) - 1
        stage.acts(stage.sender.event(payloads.event(stage.workspace, inner, at=before)))
        stage.ask()
        assert len(stage.questions()) == 1


def test_a_full_workspace_is_told_of_each_hour_and_loses_nothing() -> None:
    with staged() as stage:
        full = Fault("error", "chat.postMessage", code="message_limit_exceeded", times=3)
        stage.slack.mischief.plan(full)
        stage.ask()
        assert stage.bot.counts.workspaces["paused"] == 1
        stage.after(hours=1, minutes=30)
        assert stage.bot.counts.workspaces["paused"] == 2
        assert not stage.questions(HERE) + stage.questions(THERE)
        stage.after(hours=3)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


@pytest.mark.parametrize(
    "code", ["org_login_required", "access_denied", "ekm_access_denied", "accesslimited"]
)
def test_administrators_who_let_nobody_in_for_a_while_are_asked_once_an_hour(code: str) -> None:
    with staged() as stage:
        with stage.slack.mischief.while_planned(Fault("error", code=code, times=10**9)):
            stage.ask()
            assert stage.bot.counts.workspaces["paused"] == 1
            assert calls_after(stage, hours=5) <= 6, "no storm"
            assert not {"parked", "quarantined"} & set(stage.states())
        stage.after(hours=20)
        assert len(stage.questions(HERE)) == len(stage.questions(THERE)) == 1


def after_uninstalling(*kinds: str) -> tuple[int, list[str], int]:
    """Calls made in four days without the bot, how its messages fare, and questions once it is back."""
    with staged() as stage:
        for kind in kinds:
            tokens = {"bot": [BOT_USER], "oauth": []}
            stage.happens({"type": kind, "tokens": tokens, "event_ts": stage.workspace.ts()})
        known = stage.workspace.tokens.pop(BOT_TOKEN)
        calls, states = calls_after(stage, days=4), sorted(stage.states())
        stage.workspace.tokens[BOT_TOKEN] = known
        stage.run(stage.bot.connect())
        stage.after(days=1)
        return calls, states, len(stage.questions(HERE))


def test_uninstalling_ends_the_same_in_any_order() -> None:
    once = after_uninstalling("app_uninstalled", "tokens_revoked")
    assert once == after_uninstalling("tokens_revoked", "app_uninstalled")
    calls, states, questions = once
    assert calls == 0
    assert set(states) <= {"sent", "parked"}
    assert questions == 1
