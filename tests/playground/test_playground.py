"""A Teams client of Microsoft's, real clicks, and the bot as it is served; nothing leaves this machine."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from bot.platforms.teams.parse.acts import SAVE
from tests.playground import week
from tests.playground.school import CHANNEL_NAME, GROUP_NAME
from tests.playground.stage import Stage
from tests.playground.window import ALONE

WELCOME = "Hej! Jag ställer korta frågor till ert arbetslag."
NOTHING_OPEN = "Jag har ingen öppen fråga till dig just nu"
PICTURE = "Nuläge för Arbetslag 4–6"
HOSTILE = (
    "<b>fet</b> <img src=x onerror=alert(1)> **stark** [här](https://x.example) <@U0> &lt;i&gt; \u202ebakfram"
)
AS_WORDS = "<b>fet</b> <img src=x onerror=alert(1)> **stark** [här](https://x.example) <@U0>"
LONGEST = 10_000


def test_a_question_from_its_plan_to_the_rektors_reply(stage: Stage) -> None:
    lena, pia, rut = stage.lena, stage.window("pia"), stage.window("rut")
    rut.go(ALONE)
    lena.go(CHANNEL_NAME)
    lena.told(WELCOME)
    week.pia_plans(pia)
    lena.told("Ni får en kort fråga varannan torsdag kl. 15.15.")
    stage.wind(week.THURSDAY)
    lena.told("0 av 4 har svarat")
    lena.keep("fraga")
    week.lena_looks_and_closes(lena)
    week.lena_answers(lena)
    week.others_answer(stage)
    week.lena_writes_in_the_thread(lena)
    lena.keep("trad")
    week.causes_are_sought(lena)
    stage.wind(week.FRIDAY)
    lena.told("Så används era svar, Arbetslag 4–6")
    week.rut_reads_and_replies(rut)
    reply = lena.thread("Rektor svarar Arbetslag 4–6")
    lena.told(f"”{week.REPLY}”", reply)
    lena.told("Rut Alm, rektor", reply)
    lena.keep("rektors-svar", lena.card("Rektor svarar Arbetslag 4–6"))


def test_where_we_stand_is_told_however_it_is_asked(stage: Stage) -> None:
    """By name in a channel and in a group chat, by a word and by a slash one to one, and by a button."""
    lena = stage.lena
    lena.go(GROUP_NAME)
    lena.told(WELCOME)
    lena.say("nuläge", to_bot=True)
    lena.told(PICTURE)
    lena.keep("gruppchatt")
    lena.go(ALONE)
    lena.told("Det här kan jag hjälpa er med")
    for number, words in enumerate(("nuläge", "/nuläge"), 1):
        lena.say(words)
        expect(lena.headed(PICTURE)).to_have_count(number)
    lena.go(CHANNEL_NAME)
    lena.told(WELCOME)
    lena.post("nuläge")
    lena.press("Dela i kanalen", lena.thread(PICTURE))
    lena.told(f"Lena Berg delar: {PICTURE}")
    lena.keep("delat")


def test_words_one_to_one_become_a_note_and_do_nothing_else(stage: Stage) -> None:
    """HTML, Markdown, mentions, turned text and as much as anybody may write: all of it is words."""
    lena = stage.lena
    lena.go(ALONE)
    lena.told("Det här kan jag hjälpa er med")
    lena.say(HOSTILE)
    lena.told(NOTHING_OPEN)
    lena.press("Spara som anteckning")
    saved = lena.card("Sparat som anteckning")
    lena.told(AS_WORDS, saved)
    expect(saved.locator("b, strong, em, img, a, script")).to_have_count(0)
    assert "\u202e" not in saved.inner_text()
    lena.keep("direkt")
    much = "Vi läste. " * (LONGEST // 10)
    lena.say(much)
    expect(lena.headed(NOTHING_OPEN)).to_have_count(2)
    lena.press("Spara som anteckning")
    expect(lena.headed("Sparat som anteckning")).to_have_count(2)
    kept = lena.card("Sparat som anteckning").inner_text()
    assert kept.count("läste") == len(much) // 10


def test_a_message_is_saved_from_its_menu(stage: Stage) -> None:
    """The message extension opens a dialog: the one kind that this client opens for a bot."""
    lena, page = stage.lena, stage.lena.page
    lena.go(GROUP_NAME)
    lena.told(WELCOME)
    menus = page.get_by_role("button", name="Show more information")
    before = menus.count()
    lena.say("Eleverna valde böcker själva.", to_bot=True)
    lena.told(NOTHING_OPEN)
    expect(menus).to_have_count(before + 2)
    menus.nth(-2).click()
    page.get_by_role("menuitem", name="Action Command").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=text]").fill(SAVE)
    dialog.get_by_label("Fetch the dialog").check()
    dialog.get_by_role("button", name="Create").click()
    lena.told("Spara som uppföljning", dialog)
    expect(dialog.locator("textarea").first).to_have_value("Eleverna valde böcker själva.")
    lena.keep("spara-som-uppfoljning")
    lena.press("Spara", dialog)
    expect(dialog.locator("textarea")).to_have_count(0)
    assert lena.playground.answers()[-1]["task"]["type"] == "message"
    dialog.get_by_role("button").first.click()
    lena.told("Sparat som anteckning")
    lena.told("”Eleverna valde böcker själva.”")


def test_the_playground_listens_on_this_machine_only(stage: Stage) -> None:
    """As `/proc/net` tells it: an address in hexadecimal, 0A for listening."""
    port = f"{urlsplit(stage.lena.playground.address).port:04X}"
    tables = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
    rows = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    at = {row[1].partition(":")[0] for row in rows if row[1].endswith(f":{port}") and row[3] == "0A"}
    assert at == {"0100007F"}
