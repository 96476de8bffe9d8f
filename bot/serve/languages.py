"""What is said in every language, read beside the work: the first who reads one waits for nothing."""

import asyncio
from typing import Protocol, get_args

from bot.domain.school import Language
from bot.log import log
from prompts.loader import PromptsRefused


class Sentences(Protocol):
    """What can be said and asked, by language; see `prompts.book.Prompts`."""

    def read(self, language: Language, /) -> None: ...


async def read_all(sentences: Sentences) -> None:
    """Read every language, each in a thread. What one lacks is told in the log, and stops nothing.

    What could not be read now is read when somebody needs it.
    """
    for language in get_args(Language):
        try:
            await asyncio.to_thread(sentences.read, language)
        except PromptsRefused as refused:
            log.exception(
                "texts_refused", action="serve.texts_refused", kind=language, code="; ".join(refused.problems)
            )
        except Exception:  # nobody waits for this, and nobody else would say it
            log.exception("texts_unread", action="serve.texts_unread", kind=language)
        else:
            log.info("texts_read", action="serve.texts_read", kind=language)
