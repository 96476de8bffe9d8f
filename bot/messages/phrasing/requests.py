"""Somebody asks to be let in: what is said to whoever decides, and to who asked."""

from bot.domain.school import Role
from bot.domain.value import Value
from bot.messages.model import Choices, Fact, Facts, Message, Paragraph
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.people import way_in, who_sees
from bot.messages.texts import Texts, fill


class Asked(Value):
    """What somebody wants to be. `arbetslag` is "" where the role is the whole school's.

    `vouched`: the name is the one the platform knows them by; `namesake`: somebody here has the same.
    """

    person: str
    mark: str
    name: str
    vouched: bool
    role: Role
    arbetslag: str
    school: str
    namesake: bool = False


def asked_for(name: str, deciders: tuple[str, ...], texts: Texts) -> Message:
    """To who asked: somebody will confirm it."""
    said = texts.people
    title = (
        fill(said.asked, name=name, who=texts.dates.one_of(deciders))
        if deciders
        else fill(said.asked_nobody, name=name)
    )
    return Message(title=title, blocks=(Paragraph(text=said.asked_wait),))


def request(asked: Asked, texts: Texts, *, again: bool = False) -> Message:
    """To who decides: what the platform calls the account, or what the person says, and what they want.

    `again`: they have waited a while.
    """
    said = texts.people
    rows = [
        Fact(label=said.fact_account if asked.vouched else said.fact_name, value=asked.name),
        Fact(label=said.fact_role, value=said.roles[asked.role]),
        Fact(label=said.fact_school, value=asked.school),
    ]
    if asked.arbetslag:
        rows.insert(2, Fact(label=said.fact_arbetslag, value=asked.arbetslag))
    buttons = (
        button(said.confirm, "confirm_person", asked.person, asked.mark, look="main"),
        button(said.deny, "deny_person", asked.person, asked.mark),
    )
    do = said.request_namesake if asked.namesake else said.request_do
    blocks = (Facts(rows=tuple(rows)), Paragraph(text=do), Choices(buttons=buttons))
    return Message(title=fill(said.request_again if again else said.request, name=asked.name), blocks=blocks)


def decided(name: str, by: str, texts: Texts, *, yes: bool) -> Message:
    """In place of the question, to everybody who was asked it."""
    said = texts.people
    return Message(title=fill(said.confirmed if yes else said.denied, name=name, by=by))


def gone(name: str, arbetslag: str, texts: Texts) -> Message:
    """In place of the question: it fell with the channel, and nobody needs to answer it."""
    return Message(title=fill(texts.people.request_gone, name=name, arbetslag=arbetslag))


def anew(name: str, texts: Texts) -> Message:
    """In place of the question: they have asked once more, and another question holds now."""
    return Message(title=fill(texts.people.asked_anew, name=name))


def fell(arbetslag: str, texts: Texts) -> Message:
    """To who asked: they left the channel, and the request went with it."""
    said = texts.people
    title = fill(said.request_fell, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.request_fell_do), way_in(texts)))


def you_in(asked: Asked, texts: Texts) -> Message:
    """To the person: confirmed."""
    said = texts.people
    words = said.role_words[asked.role]
    title = (
        fill(said.you_in_team, role=words, arbetslag=asked.arbetslag)
        if asked.arbetslag
        else fill(said.you_in_school, role=words, school=asked.school)
    )
    return Message(title=title, blocks=(Paragraph(text=said.send_again), who_sees(texts)))


def you_out(by: str, texts: Texts) -> Message:
    """To the person: not confirmed, and what to do about it."""
    said = texts.people
    return Message(title=said.you_out, blocks=(Paragraph(text=fill(said.you_out_do, by=by)), way_in(texts)))
