"""A form as a card: in the place of the message whose button opened it, or in a window of its own."""

from collections.abc import Iterator, Sequence

from bot.messages.model import Block, ChoiceField, Form, Paragraph, PeopleField, Quote, Small
from bot.platforms.cutting import size
from bot.platforms.teams.carried import SEND, SHOW, input_id
from bot.platforms.teams.render.blocks import LARGE, Surface, elements_of
from bot.platforms.teams.render.escape import brief, flat, is_said
from bot.platforms.teams.render.fields import Around, ask
from bot.platforms.teams.render.kit import Json, Run, button, heading, rich, small
from bot.platforms.teams.render.limits import MESSAGE, weight
from bot.platforms.teams.render.message import AROUND, card_of

CLOSE = "Stäng"
WINDOW = "Öppna i ett fönster"
SUBMIT = 60
INTRO = 600
SHORTENED = "En text här ovanför är förkortad för att allt ska få plats."


def to_form_card(  # noqa: PLR0913  each is a claim that comes back, or how it is shown
    form: Form,
    *,
    nonce: str,
    opened_from: str,
    thread: str,
    people: Sequence[tuple[str, str]],
    token: str = "",
    mark: str = "",
) -> Json:
    """A form to stand where a message stood.

    `nonce` names this opening of it, `opened_from` the message, `people` who may be chosen (account and
    name). `token` is that of the button which opened it: with it the form can be moved to a window, with
    what is filled in where nothing has to be. `mark` names this showing of it (8 hex digits).
    """
    read = _read(form, mark)
    data = {**_data(form, nonce, opened_from, thread), **read}
    actions = [button(_submit(form), SEND, data, style="positive")]
    if token:
        window = {"msteams": {"type": "task/fetch"}, "token": token, **read}
        must = any(field.required for field in form.fields)  # a client stops a button whose inputs it lacks
        inputs = {"associatedInputs": "none"} if must else {}
        actions.append({"type": "Action.Submit", "title": WINDOW, "data": window, **inputs})
    actions.append({**button(CLOSE, SHOW, {"from": opened_from}), "associatedInputs": "none"})
    return _fitted(form, people, actions, mark, titled=True)


def to_dialog(  # noqa: PLR0913  as above
    form: Form,
    *,
    nonce: str,
    opened_from: str,
    thread: str,
    people: Sequence[tuple[str, str]],
    token: str = "",
    mark: str = "",
) -> Json:
    """The same form for a window (a task module), which says the title and has a cross to close it with."""
    del token
    data = {**_data(form, nonce, opened_from, thread), **_read(form, mark)}
    send = {"type": "Action.Submit", "title": _submit(form), "style": "positive", "data": data}
    return _fitted(form, people, [send], mark, titled=False)


def _data(form: Form, nonce: str, opened_from: str, thread: str) -> Json:
    """What comes back with the values: only claims."""
    return {"form": form.token, "nonce": nonce, "from": opened_from, "thread": thread}


def _read(form: Form, mark: str) -> Json:
    """How the values are to be read. Inputs are named by their place among `keys`."""
    named = [(input_id(at), field) for at, field in enumerate(form.fields)]
    return {
        "keys": [field.key for field in form.fields],
        "several": [
            name for name, one in named if isinstance(one, ChoiceField | PeopleField) and one.several
        ],
        "people": [name for name, one in named if isinstance(one, PeopleField)],
        **({"mark": mark} if mark else {}),
    }


def _submit(form: Form) -> str:
    return brief(form.submit, SUBMIT)


def _fitted(
    form: Form, people: Sequence[tuple[str, str]], actions: list[Json], mark: str, *, titled: bool
) -> Json:
    """Within the measure of a message if it can be; what somebody has written is never left out for it."""
    title = list(heading(form.title, LARGE)) if titled else []

    def card(around: Around) -> Json:
        return {**card_of(form.title, [*title, *_body(form, mark, around)], wide=True), "actions": actions}

    roomy = card(Around(people))
    return roomy if weight(roomy) <= MESSAGE - AROUND else card(Around(people, tight=True))


def _body(form: Form, mark: str, around: Around) -> Iterator[Json]:
    keys = {field.key for field in form.fields}
    for key, error in form.errors.items():
        if key not in keys and is_said(error):
            yield {"type": "Container", "style": "attention", "items": list(rich((Run(error, bold=True),)))}
    intro = tuple(map(_short, form.intro)) if around.tight else form.intro
    yield from elements_of(intro, Surface(roomy=not around.tight, inputs=True))
    if intro != form.intro:
        yield from small(SHORTENED)
    for at, field in enumerate(form.fields):
        yield from ask(field, input_id(at, mark), form.errors.get(field.key, ""), around)
    if size(flat(form.submit)) > SUBMIT:
        yield from small(form.submit)


def _short(block: Block) -> Block:
    """The beginning of a long text; the whole stands in the message it comes from."""
    if isinstance(block, Paragraph | Quote | Small) and size(block.text) > INTRO:
        return block.model_copy(update={"text": brief(block.text, INTRO)})
    return block
