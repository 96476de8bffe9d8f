"""Anything anyone may do in a cause analysis, in any order: nothing breaks, nothing is said twice."""

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.events import Pressed
from bot.domain.school import Account
from bot.messages.model import Choices, Quiet, Response, Say
from bot.messages.tokens import Verb
from storage.said.analyses import load_analysis
from tests.handlers.conversation_stage import ROOM, Stage

PEOPLE = st.sampled_from(("lena", "omar", "sam", "vide", "rut"))
WORDS = st.sampled_from(
    ("1", "1, 2", "ja", "Vet inte", "hoppa över", "backa", "pausa", "Vi läser för lite", "", "å" * 10_001)
)
TOKENS = st.sampled_from(
    ("choose", "skip_question", "dont_know", "back", "pause", "resume", "take_pen", "confirm", "use_mine")
)
PATHS = st.sampled_from(
    ("", "resultat", "orsak.1", "orsak.2.varfor.3", "orsak.1.styrka", "orsak.9", "forst", "orsak.1.more")
)


class Conversing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.version = 0

    def teardown(self) -> None:
        self.stage.store.close()

    @rule(who=PEOPLE, which=st.integers(0, 40))
    def press_what_is_shown(self, who: str, which: int) -> None:
        shown = [
            button.token
            for _, message, _ in self.stage.promised()[-4:]
            for block in message.blocks
            if isinstance(block, Choices)
            for button in block.buttons
        ]
        if shown:
            event = Pressed(
                id=self.stage.next(),
                at=self.stage.at,
                who=Account(platform="terminal", user=who),
                where=ROOM,
                token=shown[which % len(shown)],
            )
            _answered(self.stage.do(event))

    @rule(who=st.sampled_from(("lena", "omar")), more=st.booleans())
    def answer_what_is_asked(self, who: str, *, more: bool) -> None:
        path = self.stage.now().conversation.at or ""
        choices = {"more": "yes" if more else "no", "styrka": "svagt", "paverkbar": "inte"}
        last = path.rsplit(".", 1)[-1]
        if last in choices:
            _answered(self.stage.press(who, "choose", f"{path}~{choices[last]}~0"))
        elif last in {"1", "2", "3", "resultat", "skal"}:
            _answered(self.stage.write(who, "Vi läser för lite"))
        elif path:
            _answered(self.stage.press(who, "skip_question" if more else "dont_know", path))
        else:
            _answered(self.stage.press(who, "confirm"))

    @rule(who=PEOPLE, text=WORDS)
    def write(self, who: str, text: str) -> None:
        _answered(self.stage.write(who, text))

    @rule(who=PEOPLE, verb=TOKENS, path=PATHS, key=st.sampled_from(("", "inte", "yes", "orsak.1")))
    def press_anything(self, who: str, verb: Verb, path: str, key: str) -> None:
        _answered(self.stage.press(who, verb, f"{path}~{key}~0"))

    @rule(who=PEOPLE, path=PATHS)
    def change_an_answer(self, who: str, path: str) -> None:
        _answered(self.stage.press(who, "change_answer"))
        _answered(self.stage.fill(who, "change_answer", "", {"path": (path,)}))

    @rule(who=PEOPLE, path=PATHS, text=WORDS, seen=st.integers(0, 2))
    def send_a_form(self, who: str, path: str, text: str, seen: int) -> None:
        _answered(self.stage.fill(who, "choose", f"{path}~~{seen}", {path: (text,)}))

    @invariant()
    def nothing_is_lost_or_said_twice(self) -> None:
        dialogue = self.stage.now()
        assert dialogue.conversation.version >= self.version
        self.version = dialogue.conversation.version
        promised = self.stage.promised()
        replaced = [replacing for _, _, replacing in promised if replacing]
        assert len(replaced) == len(set(replaced))
        assert dialogue.asked not in replaced
        if dialogue.conversation.state == "open":
            assert dialogue.asked in [key for key, _, _ in promised]

    @invariant()
    def done_means_kept(self) -> None:
        event(self.stage.now().conversation.state)
        if self.stage.now().conversation.state == "done":
            with self.stage.store.begin() as unit:
                analysis = load_analysis(unit, "1")
            assert analysis is not None
            assert analysis.state == "done"


def _answered(response: Response) -> None:
    assert response is not None
    if isinstance(response, Say):
        assert response.message.title
    else:
        assert isinstance(response, Quiet) or response.kind == "open"


Conversing.TestCase.settings = settings(
    max_examples=25, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
test_anything_in_any_order = Conversing.TestCase
