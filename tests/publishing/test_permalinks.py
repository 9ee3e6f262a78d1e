"""Addresses wait behind publishing, never for ever, and one that cannot be read stops no other."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from platforms.base import Environment, Platform
from platforms.errors import Failure, FailureCode, TransientError
from publishing import models
from publishing.deps import Deps
from publishing.ids import new_id
from publishing.ledger import Ledger
from publishing.lifecycle import Status
from tests.publishing.town import open_street
from workers.permalinks import Permalinks, Unaddressed


async def test_all_are_stored_but_the_one_that_cannot_be_read(deps: Deps):
    street = await open_street(channels=3)
    rows = await street.publish_all([(Status.PUBLISHED, channel) for channel in range(3)])
    permalinks, asked = addressing(deps, busy=0)

    for number, row in enumerate(rows):
        permalinks.want(unaddressed(row, "bad" if number == 1 else str(number)))
    await permalinks.drain(seconds=10)

    found = {row.id: row.permalink for row in await models.Publication.all()}
    assert [found[row.id] for row in rows] == ["https://x.example/0", None, "https://x.example/2"]
    assert sorted(asked) == ["0", "2", "bad"]


async def test_a_busy_worker_is_let_past_and_in_the_end_they_are_read_all_the_same(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workers.permalinks._WAIT", 0.001)
    street = await open_street()
    row = await street.publish(Status.PUBLISHED)
    permalinks, asked = addressing(deps, busy=500)

    permalinks.want(unaddressed(row, "7"))
    for _ in range(20):
        await asyncio.sleep(0)
    assert asked == []

    await permalinks.drain(seconds=10)
    assert asked == ["7"]


def unaddressed(row: models.Publication, post_id: str) -> Unaddressed:
    return Unaddressed(row.id, Platform.FACEBOOK, Environment.SANDBOX, Platform.FACEBOOK, post_id, str(new_id()))


def addressing(deps: Deps, *, busy: int) -> tuple[Permalinks, list[str]]:
    """Make one whose platform knows every address but a bad one's, and what it was asked for."""
    asked: list[str] = []

    async def permalink(*, platform_post_id: str, token: str) -> str:
        asked.append(platform_post_id)
        if platform_post_id == "bad":
            raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.FACEBOOK, "no", "hint"))
        return f"https://x.example/{platform_post_id}"

    publisher = SimpleNamespace(permalink=permalink)
    networks = SimpleNamespace(route=lambda *_, **__: SimpleNamespace(publisher=publisher))
    worker: Any = SimpleNamespace(deps=SimpleNamespace(networks=networks, bell=deps.bell), ledger=Ledger(deps.clock))
    return Permalinks(worker, lambda: busy), asked
