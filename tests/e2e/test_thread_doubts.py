"""Threads on X of which a part may be public: what the sandbox's ledger shows when DELETED, or another end, is told."""

import signal
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.e2e.test_standstills import stands_still
from tests.e2e.test_x import DELETE, POSTS, QUICK, THREAD, chain, connect, somebody
from tests.support.programs import until
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack

SEEN = """query ($id: ID!) { publication(id: $id) {
  status allowedActions parts { index platformId } error { code message hint } history { from to }
} }"""
RESOLVE = """mutation ($id: ID!) { resolvePublication(input: { publicationId: $id, outcome: { notPublished: true } }) {
  publication { status } userErrors { code message }
} }"""
NEVER = 3_600
"""Seconds after which a post shows up in timelines."""
on_each_database = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
async def blind_town(make_stack: Callable[..., Awaitable[Stack]], own_sandbox: Sandbox) -> Town:
    """A town whose X shows no post in timelines: it refuses a second copy, and does not say which the first is."""
    town = Town(await make_stack(**QUICK, sandbox_url=own_sandbox.url), own_sandbox)
    await town.stack.start_api()
    await town.stack.start_worker()
    await own_sandbox.change_x(timeline_lag_seconds=NEVER)
    return town


async def seen(town: Town, publication: str) -> dict[str, Any]:
    return await town.journey.ask(SEEN, id=publication)


async def doubted(town: Town) -> tuple[str, str]:
    """A thread whose second part is public, which nobody can tell; gives it, and whose name the ledger knows it by."""
    channel, account = await connect(town, somebody())
    await town.sandbox.add_fault(POSTS, "land_then_drop", nth=2, account=account)
    asked = await town.journey.outcome(await town.journey.accepted("x", channel, text="One", thread=THREAD))
    assert (asked["status"], asked["error"]["code"]) == ("NEEDS_ATTENTION", "OUTCOME_UNKNOWN")
    assert await chain(town, account) == [("One", None), ("Two", "One")]
    return asked["id"], account


async def called_off(town: Town) -> tuple[str, str]:
    publication, account = await doubted(town)
    await town.journey.cancel(publication)
    said = await seen(town, publication)
    assert (said["status"], said["error"]["code"]) == ("CANCELED", "OUTCOME_UNKNOWN")
    assert "Part 2 may be out as well" in said["error"]["message"]
    return publication, account


async def delete(town: Town, publication: str) -> None:
    assert (await town.journey.ask(DELETE, id=publication))["userErrors"] == []


async def gone(town: Town, publication: str, account: str) -> None:
    """Wait until it is told DELETED; then nothing may be left."""
    await town.journey.outcome(publication, among=("DELETED",))
    assert await chain(town, account) == []
    found = await seen(town, publication)
    assert (found["parts"], found["allowedActions"], found["error"]) == ([], [], None)


@on_each_database
async def test_a_part_in_doubt_is_found_and_deleted_with_the_rest(blind_town: Town) -> None:
    publication, account = await called_off(blind_town)
    await blind_town.sandbox.change_x(timeline_lag_seconds=0)

    await delete(blind_town, publication)

    await gone(blind_town, publication, account)


@on_each_database
async def test_what_x_cannot_tell_is_left_to_a_person_and_found_later(blind_town: Town) -> None:
    publication, account = await called_off(blind_town)

    await delete(blind_town, publication)
    asked = await blind_town.journey.outcome(publication, among=("DELETED", "NEEDS_ATTENTION"))

    assert asked["status"] == "NEEDS_ATTENTION"
    assert "Of 3 parts the first part was deleted. Part 2 may be out" in asked["error"]["message"]
    assert "Look for part 2 at X and delete it there" in asked["error"]["hint"]
    assert [text for text, _ in await chain(blind_town, account)] == ["Two"]
    assert (await seen(blind_town, publication))["allowedActions"] == ["CANCEL", "DELETE", "RESOLVE"]

    await blind_town.sandbox.change_x(timeline_lag_seconds=0)
    await delete(blind_town, publication)
    await gone(blind_town, publication, account)


