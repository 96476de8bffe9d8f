"""Who stands in a channel that only its owners let anybody into: the core lets them in unasked."""

from dataclasses import replace

import pytest

from bot.domain.events import Pressed, Replied
from tests.platforms.teams.reading import happened
from tests.teams.payloads import CHANNEL, GROUP, LENA, PERSONAL, Where, execute, message
from tests.teams.state import TENANT, Json

THREAD = replace(CHANNEL, root="1795440000000")
ELSEWHERE = "0def0000-0000-4000-8000-0000000000cc"


@pytest.mark.parametrize(
    ("where", "told", "private"),
    [
        (replace(THREAD, channel_type="private"), {"tenantId": TENANT}, True),
        (replace(THREAD, channel_type="private"), {"tenantId": TENANT.upper(), "userRole": "user"}, True),
        (replace(THREAD, channel_type="private"), {}, False),
        (replace(THREAD, channel_type="private"), {"tenantId": ELSEWHERE}, False),
        (replace(THREAD, channel_type="private"), {"tenantId": [TENANT]}, False),
        (replace(THREAD, channel_type="private"), {"tenantId": TENANT, "userRole": "guest"}, False),
        (replace(THREAD, channel_type="private"), {"tenantId": TENANT, "userType": "Guest"}, False),
        (replace(THREAD, channel_type="private"), {"tenantId": TENANT, "role": "anonymous"}, False),
        (replace(THREAD, channel_type="shared"), {"tenantId": TENANT}, False),
        (replace(THREAD, channel_type="standard"), {"tenantId": TENANT}, False),
        (THREAD, {"tenantId": TENANT}, False),
        (GROUP, {"tenantId": TENANT}, False),
        (replace(GROUP, id="19:meeting_abc@thread.v2"), {"tenantId": TENANT}, False),
        (PERSONAL, {"tenantId": TENANT}, False),
    ],
)
def test_only_a_private_channel_of_ones_own_tenant_is_one_that_somebody_invited_to(
    where: Where, told: Json, *, private: bool
) -> None:
    activity = message(LENA, where, "Det går bra.", to_bot=where.kind != "personal")
    activity["from"] |= told
    assert happened(Replied, activity).where.private == private
    press = execute(LENA, where, "press", {"token": "x|y|"}, on="1795440000000")
    press["from"] |= told
    assert happened(Pressed, press).where.private == private
