"""The platforms' few own sentences in English, for who chose to read it: said when the core says nothing.

They are short of what the core has: no texts, and often no store. So each stands in Swedish where it is said,
and here once more, by its Swedish.
"""

from collections.abc import Callable

from bot.domain.events import (
    Commanded,
    Event,
    FormSubmitted,
    HomeOpened,
    MessageSaved,
    Pressed,
    Replied,
    Rewritten,
)
from bot.domain.school import Account, Language
from bot.messages.model import Block, Choices, Message, Paragraph

Speaks = Callable[[Account], Language]
"""What somebody reads, as far as it is known without asking a store."""


Waiting = Pressed | FormSubmitted | Replied | Rewritten | Commanded | HomeOpened | MessageSaved
"""What somebody did, and may hear of."""


def everybody_swedish(_account: Account) -> Language:
    return "sv"


def read_by(event: Event, speaks: Speaks) -> Language:
    """The language of whoever an event is from."""
    return speaks(event.who) if isinstance(event, Waiting) else "sv"


def said(text: str, language: Language) -> str:
    """A sentence of a platform's own in that language; anything else as it is."""
    return ENGLISH.get(text, text) if language == "en" else text


def told(message: Message, language: Language) -> Message:
    """The same of a message: its title, its paragraphs and its buttons."""
    if language == "sv":
        return message
    blocks = tuple(_block(block, language) for block in message.blocks)
    return message.but(title=said(message.title, language), blocks=blocks)


def _block(block: Block, language: Language) -> Block:
    match block:
        case Paragraph(text=text):
            return block.but(text=said(text, language))
        case Choices(buttons=buttons):
            return block.but(buttons=tuple(one.but(label=said(one.label, language)) for one in buttons))
        case _:
            return block


