"""The stack that all matrices are filled with at once, its windows made short, and the one look at how all stand."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from publishing import schema
from tests.support.nursery import running_nursery
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_stack
from tests.support.valkey import running_valkey

WINDOWS = {
    "AGM_LEASE_SECONDS": "4",
    "AGM_PLATFORM_TIMEOUT_SECONDS": "2",
    "AGM_SETTLE_SECONDS": "6",
    "AGM_RECONCILE_SECONDS": "0.2,0.5,1,2",
    "AGM_SWEEP_SECONDS": "0.3",
    "AGM_USAGE_PAUSE_SECONDS": "1",
}
"""A call's deadline is many times what the sandbox takes on a busy machine: else each cell would meet with a second
fault, which nobody asked for."""
SLOW_SECONDS = 3
"""Longer than that deadline."""
NEVER_SECONDS = 600
"""Longer than any cell is waited for."""
_STATUSES = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Publication { id status } } }"
_ENDED = {"PUBLISHED", "FAILED", "HELD", "NEEDS_ATTENTION", "CANCELED"}
_PATIENCE_SECONDS = 300.0
_LOOK_SECONDS = 0.2
_MOST = 100


@dataclass
class Town:
    """A running stack with its sandbox."""

    stack: Stack
    sandbox: Sandbox
    _waiting: dict[str, asyncio.Future[str]] = field(default_factory=dict)

    async def ending(self, publication_id: str) -> str:
        """Wait for the state in which a publication stays; after minutes, give the one it is in."""
        ended = self._waiting[publication_id] = asyncio.get_running_loop().create_future()
        try:
            return await ended
        finally:
            del self._waiting[publication_id]

    async def watch(self) -> None:
        """Look at all publications that somebody waits for: a look for each would be most of the API's work."""
        began: dict[str, float] = {}
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            ids = list(self._waiting)
            for start in range(0, len(ids), _MOST):
                for node in (await self.stack.client(_STATUSES, ids=ids[start : start + _MOST]))["nodes"]:
                    waited = time.monotonic() - began.setdefault(node["id"], time.monotonic())
                    if node["status"] in _ENDED or waited > _PATIENCE_SECONDS:
                        self._waiting[node["id"]].set_result(node["status"])


@contextlib.asynccontextmanager
async def running_town(folder: Path) -> AsyncIterator[Town]:
    """Run a town; all its processes end with it."""
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
        yield Town(stack, sandbox)
