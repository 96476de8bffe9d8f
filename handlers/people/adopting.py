"""*Börja* where there is a school: a channel gets its arbetslag, an old one or a new, and its people."""

from dataclasses import replace

from bot.domain.access import may
from bot.domain.privacy.free_text import clean
from bot.domain.school import Arbetslag, Skolform, channel_of
from bot.domain.value import ArbetslagId
from bot.messages.model import Message, Open, Response
from bot.messages.phrasing.first_day import NEW, SCHOOL, FormAsked, adopt_form
from bot.messages.phrasing.onboarding import tied
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.people import moving, next_school
from handlers.people.first_day import doubt_in, then_plan, when_in
from handlers.people.joining import add_chosen
from handlers.people.linking import name_errors
from handlers.places import channels as places
from handlers.places.onboarding import greet_anew
from handlers.scene import Forms, Presses, Scene, Values, first, say
from storage.moments import new_id
from storage.people.founding import add_arbetslag, change_arbetslag, change_school
from storage.post.lanes import follow


def on_begin(scene: Scene, _token: Token) -> Response:
    """`Börja`: processledare and rektor tie the channel; others hear who can."""
    return next_school.refused(scene) or _ask(scene, FormAsked())


def _ask(scene: Scene, asked: FormAsked) -> Open:
    here = scene.roster.arbetslag_at(scene.where)
    teams = (here,) if here else scene.roster.arbetslag_of(scene.school.id)
    chosen = {"arbetslag": (here.id,)} if here else {"arbetslag": (NEW,)} if not teams else {}
    asked = replace(asked, values={**chosen, **asked.values})
    return Open(form=adopt_form([(team.id, team.name) for team in teams], asked, scene.texts, free=not here))


def on_adopted(scene: Scene, _token: Token, values: Values) -> Response:
    """Tie the channel to an arbetslag; a time that was written is echoed like any other."""
    if refused := next_school.refused(scene):
        return refused
    given = {key: tuple(clean(value) for value in chosen) for key, chosen in values.items()}
    key = first(given, "arbetslag")
    here = scene.roster.arbetslag_at(scene.where)
    if here is not None and here.id != key:
        return say(fill(scene.texts.onboarding.taken, arbetslag=here.name))
    if key == SCHOOL:
        return next_school.ask(scene)
    team = scene.roster.arbetslag.get(ArbetslagId(key))
    if key != NEW and not (team and may(scene.me, "adopt_channel", team)):
        return say(scene.texts.common.not_allowed)
    errors = {} if team else _errors(scene, given)
    doubt = doubt_in(given, scene.at, scene.calendar)
    if errors or doubt:
        return _ask(scene, FormAsked(values=given, errors=errors, doubt=doubt))
    if team is None:
        team = _new(scene, given)
    elif not here:
        team = _tie(scene, team, given)
    passed = add_chosen(scene, team, given)
    receipt = tied(team.name, scene.texts)
    return then_plan(scene, team, receipt, passed, when_in(given))


def _errors(scene: Scene, given: Values) -> dict[str, str]:
    lines = {key: first(given, key) for key in given}
    errors = name_errors(lines, ("new",), scene.texts)
    if lines.get("skolform") not in set(Skolform):
        errors["skolform"] = scene.texts.people.missing
    return errors


def _new(scene: Scene, given: Values) -> Arbetslag:
    """A new arbetslag of this school; its skolform becomes one of the school's."""
    skolform = Skolform(given["skolform"][0])
    team = Arbetslag(
        id=ArbetslagId(new_id(scene.at)),
        school=scene.school.id,
        name=given["new"][0],
        skolform=skolform,
        place=channel_of(scene.where),
    )
    if skolform not in scene.school.skolformer:
        more = (*scene.school.skolformer, skolform)
        change_school(scene.unit, scene.school.model_copy(update={"skolformer": more}))
    add_arbetslag(scene.unit, team)
    _tell_channel(scene, team)
    return team


def _tie(scene: Scene, team: Arbetslag, given: Values) -> Arbetslag:
    """The arbetslag moves here, with its plans; where it was, it is said where the questions went."""
    moving.leave_behind(scene, team, given)
    if team.place is not None and team.silenced is None:
        left = Message(title=fill(scene.ours.onboarding.left, arbetslag=team.name))
        key = f"left:{team.id}:{scene.event_id}"
        scene.inform(left, team.place, key=key, concerns=f"arbetslag:{team.id}")
        greet_anew(scene, team.place, "")
    moved = team.model_copy(update={"place": channel_of(scene.where)})
    change_arbetslag(scene.unit, moved)
    if team.place is not None and moved.place is not None and team.silenced:
        follow(scene.unit, team.place, moved.place, scene.at)
    _tell_channel(scene, moved)
    return places.come_back(scene.unit, scene.prompts, moved, scene.at)


def _tell_channel(scene: Scene, team: Arbetslag) -> None:
    news = tied(team.name, scene.ours)
    key = f"tied:{team.id}:{scene.event_id}"
    scene.tell(news, channel_of(scene.where), key=key, concerns=f"arbetslag:{team.id}")
    greet_anew(scene, channel_of(scene.where), team.name)


PRESSES: Presses = {"begin": on_begin}
FORMS: Forms = {"adopt_form": on_adopted}