ENGLISH: dict[str, str] = {
    # Both.
    "Jag kan inte spara just nu.": "I cannot save just now.",
    "Inget har gått förlorat. Försök igen om en stund.": "Nothing is lost. Try again in a while.",
    "Jag kan inte spara just nu. Din text är kvar. Försök igen om en stund.": (
        "I cannot save just now. Your text is still here. Try again in a while."
    ),
    "Jag kan inte läsa formuläret.": "I cannot read the form.",
    "Det finns inget att välja på just nu.": "There is nothing to choose from just now.",
    "Det stod: {words}": "It said: {words}",
    "Stäng": "Close",
    "Del {number} av {of}": "Part {number} of {of}",
    # Slack.
    "Filer går inte att välja här. Klistra in texten, högst 3 000 tecken i taget.": (
        "Files cannot be chosen here. Paste the text, at most 3,000 characters at a time."
    ),
    "{number} av {of}": "{number} of {of}",
    "Inget har ändrats. Stäng det och öppna det igen.": "Nothing has changed. Close it and open it again.",
    "Jag kan inte läsa formuläret. Din text är kvar här. Kopiera den, stäng formuläret och öppna det igen.": (
        "I cannot read the form. Your text is still here. Copy it, close the form and open it again."
    ),
    "Skicka det gärna igen om en stund.": "Please send it again in a while.",
    "Ser du inget formulär?": "Do you see no form?",
    "Då hann det inte öppnas. Inget har gått förlorat. Försök igen med knappen här.": (
        "Then it did not open in time. Nothing is lost. Try again with this button."
    ),
    "Då hann det inte öppnas. Inget har gått förlorat. Gör gärna om det du nyss gjorde.": (
        "Then it did not open in time. Nothing is lost. Please do it once more."
    ),
    "Öppna formuläret": "Open the form",
    "Allt fick inte plats här. Skriv /hjälp så ser du vad du kan göra i stället.": (
        "There was not room for everything here. Write /hjälp to see what you can do instead."
    ),
    "Jag kan inte skicka filen. Det som hör till den står här i stället. Säg till den som sköter boten: "
    "Slack-appen kan sakna behörigheten files:write, boten tillägget documents eller vägen till "
    "files.slack.com.": (
        "I cannot send the file. What belongs to it stands here instead. Tell whoever looks after the bot: "
        "the Slack app may lack the permission files:write, and the bot the extra documents or the way to "
        "files.slack.com."
    ),
    "Den här delen gäller inte längre.": "This part no longer holds.",
    "… Resten står i meddelandet.": "… The rest is in the message.",
    "Du är inte kvar i kanalen där du öppnade formuläret. Inget är sparat. Det du har fyllt i är kvar här.": (
        "You are no longer in the channel where you opened the form. Nothing is saved. "
        "What you filled in is still here."
    ),
    # Teams.
    "Filer går inte att välja här. Klistra in texten, högst 10 000 tecken i taget.": (
        "Files cannot be chosen here. Paste the text, at most 10,000 characters at a time."
    ),
    "Skriv något här.": "Write something here.",
    "Välj ett svar.": "Choose an answer.",
    "Välj en dag.": "Choose a day.",
    "Välj minst en person.": "Choose at least one person.",
    "Öppna i ett fönster": "Open in a window",
    "En text här ovanför är förkortad för att allt ska få plats.": (
        "A text above is shortened so that all of it fits."
    ),
    "Det tar längre tid än vanligt.": "This takes longer than usual.",
    "Inget har gått förlorat. Titta igen om en stund, och försök då på nytt.": (
        "Nothing is lost. Look again in a while, and try once more then."
    ),
    "Det tar längre tid än vanligt. Din text är kvar. Försök igen om en stund.": (
        "This takes longer than usual. Your text is still here. Try again in a while."
    ),
    "Kopiera din text härifrån, stäng formuläret och öppna det igen om en stund.": (
        "Copy your text from here, close the form and open it again in a while."
    ),
    "Jag försöker själv igen tills det går. Du behöver inte skicka det en gång till.": (
        "I keep trying until it works. You need not send it again."
    ),
    "Får du inget svar inom en timme, skicka det igen.": "If you hear nothing within an hour, send it again.",
    "Jag har inte kunnat spara det du skickade.": "I have not been able to save what you sent.",
    "Får du inget svar av mig inom tio minuter, skicka det igen.": (
        "If you hear nothing from me within ten minutes, send it again."
    ),
    "Nu har jag tagit emot det du skickade.": "Now I have received what you sent.",
    "Det här är svaret på det du skickade först. Det du skickade nu är inte sparat.": (
        "This is the answer to what you sent first. What you sent now is not saved."
    ),
    "Du har redan skickat det här i fönstret, och det är mottaget. Det du skickade nu är inte sparat.": (
        "You have sent this in the window already, and it is received. What you sent now is not saved."
    ),
    "Vill du ändra något, öppna formuläret igen.": "If you want to change something, open the form again.",
    "Vill du ändra något, öppna formuläret igen. Här är det du skickade nu:": (
        "If you want to change something, open the form again. Here is what you sent now:"
    ),
    "Jag kan inte läsa det du tryckte på. Inget har ändrats. Skriv /hjälp, så visar jag vad du kan göra.": (
        "I cannot read what you pressed. Nothing has changed. Write /hjälp, and I show you what you can do."
    ),
    "Inget har ändrats. Kopiera din text, stäng formuläret och öppna det igen.": (
        "Nothing has changed. Copy your text, close the form and open it again."
    ),
    "Din text": "Your text",
    "Formuläret får inte plats här. Inget har ändrats.": "The form does not fit here. Nothing has changed.",
    "Inget nytt har sparats. Meddelandet som stod här syns igen nästa gång du kommer hit.": (
        "Nothing new was saved. The message that stood here is shown again the next time you come here."
    ),
    "Meddelandet som stod här syns igen nästa gång du kommer hit.": (
        "The message that stood here is shown again the next time you come here."
    ),
    "Formuläret är stängt. Inget nytt har sparats.": "The form is closed. Nothing new was saved.",
    "Uppdatera Teams, så ser du hela meddelandet.": "Update Teams to see the whole message.",
    "I Teams visar jag innehållet här i stället för i en fil. Kopiera det dit ni vill ha det.": (
        "In Teams I show the content here instead of in a file. Copy it to where you want it."
    ),
    "Öppna {host}": "Open {host}",
    "Det här behöver ett svar.": "This needs an answer.",
    "Klart.": "Done.",
    "Klart. Jag svarar i ett eget meddelande.": "Done. I answer in a message of its own.",
    "Jag kan inte se vilka som är med här just nu. Det du har fyllt i är kvar. Försök igen om en stund.": (
        "I cannot see who is here just now. What you filled in is still here. Try again in a while."
    ),
    # The provrum, in forms and in what only one person sees.
    "Något behöver ändras.": "Something needs changing.",
    "Rätta det som är markerat. Det du har skrivit är kvar.": (
        "Put right what is marked. What you have written is still here."
    ),
    "måste fyllas i": "required",
    "Avbryt": "Cancel",
    "Läs in en fil i rutan": "Read a file into the box",
    "Det här behöver ett svar. Fyll i det och försök igen.": (
        "This needs an answer. Fill it in and try again."
    ),
    "Texten är {over} tecken för lång. Korta den.": "The text is {over} characters too long. Shorten it.",
    "Det valet finns inte längre. Välj ett annat.": "That choice is no longer there. Choose another.",
    "Här går det att välja ett svar. Välj ett.": "Only one answer can be chosen here. Choose one.",
    "Det är inget datum. Skriv till exempel 2026-11-26.": "That is no date. Write for example 2026-11-26.",
    "Gå till {place}": "Go to {place}",
    "Gå till meddelandet": "Go to the message",
    "Bara du ser det här": "Only you see this",
    "Det här står i filen": "This is in the file",
    "Word-filen kan inte göras här, för tillägget documents är inte installerat. Starta med "
    "uv run --extra documents nulage provrum så finns den.": (
        "The Word file cannot be made here, for the extra documents is not installed. Start with "
        "uv run --extra documents nulage provrum, and it is there."
    ),
    "Knappar": "Buttons",
    "Siffrorna som tabell": "The numbers as a table",
    "Vad": "What",
    "Tabell": "Table",
}
