import pytest

from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.teams.send.addresses import checked, segment
from bot.platforms.teams.send.errors import TeamsRefused
from tests.platforms.teams.sending import LAG46, SHORT, Desk, at_desk

THEIRS = """
https://smba.trafficmanager.net/emea/5ca1ab1e-0000-4000-8000-0000000000aa/
https://smba.trafficmanager.net:443/teams
https://SMBA.trafficmanager.net/amer/
https://smba.infra.gcc.teams.microsoft.com/teams
https://smba.infra.gov.teams.microsoft.us/teams
https://europe.api.botframework.com/
""".split()
NOT_THEIRS = """
http://smba.trafficmanager.net/emea/
https://smba.trafficmanager.net:8443/emea/
https://smba2.trafficmanager.net/emea/
https://evil.example/smba.trafficmanager.net/
https://smba.trafficmanager.net.evil.example/
https://smba.trafficmanager.net@evil.example/
https://user:word@smba.trafficmanager.net/
https://evilteams.microsoft.com.example/
https://xteams.microsoft.com/
https://smba.trafficmanager.net/emea?x=1
https://smba.trafficmanager.net/emea#x
https://127.0.0.1/
http://127.0.0.1:56150/_connector
http://localhost:1/
ftp://smba.trafficmanager.net/
//smba.trafficmanager.net/
https://[::1
https://smba.trafficmanager.net:x/
""".split()


@pytest.mark.parametrize("url", THEIRS)
def test_microsofts_own_addresses_are_spoken_to(url: str) -> None:
    assert checked(url) == url.rstrip("/")


@pytest.mark.parametrize("url", [*NOT_THEIRS, ""])
def test_a_token_travels_nowhere_else(url: str) -> None:
    with pytest.raises(TeamsRefused) as refused:
        checked(url)
    assert refused.value.code == "not_their_address"


@pytest.mark.parametrize(
    ("url", "stand_in", "taken"),
    [
        ("http://127.0.0.1:56150/_connector", "127.0.0.1:56150", True),
        ("http://127.0.0.1:56150/_connector", "127.0.0.1", True),
        ("http://localhost:56150/_connector", "localhost", True),
        ("http://127.0.0.1:56151/_connector", "127.0.0.1:56150", False),
        ("http://connector.example/", "connector.example", False),
        ("https://connector.example/", "connector.example", True),
        ("https://evil.connector.example/", "connector.example", False),
    ],
)
def test_a_stand_in_is_named_and_does_without_tls_only_on_this_machine(
    url: str, stand_in: str, *, taken: bool
) -> None:
    if taken:
        assert checked(url, {stand_in}) == url.rstrip("/")
    else:
        with pytest.raises(TeamsRefused):
            checked(url, {stand_in})


def test_an_address_that_is_not_theirs_is_never_called() -> None:
    async def act(desk: Desk) -> None:
        elsewhere = desk.teams.service_url.replace("127.0.0.1", "localhost")
        desk.heard_from(LAG46, kind="channel", service_url=elsewhere)
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert (failed.value.how, str(failed.value)) == ("refused", Why.DISCONNECTED)
        assert not desk.teams.calls
        assert not desk.told, "one place says so; the tenant is as well as ever"

    at_desk(act)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("19:lag@thread.tacv2;messageid=17", "19:lag@thread.tacv2;messageid=17"),
        ("a/../../v3/attachments", "a%2F..%2F..%2Fv3%2Fattachments"),
        ("a?isTargetedActivity=true", "a%3FisTargetedActivity=true"),
        ("a#b%2e", "a%23b%252e"),
        ("å b", "%C3%A5%20b"),
    ],
)
def test_an_id_stays_one_part_of_a_path(given: str, path: str) -> None:
    assert segment(given) == path


@pytest.mark.parametrize("given", ["", ".", "..", "a" * 501])
def test_what_can_be_no_id_is_asked_for_nowhere(given: str) -> None:
    with pytest.raises(TeamsRefused):
        segment(given)


@pytest.mark.parametrize("odd", ["19:x/../../..@thread.v2", "19:å ?#%@thread.v2", "19:|+~@thread.v2"])
def test_an_odd_conversation_arrives_as_it_is_called(odd: str) -> None:
    async def act(desk: Desk) -> None:
        desk.teams.cloud.group(odd, "Udda", [])
        reference = desk.heard_from(odd, kind="group")
        await desk.connector.post(reference, {"type": "message", "text": "Hej", "textFormat": "plain"})
        assert len(desk.standing(odd)) == 1

    at_desk(act)
