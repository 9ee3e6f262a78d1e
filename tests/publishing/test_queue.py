"""The doorbell: it rings if it can, never waits, never fails, and puts nothing into Redis but JSON."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from arq.connections import ArqRedis
from redis.asyncio import Redis
from redis.exceptions import RedisError

from publishing.queue import EVENTS_WRITTEN, RING, Bell, Queue, deserialize, redis_client, serialize
from tests.support.valkey import ValkeyServer

NOW = datetime.now(UTC).replace(microsecond=0)
"""arq counts from the host's clock."""


@asynccontextmanager
async def ringing(url: str) -> AsyncIterator[Bell]:
    bell = Bell(redis_client(url))
    yield bell
    await bell.aclose()


async def jobs(url: str, queue: Queue = Queue.PUBLISHING) -> dict[str, float]:
    """List the jobs of a queue with when they are due, in seconds."""
    async with Redis.from_url(url) as redis:
        waiting = await redis.zrange(queue.value, 0, -1, withscores=True)
    return {name.decode(): score / 1000 for name, score in waiting}


async def rung(url: str, *rings: dict[str, Any], queue: Queue = Queue.PUBLISHING) -> dict[str, float]:
    async with ringing(url) as bell:
        for ring in rings:
            bell.ring(queue, **ring)
            await sent(bell)
    return await jobs(url, queue)


async def sent(bell: Bell) -> None:
    """Wait until the bell has sent what it was asked for, or given it up."""
    assert bell._sender
    await bell._sender


def ahead(seconds: float, now: datetime = NOW) -> dict[str, datetime]:
    return {"at": now + timedelta(seconds=seconds), "now": now}


async def test_a_ring_reaches_its_queue_and_no_other(valkey_url: str):
    for queue in Queue:
        assert len(await rung(valkey_url, {}, queue=queue)) == 1


async def test_rings_for_now_have_numbers_of_their_own(valkey_url: str):
    names = await rung(valkey_url, {}, {}, {})

    assert len(names) == 3


async def test_a_burst_is_rung_together(valkey_url: str):
    async with ringing(valkey_url) as bell:
        for _ in range(100):
            bell.ring(Queue.PUBLISHING)

    assert len(await jobs(valkey_url)) == 1


async def test_rings_of_two_processes_never_share_a_name(valkey_url: str):
    await rung(valkey_url, {})

    assert len(await rung(valkey_url, {})) == 2


async def test_rings_for_the_same_tick_far_ahead_are_one(valkey_url: str):
    names = await rung(valkey_url, ahead(30), ahead(30), ahead(29.999))

    assert len(names) == 1
    (due,) = names.values()
    assert timedelta() <= datetime.fromtimestamp(due, UTC) - (NOW + timedelta(seconds=30)) < timedelta(seconds=0.1)


async def test_rings_for_other_ticks_are_their_own(valkey_url: str):
    assert len(await rung(valkey_url, ahead(30), ahead(31))) == 2


async def test_a_ring_for_a_moment_ahead_shares_no_name_since_its_tick_may_be_rung_already(valkey_url: str):
    assert len(await rung(valkey_url, ahead(0.5), ahead(0.5))) == 2


async def test_a_ring_for_the_past_is_a_ring_for_now(valkey_url: str):
    (due,) = (await rung(valkey_url, ahead(-5, now=datetime.now(UTC)))).values()

    assert due >= datetime.now(UTC).timestamp() - 5


async def test_what_is_in_redis_is_json_and_says_only_that_work_is_due(valkey_url: str):
    await rung(valkey_url, {})

    async with Redis.from_url(valkey_url) as redis:
        (key,) = [name async for name in redis.scan_iter("arq:job:*")]
        job = orjson.loads(await redis.get(key))
    assert (job["f"], job["a"], job["k"]) == (RING, [], {})


def test_a_job_is_read_as_it_was_written_and_a_pickle_is_not_read():
    job = {"t": None, "f": RING, "a": [], "k": {}, "et": 1}

    assert deserialize(serialize(job)) == job
    with pytest.raises(orjson.JSONDecodeError):
        deserialize(b"\x80\x04\x95\x1c\x00\x00\x00cposix\nsystem\n.")


async def test_announcing_events_tells_who_listens(valkey_url: str):
    async with ringing(valkey_url) as bell, bell.pubsub() as pubsub:
        await pubsub.subscribe(EVENTS_WRITTEN)
        await pubsub.get_message(timeout=5)
        bell.announce()
        heard = await pubsub.get_message(ignore_subscribe_messages=True, timeout=5)

    assert heard
    assert heard["channel"] == EVENTS_WRITTEN.encode()


async def test_closing_sends_what_is_wanted(valkey_url: str):
    bell = Bell(redis_client(valkey_url))
    bell.ring(Queue.INTERACTIVE)

    await bell.aclose()

    assert len(await jobs(valkey_url, Queue.INTERACTIVE)) == 1


async def test_without_redis_ringing_announcing_and_publishing_are_no_error(own_valkey: ValkeyServer):
    own_valkey.kill()

    async with ringing(own_valkey.url) as bell:
        bell.ring(Queue.PUBLISHING)
        bell.ring(Queue.PUBLISHING, **ahead(30))
        bell.announce()
        await bell.publish(EVENTS_WRITTEN, "1")
        with pytest.raises((RedisError, OSError)):
            await bell.ping()


async def test_a_redis_that_comes_back_is_rung_again(own_valkey: ValkeyServer):
    async with ringing(own_valkey.url) as bell:
        bell.ring(Queue.PUBLISHING)
        await sent(bell)
        own_valkey.kill()
        bell.ring(Queue.PUBLISHING)
        await sent(bell)
        own_valkey.start()
        bell.ring(Queue.PUBLISHING)

    assert len(await jobs(own_valkey.url)) == 1


async def test_a_client_of_a_redis_that_is_not_there_can_be_made():
    client = redis_client("redis://127.0.0.1:1/0")

    assert isinstance(client, ArqRedis)
    await client.aclose(close_connection_pool=True)
