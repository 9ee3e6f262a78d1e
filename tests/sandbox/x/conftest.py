"""A stranger to the sandbox's X."""

import pytest

from tests.sandbox.stranger import Stranger
from tests.sandbox.x.stranger import XStranger


@pytest.fixture
def x(meta: Stranger) -> XStranger:
    """A stranger to X, in the same sandbox as one to Meta."""
    return XStranger(meta.http)
