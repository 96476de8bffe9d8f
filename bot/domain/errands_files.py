"""A file of ours in somebody's drive, as we left it: found again by that, and let be when it is otherwise."""

from pydantic import ValidationError

from bot.domain.value import SchoolId, Value


class File(Value):
    """A file as it was when we wrote it: `item` names it in its `drive` wherever it is moved to.

    `etag` is of all of it, `ctag` of its content alone. `beside`: it lies beside one that we let be.
    """

    drive: str
    item: str
    path: str
    etag: str
    ctag: str = ""
    link: str
    beside: bool = False


class Filed(Value):
    """What is remembered of a week's summary that was written as a file (`Kept.reference`)."""

    file: File
    school: SchoolId
    week: int

    @classmethod
    def of(cls, reference: str) -> "Filed | None":
        """None when it was never written."""
        try:
            return cls.model_validate_json(reference) if reference else None
        except ValidationError:
            return None
