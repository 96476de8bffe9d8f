"""What a summary's file says: the words that were sent, without those that were taken back since."""

import asyncio
import io
from datetime import timedelta

import docx

from bot.domain.notes import Note, week_number
from bot.domain.school import Role
from bot.domain.value import PersonId
from bot.platforms.links import host_of
from bot.rehearsal.example import SCHOOL, TEAM_46
from handlers.errands.here import Chosen
from storage.people.founding import change_person, change_school
from storage.said.notes import add_note, load_note, remove_note
from storage.unit import UnitOfWork
from tests.graph.fake import Fault
from tests.graph.stage import Stage, aad
from tests.graph.test_links import links_to
from tests.graph.test_side import EVERYTHING, FILE, until_friday

WORDS = {"note-1": "Halvklassen gav lugn", "note-2": "Vi behöver fler vuxna på fredagar"}


def written(stage: Stage, file: str = FILE) -> str:
    page = docx.Document(io.BytesIO(stage.graph.cloud.files[file]))
    return "\n".join(line.text for line in page.paragraphs)


async def notes(stage: Stage) -> None:
    """Lena writes two notes, and raises the second to the rektor."""

    def write(unit: UnitOfWork) -> None:
        for key, text in WORDS.items():
            note = Note(
                id=key,
                school=SCHOOL,
                arbetslag=TEAM_46,
                author=PersonId("lena"),
                week=week_number(stage.now),
                text=text,
                sign="neutral",
                aspect="process",
                state="raised" if key == "note-2" else "shared",
                created_at=stage.now,
            )
            add_note(unit, note)

    await stage.run(write)


async def take_back(stage: Stage, key: str) -> None:
    def remove(unit: UnitOfWork) -> None:
        note = load_note(unit, key)
        assert note
        remove_note(unit, note, PersonId("lena"), stage.now)

    await stage.run(remove)


def test_what_is_taken_back_is_taken_out_of_the_file() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await notes(stage)
            await until_friday(stage)
            await stage.errands()
            assert all(text in written(stage) for text in WORDS.values())
            for number, (key, text) in enumerate(WORDS.items(), 1):
                await take_back(stage, key)
                await stage.errands()
                assert text not in written(stage)
                assert len(stage.graph.made("put_over")) == number

    asyncio.run(play())


def test_after_two_weeks_the_file_is_let_be() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await notes(stage)
            await until_friday(stage)
            await stage.errands()
            stage.now += timedelta(days=15)
            await take_back(stage, "note-1")
            await stage.errands()
            assert len(stage.graph.made("put")) == 1
            assert stage.graph.made("put_over") == []

    asyncio.run(play())


async def roles(stage: Stage, slug: str, *given: Role) -> None:
    def change(unit: UnitOfWork) -> None:
        change_person(unit, unit.roster.persons[PersonId(slug)].model_copy(update={"roles": given}))

    await stage.run(change)


def test_words_leave_the_file_of_who_is_rektor_no_more_and_they_hear_nothing() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await notes(stage)
            await until_friday(stage)
            await stage.errands()
            await roles(stage, "rut")
            await roles(stage, "pia", "processledare", "rektor")
            await take_back(stage, "note-1")
            heard = len(stage.heard("rut"))
            for _ in range(2):
                await stage.errands()
            theirs = FILE.replace(aad("rut"), aad("pia"))
            assert set(stage.graph.cloud.files) == {FILE, theirs}
            for file in (FILE, theirs):
                assert WORDS["note-1"] not in written(stage, file)
                assert WORDS["note-2"] in written(stage, file)
            assert len(stage.heard("rut")) == heard

    asyncio.run(play())


def test_words_leave_the_file_where_it_was_put_whatever_has_a_new_name_or_is_chosen_now() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await notes(stage)
            await until_friday(stage)
            await stage.errands()
            await stage.run(
                lambda unit: change_school(
                    unit, unit.roster.schools[SCHOOL].model_copy(update={"name": "Nya skolan"})
                )
            )
            await take_back(stage, "note-1")
            await stage.errands()
            assert list(stage.graph.cloud.files) == [FILE]
            assert WORDS["note-1"] not in written(stage)
            await stage.side.close()
            stage.chosen = Chosen()
            stage.side = stage.started()
            await take_back(stage, "note-2")
            await stage.errands()
            assert list(stage.graph.cloud.files) == [FILE]
            assert WORDS["note-2"] not in written(stage)

    asyncio.run(play())


def test_what_the_rektor_wrote_is_let_be_and_they_hear_of_the_new_file_once() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await notes(stage)
            await until_friday(stage)
            await stage.errands()
            stage.graph.cloud.files[FILE] = b"with the rektor's own words"
            await take_back(stage, "note-1")
            for _ in range(3):
                await stage.errands()
                stage.now += timedelta(minutes=20)
            assert stage.graph.cloud.files[FILE] == b"with the rektor's own words"
            beside = FILE.replace(".docx", " 1.docx")
            assert WORDS["note-1"] not in written(stage, beside)
            (told,) = [one for one in stage.heard("rut") if "i en ny fil" in one]
            assert "den förra filen" in told
            await take_back(stage, "note-2")
            await stage.errands()
            assert WORDS["note-2"] not in written(stage, beside)
            assert len(stage.graph.cloud.files) == 2

    asyncio.run(play())


def test_a_file_that_is_open_or_a_full_drive_holds_up_no_other() -> None:
    async def play(status: int) -> None:
        async with Stage(EVERYTHING) as stage:
            await notes(stage)
            await roles(stage, "pia", "processledare", "rektor")
            await until_friday(stage)
            stage.graph.faults["put"] = Fault(status, code="resourceLocked")
            await stage.errands()
            assert len(stage.graph.cloud.files) == 1
            stage.now += timedelta(minutes=20)
            await stage.errands()
            assert len(stage.graph.cloud.files) == 2

    for status in (423, 507):
        asyncio.run(play(status))


def test_each_of_two_rektors_hears_where_their_own_file_is() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await roles(stage, "pia", "processledare", "rektor")
            await until_friday(stage)
            await stage.errands()
            assert len(stage.graph.cloud.files) == 2
            for slug in ("rut", "pia"):
                (link,) = [one for one in links_to(stage, slug) if one.endswith(".docx")]
                assert link == stage.graph.cloud.link(FILE.replace(aad("rut"), aad(slug)))

    asyncio.run(play())


def test_who_asks_for_a_copy_of_it_is_told_where_the_file_lies_and_no_other_rektor_is() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await until_friday(stage)
            await stage.press("rut", "summary_file", "202647")
            await stage.errands()
            assert "Öppna den som Word-fil" not in copy_of(stage, "rut"), "it did not lie there yet"
            stage.now += timedelta(minutes=3)
            await stage.press("rut", "summary_file", "202647")
            await stage.press("rut", "summary_file", "202646")
            await roles(stage, "pia", "rektor")
            await stage.press("pia", "summary_file", "202647")
            await stage.app.settle()
            assert "Öppna den som Word-fil" in copy_of(stage, "rut")
            assert host_of(stage.graph.cloud.link(FILE)), "a link that Graph gives can be followed"
            assert "Öppna den som Word-fil" not in copy_of(stage, "pia"), "it lies in Rut's own drive"

    asyncio.run(play())


def copy_of(stage: Stage, slug: str) -> str:
    """The newest copy that they were given, as it is read."""
    return [said for said in stage.heard(slug) if said.startswith("Din kopia")][-1]
