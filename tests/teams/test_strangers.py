"""A tenant that the settings do not name: its people are told so, and nothing of theirs is done or kept."""

from storage import tables
from tests.chat_stage import HERE
from tests.teams import payloads
from tests.teams.fake_mischief import Fault
from tests.teams.school import channel, chat, person
from tests.teams.stage import WORDS, staged

OTHER = "5ca1ab1e-0000-4000-8000-0000000000bb"


def test_another_tenant_is_told_so_and_leaves_no_trace() -> None:
    with staged() as stage:
        stage.ask()
        rows = len(stage.rows(tables.inbox)), len(stage.rows(tables.reference)), len(stage.cloud.posts)
        words = stage.words()
        words["conversation"]["tenantId"] = words["channelData"]["tenant"]["id"] = OTHER
        stage.acts(stage.sender.deliver(words))
        assert stage.told("lena", "Jag är inte kopplad till er organisation")
        (anchor,) = stage.questions()
        where = channel(HERE, stage.teams.service_url, anchor.id)
        press = payloads.execute(person("lena"), where, "press", {"token": "answer|1|"}, on=anchor.id)
        press["conversation"]["tenantId"] = press["channelData"]["tenant"]["id"] = OTHER
        answer = stage.run(stage.sender.deliver(press)).json()
        assert "inte kopplad till er organisation" in answer["value"]
        assert (
            len(stage.rows(tables.inbox)),
            len(stage.rows(tables.reference)),
            len(stage.cloud.posts) - 2,
        ) == rows


def test_another_tenant_that_takes_nothing_from_us_is_not_asked_when_it_does() -> None:
    """Only of those we may speak in do we wait to hear that they take us again."""
    with staged() as stage:
        with stage.teams.mischief.while_planned(Fault("http", "create", status=401, times=99)):
            for who in ("lena", "omar"):  # the first refusal may be our token's fault
                words = payloads.message(person(who), chat(who, stage.teams.service_url), WORDS)
                words["conversation"]["tenantId"] = words["channelData"]["tenant"]["id"] = OTHER
                stage.acts(stage.sender.deliver(words))
        calls = stage.teams.times()
        stage.run(stage.bot.side.losses.try_again())
        assert stage.teams.times() == calls
        assert not stage.bot.counts.workspaces
