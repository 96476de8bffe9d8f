"""What the door itself says to people: when nothing could be saved, read or shown."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.school import Language
from bot.messages.model import Message, Open, Paragraph, Quiet, Quote, Response, Say
from bot.platforms.spoken import said

SLOW = Message(
    title="Det tar längre tid än vanligt.",
    blocks=(Paragraph(text="Inget har gått förlorat. Titta igen om en stund, och försök då på nytt."),),
)
SLOW_FIELD = "Det tar längre tid än vanligt. Din text är kvar. Försök igen om en stund."
UNREAD = "Jag kan inte läsa det du tryckte på. Inget har ändrats. Skriv /hjälp, så visar jag vad du kan göra."
UNREAD_FORM = Message(
    title="Jag kan inte läsa formuläret.",
    blocks=(Paragraph(text="Inget har ändrats. Kopiera din text, stäng formuläret och öppna det igen."),),
)
NOT_SAVED = "Kopiera din text härifrån, stäng formuläret och öppna det igen om en stund."
UNKNOWN_TENANT = (
    "Jag är inte kopplad till er organisation, så inget har sparats. "
    "Be den som sköter Teams hos er att kontakta den som driver boten."
)
MUST = "Det här behöver ett svar."
TOO_LARGE = "Formuläret får inte plats här. Inget har ändrats."
EARLIER = "Det här är svaret på det du skickade först. Det du skickade nu är inte sparat."
EARLIER_NEXT = "Vill du ändra något, öppna formuläret igen. Här är det du skickade nu:"
EARLIER_CHOSEN = "Vill du ändra något, öppna formuläret igen."
SENT_IN_WINDOW = (
    "Du har redan skickat det här i fönstret, och det är mottaget. Det du skickade nu är inte sparat."
)
KEPT = Message(
    title="Jag kan inte spara just nu.",
    blocks=(
        Paragraph(text="Jag försöker själv igen tills det går. Du behöver inte skicka det en gång till."),
        Paragraph(text="Får du inget svar inom en timme, skicka det igen."),
    ),
)
"""While it is kept in memory only: a process that dies may lose it."""

LOST = Message(
    title="Jag har inte kunnat spara det du skickade.",
    blocks=(Paragraph(text="Får du inget svar av mig inom tio minuter, skicka det igen."),),
)
"""It is kept no longer. Teams may have it still, and send it again by itself."""

TAKEN = Message(title="Nu har jag tagit emot det du skickade.")
STAYS = "Inget nytt har sparats. Meddelandet som stod här syns igen nästa gång du kommer hit."
CLOSED = "Formuläret är stängt. Inget nytt har sparats."
"""*Nytt*: what was sent in it before is saved, and nobody knows here whether anything was."""

OPEN_AGAIN = "Meddelandet som stod här syns igen nästa gång du kommer hit."
DONE = "Klart."
BESIDE = "Klart. Jag svarar i ett eget meddelande."
MEMBERS_AWAY = Message(
    title="Jag kan inte se vilka som är med här just nu. Det du har fyllt i är kvar. Försök igen om en stund."
)


def in_words(message: Message) -> str:
    """A message as one line, for where Teams shows nothing else."""
    lines = [block.text for block in message.blocks if isinstance(block, Paragraph)]
    return " ".join((message.title, *lines))


def advised(message: Message, *advice: str) -> Message:
    """The message, and after it what to do with the words that follow."""
    return message.but(blocks=(*message.blocks, *(Paragraph(text=one) for one in advice)))


def with_texts(message: Message, texts: Sequence[str]) -> Message:
    """The message, and after it what the person wrote, so that it can be copied."""
    return message.but(blocks=(*message.blocks, *map(_quoted, texts)))


def to_the_first(response: Response, texts: tuple[str, ...], language: Language) -> Response:
    """What was sent first came to this; what is sent now, with these words of theirs, is not saved.

    A next page has the words above it. Beside a message they are for who shows it to say.
    """
    advice = EARLIER, EARLIER_NEXT if texts else EARLIER_CHOSEN
    match response:
        case Open(form=form):
            above = (*(Paragraph(text=said(one, language)) for one in advice), *map(_quoted, texts))
            return Open(form=form.but(intro=(*above, *form.intro)))
        case Say(became="failed"):
            return response
        case Say(message=message):
            return Say(message=advised(message, *advice))
        case Quiet():
            return Say(message=advised(Message(title=DONE), *advice))
        case _:
            assert_never(response)


def _quoted(text: str) -> Quote:
    return Quote(text=text)
