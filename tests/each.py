"""One test of many small cases: every case is tried, and each that fails is told by name.

For checks that take less time than pytest and its workers need to hand a test around. A case that is dear,
or that may hang, is better off as a test of its own: `pytest.mark.parametrize`.
"""

import inspect
import linecache
import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]


def each(name: str, cases: Iterable[Any], *, told: Callable[[Any], object] = repr) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize(name, cases)`, in one test. `told` names a case.

    Several names have commas between, and a case is a tuple of as many. No cases at all is a fault.
    """
    names, tried = name.split(", "), tuple(cases)

    def decorated(test: Test) -> Test:
        @wraps(test)
        def every_case(**others: Any) -> None:
            assert tried, f"no {name} to try"
            faults = [
                fault
                for case in tried
                if (fault := _fault(test, {**_given(names, case), **others}, str(told(case))))
            ]
            if faults:
                which = ", ".join(fault.partition("\n")[0] for fault in faults)
                head = f"{len(faults)} of {len(tried)} fail: {which}"
                pytest.fail("\n\n".join([head, *faults]), pytrace=False)

        asked = inspect.signature(test)
        others = [one for one in asked.parameters.values() if one.name not in names]
        assert len(others) == len(asked.parameters) - len(names), f"{test.__name__} does not ask for {name}"
        every_case.__signature__ = asked.replace(parameters=others)  # type: ignore[attr-defined]  # pytest reads it
        return every_case

    return decorated


def _given(names: list[str], case: Any) -> dict[str, Any]:
    return {names[0]: case} if len(names) == 1 else dict(zip(names, case, strict=True))


def _fault(test: Test, given: dict[str, Any], told: str) -> str:
    """Try one case; return what failed and where, or nothing."""
    try:
        test(**given)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  whatever it is, the rest is tried too
        frames = traceback.extract_tb(error.__traceback__)[1:]
        lines = [f"  {one.filename}:{one.lineno}: {_line(one)}" for one in frames]
        return "\n".join([told, *lines, *traceback.format_exception_only(error)]).rstrip()
    return ""


def _line(frame: traceback.FrameSummary) -> str:
    return linecache.getline(frame.filename, frame.lineno or 0).strip()
