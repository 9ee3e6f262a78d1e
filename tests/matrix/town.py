"""The stack that the matrix is filled with, its windows made short, and the wait for an ending."""

import asyncio
import contextlib
import time
import traceback
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

from publishing import schema
from tests.matrix.table import Cell
from tests.support.journey import Journey
from tests.support.nursery import running_nursery
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_stack
from tests.support.valkey import running_valkey

WINDOWS = {
    "AGM_LEASE_SECONDS": "2",
    "AGM_PLATFORM_TIMEOUT_SECONDS": "1",
    "AGM_SETTLE_SECONDS": "5",
    "AGM_RECONCILE_SECONDS": "0.2,0.5,1,2",
    "AGM_SWEEP_SECONDS": "0.3",
    "AGM_USAGE_PAUSE_SECONDS": "1",
}
_ENDED = {"PUBLISHED", "FAILED", "HELD", "NEEDS_ATTENTION", "CANCELED"}
_PATIENCE = 300.0


async def ending(journey: Journey, publication_id: str) -> str:
    """Wait for the state in which a publication stays; asked ever less often."""
    started, status = time.monotonic(), ""
    while (waited := time.monotonic() - started) < _PATIENCE and status not in _ENDED:
        await asyncio.sleep(max(0.1, waited / 20))
        status = (await journey.publication(publication_id))["status"]
    return status


async def tried(filling: Awaitable[Cell]) -> Cell:
    """Give a cell; one that could not be filled is false and says why, and the others are filled all the same."""
    started = time.monotonic()
    try:
        return await filling
    except Exception as error:  # noqa: BLE001 - whatever it was, it makes this cell false
        traceback.print_exception(error)
        said = str(error).partition("\n")[0]
        return Cell(0, f"{type(error).__name__} {said}".strip(), time.monotonic() - started)


@contextlib.asynccontextmanager
async def town(folder: Path) -> AsyncIterator[tuple[Stack, Sandbox]]:
    async with contextlib.AsyncExitStack() as held:
        nursery = held.enter_context(running_nursery())
        valkey = held.enter_context(running_valkey())
        sandbox = await held.enter_async_context(running_sandbox(folder))
        url = f"sqlite:///{folder / 'agm.db'}"
        await schema.upgrade(url)
        stack = await held.enter_async_context(
            new_stack(
                folder,
                database_url=url,
                redis_url=valkey.url,
                sandbox_url=sandbox.url,
                settings=WINDOWS,
                nursery=nursery,
            )
        )
        await stack.start_api()
        await stack.start_worker()
        yield stack, sandbox
