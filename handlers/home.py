"""The bot's own page: what each role needs first. Nobody's words stand on it."""

from bot.domain.access import may
from bot.domain.effects.check_in import asking
from bot.domain.events import HomeOpened
from bot.domain.reports.current_state import current_state
from bot.domain.school import Arbetslag
from bot.messages.model import Response, Say
from bot.messages.phrasing import home as said
from bot.messages.phrasing.weekly import Standing
from handlers.absence import away_until
from handlers.answering.rounds import my_part, round_of, standing_now
from handlers.people import strangers
from handlers.reports.current_state import state_of
from handlers.reports.scopes import leads, own_teams
from handlers.scene import Scene, scene_of
from handlers.schedules.dates import shown
from prompts.book import Prompts
from storage.asked.check_ins import latest_check_in
from storage.asked.plans import plans_of_school
from storage.said import reports, weekly
from storage.unit import UnitOfWork


def on_opened(event: HomeOpened, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Show the page as it is now; it changes nothing and is no reading of anybody's words."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return strangers.on_home(event, unit, prompts)
    teams = own_teams(scene)
    home = said.Home(
        person=scene.me.id,
        name=scene.me.name,
        away_until=away_until(scene, scene.me.id),
        teacher=_teacher(scene, teams) if teams else None,
        leader=_leader(scene) if leads(scene) else None,
    )
    return Say(message=said.phrase(home, scene.texts))


def _teacher(scene: Scene, teams: tuple[Arbetslag, ...]) -> said.TeacherHome:
    sent = weekly.sent_summaries(scene.unit, scene.school.id, most=1)
    local = scene.calendar.local
    return said.TeacherHome(
        questions=tuple(filter(None, (_open_question(scene, team) for team in teams))),
        words=tuple(
            said.TeamWords(
                arbetslag=team.id,
                name=team.name,
                standing=Standing(
                    sent=local(sent[0].at) if sent else None,
                    read=local(read) if (read := reports.last_read(scene.unit, team.id)) else None,
                ),
            )
            for team in teams
        ),
    )


def _open_question(scene: Scene, team: Arbetslag) -> said.OpenQuestion | None:
    """The arbetslag's newest round, unless it is closed or this person has answered it."""
    latest = latest_check_in(scene.unit, team.id)
    asked = round_of(scene, latest.id) if latest and latest.state == "open" else None
    if asked is None or my_part(scene, asked) or (asked.together and standing_now(scene, asked).answered):
        return None
    question = asking(asked.own).question
    return said.OpenQuestion(check_in=asked.check_in.id, arbetslag=team.name, question=question)


def _leader(scene: Scene) -> said.LeaderHome:
    """The rektor meets the gaps first, the processledare the schedules."""
    school, unit = scene.school, scene.unit
    plans = [one for one in plans_of_school(unit, school.id) if one.part_of is None]
    answers = may(scene.me, "reply_arbetslag", school)
    teams = scene.roster.arbetslag_of(school.id)
    return said.LeaderHome(
        state=current_state(state_of(scene, school).facts.model_copy(update={"may_read": False})),
        waiting=reports.raised_waiting(unit, school.id, teams) if answers else None,
        plans=tuple(shown(unit, scene.packs, plan, scene.at, scene.texts) for plan in plans),
        plans_first=not answers,
    )
