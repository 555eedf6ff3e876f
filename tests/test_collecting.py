"""What collecting the tests costs whoever runs a few of them."""

import pytest

from conftest import IMPORTED


def test_collecting_imports_nothing_that_is_slow_to_import(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.stash[IMPORTED] == set()
