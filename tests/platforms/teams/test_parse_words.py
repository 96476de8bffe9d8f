"""Words, mentions and commands: whose, where, and as they saw them."""

import unicodedata
from dataclasses import replace

import pytest

from bot.domain.events import Replied
from bot.domain.school import Account, Place
from bot.platforms.legible import LONGEST
from tests.platforms.teams.reading import NOW, happened, heard, outcome, read
from tests.teams import payloads
from tests.teams.payloads import AT, CHANNEL, GROUP, LENA, NAME, PERSONAL, Where, message
from tests.teams.state import BOT, TENANT, Json

ROOT = "1795440000000"
THREAD = replace(CHANNEL, root=ROOT)
WHO = Account(platform="teams", user=f"{TENANT}/{LENA.aad}")
HOME = f"{TENANT}/@{LENA.aad}"
ELSEWHERE = "0def0000-0000-4000-8000-0000000000cc"


def test_words_in_a_thread() -> None:
    activity = message(LENA, THREAD, "Läsgrupperna går bra.", to_bot=True, id="1795443300000")
    assert happened(Replied, activity) == Replied(
        id=f"teams:{TENANT}:{CHANNEL.id}:said-775df99e3398df753ddbd39c",
        at=AT,
        who=WHO,
        where=Place(platform="teams", address=f"{TENANT}/{CHANNEL.id}", thread=ROOT),
        text="Läsgrupperna går bra.",
        reference="1795443300000",
        addressed=True,
    )
    assert happened(Replied, activity).who.name == "Lena Lind"


@pytest.mark.parametrize(
    ("where", "address", "thread", "direct"),
    [
        (CHANNEL, f"{TENANT}/{CHANNEL.id}", None, False),
        (THREAD, f"{TENANT}/{CHANNEL.id}", ROOT, False),
        (replace(CHANNEL, id="19:old@thread.skype"), f"{TENANT}/19:old@thread.skype", None, False),
        (GROUP, f"{TENANT}/{GROUP.id}", None, False),
        (PERSONAL, HOME, None, True),
        (replace(PERSONAL, tenant=TENANT.upper()), HOME, None, True),
    ],
)
def test_where_words_were_written(where: Where, address: str, thread: str | None, *, direct: bool) -> None:
    found = happened(Replied, message(LENA, where, "Det går bra.", to_bot=where.kind != "personal"))
    assert (found.where.address, found.where.thread) == (address, thread)
    assert (found.direct, found.where.private, found.addressed) == (direct, False, not direct)


def test_words_that_nobody_said_to_the_bot_are_not_addressed() -> None:
    assert not happened(Replied, message(LENA, THREAD, "Vi provar igen.")).addressed


def test_the_chat_of_two_people_is_never_the_bots_with_one() -> None:
    theirs = Where("19:1_2@unq.gbl.spaces", "personal")
    found = heard(message(LENA, theirs, "Det går bra.", to_bot=True))
    assert isinstance(found.event, Replied)
    assert found.event.where.address == f"{TENANT}/{theirs.id}"
    assert not found.way.private
    assert [one.conversation for one in found.learnt if one.kind == "personal"] == [""]


@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        ("groupChat", "19:a/b@thread.v2"),
        ("channel", "19:a b@thread.tacv2"),
        ("channel", "19:å@thread.tacv2"),
        ("channel", "19:a@thread.tacv2;messageid=../1"),
        ("channel", "19:a@thread.tacv2;messageid=1;messageid=2"),
        ("groupChat", "19:" + "a" * 200),
        ("groupChat", "a:1"),
        ("personal", "a:1/2"),
        ("personal", ""),
        ("channel", None),
    ],
)
def test_a_conversation_that_cannot_be_is_refused(kind: str, id_: object) -> None:
    activity = message(LENA, CHANNEL, "Hej")
    activity["conversation"] |= {"conversationType": kind, "id": id_}
    assert outcome(read(activity)) == "unreadable"


def test_a_reply_that_does_not_name_its_thread_hangs_under_what_it_replies_to() -> None:
    activity = message(LENA, THREAD, "Ja.", reply_to=ROOT)
    activity["conversation"]["id"] = CHANNEL.id
    assert happened(Replied, activity).where.thread == ROOT


def raw(text: str) -> Json:
    return message(LENA, PERSONAL, text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("  Hej  ", "Hej"),
        ("a &lt; b &amp;amp; c", "a < b &amp; c"),
        ("&lt;at&gt;Nuläge&lt;/at&gt; hej", "<at>Nuläge</at> hej"),
        ("<at>Ulla Åkesson</at> höll i det", "Ulla Åkesson höll i det"),
        ('<at id="1">Ulla</at> och <at>Nils</at>', "Ulla och Nils"),
        ('<quoted messageId="1795443300000"/> Det håller jag med om.', "Det håller jag med om."),
        ("ett\r\ntvå\rtre", "ett\ntvå\ntre"),
        ("osynligt\x00\x07 tecken\ud800", "osynligt tecken"),
        (unicodedata.normalize("NFD", "Läsgrupp åk 4"), "Läsgrupp åk 4"),
        ("2 <3 och <b>inte fet</b>", "2 <3 och <b>inte fet</b>"),
        ("hårt\u00a0mellanslag", "hårt mellanslag"),
    ],
)
def test_words_are_kept_as_they_were_seen(text: str, seen: str) -> None:
    assert happened(Replied, raw(text)).text == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<div><p>Ett</p><p>två</p></div>", "Ett\ntvå"),
        ('Bra <b>jobbat</b> <emoji alt="👍"></emoji><img src=\'x\' alt="🌱">', "Bra jobbat 👍🌱"),
        ("rad ett<br/>rad två &amp; tre", "rad ett\nrad två & tre"),
        ("<at>Nils</at> 1 &lt; 2", "Nils 1 < 2"),
    ],
)
def test_html_is_read_as_words(text: str, seen: str) -> None:
    assert happened(Replied, {**raw(text), "textFormat": "xml"}).text == seen


