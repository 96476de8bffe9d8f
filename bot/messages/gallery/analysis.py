"""A cause analysis, from the first question to what the rektor reads."""

from datetime import UTC, datetime
from functools import partial

from bot.domain.analysis.agreed import Analysis
from bot.domain.analysis.causes import Cause, Finding
from bot.domain.questions.pack import QuestionPack
from bot.domain.reports.current_state import Told
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.gallery.base import Example
from bot.messages.gallery.conversation import WORDS
from bot.messages.model import Form, Message
from bot.messages.phrasing import analysis as say
from bot.messages.phrasing import analysis_post as say_post
from bot.messages.phrasing.analysis import Choosing, Waiting
from bot.messages.phrasing.analysis_post import Post
from bot.messages.texts import Texts

AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
TEAM = ArbetslagId("arbetslag-4-6")
RESULT = "Läsförståelsen sjönk i åk 5"
PACK = QuestionPack.model_validate(
    {
        "key": "exempelanalys",
        "version": 1,
        "title": "Vad kan ligga bakom?",
        "kind": "analys",
        "minutes": 20,
        "why": "En rimlig förklaring hjälper er att välja insats.",
        "readers": "Arbetslaget ser hela analysen.",
        "words": WORDS,
        "sentences": {
            "orsak": "En rimlig förklaring till ”{resultat}” är ”{orsak}”.",
            "underlag": "Det bygger på {underlag}.",
            "utan_underlag": "Underlag saknas än.",
            "motbild": "Det som talar emot är ”{motbild}”.",
            "utan_motbild": "Inget som talar emot är nämnt än.",
            "stod": "Stöd: {stod}.",
            "paverkbar": "Vi kan påverka det {paverkbar}.",
            "ej_paverkbar": "Vi kan inte påverka det själva.",
        },
        "steps": [{"kind": "text", "key": "resultat", "text": "Vilket resultat vill ni förstå?"}],
    }
)
OURS = Cause(
    path="orsak.1",
    result=RESULT,
    text="Vi läser för lite högt",
    kind="undervisning",
    influence="helt",
    grounds=("anteckningar", "observation"),
    against="I åk 4 läser vi lika lite",
    alternative="Provet var nytt",
    deeper=("Tiden går åt till prov",),
    strength="visst",
    suggested="starkt",
    reason="Vi har bara sett en klass",
    to_find_out="Hur mycket läser åk 6?",
)
THEIRS = Cause(
    path="orsak.2",
    result=RESULT,
    text="Biblioteket är stängt tre dagar i veckan",
    influence="inte",
    strength="svagt",
    suggested="svagt",
)
ANALYSIS = Analysis(
    id="01a217f100804eb62f7b7220",
    school=SchoolId("bjorkskolan"),
    arbetslag=TEAM,
    finding=Finding(id="f", arbetslag=TEAM, text=RESULT, at=AT, sign="bekymrar"),
    conversation="01a217f1008030eeb29ea0ef",
    started_by=PersonId("sam"),
    created_at=AT,
)
ALONE = ANALYSIS.model_copy(update={"together": False, "shared": False})
SECOND = ANALYSIS.model_copy(update={"version": 2})
TOLD = tuple(
    Told(
        note=f"note-{number}",
        arbetslag="Arbetslag 4–6",
        aspect="resultat",
        sign="bekymrar",
        text=text,
        link="#w1",
        at=AT,
    )
    for number, text in enumerate((RESULT, "Färre elever lånar böcker"))
)
POST = Post(ANALYSIS, (OURS, THEIRS), PACK, "Arbetslag 4–6", "Lena Berg")
CHOOSING = Choosing(TEAM, "Arbetslag 4–6", TOLD)
PAUSED = Waiting(RESULT, ANALYSIS.conversation, 7, paused=True)
GOING = Waiting("Fler elever klarar multiplikationen", "01a217f10080282834c5a7c7", 4, paused=False)


def _ways(waiting: tuple[Waiting, ...], texts: Texts, *, results: bool) -> Message:
    return say.ways_in(TEAM, waiting, texts, results=results)


def _form(choosing: Choosing, texts: Texts) -> Form:
    return say.start_form(choosing, texts)


def _refused(texts: Texts) -> Form:
    return say.start_form(CHOOSING, texts, {say.OWN: texts.analysis.no_result})


def _opening(analysis: Analysis, texts: Texts) -> Message:
    return say.opening(analysis, "Sam Ek", texts)


def _related(told: tuple[Told, ...], texts: Texts) -> Message:
    return say.related(told, texts)


def _final(post: Post, texts: Texts) -> Message:
    return say_post.final(post, texts)


def _shared(texts: Texts) -> Message:
    post = Post(ALONE.model_copy(update={"shared": True}), (OURS,), PACK, "Arbetslag 4–6", "Lena Berg")
    return say_post.final(post, texts, own=False)


def _end_asked(texts: Texts) -> Message:
    return say.end_asked(ANALYSIS, texts)


def _ended(texts: Texts) -> Message:
    return say.ended(ANALYSIS, "Lena Berg", texts)


def _settled(texts: Texts) -> Message:
    return say.settled(ANALYSIS, texts)


def _lifted(texts: Texts) -> Message:
    return say_post.lifted(POST, THEIRS, texts)


EXAMPLES: tuple[Example, ...] = (
    Example("analysis/begin", partial(_ways, (), results=True)),
    Example("analysis/begin_without_notes", partial(_ways, (), results=False)),
    Example("analysis/one_waiting", partial(_ways, (PAUSED,), results=True)),
    Example("analysis/some_waiting", partial(_ways, (PAUSED, GOING), results=True)),
    Example("analysis/form", partial(_form, CHOOSING)),
    Example("analysis/form_without_notes", partial(_form, Choosing(TEAM, "Arbetslag 4–6", ()))),
    Example("analysis/form_refused", _refused),
    Example("analysis/opening", partial(_opening, ANALYSIS)),
    Example("analysis/opening_alone", partial(_opening, ALONE)),
    Example("analysis/end_asked", _end_asked),
    Example("analysis/ended", _ended),
    Example("analysis/related", partial(_related, TOLD)),
    Example("analysis/no_related", partial(_related, ())),
    Example("analysis/final", partial(_final, POST)),
    Example(
        "analysis/final_alone", partial(_final, Post(ALONE, (OURS,), PACK, "Arbetslag 4–6", "Lena Berg"))
    ),
    Example("analysis/final_shared", _shared),
    Example("analysis/final_second", partial(_final, Post(SECOND, (OURS,), PACK))),
    Example("analysis/final_without_causes", partial(_final, Post(ANALYSIS, (), PACK))),
    Example("analysis/settled", _settled),
    Example("analysis/done", say.done),
    Example("analysis/lifted", _lifted),
)
