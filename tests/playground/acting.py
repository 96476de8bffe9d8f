"""People beside the one who clicks: what they do reaches the bot as activities of theirs."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.rehearsal import example
from tests.playground.school import CHANNEL, CHANNEL_NAME, GROUP, GROUP_NAME, TEAM, aad
from tests.playground.tool import Playground, Post
from tests.teams import payloads
from tests.teams.payloads import Where, Who
from tests.teams.state import THREAD_MARK, Json


class Colleague:
    """Somebody in the school who has no window of their own."""

    def __init__(self, slug: str, playground: Playground, now: Callable[[], datetime]) -> None:
        self._who = Who(aad(slug), example.names()[slug], f"29:{slug}")
        self._playground = playground
        self._now = now
        self._holds: tuple[Post, Json] | None = None

    def command(self, text: str) -> None:
        """Write with a slash in the group chat: only they see it."""
        where = self._where(GROUP)
        self._playground.does(payloads.message(self._who, where, text, targeted=True, at=self._now()))

    def say(self, words: str, button: str) -> None:
        """Write to the bot in the thread of the newest message that has this button."""
        post, _, _ = self._playground.until(lambda: self._find(button))
        where = self._where(post.conversation)
        self._playground.does(payloads.message(self._who, where, words, to_bot=True, at=self._now()))

    def press(self, title: str) -> Json:
        """Press the newest button with this title; return the card that comes in its place."""
        post, button, _ = self._playground.until(lambda: self._find(title))
        return self._execute(post, button, {})

    def send(self, title: str, values: Mapping[str, str]) -> Json:
        """Send the newest form that has a button with this title, with these values by the fields' labels."""
        post, button, form = self._playground.until(lambda: self._find(title))
        return self._execute(post, button, filled(form, values))

    def answer(self, values: Mapping[str, str]) -> None:
        """Answer the question to its end: each form that comes, with what is said of its fields."""
        card = self.press("Svara")
        while any(one.get("verb") == "send" for one in parts(card)):
            card = self.send("Spara", values)

    def _execute(self, post: Post, button: Json, values: Mapping[str, str]) -> Json:
        data = {**button.get("data", {}), **values}
        where = self._where(post.conversation)
        acted = payloads.execute(self._who, where, button["verb"], data, on=post.id, at=self._now())
        value = self._playground.does(acted).get("value")
        card = value if isinstance(value, dict) else {}  # else it was answered with words
        self._holds = (post, card)
        return card

    def _find(self, title: str) -> tuple[Post, Json, Json] | None:
        """The message, the button and its card: among what they got in place of what they pressed, first."""
        seen = [(post, post.card) for post in self._playground.posts()]
        for post, card in reversed([*seen, *([self._holds] if self._holds else [])]):
            for one in parts(card):
                if one.get("type") == "Action.Execute" and one.get("title") == title:
                    return post, one, card
        return None

    def _where(self, conversation: str) -> Where:
        key, _, root = conversation.partition(THREAD_MARK)
        address = f"{self._playground.address.replace('127.0.0.1', 'localhost')}/_connector"
        if key == GROUP:
            return Where(GROUP, "groupChat", name=GROUP_NAME, service_url=address)
        return Where(CHANNEL, "channel", root, name=CHANNEL_NAME, team=TEAM, service_url=address)


def filled(form: Json, values: Mapping[str, str]) -> dict[str, str]:
    """The inputs of a form's card: what is not said stays as it is, what is not asked is not told."""
    inputs = [one for one in parts(form) if str(one.get("type", "")).startswith("Input.")]
    given = {one["id"]: str(one.get("value", "")) for one in inputs}
    for label, value in values.items():
        found = next((one for one in inputs if f"\n{label}" in f"\n{one.get('label', '')}"), None)
        if found is None:
            continue
        titles = {choice["title"]: choice["value"] for choice in found.get("choices", ())}
        given[found["id"]] = titles.get(value, value)
    return given


def parts(card: object) -> Iterator[Json]:
    """Every object in a card, outermost first."""
    if isinstance(card, dict):
        yield card
        for inner in card.values():
            yield from parts(inner)
    elif isinstance(card, list):
        for inner in card:
            yield from parts(inner)
