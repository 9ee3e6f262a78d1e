"""Watching: the present state first, then the state after each change, until the server drains or the key ends."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from graphql import GraphQLError

from api.auth import authenticate, header_of
from api.context import Context
from api.faults import FaultCode, fault, unauthenticated
from publishing.events import API_KEY_REVOKED
from publishing.records import EventNote

Item = TypeVar("Item")
KEY_CHECK_SECONDS = 60.0
_TOO_SLOW = "Changes came faster than this subscription took them. Subscribe again: the present state comes first."


async def watch(
    context: Context,
    present: UUID | None,
    load: Callable[[UUID], Awaitable[Item | None]],
    *,
    only: Callable[[EventNote], bool],
) -> AsyncGenerator[Item, None]:
    """Yield the present state of one thing, when one is given, and of each thing whose event passes `only`.

    Raises:
        GraphQLError: UNAUTHENTICATED; the key was revoked, which is heard at once, or ran out, which is looked at
            every minute. SERVICE_UNAVAILABLE; the subscriber reads too slowly.
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
                    if context.hub.is_closed:
                        return
                    raise fault(FaultCode.SERVICE_UNAVAILABLE, _TOO_SLOW)
                if note.type == API_KEY_REVOKED and note.subject_id == context.caller.key_id:
                    raise _ended()
                upcoming = asyncio.ensure_future(anext(reading, None))
                if only(note) and (item := await load(note.subject_id)) is not None:
                    yield item
        finally:
            upcoming.cancel()


async def _check_key(context: Context) -> None:
    caller = await authenticate(context.deps, header_of(context.connection_params))
    if caller is None or caller.key_id != context.caller.key_id:
        raise _ended()


def _ended() -> GraphQLError:
    return unauthenticated("The key of this subscription is no longer valid.")
