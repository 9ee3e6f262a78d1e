"""Each kind of channel at what stands behind it: the sandbox, or the platform's real server."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from platforms.base import ChannelKind
from tests.conformance.candidates import CANDIDATES, Candidate


@pytest.fixture(params=list(ChannelKind), ids=lambda kind: kind.value)
def kind(request: pytest.FixtureRequest) -> ChannelKind:
    return request.param


@pytest.fixture
def behind(request: pytest.FixtureRequest, kind: ChannelKind) -> Any:
    """Start what stands behind a kind of channel, and nothing else."""
    return request.getfixturevalue(CANDIDATES[kind].behind)


@pytest.fixture
async def candidate(kind: ChannelKind, behind: Any) -> AsyncIterator[Candidate]:
    """A kind of channel that has to stand every test of this folder."""
    async with AsyncExitStack() as held:
        yield await CANDIDATES[kind].make(kind, behind, held)
