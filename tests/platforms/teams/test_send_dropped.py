"""A token that the Connector does not take: another is tried before the tenant is given up."""

import pytest

from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.connector import Connector
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.tokens import DROP_AGAIN, Tokens
from bot.platforms.teams.send.wire import Wire
from tests.platforms.teams.logging_in import Clock, LogIn, logging_in
from tests.platforms.teams.sending import LAG46, Desk
from tests.teams.fake_mischief import Fault
from tests.teams.state import TENANT

HELLO = {"type": "message", "text": "Hej", "textFormat": "plain"}


def connected(desk: Desk, tokens: Tokens) -> tuple[Connector, list[str]]:
    """A connector with these tokens, and the codes by which it lost its tenant."""
    lost: list[str] = []

    async def tell(_where: Reference, refused: TeamsRefused) -> None:
        lost.append(refused.code)

    wire = Wire(bearer=tokens.bearer, drop=tokens.drop, stand_ins={desk.teams.stand_in}, on_lost=tell)
    return Connector(wire), lost


def test_a_token_that_is_not_taken_is_dropped_and_another_is_tried_before_all_is_lost() -> None:
    async def act(desk: Desk, tokens: Tokens, _log_in: LogIn, clock: Clock) -> None:
        connector, lost = connected(desk, tokens)
        first = await tokens.bearer()
        desk.teams.mischief.plan(Fault("http", "begin", status=401, times=2))
        with pytest.raises(DeliveryFailed) as failed:
            await connector.begin_thread(desk.references.kept[TENANT, LAG46], HELLO)
        assert (failed.value.how, str(failed.value), lost) == ("later", Why.AWAY, [])
        with pytest.raises(DeliveryFailed) as failed:
            await connector.begin_thread(desk.references.kept[TENANT, LAG46], HELLO)
        assert (failed.value.how, str(failed.value)) == ("refused", Why.DISCONNECTED)
        assert lost == ["ServiceError"]
        second = await tokens.bearer()
        assert second != first
        await connector.begin_thread(desk.references.kept[TENANT, LAG46], HELLO)
        assert (await tokens.bearer(), desk.teams.times("token")) == (second, 2)
        clock.passed = DROP_AGAIN
        desk.teams.mischief.plan(Fault("http", "begin", status=401))
        with pytest.raises(DeliveryFailed) as failed:
            await connector.begin_thread(desk.references.kept[TENANT, LAG46], HELLO)
        assert (failed.value.how, await tokens.bearer() != second) == ("later", True)
        await connector.close()

    logging_in(act)


def test_many_calls_that_are_refused_together_cost_one_log_in() -> None:
    async def act(desk: Desk, tokens: Tokens, _log_in: LogIn, _clock: Clock) -> None:
        first = await tokens.bearer()
        assert [tokens.drop(first) for _ in range(20)] == [True] * 20
        second = await tokens.bearer()
        assert [tokens.drop(first), tokens.drop(second), tokens.drop("")] == [True, False, False]
        assert (await tokens.bearer(), desk.teams.times("token")) == (second, 2)

    logging_in(act)


def test_where_no_token_is_asked_for_there_is_none_to_drop() -> None:
    async def act(_desk: Desk, tokens: Tokens, _log_in: LogIn, _clock: Clock) -> None:
        assert not tokens.drop("")

    logging_in(act)
