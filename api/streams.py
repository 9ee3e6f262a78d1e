"""Server-sent events: the results of an operation as they come.

Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode (read 2026-11-25).
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import Any, cast

import orjson
from starlette.responses import StreamingResponse
from strawberry.http import process_result
from strawberry.types.execution import ExecutionResult

from api.answers import EVENT_STREAM
from api.masking import UNDECIDED, undecided

HEARTBEAT_SECONDS = 15.0
_HEARTBEAT = b": still here\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"
_HEADERS = {"cache-control": "no-store, no-transform", "vary": "Accept", "x-accel-buffering": "no"}


def streamed(results: AsyncIterator[ExecutionResult], draining: asyncio.Event) -> StreamingResponse:
    """Answer with each result as an event `next`, and `complete` when there are no more.

    A server that drains ends the stream without `complete`, by which a client knows that it has to come again.
    """
    return StreamingResponse(_events(results, draining), media_type=EVENT_STREAM, headers=_HEADERS)


async def _events(results: AsyncIterator[ExecutionResult], draining: asyncio.Event) -> AsyncGenerator[bytes]:
    ending = asyncio.ensure_future(draining.wait())
    upcoming = asyncio.ensure_future(anext(results, None))
    try:
        while True:
            await asyncio.wait([upcoming, ending], timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if ending.done():
                return
            if not upcoming.done():
                yield _HEARTBEAT
                continue
            result = _result(upcoming)
            if result is None:
                yield _COMPLETE
                return
            yield b"event: next\ndata: " + orjson.dumps(result, default=str) + b"\n\n"
            upcoming = asyncio.ensure_future(anext(results, None))
    finally:
        ending.cancel()
        upcoming.cancel()
        await asyncio.gather(upcoming, return_exceptions=True)
        if isinstance(results, AsyncGenerator):
            await results.aclose()


def _result(upcoming: asyncio.Future[ExecutionResult | None]) -> Mapping[str, Any] | None:
    try:
        result = upcoming.result()
    except UNDECIDED as error:
        return {"data": None, "errors": [undecided(error).formatted]}
    return cast("Mapping[str, Any]", process_result(result)) if result is not None else None
