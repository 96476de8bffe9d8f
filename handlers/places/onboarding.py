"""The bot was let into a channel: it says what it is, who sees what, and how a question looks."""

from datetime import datetime

from bot.domain.check_in import CheckIn, Standing
from bot.domain.effects.check_in import RoundShown, asking
from bot.domain.events import BotAdded
from bot.domain.school import Place, Skolform, channel_of
from bot.domain.value import ArbetslagId, SchoolId
from bot.messages.model import Quiet, Response, Say, Section, Small
from bot.messages.phrasing.check_ins import phrase as phrase_round
from bot.messages.phrasing.onboarding import access_table, welcome
from bot.messages.texts import Texts
from bot.messages.tokens import Token
from handlers.places import channels as places
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.post.inbox import take_a_while
from storage.post.outbox import Promised, promise, unpark
from storage.post.shown import newest_about
from storage.unit import UnitOfWork

WELCOME = "welcome"


def on_added(event: BotAdded, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Two sentences and three buttons, or a return. What waited for this channel goes out now."""
    team = unit.roster.arbetslag_at(event.where)
    if team and team.silenced and event.at < team.silenced.since:
        return Quiet()  # it was removed since
    unpark(unit, event.where, event.at)
    again = not take_a_while(unit, f"added:{event.where.platform}:{event.where.address}", event.at)
    if team:
        places.come_back(unit, prompts, team, event.at)
    if again or (team and team.silenced):
        return Quiet()
    promise(
        unit,
        Promised(
            key=f"welcome:{event.id}",
            message_class="critical",
            concerns=WELCOME,
            place=channel_of(event.where),
            message=welcome(team.name if team else "", prompts.texts),
            not_before=event.at,
        ),
    )
    return Quiet()


def greet_anew(scene: Scene, place: Place, arbetslag: str) -> None:
    """Let the introduction in a channel say whose it is now; "" when it is nobody's any more."""
    if key := newest_about(scene.unit, place, WELCOME):
        message = welcome(arbetslag, scene.ours)
        scene.tell(message, place, key=f"{key}:{scene.event_id}", concerns=WELCOME, replacing=key)


def on_who_sees(scene: Scene, _token: Token) -> Response:
    return Say(message=access_table(scene.texts))


def on_example(scene: Scene, _token: Token) -> Response:
    team = scene.arbetslag_here()
    skolform = team.skolform if team else next(iter(scene.school.skolformer), Skolform.GRUNDSKOLA)
    return example(scene.prompts, skolform, scene.calendar.local(scene.at), scene.texts)


def example(prompts: Prompts, skolform: Skolform, local: datetime, texts: Texts) -> Response:
    """A question as it may look, made by the same renderer as the real one."""
    try:
        pack = prompts.packs.for_check_in(skolform, 0, local.month)
    except KeyError:
        return say(texts.common.gone)
    asked = CheckIn(
        id="example",
        plan=None,
        school=SchoolId("example"),
        arbetslag=ArbetslagId("example"),
        pack=pack.key,
        answers="together",
        planned=local.replace(tzinfo=None),
        opened_at=local,
        expected=(),
        minutes=pack.minutes,
    )
    shown = RoundShown(
        check_in=asked, asking=asking(pack), standing=Standing(answered=0, asked=1), preview=True
    )
    message, said = phrase_round(shown, prompts.texts), texts.onboarding
    blocks = (Section(text=message.title), *message.blocks, Small(text=said.example_hint))
    return Say(message=message.model_copy(update={"title": said.example_title, "blocks": blocks}))


PRESSES: Presses = {"who_sees": on_who_sees, "show_example": on_example}
