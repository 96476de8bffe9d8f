"""What is called alike is not the same: each errand has a file of its own, and writes over no other's."""

import asyncio

from sqlalchemy import update

from bot.domain.errands_files import Filed, own_name
from storage import tables
from storage.errands.kept import kept
from storage.unit import UnitOfWork
from tests.graph.agreed import agree
from tests.graph.fake import FakeGraph
from tests.graph.stage import Stage
from tests.graph.test_calls import HERS, ours
from tests.graph.test_reports import FILE, REPORTS, rounds, told, written

LONG = "Färre elever än väntat når godkända betyg i matematik i årskurs 6, och det gäller särskilt "


def test_names_alike_but_for_their_signs_or_their_ends_are_two() -> None:
    area = "Björkskolan, Rosendals rektorsområde med förskoleklass, fritidshem och grundskola årskurs "
    for one, other in (("Björkskolan: F–3", "Björkskolan F–3"), (f"{area}1–3", f"{area}4–6"), ("F–3", "F–3")):
        assert own_name(one, "Skola", "school-a") != own_name(other, "Skola", "school-b")


def test_two_long_findings_agreed_in_the_same_minute_are_two_files() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage, "Flickorna får färre ord", key="01a", result=f"{LONG}flickor")
            await agree(stage, "Pojkarna läser mindre", key="01b", result=f"{LONG}pojkar")
            await rounds(stage)
            pages = [written(stage, file) for file in stage.graph.cloud.files]
            assert len(pages) == 2
            assert "Flickorna får färre ord" in pages[0]
            assert "Pojkarna läser mindre" in pages[1]
            assert len(told(stage)) == 2

    asyncio.run(play())


def test_a_file_of_ours_that_this_errand_did_not_write_is_let_be() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            first = await graph.put_file(HERS, "v47.docx", b"skola A")
            other = await graph.put_file(HERS, "v47.docx", b"skola B")
            assert [first.beside, other.beside] == [False, True]
            await graph.put_file(HERS, "v47.docx", b"skola A, utan en rad", first)
            assert list(fake.cloud.files.values()) == [b"skola A, utan en rad", b"skola B"]
            assert not fake.wrong

    asyncio.run(play())


def test_a_file_that_was_named_otherwise_before_is_still_the_one_that_is_written_over() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage)
            await rounds(stage)
            cloud, old = stage.graph.cloud, FILE.replace(" (8b1bf7)", "")
            cloud.files[old] = cloud.ours[old] = cloud.files.pop(FILE)

            def named_as_before(unit: UnitOfWork) -> None:
                (known,) = kept(unit, "report").values()
                filed = Filed.of(known.reference)
                assert filed
                path = filed.file.path.replace(" (8b1bf7)", "")
                file = filed.file.but(item=f"f{old.encode().hex()}", path=path)
                told = filed.but(file=file).model_dump_json()
                unit.change(
                    update(tables.errand).where(tables.errand.c.key == known.key).values(reference=told)
                )

            await stage.run(named_as_before)
            await agree(stage, "Vi har för få böcker hemma")
            await rounds(stage)
            assert list(cloud.files) == [old]
            assert "för få böcker" in written(stage, old)

    asyncio.run(play())
