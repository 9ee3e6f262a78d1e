"""Caps that a platform does not count for us: never one use too many, and the time from when there is room."""

import asyncio
from datetime import datetime, timedelta

import pytest

from platforms.base import Cap, Environment
from publishing import models
from publishing.caps import spend
from tests.publishing.town import NOW

pytestmark = pytest.mark.usefixtures("database")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEN = Cap("containers", 10, DAY)


async def use(*, now: datetime = NOW, of: int = 1, subject: str = "17", environment: Environment = Environment.SANDBOX):
    return await spend(environment, subject, TEN, of=of, now=now)


async def test_there_is_room_for_as_many_as_the_cap_says_whoever_comes_at_once():
    answers = await asyncio.gather(*(use(now=NOW + number * timedelta(minutes=5)) for number in range(20)))

    assert answers.count(None) == 10
    assert {answer for answer in answers if answer} <= {NOW + DAY + HOUR, NOW + DAY + 2 * HOUR}
    assert sum(row.uses for row in await models.CapUse.all()) == 10


async def test_a_post_that_needs_more_than_there_is_uses_none():
    for number in range(7):
        assert await use(now=NOW + number * HOUR) is None

    assert await use(now=NOW + 7 * HOUR, of=4) == NOW + HOUR + DAY
    assert await use(now=NOW + 7 * HOUR, of=6) == NOW + 3 * HOUR + DAY
    assert await use(now=NOW + 7 * HOUR, of=3) is None


async def test_a_use_counts_for_its_window_and_then_its_row_is_gone():
    for _ in range(10):
        await use()

    assert await use(now=NOW + DAY) is not None
    assert await use(now=NOW + DAY + HOUR) is None
    assert [(row.hour, row.uses) for row in await models.CapUse.all()] == [(NOW + DAY + HOUR, 1)]


async def test_others_have_caps_of_their_own():
    for _ in range(10):
        await use()

    assert await use() is not None
    assert await use(subject="18") is None
    assert await use(environment=Environment.LIVE) is None
