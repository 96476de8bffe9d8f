from bot.domain.analysis.agreed import Agreed, Analysis
from bot.domain.analysis.causes import Cause, Finding
from bot.domain.value import ArbetslagId, PersonId
from bot.rehearsal import example
from storage.said.analyses import save_agreed, save_analysis
from tests.handlers.report_stage import HEALTH, Stage, words

CAUSE = Cause(path="orsak.1", result="Läsningen", text="Eleverna läser sällan hela böcker", strength="visst")


def agree(stage: Stage, team: ArbetslagId, key: str, *, done: bool = True) -> None:
    """An arbetslag's analysis, agreed on or only begun."""
    finding = Finding(id=f"f-{key}", arbetslag=team, text=f"Resultat {key}", at=stage.at, sign="bekymrar")
    analysis = Analysis(
        id=key,
        school=example.SCHOOL,
        arbetslag=team,
        finding=finding,
        conversation=f"c-{key}",
        started_by=PersonId("sam"),
        created_at=stage.at,
    )
    with stage.store.begin() as unit:
        save_analysis(unit, analysis, was=None)
    if done:
        after = analysis.model_copy(update={"state": "done", "ranked": (1,), "version": 2})
        with stage.store.begin() as unit:
            agreed = Agreed(after, {1: CAUSE}, (1,), (), ())
            save_agreed(unit, agreed, stage.at, was=1)


def test_open_causes_and_results_without_any_show_to_who_may_read() -> None:
    stage = Stage()
    agree(stage, example.TEAM_46, "a")
    agree(stage, example.TEAM_46, "b", done=False)
    for who in ("lena", "rut"):
        said = words(stage.command(who, "/nuläge"))
        assert "Eleverna läser sällan hela böcker – stöd: visst. Gäller: Läsningen" in said
        assert "Orsaksanalysen är inte klar än: Resultat b." in said
    hidden = words(stage.command("pia", "/nuläge"))
    assert "En orsaksanalys är inte klar än." in hidden
    assert "Resultat b" not in hidden
    assert "Eleverna läser" not in hidden
    assert "Eleverna läser" not in words(stage.command("vide", "/nuläge"))


def test_new_causes_come_once_in_the_summary_and_never_from_elevhalsan() -> None:
    stage = Stage()
    stage.add_elevhalsa()
    agree(stage, example.TEAM_46, "a")
    agree(stage, HEALTH, "b")
    said = words(stage.command("rut", "/veckan"))
    assert "• Arbetslag 4–6: Eleverna läser sällan hela böcker – stöd: visst" in said
    assert "Elevhälsan:" not in said
    stage.due()
    assert "Nya förklaringar" in stage.promised("summary:")["summary:bjorkskolan:202648:rut"]
    agree(stage, HEALTH, "c", done=False)
    assert "Resultat c" not in words(stage.command("rut", "/nuläge"))
    assert "Resultat c" in words(stage.command("eli", "/nuläge"))
