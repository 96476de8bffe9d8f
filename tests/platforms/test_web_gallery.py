from bot.domain.value import Value
from bot.messages import model as m
from bot.messages.gallery import examples
from bot.platforms.web import render
from prompts.book import load_texts
from tests.each import each
from tests.platforms.test_web_render import Seen, opened, shown, squeezed

EXAMPLES = {
    f"{language}/{name}": one for language in ("sv", "en") for name, one in examples(load_texts(language))
}


@each("name", EXAMPLES)
def test_whatever_the_bot_can_say_is_shown_whole(name: str) -> None:
    example = EXAMPLES[name]
    html = render.line(shown(example)) if isinstance(example, m.Message) else opened(example)
    seen = Seen(html)
    everything = squeezed(seen.text + " ".join(value for _, value in seen.attributes))
    for text in words(example):
        assert squeezed(text) in everything


def words(value: object) -> list[str]:
    """Collect every string that a person is meant to read."""
    if isinstance(value, Value):
        hidden = {"kind", "look", "token", "key", "link", "file", "value", "around"}
        return [
            text
            for name in type(value).model_fields
            if name not in hidden
            for text in words(getattr(value, name))
        ]
    if isinstance(value, tuple):
        return [text for one in value for text in words(one)]
    if isinstance(value, dict):
        return [text for one in value.values() for text in words(one)]
    return [value] if isinstance(value, str) else []