@pytest.mark.parametrize("point", ["p14", "p18", "p18:2"])
@on_each_database
async def test_a_worker_that_dies_while_it_looks_or_deletes_is_followed_by_another(
    blind_town: Town, point: str
) -> None:
    """Between the look and what it found, between that and its record, and between the deletion and its record."""
    publication, account = await called_off(blind_town)
    await blind_town.sandbox.change_x(timeline_lag_seconds=0)
    await blind_town.stack.workers.pop().stop()
    doomed = await blind_town.stack.start_worker(AGM_FAILPOINT=point)

    await delete(blind_town, publication)
    assert await doomed.ends() == 137
    assert (await seen(blind_town, publication))["status"] == "CANCELED"
    await blind_town.stack.start_worker()

    await gone(blind_town, publication, account)


@on_each_database
async def test_two_workers_delete_several_doubted_threads_whole(blind_town: Town) -> None:
    await blind_town.stack.start_worker()
    threads = [await called_off(blind_town) for _ in range(2)]
    await blind_town.sandbox.change_x(timeline_lag_seconds=0)

    for publication, _ in threads:
        await delete(blind_town, publication)

    for publication, account in threads:
        await gone(blind_town, publication, account)


# -- answers that come late ---------------------------------------------------------------------------------------


async def asleep_with_an_answer(town: Town) -> tuple[Any, str, str]:
    """A thread whose worker stands still with the answer to its second part in hand, and which others gave up."""
    channel, account = await connect(town, somebody())
    await town.stack.workers.pop().stop()
    asleep = await town.stack.start_worker(AGM_FAILPOINT="p19:2")
    publication = await town.journey.accepted("x", channel, text="One", thread=THREAD)
    await stands_still(asleep)
    await town.stack.start_worker()
    assert (await town.journey.outcome(publication))["status"] == "NEEDS_ATTENTION"
    await town.journey.cancel(publication)
    return asleep, publication, account


async def knows_both(town: Town, publication: str) -> dict[str, Any]:
    """Wait until the second part is known."""

    async def known() -> bool:
        return 1 in [part["index"] for part in (await seen(town, publication))["parts"]]

    await until(known, what="the late answer")
    return await seen(town, publication)


@on_each_database
async def test_a_part_whose_answer_comes_after_it_was_called_off_is_told_and_deleted(blind_town: Town) -> None:
    asleep, publication, account = await asleep_with_an_answer(blind_town)

    asleep.ask(signal.SIGCONT)
    found = await knows_both(blind_town, publication)

    live = [entry["public_id"] for entry in await blind_town.sandbox.ledger(account)]
    assert [part["platformId"] for part in found["parts"]] == live
    assert (found["status"], found["allowedActions"]) == ("CANCELED", ["DELETE"])
    assert "the first 2 parts of 3 are out" in found["error"]["message"]
    await delete(blind_town, publication)
    await gone(blind_town, publication, account)


@on_each_database
async def test_a_part_whose_answer_comes_after_all_was_told_deleted_is_told_and_deleted(blind_town: Town) -> None:
    asleep, publication, account = await asleep_with_an_answer(blind_town)
    await delete(blind_town, publication)
    await blind_town.journey.outcome(publication, among=("NEEDS_ATTENTION",))
    told = await blind_town.journey.ask(RESOLVE, id=publication)
    assert told == {"publication": {"status": "DELETED"}, "userErrors": []}, "a person saw nothing there"

    asleep.ask(signal.SIGCONT)
    found = await knows_both(blind_town, publication)

    assert [text for text, _ in await chain(blind_town, account)] == ["Two"]
    assert (found["status"], found["allowedActions"]) == ("NEEDS_ATTENTION", ["CANCEL", "DELETE"])
    assert "It was deleted, and then an answer came late: part 2 of 3 is out." in found["error"]["message"]
    assert found["history"][-1] == {"from": "DELETED", "to": "NEEDS_ATTENTION"}
    await delete(blind_town, publication)
    await gone(blind_town, publication, account)
