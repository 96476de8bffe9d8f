"""A Teams client of Microsoft's, real clicks, and the bot as it is served; nothing leaves this machine."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from bot.platforms.teams.parse.acts import SAVE
from bot.rehearsal.provrum import ZONE
from tests.playground.school import CHANNEL_NAME, GROUP_NAME
from tests.playground.stage import Stage

THURSDAY = datetime(2026, 11, 26, 15, 15, tzinfo=ZONE)
WELCOME = "Hej! Jag ställer korta frågor till ert arbetslag."
QUESTION = "Hur väl nådde undervisningen det ni hade tänkt?"
ASKED = "Ta det på mötet"
"""A button that only the question has."""

GOOD, OTHERWISE = "Vad i undervisningen fungerade bra", "Vad i undervisningen vill ni"


def test_a_round_in_a_channel(stage: Stage) -> None:
    stage.go(CHANNEL_NAME)
    stage.told(WELCOME)
    pia_plans(stage)
    stage.told("Ni får en kort fråga varannan torsdag kl. 15.15.")
    stage.wind(THURSDAY)
    stage.told("0 av 4 har svarat")
    stage.keep("fraga")
    lena_looks_and_closes(stage)
    lena_answers(stage)
    others_answer(stage)
    stage.keep("fler-svar")
    stage.say("Fler elever vågar läsa högt nu.", stage.thread(ASKED), to_bot=True)
    stage.told("Sparat som anteckning", stage.thread(ASKED))
    stage.told("”Fler elever vågar läsa högt nu.”", stage.thread(ASKED))
    stage.keep("trad")


def pia_plans(stage: Stage) -> None:
    pia = stage.colleague("pia")
    pia.command("/avstämning varannan torsdag 15.15")
    pia.send("Visa datumen", {"Arbetslag": "Arbetslag 4–6", "Vem svarar": "Var och en för sig"})
    pia.press("Ja, spara")


def lena_looks_and_closes(stage: Stage) -> None:
    """The form stands where the question stood, and the question comes back."""
    thread = stage.thread("0 av 4 har svarat")
    stage.press("Svara", thread)
    opened = stage.thread(GOOD)
    expect(opened.get_by_text("0 av 4 har svarat")).to_have_count(0)
    stage.keep("formular")
    stage.press("Stäng", opened)
    stage.told("0 av 4 har svarat")
    expect(stage.page.get_by_label(GOOD)).to_have_count(0)


def lena_answers(stage: Stage) -> None:
    stage.press("Svara", stage.thread("0 av 4 har svarat"))
    form = stage.thread(GOOD)
    stage.press("Spara", form)
    stage.told("Det här behöver ett svar.", form)
    form.get_by_label("Delvis").check()
    form.get_by_label(GOOD).fill("Vi läste högt varje dag.")
    stage.press("Spara", form)
    stage.told("Dina svar gav några frågor till.")
    form = stage.thread(OTHERWISE)
    form.get_by_label(OTHERWISE).fill("Gruppen hann inte samtala om texterna.")
    stage.press("Spara", form)
    progress(stage, 1)
    assert ASKED in str(stage.playground.answers()[-1]["value"])
    stage.told("Sparat. Så här står det nu")
    stage.told("”Vi läste högt varje dag.”")
    stage.keep("kvitto")


def others_answer(stage: Stage) -> None:
    """What others do shows in Lena's window: the question itself is changed."""
    stage.colleague("omar").answer({QUESTION: "Mycket väl", GOOD: "Eleverna hjälpte varandra."})
    progress(stage, 2)
    stage.colleague("sam").press("Inget nytt")
    progress(stage, 3)


def progress(stage: Stage, answered: int) -> None:
    said = stage.thread(ASKED).get_by_text(f"{answered} av 4 har svarat", exact=True)
    expect(said).to_be_visible()


def test_a_group_chat(stage: Stage) -> None:
    stage.go(GROUP_NAME)
    stage.told(WELCOME)
    stage.say("nuläge", to_bot=True)
    stage.told("Nuläge för Arbetslag 4–6")
    stage.keep("gruppchatt")


def test_one_to_one(stage: Stage) -> None:
    stage.go("Personal Chat")
    stage.told("Det här kan jag hjälpa er med")
    stage.say("nuläge")
    stage.told("Nuläge för Arbetslag 4–6")
    stage.say("Vi läste tillsammans i dag.")
    stage.told("Jag har ingen öppen fråga till dig just nu")
    stage.press("Spara som anteckning")
    stage.told("Sparat som anteckning")
    stage.told("”Vi läste tillsammans i dag.”")
    stage.keep("direkt")


def test_a_message_is_saved_from_its_menu(stage: Stage) -> None:
    """The message extension opens a dialog: the one kind that this client opens for a bot."""
    stage.go(GROUP_NAME)
    stage.told(WELCOME)
    stage.say("Eleverna valde böcker själva.", to_bot=True)
    stage.told("Jag har ingen öppen fråga till dig just nu")
    page = stage.page
    page.get_by_role("button", name="Show more information").nth(-2).click()
    page.get_by_role("menuitem", name="Action Command").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=text]").fill(SAVE)
    dialog.get_by_label("Fetch the dialog").check()
    dialog.get_by_role("button", name="Create").click()
    stage.told("Spara som uppföljning", dialog)
    expect(dialog.locator("textarea").first).to_have_value("Eleverna valde böcker själva.")
    stage.keep("spara-som-uppfoljning")
    stage.press("Spara", dialog)
    expect(dialog.locator("textarea")).to_have_count(0)
    assert stage.playground.answers()[-1]["task"]["type"] == "message"
    dialog.get_by_role("button").first.click()
    stage.told("Sparat som anteckning")
    stage.told("”Eleverna valde böcker själva.”")


def test_the_playground_listens_on_this_machine_only(stage: Stage) -> None:
    """As `/proc/net` tells it: an address in hexadecimal, 0A for listening."""
    port = f"{urlsplit(stage.playground.address).port:04X}"
    tables = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
    rows = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    at = {row[1].partition(":")[0] for row in rows if row[1].endswith(f":{port}") and row[3] == "0A"}
    assert at == {"0100007F"}
