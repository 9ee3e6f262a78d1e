"""The relay's task: numbers committed events as soon as somebody says there are some, at the latest every sweep."""

import asyncio
from contextlib import suppress

import structlog
from redis.exceptions import RedisError

from publishing.deps import Deps
from publishing.queue import EVENTS_NUMBERED, EVENTS_WRITTEN
from publishing.store import away
from publishing.system import number_events
from publishing.uncut import uncut

log = structlog.get_logger(__name__)
_BREATH = 0.1
"""Between two numberings: the first event is numbered at once, those of a burst together."""


async def relay(deps: Deps) -> None:
    """Relay for ever; without Redis by sweeps alone."""
    while True:
        try:
            await _follow(deps)
        except (RedisError, OSError) as error:
            log.warning("redis_away", action="relay", error=type(error).__name__)
            await _number(deps)
            await asyncio.sleep(deps.settings.sweep_seconds)


async def _follow(deps: Deps) -> None:
    seconds = deps.settings.sweep_seconds
    async with deps.bell.pubsub() as pubsub:
        await pubsub.subscribe(EVENTS_WRITTEN)
        while True:
            await _number(deps)
            await asyncio.sleep(_BREATH)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await pubsub.get_message(ignore_subscribe_messages=True, timeout=seconds)
                    while await pubsub.get_message(timeout=0):  # one numbering answers all that was said so far
                        pass


async def _number(deps: Deps) -> None:
    try:
        if await uncut(number_events()):
            await deps.bell.publish(EVENTS_NUMBERED, "")
    except away() as error:
        log.warning("store_away", use_case="number_events", error=type(error).__name__)
    except Exception as error:
        log.exception("relay_fault", error=type(error).__name__)
