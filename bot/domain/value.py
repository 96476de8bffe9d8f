"""The base of every domain type, and the names of its identifiers."""

from typing import NewType

from pydantic import BaseModel, ConfigDict

PersonId = NewType("PersonId", str)
ArbetslagId = NewType("ArbetslagId", str)
SchoolId = NewType("SchoolId", str)
HuvudmanId = NewType("HuvudmanId", str)


class Value(BaseModel):
    """A frozen value: two with the same content are the same, and an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
