"""Watching: the present state first, then the state after each change, until the server drains or the key ends."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from api.auth import authenticate, header_of
from api.context import Context
from api.faults import unauthenticated
from publishing.records import EventNote

Item = TypeVar("Item")
KEY_CHECK_SECONDS = 60.0


async def watch(
    context: Context,
    present: UUID | None,
    load: Callable[[UUID], Awaitable[Item | None]],
    *,
    only: Callable[[EventNote], bool],
) -> AsyncGenerator[Item, None]:
    """Yield the present state of one thing, when one is given, and of each thing whose event passes `only`.

    Raises:
        GraphQLError: UNAUTHENTICATED; the key was revoked or ran out. It is looked at every minute.
    """
    async with context.hub.listen(workspace_id=context.workspace_id) as notes:
        if present is not None and (item := await load(present)) is not None:
            yield item
        reading = notes.__aiter__()
        upcoming = asyncio.ensure_future(anext(reading, None))
        try:
            while True:
                done, _ = await asyncio.wait([upcoming], timeout=KEY_CHECK_SECONDS)
                if not done:
                    await _check_key(context)
                    continue
                note = upcoming.result()
                if note is None:
                    return
                upcoming = asyncio.ensure_future(anext(reading, None))
                if only(note) and (item := await load(note.subject_id)) is not None:
                    yield item
        finally:
            upcoming.cancel()


async def _check_key(context: Context) -> None:
    caller = await authenticate(context.deps, header_of(context.connection_params))
    if caller is None or caller.key_id != context.caller.key_id:
        raise unauthenticated("The key of this subscription is no longer valid.")
