"""`nulage preview`: every message of the gallery, for the people who write the texts."""

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.messages.gallery import examples
from bot.messages.model import Form, Message
from bot.messages.plain import form_lines, lines
from prompts.book import load_prompts


def show_all(topic: str = "") -> None:
    """Print each example whose name begins with `topic`; no colour is needed to read it."""
    console = Console()
    shown = 0
    for name, example in examples(load_prompts().texts):
        if name.startswith(topic):
            shown += 1
            console.print(Panel(Text(spoken(example)), title=Text(name), title_align="left", width=80))
    if not shown:
        console.print(Text(f"Inget meddelande börjar på {topic!r}. Skriv nulage preview för att se alla."))


def spoken(example: Message | Form) -> str:
    return "\n".join(lines(example) if isinstance(example, Message) else form_lines(example))
