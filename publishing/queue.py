"""The doorbell: arq on Redis says "work is due", and nothing more. Lose it, and work is late by one sweep.

Ringing never waits and never fails: it notes what to ring and a task of this process sends it. Ring ids are never
reused while arq may still know them: a ring for now carries a number of its own; rings for a time ahead share the id
of their tick, which lies in the future until every row rung for it is committed.
"""

import asyncio
import math
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Any, cast

import orjson
import structlog
from arq.connections import ArqRedis
from redis.asyncio import BlockingConnectionPool
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from publishing.failpoints import CrashPoint, crash_here

log = structlog.get_logger(__name__)

EVENTS_WRITTEN = "agm:events:written"
EVENTS_NUMBERED = "agm:events:numbered"
RUNG = "agm:rung"
"""Says the name of a queue that was rung for now: a poll of the queue itself would hear it later."""
_WORKER = "agm:worker:"
_TICK = 0.05
_AHEAD = timedelta(seconds=1)
_BREATH = 0.02
"""Between two rings of a process: the first goes out at once, those of a burst together."""
_LOST = (RedisError, OSError, TimeoutError)


class Queue(StrEnum):
    """The arq queues; each has a worker of its own, so that a backlog of one never delays the other."""

    PUBLISHING = "agm:publishing"
    INTERACTIVE = "agm:interactive"


RING = "ring"
"""The one job: its only meaning is its queue."""


def serialize(job: dict[str, Any]) -> bytes:
    """Write a job as JSON; arq would pickle, and whoever can write to Redis could then run code here."""
    return orjson.dumps(job, default=repr)


def deserialize(data: bytes) -> dict[str, Any]:
    """Read a job."""
    return cast("dict[str, Any]", orjson.loads(data))


def redis_client(url: str) -> ArqRedis:
    """Open a client that connects when first used; a Redis that is away is no reason not to start."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=20,
        timeout=1,
        socket_connect_timeout=1,
        socket_timeout=5,
        retry=Retry(NoBackoff(), 1),
    )
    return ArqRedis(pool_or_conn=pool, job_serializer=serialize, job_deserializer=deserialize)


@dataclass(frozen=True, slots=True)
class _Ring:
    """A ring to send: at once, or at a tick; `shared` by all who want one for that tick."""

    queue: Queue
    tick: int | None
    shared: bool


class Bell:
    """Rings the workers of both queues."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis
        self._wanted: set[_Ring] = set()
        self._events = False
        self._sender: asyncio.Task[None] | None = None
        self._numbers = count()
        self._process = secrets.token_hex(4)

    @property
    def redis(self) -> ArqRedis:
        """The client, for those who listen."""
        return self._redis

    def ring(self, queue: Queue, *, at: datetime | None = None, now: datetime | None = None) -> None:
        """Ask for the queue's workers to look for due work: at once, or `at` a time. Call after the commit.

        `now` is the time of the operation and goes with `at`.
        """
        ahead = at - now if at is not None and now is not None else timedelta()
        tick = math.ceil(at.timestamp() / _TICK) if at is not None and ahead > timedelta() else None
        self._wanted.add(_Ring(queue=queue, tick=tick, shared=ahead > _AHEAD))
        self._send_soon()

    def announce(self) -> None:
        """Say that events were committed and wait for their numbers."""
        self._events = True
        self._send_soon()

    async def ping(self) -> None:
        """Raise when Redis does not answer."""
        await cast("Any", self._redis.ping())

    async def publish(self, channel: str, message: str) -> None:
        """Tell all listeners of a channel; a Redis that is away is not an error, they look by themselves."""
        try:
            await self._redis.publish(channel, message)
        except _LOST as error:
            log.warning("redis_away", action="publish", error=type(error).__name__)

    async def forget_rings(self, queue: Queue) -> None:
        """Throw away every ring of a queue: each says only "look", and the sweep looks anyway."""
        try:
            await self._redis.delete(queue.value)
        except _LOST as error:
            log.warning("redis_away", action="forget_rings", error=type(error).__name__)

    async def show_worker(self, name: str, *, seconds: int, works_on: str = "") -> None:
        """Note that a worker lives, for so many seconds, and on what it works; a Redis that is away is no error."""
        try:
            await self._redis.set(f"{_WORKER}{name}", works_on, ex=seconds)
        except _LOST as error:
            log.warning("redis_away", action="show_worker", error=type(error).__name__)

    async def forget_worker(self, name: str) -> None:
        """Note that a worker has ended."""
        try:
            await self._redis.delete(f"{_WORKER}{name}")
        except _LOST as error:
            log.warning("redis_away", action="forget_worker", error=type(error).__name__)

    async def living_workers(self) -> dict[str, str]:
        """Tell which workers showed themselves lately, and on what each works; raises when Redis does not answer."""
        keys = [key async for key in self._redis.scan_iter(f"{_WORKER}*", count=1000)]
        shown = await self._redis.mget(keys) if keys else []
        return {
            _text(key).removeprefix(_WORKER): _text(value)
            for key, value in zip(keys, shown, strict=True)
            if value is not None  # it ended in between
        }

    async def eviction_policy(self) -> str | None:
        """Tell what Redis does when its memory is full; None when it does not say. Raises when it does not answer."""
        try:
            found = await self._redis.config_get("maxmemory-policy")
        except ResponseError:  # a hosted Redis may hide its configuration
            return None
        policy = found.get("maxmemory-policy") or found.get(b"maxmemory-policy")
        return policy.decode() if isinstance(policy, bytes) else policy

    def pubsub(self) -> PubSub:
        """Open a subscription."""
        return self._redis.pubsub()

    async def aclose(self) -> None:
        """Send what is wanted and close."""
        if self._sender is not None:
            await self._sender
        await self._redis.aclose(close_connection_pool=True)

    def _send_soon(self) -> None:
        if self._sender is None or self._sender.done():
            self._sender = asyncio.get_running_loop().create_task(self._send())

    async def _send(self) -> None:
        while self._wanted or self._events:
            wanted, self._wanted = self._wanted, set()
            events, self._events = self._events, False
            if wanted:
                crash_here(CrashPoint.BEFORE_RING)
            try:
                for queue in {ring.queue for ring in wanted if ring.tick is None}:
                    await self._redis.publish(RUNG, queue.value)
                for ring in wanted:
                    await self._enqueue(ring)
                if events:
                    await self._redis.publish(EVENTS_WRITTEN, "")
            except _LOST as error:
                log.warning("redis_away", action="ring", error=type(error).__name__)
            await asyncio.sleep(_BREATH)

    async def _enqueue(self, ring: _Ring) -> None:
        name = f"{ring.queue}:{ring.tick}" if ring.shared else f"{ring.queue}:{self._process}:{next(self._numbers)}"
        at = datetime.fromtimestamp(ring.tick * _TICK, UTC) if ring.tick is not None else None
        await self._redis.enqueue_job(RING, _job_id=name, _queue_name=ring.queue.value, _defer_until=at)


def _text(value: bytes | str) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
