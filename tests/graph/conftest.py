"""Microsoft's SDK warns of its own classes when it is imported: no test of ours can mend that."""

import pytest

OF_THE_SDK = (
    "ignore:GetQueryParameters is deprecated:DeprecationWarning",
    "ignore:This class is deprecated. Please use the generic RequestConfiguration:DeprecationWarning",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/graph/" in item.nodeid:
            for ignored in OF_THE_SDK:
                item.add_marker(pytest.mark.filterwarnings(ignored))
