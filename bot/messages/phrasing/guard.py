"""How it is said that words seem to point at somebody: the kind, never the words."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.effects.answering import CasePointedAway, GuardedInChat
from bot.domain.privacy.guard import Kind
from bot.domain.privacy.verdict import CaseRefused, Stopped
from bot.messages.model import Button, ChoiceField, Choices, FormField, Message, Option, Paragraph, TextField
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

CHOICE = "~val"
REASON = "~skal"
"""What follows a field's key to make the keys of the two fields that the guard adds."""

LONGEST_REASON = 500


def what(kinds: Sequence[Kind], texts: Texts) -> str:
    """Name the kinds, one or several of each: "flera namn, initialer och ett telefonnummer"."""
    said = texts.guard
    named = [(said.several if n > 1 else said.kinds)[kind] for kind, n in Counter(kinds).items()]
    if len(named) <= 1:
        return "".join(named)
    return f"{', '.join(named[:-1])} {said.joined} {named[-1]}"


def field_error(verdict: Stopped | CaseRefused, texts: Texts) -> str:
    """Say beside the field why it was not saved."""
    if isinstance(verdict, CaseRefused):
        return texts.guard.case_field[verdict.case]
    if verdict.case:
        found = fill(texts.guard.found, what=what(verdict.kinds, texts)) if verdict.kinds else ""
        asked = texts.guard.case_maybe if verdict.may_keep else texts.guard.case_field
        return f"{asked[verdict.case]} {found}".strip()
    return fill(texts.guard.found, what=what(verdict.kinds, texts))


def reason_error(verdict: Stopped, texts: Texts) -> str:
    """Say beside the reason why it does not do; empty when nothing is wrong with it."""
    match verdict.why:
        case "found":
            return ""
        case "reason_missing":
            return texts.guard.reason_missing
        case "reason_case":
            return texts.guard.reason_case
        case "reason_unfit":
            return fill(texts.guard.reason_unfit, what=what(verdict.kinds, texts))


def choice_fields(
    key: str, verdict: Stopped, texts: Texts, chosen: str, reason: str
) -> tuple[FormField, ...]:
    """The choice that stands under a field the guard stopped. No mask takes a case away."""
    said = texts.guard
    options = [Option(value="change", label=said.change)]
    if not verdict.case:
        options.append(Option(value="mask", label=said.mask))
    if verdict.may_keep:
        options.append(Option(value="keep", label=said.keep))
    value = chosen if chosen in {option.value for option in options} else "change"
    choice = ChoiceField(
        key=f"{key}{CHOICE}", label=said.what_now, required=True, options=tuple(options), value=(value,)
    )
    if not verdict.may_keep:
        return (choice,)
    why = TextField(
        key=f"{key}{REASON}", label=said.reason, help=said.reason_help, value=reason, longest=LONGEST_REASON
    )
    return (choice, why)


def phrase(effect: GuardedInChat | CasePointedAway, texts: Texts) -> Message:
    """The line that only the author sees."""
    match effect:
        case CasePointedAway(case=case):
            return Message(title=texts.guard.case_title, blocks=(Paragraph(text=texts.guard.cases[case]),))
        case GuardedInChat(kinds=kinds, note=note):
            said = texts.guard
            blocks: list[Paragraph | Choices] = [Paragraph(text=said.written_advice)]
            if note:
                rewrite = Button(label=said.rewrite, token=Token(verb="edit_note", subject=note).pack())
                blocks.append(Choices(buttons=(rewrite,)))
            return Message(title=fill(said.written, what=what(kinds, texts)), blocks=tuple(blocks))
