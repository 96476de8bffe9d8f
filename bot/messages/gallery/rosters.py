"""A team of the chat's that differs from the arbetslag in it."""

from bot.domain.school import Skolform
from bot.messages.gallery.base import Example
from bot.messages.model import Form
from bot.messages.phrasing import rosters
from bot.messages.texts import Texts

NEW = (
    rosters.NewOne(user="t/alva", name="Alva Roth"),
    rosters.NewOne(user="t/nils", name="Nils Åker"),
    rosters.NewOne(user="t/gunn", name="Gunn Vik", guest=True),
)
CHANNELS = (("a", "Fritids Eken"), ("b", "Elevhälsa"))
DIFFERS = rosters.Differs(
    key="0a1b2c3d4e5f",
    team="Björkskolan",
    new=NEW,
    channels=CHANNELS,
    left=(("Omar Haddad", "Arbetslag 4–6"),),
)
MANY = DIFFERS.model_copy(
    update={
        "new": tuple(rosters.NewOne(user=f"t/{n}", name=f"Person {n}") for n in range(1, 61)),
        "channels": (),
        "left": (),
    }
)
LEFT = DIFFERS.model_copy(update={"new": (), "channels": ()})
ARBETSLAG = (("arbetslag-4-6", "Arbetslag 4–6"), ("arbetslag-7-9", "Arbetslag 7–9"))


def _asked(differs: rosters.Differs, **said: dict[str, tuple[str, ...]]) -> rosters.TeamAsked:
    skolformer = (Skolform.GRUNDSKOLA, Skolform.FRITIDSHEM)
    return rosters.TeamAsked(differs, ARBETSLAG, skolformer, values=said.get("values", {}))


def _wrong(texts: Texts) -> Form:
    errors = {"arbetslag": texts.rosters.no_arbetslag}
    return rosters.team_form(
        rosters.TeamAsked(DIFFERS, ARBETSLAG, (Skolform.GRUNDSKOLA,), {"people": ("t/alva",)}, errors), texts
    )


EXAMPLES = (
    Example("rosters/changed", lambda texts: rosters.changed(DIFFERS, texts)),
    Example("rosters/changed_many", lambda texts: rosters.changed(MANY, texts)),
    Example("rosters/changed_left", lambda texts: rosters.changed(LEFT, texts)),
    Example("rosters/form", lambda texts: rosters.team_form(_asked(DIFFERS), texts)),
    Example("rosters/form_many", lambda texts: rosters.team_form(_asked(MANY), texts)),
    Example("rosters/form_wrong", _wrong),
    Example("rosters/added", lambda texts: rosters.added(2, "Arbetslag 4–6", (), (), texts)),
    Example(
        "rosters/added_all",
        lambda texts: rosters.added(1, "Arbetslag 4–6", ("Fritids Eken", "Elevhälsa"), ("Ove Ek",), texts),
    ),
    Example("rosters/made", lambda texts: rosters.added(0, "", ("Fritids Eken",), (), texts)),
)
