"""An arbetslag that has agreed on a cause, and hears it in its channel."""

from bot.domain.analysis.agreed import Analysis, agreed
from bot.domain.analysis.causes import Cause, Finding
from bot.domain.school import Place
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.phrasing import analysis_post as phrasing
from bot.messages.phrasing.analysis_post import Post
from bot.rehearsal.example import SCHOOL, TEAM_46
from storage.post.outbox import Promised, promise
from storage.said.analyses import latest_causes, load_analysis, save_agreed, save_analysis
from storage.unit import UnitOfWork
from tests.graph.stage import Stage, spelled
from tests.play import prompts

RESULT = "Färre hinner läsa klart i åk 4/5"
CAUSE = "Vi byter lokal mitt i passet"


async def agree(
    stage: Stage,
    *causes: str,
    key: str = "01a",
    team: ArbetslagId = TEAM_46,
    shared: bool = True,
    result: str = RESULT,
) -> None:
    """Let everything follow that follows in the channel: the post is said, and stands there."""

    def keep(unit: UnitOfWork) -> None:
        before = load_analysis(unit, key)
        analysis = before or _begun(stage, key, team, result, shared=shared)
        if before is None:
            save_analysis(unit, analysis, was=None)
        listed = [
            Cause(path=f"orsak.{number}", result=result, text=text)
            for number, text in enumerate(causes or (CAUSE,), 1)
        ]
        now = agreed(analysis, listed, latest_causes(unit, (key,)).get(key, {}))
        save_agreed(unit, now, stage.now, was=analysis.version)
        post = Post(
            now.analysis, tuple(now.causes.values()), prompts().packs["orsaksanalys"], "4–6", "Sam Ek"
        )
        place = Place(platform="teams", address=spelled(f"#{team}"))
        message = phrasing.final(post, prompts().texts, own=False)
        about = f"analysis:{key}:post:{now.analysis.version}"
        if shared:
            promise(unit, Promised(about, "critical", f"conversation:{key}", place, message, stage.now))

    await stage.run(keep)
    await stage.app.settle()


def _begun(stage: Stage, key: str, team: ArbetslagId, result: str, *, shared: bool) -> Analysis:
    finding = Finding(id=f"{key}-resultat", arbetslag=team, text=result, at=stage.now, sign="bekymrar")
    return Analysis(
        id=key,
        school=SCHOOL,
        arbetslag=team,
        finding=finding,
        conversation=f"c-{key}",
        started_by=PersonId("sam"),
        together=shared,
        shared=shared,
        created_at=stage.now,
    )
