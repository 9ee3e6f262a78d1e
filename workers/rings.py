"""Hearing rings at once: each is also said aloud, so that work for now need not wait for the next poll of its queue.

The jobs of arq stay what counts: what is said while nobody listens is lost, and the job is there all the same.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from redis.exceptions import RedisError

from publishing.queue import RUNG, Bell, Queue
from workers.runner import Woken

log = structlog.get_logger(__name__)
_PAUSE_SECONDS = 1.0
_PATIENCE_SECONDS = 30.0


async def hear_rings(bell: Bell, runners: Mapping[Queue, Woken]) -> None:
    """Listen for ever; each ring wakes the runner of its queue."""
    names = {queue.value.encode(): runner for queue, runner in runners.items()}
    while True:
        try:
            await _hear(bell, names)
        except (RedisError, OSError) as error:
            log.info("redis_away", action="hear_rings", error=type(error).__name__)
        await asyncio.sleep(_PAUSE_SECONDS)


async def _hear(bell: Bell, runners: Mapping[Any, Woken]) -> None:
    async with bell.pubsub() as pubsub:
        await pubsub.subscribe(RUNG)
        while True:
            message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=_PATIENCE_SECONDS)
            if message is not None and (runner := runners.get(message["data"])) is not None:
                runner.wake()
