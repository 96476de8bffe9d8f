"""Who may see and do what: one table, and everything that is not in it is refused.

Channel membership is a hint of the platform's; what counts is the roster. A processledare sees
schedules and completion, never content; a rektor sees the school's shared notes as the arbetslag's.
"""

from typing import Literal

from bot.domain.school import Arbetslag, Person, School
from bot.domain.value import ArbetslagId, PersonId, SchoolId, Value

Relation = Literal["author", "member", "colleague", "processledare", "rektor"]
Action = Literal[
    "answer",
    "read_notes",
    "edit_note",
    "raise_note",
    "search_notes",
    "share_state",
    "lead_analysis",
    "schedule",
    "see_completion",
    "read_summary",
    "reply_arbetslag",
    "set_summary_time",
    "set_own_absence",
    "set_absence",
    "import_calendar",
    "see_roles",
    "settle_delivery",
    "adopt_channel",
    "change_people",
    "give_rektor",
]

TABLE: dict[Action, frozenset[Relation]] = {
    "answer": frozenset({"member"}),
    "read_notes": frozenset({"member", "rektor"}),
    "edit_note": frozenset({"author"}),
    "raise_note": frozenset({"member"}),
    "search_notes": frozenset({"member", "rektor"}),
    "share_state": frozenset({"member", "rektor"}),
    "lead_analysis": frozenset({"member"}),
    "schedule": frozenset({"processledare", "rektor"}),
    "see_completion": frozenset({"member", "processledare", "rektor"}),
    "read_summary": frozenset({"rektor"}),
    "reply_arbetslag": frozenset({"rektor"}),
    "set_summary_time": frozenset({"rektor"}),
    "set_own_absence": frozenset({"colleague"}),
    "set_absence": frozenset({"member", "processledare", "rektor"}),
    "import_calendar": frozenset({"processledare", "rektor"}),
    "see_roles": frozenset({"colleague"}),
    "settle_delivery": frozenset({"processledare", "rektor"}),
    "adopt_channel": frozenset({"processledare", "rektor"}),
    "change_people": frozenset({"processledare", "rektor"}),
    "give_rektor": frozenset({"rektor"}),
}

IMPLIED: dict[Relation, frozenset[Relation]] = {
    "author": frozenset({"author", "member", "colleague"}),
    "member": frozenset({"member", "colleague"}),
    "colleague": frozenset({"colleague"}),
    "processledare": frozenset({"processledare", "colleague"}),
    "rektor": frozenset({"rektor", "colleague"}),
}
"""What somebody who is one thing is as well, before their other roles."""


class Written(Value):
    """Somebody's words: who wrote them, in which arbetslag, at which school."""

    author: PersonId
    arbetslag: ArbetslagId
    school: SchoolId


Thing = Arbetslag | School | Written


def may(person: Person, action: Action, thing: Thing) -> bool:
    """Say whether `person` may do `action` to `thing`; deny by default."""
    return bool(TABLE[action] & relations(person, thing))


def allows(action: Action, relation: Relation) -> bool:
    """Say whether somebody may do `action` for being `relation` alone."""
    return bool(TABLE[action] & IMPLIED[relation])


def relations(person: Person, thing: Thing) -> frozenset[Relation]:
    """What `person` is to `thing`. To another school, nothing; and words stay with their arbetslag."""
    match thing:
        case Arbetslag(id=arbetslag, school=school):
            return _to_team(person, arbetslag, school)
        case School(id=school):
            return _to_school(person, school)
        case Written(author=author, arbetslag=arbetslag, school=school):
            found = _to_team(person, arbetslag, school)
            own = "member" in found and author == person.id
            return frozenset({*found, "author"}) if own else found


def _to_school(person: Person, school: SchoolId) -> frozenset[Relation]:
    if person.school != school or not person.roles:
        return frozenset()
    found: set[Relation] = {"colleague"}
    if person.has("processledare"):
        found.add("processledare")
    if person.has("rektor"):
        found.add("rektor")
    return frozenset(found)


def _to_team(person: Person, arbetslag: ArbetslagId, school: SchoolId) -> frozenset[Relation]:
    found = set(_to_school(person, school))
    if found and arbetslag in person.arbetslag:
        found.add("member")
    return frozenset(found)
