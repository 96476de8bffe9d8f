"""`Förhandsvisa`: the message as it will look, by the same renderer, for the asker's eyes only."""

from bot.domain.check_in import Standing
from bot.domain.effects.check_in import RoundShown, asking
from bot.messages.model import Paragraph, Response, Say, Section
from bot.messages.phrasing.check_ins import phrase as phrase_round
from bot.messages.phrasing.schedules import dates
from bot.messages.texts.base import fill
from bot.messages.tokens import Token
from handlers.asking.rounds import Occasion, new_round, pack_for
from handlers.scene import Presses, Scene, say
from handlers.schedules.changes import mine
from handlers.schedules.dates import shown


def on_preview(scene: Scene, token: Token) -> Response:
    """The message as it will look, who gets it and the next dates; only the asker sees it."""
    texts = scene.texts.schedules
    if token.argument == "press":
        return say(texts.preview_press)
    plan = mine(scene, token.subject)
    if isinstance(plan, Say):
        return plan
    team = scene.roster.arbetslag[plan.arbetslag]
    pack = pack_for(scene.prompts, plan, team, scene.calendar.local(scene.at).month)
    members = scene.roster.members(team.id)
    if pack is None:
        return say(fill(texts.no_pack, arbetslag=team.name))
    ahead = shown(scene.unit, scene.packs, plan, scene.at, scene.texts)
    planned = next((moment.replace(tzinfo=None) for moment in ahead.coming), scene.at.replace(tzinfo=None))
    example = new_round(scene.unit, plan, pack, Occasion(planned, late=False), scene.at)
    asked = 1 if plan.answers == "together" else len(members)
    effect = RoundShown(
        check_in=example, asking=asking(pack), standing=Standing(answered=0, asked=asked), preview=True
    )
    message = phrase_round(effect, scene.ours)
    who = fill(texts.preview_who, people=texts.preview_people.of(len(members)))
    when = fill(texts.preview_dates, dates=dates(ahead, scene.texts))
    blocks = (Paragraph(text=who), Paragraph(text=when), Section(text=message.title), *message.blocks)
    return Say(message=message.model_copy(update={"title": texts.preview_title, "blocks": blocks}))


PRESSES: Presses = {"preview_schedule": on_preview}
