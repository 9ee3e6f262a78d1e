"""What is found in Redis, whoever put it there, never ends a worker: the next ring is heard all the same."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from publishing.queue import Bell, Queue, redis_client, serialize
from tests.support.programs import until
from workers.main import _cancel, hang_doorbell

NAME = Queue.PUBLISHING.value
JOB: dict[str, Any] = {"t": 1, "f": "ring", "a": [], "k": {}, "et": 1}
Poison = Callable[[Any], Awaitable[Any]]


class Woken:
    count = 0

    def wake(self) -> None:
        self.count += 1


def job(score: float = 1, **changed: Any) -> Poison:
    async def put(redis: Any) -> None:
        await redis.set("arq:job:bad", serialize({**JOB, **changed}))
        await redis.zadd(NAME, {"bad": score})

    return put


async def no_text(redis: Any) -> None:
    await redis.zadd(NAME, {b"\xff\xfe": 1})


async def no_json(redis: Any) -> None:
    await redis.set("arq:job:bad", b"\x80\x04garbage")
    await redis.zadd(NAME, {"bad": 1})


async def no_queue(redis: Any) -> None:
    await redis.set(NAME, "a string")


async def no_count(redis: Any) -> None:
    await redis.set("arq:retry:bad", "abc")
    await job()(redis)


POISONS: dict[str, Poison] = {
    "a member that is no text": no_text,
    "a job that is no JSON": no_json,
    "no queue at all": no_queue,
    "a count that is none": no_count,
    "a function that is a list": job(f=["ring"]),
    "another function": job(f="other"),
    "arguments that are a number": job(a=5, k=[]),
    "a time that is a text": job(et="x"),
    "a score without end": job(score=float("-inf")),
}


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS)
async def test_the_next_ring_is_heard(valkey_url: str, poison: Poison):
    bell, woken = Bell(redis_client(valkey_url)), Woken()
    await poison(bell.redis)
    hanging = asyncio.create_task(hang_doorbell(bell, Queue.PUBLISHING, woken))  # type: ignore[arg-type]
    await asyncio.sleep(0.3)
    before = woken.count

    async def heard() -> bool:
        bell.ring(Queue.PUBLISHING)
        return woken.count > before

    try:
        await until(heard, seconds=10, what="the ring")
        assert not hanging.done()
    finally:
        await _cancel([hanging])
        await bell.aclose()
