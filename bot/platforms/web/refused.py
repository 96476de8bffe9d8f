"""A request we do not take, in the three parts every error has."""


class Refused(Exception):
    """What happened, what the person can do, and what became of the words."""

    def __init__(self, status: int, what: str, do: str, kept: str = "Inget har gått förlorat.") -> None:
        super().__init__(what)
        self.status = status
        self.parts = (what, do, kept)
