"""*Hämta en kopia*: what somebody has before them, in their own chat: a Word file, or its words."""

from bot.domain.access import may
from bot.domain.school import Arbetslag
from bot.messages.model import Message, Response
from bot.messages.phrasing.documents import Belongs, as_file
from bot.messages.tokens import Token
from handlers.errands.summaries import filed_for
from handlers.reports import current_state, weekly
from handlers.scene import Presses, Scene, say
from storage.moments import a_while
from storage.post.outbox import standing_of


def on_summary(scene: Scene, token: Token) -> Response:
    """The rektor's summary, as it may be read now."""
    if not may(scene.me, "read_summary", scene.school):
        return say(scene.texts.common.not_allowed)
    if _is_coming(scene, token):
        return say(scene.texts.documents.is_coming)
    message = weekly.summary_of(scene, token.subject)
    if message is None:
        return say(scene.texts.documents.gone)
    filed = filed_for(scene.unit, scene.me, token.subject)
    return _hand_over(scene, token, message, filed=filed)


def on_state(scene: Scene, token: Token) -> Response:
    """Where an arbetslag or the school stands, counted anew."""
    if _is_coming(scene, token):
        return say(scene.texts.documents.is_coming)
    scope = current_state.chosen(scene, token)
    message = current_state.picture_of(scene, scope) if scope else None
    if message is None:
        return say(scene.texts.common.not_allowed)
    return _hand_over(scene, token, message, scope.name if isinstance(scope, Arbetslag) else "")


def _keys(scene: Scene, token: Token) -> tuple[str, ...]:
    """What the file is promised as, and was a minute ago: the same button twice in a while gives one file."""
    return a_while(f"file:{scene.me.id}:{token.verb}:{token.subject}", scene.at)


def _is_coming(scene: Scene, token: Token) -> bool:
    return bool(standing_of(scene.unit, _keys(scene, token)))


def _hand_over(
    scene: Scene, token: Token, message: Message, arbetslag: str = "", filed: str = ""
) -> Response:
    """Promise the copy to whoever asked, and to nobody else."""
    said = scene.texts.documents
    if scene.me.direct is None:
        return say(said.no_chat)
    day = scene.calendar.local(scene.at).date()
    belongs = Belongs(school=scene.school.name, arbetslag=arbetslag, day=day)
    held = as_file(message, belongs, scene.texts, filed)
    key = _keys(scene, token)[0]
    scene.tell(held, scene.me.direct, key=key, concerns=f"file:{scene.me.id}")
    return say(said.coming_here if scene.in_own_chat else said.coming)


PRESSES: Presses = {"summary_file": on_summary, "state_file": on_state}
