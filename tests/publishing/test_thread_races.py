"""Who looks, deletes, prepares or decides about a thread, and is overtaken: what is public is told."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from platforms.errors import OutcomeUnknownError
from publishing import decisions
from publishing.decisions import resolve_publication
from publishing.deps import Deps
from publishing.errors import StateError
from publishing.lifecycle import Status
from tests.publishing.test_late_parts import last_left, lose
from tests.publishing.test_thread_deletion import _id
from tests.publishing.test_thread_doubts import (
    DOUBTFUL,
    SETTLED,
    delete,
    turn,
)
from tests.publishing.test_threads import (
    FAILURE,
    _threads,  # noqa: F401 - a fixture
    claimed,
    ended,
    fails,
    stored,
)
from tests.publishing.town import NOW, SECOND, at

# -- a person who decides while another asks for the deletion -----------------------------------------------------


async def test_who_says_where_the_last_part_is_while_it_is_deleted_is_refused(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    """Else what is known is deleted, DELETED is told, and the part at that address stays."""
    street, row = await last_left(deps)
    await ended(await claimed(deps, after=2), fails(OutcomeUnknownError(FAILURE)), after=2)
    await lose(row, Status.NEEDS_ATTENTION)
    decide: Callable[..., Awaitable[Any]] = decisions._decide

    async def after_a_deletion(*given: Any, **named: Any) -> Any:
        await delete(deps, street, row, after=SETTLED)
        return await decide(*given, **named)

    monkeypatch.setattr(decisions, "_decide", after_a_deletion)

    with pytest.raises(StateError, match="DELETE"):
        await resolve_publication(
            at(deps, NOW + SETTLED * SECOND), street.caller, publication_id=_id(row), url="https://example.com/9_2"
        )

    assert await turn(deps, DOUBTFUL["hidden"], after=SETTLED) == ["9_0", "9_1"]
    assert (await stored(row)).status is Status.NEEDS_ATTENTION
