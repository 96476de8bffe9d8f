"""The bot was let into a channel: it says what it is, and somebody ties the channel to an arbetslag."""

from bot.domain.access import may
from bot.domain.calendar.swedish_dates import say_list
from bot.domain.check_in import CheckIn, Standing
from bot.domain.effects.check_in import RoundShown, asking
from bot.domain.events import BotAdded
from bot.domain.school import Place, Skolform
from bot.domain.value import ArbetslagId
from bot.messages.model import Message, Open, Quiet, Response, Say, Section, Small
from bot.messages.phrasing.check_ins import phrase as phrase_round
from bot.messages.phrasing.onboarding import AdoptAsked, access_table, adopt_form, tied, welcome
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.scene import Forms, Presses, Scene, Values, say
from handlers.schedules import wishes as schedules
from prompts.book import Prompts
from storage.founding import change_arbetslag
from storage.outbox import Promised, promise, unpark
from storage.unit import UnitOfWork


def on_added(event: BotAdded, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Two sentences and three buttons. What waited for this channel goes out now."""
    unpark(unit, event.where, event.at)
    team = unit.roster.arbetslag_at(event.where)
    promise(
        unit,
        Promised(
            key=f"welcome:{event.id}",
            message_class="critical",
            concerns="welcome",
            place=_channel(event.where),
            message=welcome(team.name if team else "", prompts.texts),
            not_before=event.at,
        ),
    )
    return Quiet()


def _channel(where: Place) -> Place:
    """The channel itself: no thread, and for everybody in it."""
    return Place(platform=where.platform, address=where.address)


def on_begin(scene: Scene, _token: Token) -> Response:
    """`Börja` opens the form for who may; others hear who can."""
    return _refused(scene) or _ask(scene, AdoptAsked(teams=()))


def _refused(scene: Scene) -> Say | None:
    texts = scene.texts.onboarding
    if not may(scene.me, "adopt_channel", scene.school):
        who = say_list(scene.planners())
        return say(fill(texts.who_begins, who=who) if who else texts.nobody_begins)
    direct = {
        (one.direct.platform, one.direct.address) for one in scene.roster.persons.values() if one.direct
    }
    if (scene.where.platform, scene.where.address) in direct:
        return say(texts.only_channel)
    return None


def _ask(scene: Scene, asked: AdoptAsked) -> Open:
    teams = tuple((team.id, team.name) for team in scene.roster.arbetslag_of(scene.school.id))
    here = scene.roster.arbetslag_at(scene.where)
    chosen = asked.arbetslag or (here.id if here else "")
    asked = asked.model_copy(update={"teams": teams, "arbetslag": chosen})
    return Open(form=adopt_form(asked, scene.texts))


def on_adopted(scene: Scene, _token: Token, values: Values) -> Response:
    """Tie the channel to an arbetslag; a time that was written is echoed like any other."""
    if refused := _refused(scene):
        return refused
    given = {key: (chosen or ("",))[0].strip() for key, chosen in values.items()}
    team = scene.roster.arbetslag.get(ArbetslagId(given.get("arbetslag", "")))
    if team is None or not may(scene.me, "adopt_channel", team):
        return say(scene.texts.common.not_allowed)
    here = scene.roster.arbetslag_at(scene.where)
    if here is not None and here.id != team.id:
        return say(fill(scene.texts.onboarding.taken, arbetslag=here.name))
    when = given.get("when", "")
    if here is None:
        if team.place is not None:
            left = Message(title=fill(scene.texts.onboarding.left, arbetslag=team.name))
            key = f"left:{team.id}:{scene.event_id}"
            scene.inform(left, team.place, key=key, concerns=f"arbetslag:{team.id}")
        team = team.model_copy(update={"place": _channel(scene.where)})
        change_arbetslag(scene.unit, team)
        news = tied(team.name, scene.texts, planned=True)
        key = f"tied:{team.id}:{scene.event_id}"
        scene.tell(news, _channel(scene.where), key=key, concerns=f"arbetslag:{team.id}")
    if when:
        return schedules.understand(scene, team, when)
    return Say(message=tied(team.name, scene.texts, planned=False))


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
    message = phrase_round(shown, scene.texts)
    texts = scene.texts.onboarding
    blocks = (Section(text=message.title), *message.blocks, Small(text=texts.example_hint))
    return Say(message=message.model_copy(update={"title": texts.example_title, "blocks": blocks}))


PRESSES: Presses = {"begin": on_begin, "who_sees": on_who_sees, "show_example": on_example}
FORMS: Forms = {"adopt_form": on_adopted}
