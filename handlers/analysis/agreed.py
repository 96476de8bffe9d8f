"""What all agreed on: shown before, kept and posted after; what they cannot change goes to the rektor."""

from bot.domain.access import may
from bot.domain.analysis.agreed import Agreed, Analysis, agreed, all_of
from bot.domain.analysis.causes import Cause, causes_of, chosen_first, rank
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.notes import Note, find_out_note_id, week_number
from bot.domain.questions.pack import QuestionPack
from bot.messages.model import Block, Message, Response
from bot.messages.phrasing import analysis as phrasing
from bot.messages.phrasing import analysis_post as post_phrasing
from bot.messages.phrasing.analysis_post import Post
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.analysis.ending import on_ended
from handlers.conversations.doors import pack_of, texts_of
from handlers.informing import News, inform
from handlers.scene import Scene, say
from prompts.loader import Packs
from storage.asked.conversations import load
from storage.said.analyses import latest_causes, load_analysis, save_agreed, save_analysis
from storage.said.notes import add_note


def on_ready(scene: Scene, dialogue: Dialogue) -> tuple[Block, ...]:
    """Show the causes in their order, before "Är ni överens?"."""
    analysis = load_analysis(scene.unit, dialogue.about[1])
    if analysis is None:
        return ()
    post = _post(scene, analysis, _ranked(scene, dialogue), pack_of(scene, dialogue))
    return post_phrasing.ranked(post, texts_of(scene, dialogue))


def on_agreed(scene: Scene, dialogue: Dialogue) -> Message | None:
    """Keep the causes as versions, post them, lift what must be lifted, and note what to find out."""
    analysis = load_analysis(scene.unit, dialogue.about[1])
    if analysis is None:
        return None
    if dialogue.conversation.state == "closed":
        on_ended(scene, dialogue, analysis)
        return None
    known = latest_causes(scene.unit, (analysis.id,)).get(analysis.id, {})
    now = agreed(analysis, _ranked(scene, dialogue), known)
    save_agreed(scene.unit, now, scene.at, was=analysis.version)
    if now.analysis.shared:
        _publish(scene, dialogue, now)
    if analysis.together:
        return phrasing.done(scene.ours)
    return post_phrasing.final(_agreed(scene, dialogue, now, scene.packs), scene.texts)


def share(scene: Scene, token: Token) -> Response:
    """*Dela med arbetslaget*: what somebody did alone becomes the arbetslag's, once."""
    analysis = load_analysis(scene.unit, token.subject)
    dialogue = load(scene.unit, analysis.conversation) if analysis else None
    team = scene.roster.arbetslag.get(analysis.arbetslag) if analysis else None
    if analysis is None or dialogue is None or team is None or analysis.state != "done":
        return say(scene.texts.common.gone)
    if analysis.started_by != scene.me.id or not may(scene.me, "lead_analysis", team):
        return say(scene.texts.common.not_allowed)
    if analysis.shared:
        return say(scene.texts.common.already_done)
    known = latest_causes(scene.unit, (analysis.id,)).get(analysis.id, {})
    now = all_of(analysis, known)
    save_analysis(scene.unit, now.analysis, was=analysis.version)
    _publish(scene, dialogue, now)
    return say(scene.texts.analysis.shared)


def _publish(scene: Scene, dialogue: Dialogue, now: Agreed) -> None:
    """To the channel goes the post, to the rektor what must be lifted, to the notes what follows."""
    _note_what_follows(scene, dialogue, now)
    post = _agreed(scene, dialogue, now, scene.prompts.packs)
    _lift(scene, post, now)
    team = scene.roster.arbetslag[now.analysis.arbetslag]
    place = dialogue.place if now.analysis.together else team.place
    if place is not None:
        key = f"analysis:{now.analysis.id}:post:{now.analysis.version}"
        about = f"conversation:{dialogue.id}" if now.analysis.together else f"shared:{now.analysis.id}"
        scene.tell(post_phrasing.final(post, scene.ours, own=False), place, key=key, concerns=about)
    if now.analysis.together:
        root, about = f"analysis:{now.analysis.id}", f"conversation:{dialogue.id}"
        key = f"{root}:settled:{now.analysis.version}"
        settled = phrasing.settled(now.analysis, scene.ours)
        scene.tell(settled, dialogue.place, key=key, concerns=about, replacing=root)


def _ranked(scene: Scene, dialogue: Dialogue) -> tuple[Cause, ...]:
    pack = pack_of(scene, dialogue)
    return rank(causes_of(dialogue.conversation, pack), chosen_first(dialogue.conversation))


def _agreed(scene: Scene, dialogue: Dialogue, now: Agreed, packs: Packs) -> Post:
    """What was agreed, in the language of `packs`."""
    causes = tuple(now.causes.values())
    return _post(scene, now.analysis, causes, packs[dialogue.conversation.pack])


def _post(scene: Scene, analysis: Analysis, causes: tuple[Cause, ...], pack: QuestionPack) -> Post:
    team = scene.roster.arbetslag[analysis.arbetslag]
    return Post(analysis, causes, pack, team.name, scene.me.name)


def _lift(scene: Scene, post: Post, now: Agreed) -> None:
    """Each rektor gets each önskemål, in working hours."""
    school, about = now.analysis.school, f"analysis:{now.analysis.id}"
    for number in now.lifted:
        cause = now.causes[number]
        for rektor in scene.roster.holders("rektor", school):
            lifted = post_phrasing.lifted(post, cause, scene.texts_for(rektor))
            news = News(f"{about}:lift:{number}:{cause.version}:{rektor.id}", about, lifted)
            inform(scene.unit, school, scene.at, rektor.direct, news)


def _note_what_follows(scene: Scene, dialogue: Dialogue, now: Agreed) -> None:
    """An önskemål waits among what was raised; what must be found out becomes a note of its own."""
    for number in now.lifted:
        cause = now.causes[number]
        key = f"{now.analysis.id}-lift-{number}-{cause.version}"
        _note(scene, dialogue, now, cause, (key, cause.text, "", "raised"))
    for number in now.to_find_out:
        cause = now.causes[number]
        key = find_out_note_id(now.analysis.id, number, cause.version)
        question = fill(scene.ours.analysis.find_out_question, result=cause.result)
        _note(scene, dialogue, now, cause, (key, cause.to_find_out, question, "shared"))


def _note(
    scene: Scene, dialogue: Dialogue, now: Agreed, cause: Cause, about: tuple[str, str, str, str]
) -> None:
    key, text, question, state = about
    path = cause.path if state == "raised" else f"{cause.path}.ta_reda_pa"
    given = dialogue.conversation.answers.get(path)
    add_note(
        scene.unit,
        Note.model_validate(
            {
                "id": key,
                "school": now.analysis.school,
                "arbetslag": now.analysis.arbetslag,
                "author": given.by if given else scene.me.id,
                "week": week_number(scene.calendar.local(scene.at)),
                "text": text,
                "aspect": "forutsattning" if state == "raised" else "process",
                "sign": "bekymrar" if state == "raised" else "neutral",
                "question": question,
                "state": state,
                "created_at": scene.at,
            }
        ),
    )
