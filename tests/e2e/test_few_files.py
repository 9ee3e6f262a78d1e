"""A worker that may open few files publishes everything, at the first try, and opens no more than it may."""

import sys
from collections.abc import Awaitable, Callable

import pytest

from tests.e2e.conftest import Town
from tests.support.programs import start_program

_FILES = 96
_SHOPS = 100


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_crowd_is_published_with_few_files_and_no_call_lacks_one(own_town: Callable[..., Awaitable[Town]]):
    town = await own_town(shops=_SHOPS)
    await town.sandbox.add_fault("POST /feed", "slow", seconds=1)
    shops = [town.shop() for _ in range(_SHOPS)]
    ids = [await town.journey.accepted("facebook", shop.facebook, text="Hello") for shop in shops]

    start_worker_with_few_files(town)
    found = [await town.journey.outcome(one) for one in ids]

    assert {(one["status"], one["attemptCount"]) for one in found} == {("PUBLISHED", 1)}
    calls = await town.sandbox.calls(endpoint="POST /feed")
    assert len(calls) == _SHOPS
    assert "few_files" in town.stack.logs()


def start_worker_with_few_files(town: Town) -> None:
    """Start a worker as a system does that gives a process few files."""
    limited = ("sh", "-c", f'ulimit -n {_FILES} && exec "$@"', "sh", sys.executable, "-m", "cli", "worker")
    log = town.stack.folder / "few-files.log"
    town.stack.started.append(start_program("worker", limited, log=log, environment=town.stack.settings))
