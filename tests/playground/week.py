"""The main job, step by step: a fortnight's question from Pia's plan to the rektor's reply, by real clicks.

Lena, Pia and Rut have a window each; Omar and Sam have none.
"""

from datetime import datetime

from playwright.sync_api import Locator, expect

from bot.rehearsal.provrum import ZONE
from tests.playground.stage import Stage
from tests.playground.window import ALONE, Window

THURSDAY = datetime(2026, 11, 26, 15, 15, tzinfo=ZONE)
FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=ZONE)
GOOD, OTHERWISE = "Vad i undervisningen fungerade bra", "Vad i undervisningen vill ni"
VOICES = "Vad säger eleverna själva"
WHAT_NOW, REASON = "Vad vill du göra med texten?", "Skäl"
ASKED = "Ta det på mötet"
"""A button that only the question has."""

NUMBER, PHONE = "20121230-2382", "070-174 06 05"
AUTHOR = "Många nämner Astrid som favorit."
HURRIED = "Gruppen hann inte samtala om texterna."
REPLY = "Ni får använda biblioteket på tisdagar."


def pia_plans(pia: Window) -> None:
    """A processledare says when in plain Swedish, is shown the dates, and says yes."""
    pia.go(ALONE)
    pia.say("/avstämning varannan torsdag 15.15")
    pia.told("När kommer frågorna?")
    pia.choose("Arbetslag 4–6")
    pia.choose("Var och en för sig")
    pia.press("Visa datumen")
    pia.told("26 november (v. 48), 10 december (v. 50)")
    pia.press("Ja, spara")
    pia.told("Första frågan kommer torsdag 26 november kl. 15.15.")


def lena_looks_and_closes(lena: Window) -> None:
    """The form stands where the question stood, and the question comes back."""
    lena.press("Svara", lena.thread("0 av 4 har svarat"))
    opened = lena.thread(GOOD)
    expect(opened.get_by_text("0 av 4 har svarat")).to_have_count(0)
    lena.keep("formular")
    lena.press("Stäng", opened)
    lena.told("0 av 4 har svarat")
    expect(lena.page.get_by_label(GOOD)).to_have_count(0)


def lena_answers(lena: Window) -> None:
    """What must be there, and what is about one person: masked, kept with a reason, changed."""
    lena.press("Svara", lena.thread("0 av 4 har svarat"))
    form = lena.thread(GOOD)
    lena.press("Spara", form)
    lena.told("Det här behöver ett svar.", form)
    lena.choose("Delvis", form)
    form.get_by_label(GOOD).fill(f"Eleven med {NUMBER} läste högt varje dag.")
    form.get_by_label(VOICES).fill(AUTHOR)
    lena.press("Spara", form)
    lena_masks_and_keeps(lena, form)
    lena.told("Dina svar gav några frågor till.")
    form = lena.thread(OTHERWISE)
    form.get_by_label(OTHERWISE).fill(f"Ring mig på {PHONE} om texterna.")
    lena.press("Spara", form)
    lena.told("Det ser ut som ett telefonnummer.", form)
    form.get_by_label(OTHERWISE).fill(HURRIED)
    lena.press("Spara", form)
    progress(lena, 1)
    assert ASKED in str(lena.playground.answers()[-1]["value"])
    lena.told("Sparat. Så här står det nu")
    lena.told("personnummer borttaget")
    lena.told(f"”{AUTHOR}”")
    lena.told(f"”{HURRIED}”")
    assert not [post for post in lena.playground.posts() if NUMBER in str(post) or PHONE in str(post)]


def lena_masks_and_keeps(lena: Window, form: Locator) -> None:
    lena.told("Det ser ut som ett personnummer.", form)
    lena.told("Det ser ut som ett namn.", form)
    lena.keep("personuppgifter")
    form.get_by_role("radio", name="Maskera").first.check()
    lena.choose("Spara ändå", form)
    lena.press("Spara", form)
    lena.told("Skriv ett skäl för att spara ändå.", form)
    form.get_by_label(REASON).fill("Det är en författare.")
    lena.press("Spara", form)


def others_answer(stage: Stage) -> None:
    """Omar by words in the thread, Sam by a button: Lena sees the question itself change."""
    stage.colleague("omar").say("Eleverna hjälpte varandra.", ASKED)
    progress(stage.lena, 2)
    stage.colleague("sam").press("Inget nytt")
    progress(stage.lena, 3)


def progress(lena: Window, answered: int) -> None:
    said = lena.thread(ASKED).get_by_text(f"{answered} av 4 har svarat", exact=True)
    expect(said).to_be_visible()


def lena_writes_in_the_thread(lena: Window) -> None:
    thread = lena.thread(ASKED)
    lena.say("Fler elever vågar läsa högt nu.", thread, to_bot=True)
    lena.told("Sparat som anteckning", thread)
    lena.told("”Fler elever vågar läsa högt nu.”", thread)


def causes_are_sought(lena: Window) -> None:
    """An orsaksanalys in a thread of its own: a result, a cause, back, pause, and on again."""
    lena.post("orsaksanalys")
    lena.told("Vilket resultat vill ni förstå?")
    lena.press("Välj resultat")
    form = lena.thread("Resultat i ert underlag")
    lena.choose(HURRIED, form)
    lena.press("Börja", form)
    asked = f"Vad tror ni ligger bakom ”{HURRIED.removesuffix('.')}”?"
    lena.told(asked)
    lena.say("Vi läser högt i par.", lena.thread(asked), to_bot=True)
    thread = lena.thread("Vad hör ”Vi läser högt i par” närmast till?")
    lena.stands("närmast till?", thread)
    for button, then in (
        ("Undervisningen", "Hur mycket kan ni själva påverka ”Vi läser högt i par”?"),
        ("Backa", "Det här står nu:"),
        ("Arbetssätten", "Lena Berg svarade: Arbetssätten"),
        ("Pausa", "Samtalet är pausat"),
    ):
        lena.press(button, thread)
        lena.stands(then, thread)
    lena.keep("pausat")
    lena.press("Fortsätt", thread)
    expect(thread.get_by_role("button", name="Delvis", exact=True)).to_be_visible()
    lena.keep("orsaksanalys")


def rut_reads_and_replies(rut: Window) -> None:
    """The week's summary comes by itself; what the rektor replies must not point anyone out either."""
    rut.told("Veckan på Björkskolan, v. 48")
    rut.keep("veckan")
    rut.press("Svara arbetslaget")
    rut.choose("Hela veckan: Arbetslag 4–6")
    rut.page.get_by_label("Ditt svar").fill(REPLY)
    rut.press("Skicka svaret")
    rut.told("Sparat. Svaret är på väg till Arbetslag 4–6.")
