"""Python's garbage collector, for a process that keeps what it has loaded; `bot` says how often it looks."""

import gc


def calm_collector() -> None:
    """Leave what is loaded alone. Call it once, when all is in place.

    Without it a turn now and then looks through all libraries and prompts (`poe bench`).
    """
    gc.collect()
    gc.freeze()
