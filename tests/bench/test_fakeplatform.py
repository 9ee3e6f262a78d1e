"""The bench's platform, in C where there is a compiler and in Python: both remember what they saw, post by post."""

import asyncio
import shutil

import pytest

from bench.fakeplatform import running
from tests.support.loopback import loopback


@pytest.mark.parametrize("compiled", [True, False])
async def test_it_answers_with_new_ids_and_counts_each_post(compiled: bool):
    async with running(compiled=compiled) as platform, loopback(base_url=platform.origin) as http:
        posts = [http.post("/meta/1/feed", data={"message": f"nr-{number} text"}) for number in (7, 8, 7)]
        ids = [(await post).json()["id"] for post in posts]
        read = (await http.get(f"/{ids[0]}", params={"fields": "permalink_url"})).json()
        slow = await asyncio.gather(*(http.post("/d/20/x", content=b"x" * 30_000) for _ in range(5)))
        seen, again = await platform.seen(), await platform.seen()

    assert bool(platform.note) is not (compiled and shutil.which("cc") is not None)
    assert len(set(ids)) == 3
    assert read["permalink_url"]
    assert all(answer.json()["id"] for answer in slow)
    assert (seen.calls, len(seen.arrivals), seen.times, seen.doubled) == (9, 8, {7: 2, 8: 1}, 1)
    assert 1 <= seen.peak <= 5
    assert seen.first[7] < seen.first[8]
    assert (again.calls, again.times, again.arrivals) == (0, {}, [])
