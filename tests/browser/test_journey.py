"""The whole job by real clicks in several windows, with the real bot: plan, answer, analyse, read, reply."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TOKEN, Open
from tests.browser.journey import NUMBER, Keep, choose, press, say, submit, told, wind
from tests.browser.real import KeptSchool

CHANNEL, DIRECT = "/kanal/arbetslag-4-6", "/direkt"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[KeptSchool]:
    kept = KeptSchool(tmp_path, TOKEN)
    yield kept
    kept.stop()


def test_a_whole_round(school: KeptSchool, opened: Open, keep: Keep) -> None:
    def window(who: str, path: str = CHANNEL) -> Page:
        return opened(school.address, who, path, viewport={"width": 1280, "height": 860})

    lena, omar, pia, rut = window("lena"), window("omar"), window("pia", DIRECT), window("rut", DIRECT)
    told(lena, "Hej! Jag ställer korta frågor till ert arbetslag.")
    press(lena, "Visa vem som ser vad")
    expect(lena.get_by_role("table", name="Vad var och en får göra")).to_be_in_viewport()
    keep(lena, "verklig-vem-ser-vad")
    pia_plans(pia, keep)
    told(lena, "Ni får en kort fråga varannan torsdag kl. 15.15.")
    wind(pia, "Nästa avstämning")
    for page in (lena, omar):
        expect(page.locator("[data-clock]")).to_contain_text("26 november")
        told(page, "0 av 4 har svarat")
    keep(lena, "verklig-fraga")
    lena_answers_and_is_stopped(lena, keep)
    told(omar, "1 av 4 har svarat")
    expect(omar.locator("body")).not_to_contain_text("Så här står det nu")
    omar_answers(omar)
    told(lena, "2 av 4 har svarat")
    sam = window("sam")
    press(sam, "Inget nytt")
    told(lena, "3 av 4 har svarat")
    sam_leads_an_analysis(sam, lena, pia, keep)
    rut_asks_and_shares(rut, lena, keep)
    friday_comes(rut, lena, keep)
    sara = window("sara", DIRECT)
    wind(rut, day="2026-11-30", time="15.15")
    told(sara, "Det finns en fråga till dig i Arbetslag 4–6")
    keep(sara, "verklig-paminnelse")
    for page in (lena, omar):
        expect(page.locator(".room .log")).not_to_contain_text("Det finns en fråga till dig")
        expect(page.locator(".room .log")).not_to_contain_text("Sara Lind")


def pia_plans(pia: Page, keep: Keep) -> None:
    say(pia, "/avstämning varannan torsdag 15.15")
    expect(pia.get_by_role("textbox", name="När")).to_have_value("varannan torsdag 15.15")
    choose(pia, "Arbetslag 4–6")
    choose(pia, "Var och en för sig")
    submit(pia)
    told(pia, "Varannan torsdag kl. 15.15: 26 november (v. 48), 10 december (v. 50)")
    keep(pia, "verklig-plan")
    press(pia, "Ja, spara")
    told(pia, "Sparat. Första frågan kommer torsdag 26 november kl. 15.15.")


def lena_answers_and_is_stopped(lena: Page, keep: Keep) -> None:
    press(lena, "Svara")
    keep(lena, "verklig-formular")
    choose(lena, "Delvis")
    good = lena.get_by_role("textbox", name="Vad i undervisningen fungerade bra")
    good.fill(f"Eleven med {NUMBER} vill läsa mer.")
    submit(lena)
    expect(lena.locator("dialog")).to_contain_text("Det ser ut som ett personnummer.")
    expect(good).to_be_focused()
    expect(lena.get_by_role("radio", name="Maskera")).to_be_in_viewport()
    keep(lena, "verklig-personnummer")
    choose(lena, "Maskera")
    submit(lena)
    other = lena.get_by_role("textbox", name="Vad i undervisningen vill ni göra på ett annat sätt")
    other.fill("Gruppen hann inte samtala om texterna.")
    submit(lena)
    expect(lena.locator("dialog")).to_be_hidden()
    told(lena, "Eleven med [personnummer borttaget] vill läsa mer.")
    expect(lena.locator("body")).not_to_contain_text(NUMBER)
    keep(lena, "verklig-sparat")


def omar_answers(omar: Page) -> None:
    press(omar, "Svara")
    choose(omar, "Mycket väl")
    omar.get_by_role("textbox", name="Vad säger eleverna").fill("Många vill läsa mer tillsammans.")
    submit(omar)
    told(omar, "Sparat.")


def sam_leads_an_analysis(sam: Page, lena: Page, pia: Page, keep: Keep) -> None:
    say(sam, "/orsaksanalys")
    press(sam, "Välj resultat")
    sam.get_by_label("Eget resultat").fill("Läsförståelsen sjönk i åk 5")
    submit(sam)
    told(lena, "Orsaksanalys: Läsförståelsen sjönk i åk 5")
    wind(pia, day="2026-11-26", time="15.17")
    for page in (sam, lena):
        page.locator(".room .replies").last.click()
        told(page, "Vad tror ni ligger bakom", ".thread")
    say(lena, "Vi samtalar för lite om texterna", "#skriv-trad")
    told(sam, "Lena Berg svarade", ".thread")
    press(sam.locator(".thread"), "Undervisningen")
    told(lena, "Hur mycket kan ni själva påverka", ".thread")
    press(lena.locator(".thread"), "Helt")
    told(sam, "Vad bygger ni förklaringen på?", ".thread")
    keep(sam, "verklig-trad")
    for page in (sam, lena):
        page.get_by_role("link", name="Stäng tråden").click()
        expect(page.locator(".thread")).to_have_count(0)


def rut_asks_and_shares(rut: Page, lena: Page, keep: Keep) -> None:
    say(rut, "/nuläge")
    told(rut, "Nuläge för Björkskolan")
    expect(rut.get_by_role("heading", name="Nuläge för Björkskolan")).to_be_in_viewport()
    keep(rut, "verklig-nulage")
    press(rut, "Dela i kanalen")
    choose(rut, "Arbetslag 4–6")
    submit(rut)
    told(lena, "Rut Alm delar: Nuläge för Björkskolan")


def friday_comes(rut: Page, lena: Page, keep: Keep) -> None:
    wind(rut, "Veckans sammanfattning")
    told(rut, "Veckan på Björkskolan, v. 48")
    keep(rut, "verklig-vecka")
    press(rut, "Svara arbetslaget")
    rut.get_by_label("Ditt svar").fill("Tack. Ni får en timme på studiedagen.")
    submit(rut)
    told(lena, "Tack. Ni får en timme på studiedagen.")
    keep(lena, "verklig-svar")
