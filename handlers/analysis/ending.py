"""*Avsluta*: an analysis that nobody goes on with ends without causes; what was answered stays."""

from bot.domain.access import may
from bot.domain.analysis.agreed import Analysis
from bot.domain.conversation.dialogue import Dialogue
from bot.messages.model import Response, Say
from bot.messages.phrasing import analysis as phrasing
from bot.messages.tokens import Token
from handlers.conversations.doors import texts_of
from handlers.scene import Scene, say
from storage.said.analyses import load_analysis, save_analysis


def end_analysis(scene: Scene, token: Token) -> Response:
    """Say what it means first: an analysis that has ended is not opened again."""
    analysis = load_analysis(scene.unit, token.subject)
    team = scene.roster.arbetslag.get(analysis.arbetslag) if analysis else None
    if analysis is None or team is None:
        return say(scene.texts.common.gone)
    mine = analysis.together or analysis.started_by == scene.me.id
    if not mine or not may(scene.me, "lead_analysis", team):
        return say(scene.texts.common.not_allowed)
    if analysis.state != "open":
        return say(scene.texts.analysis.over_already)
    return Say(message=phrasing.end_asked(analysis, scene.texts))


def on_ended(scene: Scene, dialogue: Dialogue, analysis: Analysis) -> None:
    """Keep that it ended, and take the buttons off its opening; what was agreed before stands."""
    if analysis.state != "open":
        return
    now = analysis.model_copy(update={"state": "closed", "version": analysis.version + 1})
    save_analysis(scene.unit, now, was=analysis.version)
    root, about = f"analysis:{analysis.id}", f"conversation:{dialogue.id}"
    ended = phrasing.ended(now, scene.me.name, texts_of(scene, dialogue))
    scene.tell(ended, dialogue.place, key=f"{root}:ended", concerns=about, replacing=root)
