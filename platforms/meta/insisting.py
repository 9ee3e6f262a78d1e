"""Asking once more during a sign-in: its code is used up, and without what it gave all starts again."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from platforms.errors import RateLimitedError, TransientError

_TRIES = 3
Answer = TypeVar("Answer")


async def insist(call: Callable[[], Awaitable[Answer]]) -> Answer:
    """Repeat a call that the platform was too busy for.

    Raises:
        PlatformError: what the last one ended in, or one that another would not help.
    """
    for _ in range(_TRIES - 1):
        try:
            return await call()
        except TransientError as error:
            if isinstance(error, RateLimitedError) or error.failure.http_status is None:
                raise
    return await call()
