"""The sandbox that tests share: what lasts for good is refused there, for later tests would meet it."""

from collections.abc import Awaitable, Callable

import pytest

from tests.support.sandbox import Sandbox

DEEDS: dict[str, Callable[[Sandbox], Awaitable[None]]] = {
    "the clock": lambda sandbox: sandbox.advance_clock(1),
    "LinkedIn": lambda sandbox: sandbox.change_linkedin(processing_seconds=1),
    "X": lambda sandbox: sandbox.change_x(duplicate_seconds=1),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
async def test_what_lasts_is_done_at_a_sandbox_of_ones_own_only(
    sandbox: Sandbox, own_sandbox: Sandbox, deed: Callable[[Sandbox], Awaitable[None]]
):
    with pytest.raises(AssertionError, match="ask for `own_sandbox`"):
        await deed(sandbox)
    await deed(own_sandbox)