@pytest.mark.parametrize("between", [" ", "", "\u00a0", ": ", ",\n"])
def test_the_bots_own_name_is_no_word_of_theirs(between: str) -> None:
    activity = message(LENA, THREAD, "", to_bot=True)
    activity["text"] = f"<at>{NAME}</at>{between}Fler läser högt."
    assert happened(Replied, activity).text == "Fler läser högt."
    activity["text"] = f"Fler läser högt, <at>{NAME}</at>, i dag."
    assert happened(Replied, activity).text == "Fler läser högt, , i dag."


def test_somebody_called_as_the_bot_keeps_their_name() -> None:
    activity = message(LENA, THREAD, "", to_bot=True)
    activity["entities"][-1]["mentioned"]["id"] = "29:0099"
    activity["text"] = f"<at>{NAME}</at> höll i det"
    found = happened(Replied, activity)
    assert (found.text, found.addressed) == (f"{NAME} höll i det", False)


def test_a_text_is_never_longer_than_teams_own_limit() -> None:
    assert len(happened(Replied, raw("å" * (LONGEST + 5))).text) == LONGEST


@pytest.mark.parametrize(
    ("sender", "why"),
    [
        ({"id": BOT, "name": NAME}, "by_bot"),
        ({"id": "28:another", "name": "Annan", "aadObjectId": LENA.aad}, "by_bot"),
        ({"id": "29:1", "role": "bot", "aadObjectId": LENA.aad}, "by_bot"),
        ({"id": "29:1", "name": "Gäst på ett möte"}, "no_person"),
        ({"id": "29:1", "aadObjectId": "Lena"}, "no_person"),
        (None, "no_person"),
    ],
)
def test_only_people_of_a_tenant_are_heard(sender: object, why: str) -> None:
    assert outcome(read({**message(LENA, PERSONAL, "Hej"), "from": sender})) == why


def test_somebody_of_another_tenant_keeps_their_own() -> None:
    shared = replace(THREAD, channel_type="shared")
    found = heard(message(replace(LENA, home=ELSEWHERE), shared, "Hej"))
    assert isinstance(found.event, Replied)
    assert found.event.who.user == f"{ELSEWHERE}/{LENA.aad}"
    assert found.event.where.address == f"{TENANT}/{CHANNEL.id}"
    assert [one.kind for one in found.learnt] == ["channel"]
    told = message(LENA, shared, "Hej")
    told["channelData"]["tenant"]["id"] = ELSEWHERE
    assert happened(Replied, told).who.user == f"{ELSEWHERE}/{LENA.aad}"


@pytest.mark.parametrize(
    ("timestamp", "at"),
    [
        ("2026-11-26T14:05:00.1234567Z", AT.replace(microsecond=123456)),
        ("2026-11-26T15:05:00+01:00", AT),
        ("2026-11-26T14:05:00", AT),
        ("2026-11-26T14:16:00Z", NOW),
        ("0001-01-01T00:00:00+14:00", NOW),
        ("i går", NOW),
        (None, NOW),
        (1795443300, NOW),
    ],
)
def test_when_is_teams_clock_and_never_later_than_ours(timestamp: object, at: object) -> None:
    assert happened(Replied, {**raw("Hej"), "timestamp": timestamp}).at == at


def test_where_they_are_is_learnt() -> None:
    channel, lena = heard(message(LENA, THREAD, "Hej")).learnt
    assert channel.model_dump() == {
        "tenant": TENANT,
        "key": CHANNEL.id,
        "kind": "channel",
        "conversation": CHANNEL.id,
        "service_url": payloads.SERVICE,
        "user": "",
        "team": CHANNEL.group,
        "team_thread": CHANNEL.team,
        "name": CHANNEL.name,
    }
    assert (lena.key, lena.kind, lena.conversation, lena.user) == (f"@{LENA.aad}", "personal", "", "29:0001")
    group, _ = heard(message(LENA, GROUP, "Hej")).learnt
    assert (group.key, group.kind, group.conversation, group.team_thread) == (GROUP.id, "group", GROUP.id, "")
    (alone,) = heard(message(LENA, PERSONAL, "Hej")).learnt
    assert (alone.key, alone.conversation, alone.service_url) == (f"@{LENA.aad}", "a:1lena", payloads.SERVICE)


@pytest.mark.parametrize("address", ["", None, "ftp://x", "https://x y", "https://" + "x" * 600])
def test_nothing_is_learnt_without_the_connectors_address(address: object) -> None:
    assert heard({**raw("Hej"), "serviceUrl": address}).learnt == ()


def test_the_way_back_leads_to_whoever_wrote() -> None:
    way = heard(message(LENA, THREAD, "Hej")).way
    assert (way.surface, way.asks, way.tenant, way.user) == ("words", "nothing", TENANT, LENA.aad)
    assert way.account == "29:0001"
    assert (way.conversation, way.private) == (f"{CHANNEL.id};messageid={ROOT}", False)
    assert heard(message(LENA, PERSONAL, "Hej")).way.private
