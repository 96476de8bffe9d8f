"""What each person sees in Slack, told in the words of a story."""

from bot.messages.model import Form, Message, Paragraph
from bot.rehearsal.world import StoryFailed
from tests.play import Heard
from tests.slack.reading import form_of, message_of
from tests.slack.school import user_of
from tests.slack.state import Json, Post, View, Workspace


class Eyes:
    """Reads the workspace as its people do: `#room`, `@somebody`, and slugs instead of ids."""

    def __init__(self, workspace: Workspace) -> None:
        self._slack = workspace

    def slug(self, user: str) -> str:
        return user.removeprefix("U").lower()

    def room(self, channel: str) -> str:
        """`#arbetslag-4-6` or `@lena`."""
        known = self._slack.channels[channel]
        return f"@{self.slug(known.user)}" if known.user else f"#{known.name}"

    def heard(self, one: Post | View) -> Heard:
        if isinstance(one, View):
            who = self.slug(one.user)
            return Heard(f"@{who}", _told(one), one.id, only_to=who)
        only_to = self.slug(one.only_to) if one.only_to else ""
        message = message_of(one.text, one.blocks)
        return Heard(self.room(one.channel), message, one.ts, one.thread_ts, only_to)

    def everything(self) -> list[Heard]:
        """All that the bot has said and that still stands."""
        return [self.heard(post) for post in self._slack.from_bot()]

    def since(self, mark: int) -> list[Heard]:
        """What was said or changed since `mark`, each thing once."""
        changed = {id(one): one for one in self._slack.changes[mark:]}.values()
        return [self.heard(one) for one in changed if self._is_said(one)]

    def forms(self) -> dict[str, Form]:
        """The modals that ask something, by who has them open."""
        return {
            self.slug(user): form_of(view)
            for user, view in self._slack.modals.items()
            if view.body.get("submit")
        }

    def button(self, who: str, label: str) -> tuple[Post | View, str, Json]:
        """The newest button with this label that somebody can see: where it is, its block and itself."""
        user = user_of(who)
        posts = sorted(self._slack.visible_to(user), key=lambda post: float(post.ts), reverse=True)
        views = [kept[user] for kept in (self._slack.modals, self._slack.homes) if user in kept]
        sources: list[Post | View] = [*views[:1], *posts, *views[1:]]
        for source in sources:
            for block in source.body["blocks"] if isinstance(source, View) else source.blocks:
                for element in block.get("elements", []) if block["type"] == "actions" else []:
                    if element["type"] == "button" and element["text"]["text"] == label:
                        return source, str(block.get("block_id", "")), element
        raise StoryFailed(f"{who} sees no button {label!r}")

    def _is_said(self, one: Post | View) -> bool:
        """A modal that asks is a form; one that only tells, and a home tab, is something said."""
        if isinstance(one, Post):
            return self._slack.is_shown(one)
        shown = one in (self._slack.modals.get(one.user), self._slack.homes.get(one.user))
        return shown and not one.body.get("submit")


def _told(view: View) -> Message:
    """What a view says besides its fields; the home tab has no title."""
    read = message_of("", view.body["blocks"])
    title = view.body.get("title")
    if title is None:
        return read
    words = [] if read.title == title["text"] else [Paragraph(text=read.title)]
    return Message(title=title["text"], blocks=(*words, *read.blocks))
