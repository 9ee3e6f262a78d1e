"""Each trap that others fell into has a test named after it; that docs/traps.md lists them is tested with its like."""

import pytest

from tools.traps_docs import TRAPS, named_tests


@pytest.mark.parametrize("number", TRAPS)
def test_a_trap_has_a_test_named_after_it(number: int):
    assert named_tests().get(number), f"name a test test_t{number:02}_…"


def test_no_test_is_named_after_a_trap_that_is_not_listed():
    assert named_tests().keys() == TRAPS.keys() == set(range(1, 24))
