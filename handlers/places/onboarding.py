"""The bot was let into a channel: it says what it is, who sees what, and how a question looks."""

from bot.domain.check_in import CheckIn, Standing
from bot.domain.effects.check_in import RoundShown, asking
from bot.domain.events import BotAdded
from bot.domain.school import Skolform, channel_of
from bot.domain.value import ArbetslagId
from bot.messages.model import Quiet, Response, Say, Section, Small
from bot.messages.phrasing.check_ins import phrase as phrase_round
from bot.messages.phrasing.onboarding import access_table, welcome
from bot.messages.tokens import Token
from handlers.places import channels as places
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.post.inbox import take_a_while
from storage.post.outbox import Promised, promise, unpark
from storage.unit import UnitOfWork


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
            concerns="welcome",
            place=channel_of(event.where),
            message=welcome(team.name if team else "", prompts.texts),
            not_before=event.at,
        ),
    )
    return Quiet()


def on_who_sees(scene: Scene, _token: Token) -> Response:
    return Say(message=access_table(scene.texts))


def on_example(scene: Scene, _token: Token) -> Response:
    """A question as it may look, made by the same renderer as the real one."""
    team = scene.arbetslag_here()
    skolform = team.skolform if team else next(iter(scene.school.skolformer), Skolform.GRUNDSKOLA)
    try:
        pack = scene.prompts.packs.for_check_in(skolform, 0, scene.calendar.local(scene.at).month)
    except KeyError:
        return say(scene.texts.common.gone)
    example = CheckIn(
        id="example",
        plan=None,
        school=scene.school.id,
        arbetslag=team.id if team else ArbetslagId("example"),
        pack=pack.key,
        answers="together",
        planned=scene.calendar.local(scene.at).replace(tzinfo=None),
        opened_at=scene.at,
        expected=(),
        minutes=pack.minutes,
    )
    shown = RoundShown(
        check_in=example, asking=asking(pack), standing=Standing(answered=0, asked=1), preview=True
    )
    message = phrase_round(shown, scene.ours)
    texts = scene.texts.onboarding
    blocks = (Section(text=message.title), *message.blocks, Small(text=texts.example_hint))
    return Say(message=message.model_copy(update={"title": texts.example_title, "blocks": blocks}))


PRESSES: Presses = {"who_sees": on_who_sees, "show_example": on_example}
