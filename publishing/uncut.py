"""Work that is not cut in the middle: a cancellation waits until it is done."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

Answer = TypeVar("Answer")


async def uncut(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run it to its end even when the caller is cancelled meanwhile; the cancellation is raised after it."""
    task = asyncio.get_running_loop().create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise
