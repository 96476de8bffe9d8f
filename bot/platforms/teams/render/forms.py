"""A form as a card: in the place of the message whose button opened it, or in a window of its own."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.school import Language
from bot.messages.model import Block, ChoiceField, Form, Paragraph, PeopleField, Quote, Small, TextField
from bot.platforms.cutting import size
from bot.platforms.legible import brief, flat, is_said
from bot.platforms.spoken import said
from bot.platforms.teams.carried import SEND, SHOW, input_id
from bot.platforms.teams.render.blocks import LARGE, Surface, elements_of
from bot.platforms.teams.render.fields import Around, ask
from bot.platforms.teams.render.kit import Json, Run, button, heading, rich, small
from bot.platforms.teams.render.limits import MESSAGE, weight
from bot.platforms.teams.render.message import AROUND, card_of

WINDOW = "Öppna i ett fönster"
SUBMIT = 60
LINES = 5
INTRO = 600
YOURS = "Din text"
SHORTENED = "En text här ovanför är förkortad för att allt ska få plats."


People = Sequence[tuple[str, str]]
"""Account users with their names."""


class Shown(NamedTuple):
    """A form as it is shown to somebody: `nonce` names this opening of it, `opened_from` the message.

    `people` may be chosen in it. `token` is that of the button that opened it: with it a card can be moved to
    a window. `place` is the address where it was opened: everybody's forms there have the same people.
    """

    form: Form
    nonce: str
    opened_from: str = ""
    thread: str = ""
    people: People = ()
    token: str = ""
    place: str = ""


def to_form_card(shown: Shown, mark: str = "") -> Json:
    """A form to stand where a message stood; `mark` names this showing of it (8 hex digits).

    What is filled in goes with it to a window. A client stops every button whose inputs lack something that
    must be there, or sends nothing of them with it: so where it can be moved, we look for what is missing.
    """
    form, read = shown.form, _read(shown.form, mark)
    actions = [button(_submit(form), SEND, {**_data(shown), **read}, style="positive")]
    if shown.token:
        window = {"msteams": {"type": "task/fetch"}, "token": shown.token, **read}
        actions.append({"type": "Action.Submit", "title": said(WINDOW, form.around.language), "data": window})
    actions.append(
        {
            **button(brief(form.around.close, SUBMIT), SHOW, {"from": shown.opened_from}),
            "associatedInputs": "none",
        }
    )
    return _fitted(shown, actions, mark, titled=True, stops=not shown.token)


def to_dialog(shown: Shown, mark: str = "") -> Json:
    """The same form for a window (a task module), which says the title and has a cross to close it with."""
    data = {**_data(shown), **_read(shown.form, mark)}
    send = {"type": "Action.Submit", "title": _submit(shown.form), "style": "positive", "data": data}
    return _fitted(shown, [send], mark, titled=False)


def with_boxes(card: Json, texts: Sequence[str], mark: str, language: Language) -> Json:
    """The card, and what somebody wrote, each text whole in a box of its own, to be copied from."""
    label, around = said(YOURS, language), Around((), language)
    fields = [TextField(key="", label=label, lines=LINES, value=text) for text in texts]
    boxes = [box for at, field in enumerate(fields) for box in ask(field, input_id(at, mark), "", around)]
    return {**card, "body": [*card["body"], *boxes]}


def _data(shown: Shown) -> Json:
    """What comes back with the values: only claims."""
    return {
        "form": shown.form.token,
        "nonce": shown.nonce,
        "from": shown.opened_from,
        "thread": shown.thread,
    }


def _read(form: Form, mark: str) -> Json:
    """How the values are to be read. Inputs are named by their place among `keys`."""
    named = [(input_id(at), field) for at, field in enumerate(form.fields)]
    return {
        "keys": [field.key for field in form.fields],
        "several": [
            name for name, one in named if isinstance(one, ChoiceField | PeopleField) and one.several
        ],
        "people": [name for name, one in named if isinstance(one, PeopleField)],
        "texts": [name for name, one in named if isinstance(one, TextField)],
        **({"mark": mark} if mark else {}),
    }


def _submit(form: Form) -> str:
    return brief(form.submit, SUBMIT)


def _fitted(shown: Shown, actions: list[Json], mark: str, *, titled: bool, stops: bool = True) -> Json:
    """Within the measure of a message if it can be; what somebody has written is never left out for it."""
    form, people = shown.form, shown.people
    title = list(heading(form.title, LARGE)) if titled else []

    def card(around: Around) -> Json:
        body = [*title, *_body(form, mark, around)]
        return {**card_of(form.title, body, wide=True, language=around.language), "actions": actions}

    around = Around(people, form.around.language, stops=stops)
    roomy = card(around)
    return roomy if weight(roomy) <= MESSAGE - AROUND else card(around._replace(tight=True))


def _body(form: Form, mark: str, around: Around) -> Iterator[Json]:
    keys = {field.key for field in form.fields}
    for key, error in form.errors.items():
        if key not in keys and is_said(error):
            yield {"type": "Container", "style": "attention", "items": list(rich((Run(error, bold=True),)))}
    intro = tuple(map(_short, form.intro)) if around.tight else form.intro
    yield from elements_of(intro, Surface(not around.tight, inputs=True, language=around.language))
    if intro != form.intro:
        yield from small(said(SHORTENED, around.language))
    for at, field in enumerate(form.fields):
        yield from ask(field, input_id(at, mark), form.errors.get(field.key, ""), around)
    if size(flat(form.submit)) > SUBMIT:
        yield from small(form.submit)


def _short(block: Block) -> Block:
    """The beginning of a long text; the whole stands in the message it comes from."""
    if isinstance(block, Paragraph | Quote | Small) and size(block.text) > INTRO:
        return block.model_copy(update={"text": brief(block.text, INTRO)})
    return block
