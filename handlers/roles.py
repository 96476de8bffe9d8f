"""`/roller`: who does what, and what nobody does."""

from bot.domain.access import may
from bot.domain.roles import roles_of
from bot.messages.model import Response, Say
from bot.messages.phrasing.onboarding import roles
from handlers.scene import Commands, Scene, say


def on_command(scene: Scene, _text: str) -> Response:
    if not may(scene.me, "see_roles", scene.school):
        return say(scene.texts.common.not_allowed)
    school = scene.school
    people = tuple(person for person in scene.roster.persons.values() if person.school == school.id)
    report = roles_of(school.name, people, scene.roster.arbetslag_of(school.id))
    return Say(message=roles(report, scene.texts))


COMMANDS: Commands = {"roller": on_command}
