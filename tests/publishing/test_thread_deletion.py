"""Deleting what is out of a thread whose rest never goes out: offered, said, done once, whatever comes between."""

import asyncio
from typing import Any

import pytest

from platforms.base import Receipt
from platforms.errors import OutcomeUnknownError, RejectedError
from platforms.following import Task
from publishing import channels, models
from publishing.db import transaction
from publishing.decisions import Action, actions_of, cancel_publication, resolve_publication, retry_publication
from publishing.deps import Deps
from publishing.errors import StateError
from publishing.follow_ups import delete_publication
from publishing.following import Case, Verdict
from publishing.ids import Kind, public_id
from publishing.lifecycle import Reason, Status
from publishing.models import FollowUpState
from publishing.publications import get_parts
from publishing.system import claim_follow_ups, settle_follow_up
from publishing.threads import PartOut, keep_parts
from publishing.transitions import Change, advance
from tests.publishing.test_threads import (
    FAILURE,
    _threads,  # noqa: F401 - a fixture
    accepted,
    answers,
    claimed,
    ended,
    fails,
    stored,
)
from tests.publishing.town import NOW, SECOND, Street, at

LATER = 60


async def broken_off(deps: Deps, status: Status, *, parts: int = 2) -> tuple[Street, models.Publication]:
    """A thread of three that ended when so many parts were out."""
    street, row = await accepted(deps)
    for number in range(parts):
        await ended(await claimed(deps, after=number), answers(f"9_{number}"), after=number)
    if status is Status.FAILED:
        await ended(await claimed(deps, after=10), fails(RejectedError(FAILURE)), after=10)
    else:
        await cancel_publication(at(deps, NOW + 10 * SECOND), street.caller, publication_id=_id(row))
    return street, await stored(row)


async def delete(deps: Deps, street: Street, row: models.Publication) -> None:
    when = at(deps, NOW + LATER * SECOND)
    await delete_publication(when, street.caller, publication_id=_id(row), idempotency_key=None)


async def retry(deps: Deps, street: Street, row: models.Publication) -> None:
    when = at(deps, NOW + LATER * SECOND)
    await retry_publication(when, street.caller, publication_id=_id(row), idempotency_key=None)


async def taken(deps: Deps, *, after: float = LATER) -> Case:
    (case,) = await claim_follow_ups(at(deps, NOW + after * SECOND), limit=5)
    return case


async def can(row: models.Publication) -> tuple[Action, ...]:
    left = (await get_parts(workspace_id=row.workspace_id, ids=[row.id])).get(row.id, ())
    asked = await models.FollowUp.filter(publication_id=row.id, task=Task.DELETE)
    open_tasks = [one.task for one in asked if one.due_at is not None]
    return actions_of(await stored(row), open_tasks, parts_out=len(left), deletion_begun=bool(asked))


def _id(row: models.Publication) -> str:
    return public_id(Kind.PUBLICATION, row.id)


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELED])
async def test_what_is_out_of_a_broken_thread_is_deleted(deps: Deps, status: Status):
    street, row = await broken_off(deps, status)

    await delete(deps, street, row)
    case = await taken(deps)
    assert case.following.parts == ("9_0", "9_1")
    assert await settle_follow_up(deps, case, Verdict(FollowUpState.DONE))

    gone = await stored(row)
    assert (gone.status, gone.error) == (Status.DELETED, None)
    with pytest.raises(StateError):
        await delete(deps, street, row)


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELED])
async def test_a_broken_thread_of_which_nothing_is_out_has_nothing_to_delete(deps: Deps, status: Status):
    street, row = await broken_off(deps, status, parts=0)

    with pytest.raises(StateError):
        await delete(deps, street, row)

    assert Action.DELETE not in actions_of(row, (), parts_out=0)
    assert await models.FollowUp.filter(publication_id=row.id, task=Task.DELETE).count() == 0


@pytest.mark.parametrize(("parts", "said"), [(1, "the first part of 3 is out"), (2, "the first 2 parts of 3 are out")])
async def test_what_is_called_off_says_how_many_parts_are_out(deps: Deps, parts: int, said: str):
    _, row = await broken_off(deps, Status.CANCELED, parts=parts)

    assert row.error
    assert said in row.error["message"]
    assert "deletePublication" in row.error["hint"]


async def test_whoever_calls_it_off_it_says_what_is_out(deps: Deps):
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))

    named = public_id(Kind.CHANNEL, street.channels[0].id)
    await channels.remove_channel(deps, street.caller, channel_id=named)

    found = await stored(row)
    assert found.status is Status.CANCELED
    assert found.error
    assert "the first part of 3 is out" in found.error["message"]


async def test_a_thread_that_is_called_off_unseen_says_nothing_is_wrong(deps: Deps):
    _, row = await broken_off(deps, Status.CANCELED, parts=0)

    assert row.error is None


async def test_a_refused_part_says_that_what_is_out_can_be_deleted(deps: Deps):
    _, row = await broken_off(deps, Status.FAILED)

    assert row.error
    assert "deletePublication" in row.error["hint"]


async def test_while_it_is_being_deleted_nobody_lets_it_go_on(deps: Deps):
    street, row = await broken_off(deps, Status.FAILED)
    await delete(deps, street, row)

    with pytest.raises(StateError, match="DELETE"):
        await retry(deps, street, row)

    assert (await stored(row)).status is Status.FAILED
    assert actions_of(row, (Task.DELETE,), parts_out=2) == ()


async def test_nothing_goes_below_what_a_deletion_that_was_given_up_may_have_deleted(deps: Deps):
    street, row = await broken_off(deps, Status.FAILED)
    await delete(deps, street, row)
    assert await settle_follow_up(deps, await taken(deps), Verdict(FollowUpState.FAILED))

    with pytest.raises(StateError, match="nothing goes below"):
        await retry(deps, street, row)

    assert actions_of(row, (), parts_out=2, deletion_begun=True) == (Action.DELETE,)
    await delete(deps, street, row)


async def test_what_is_called_off_while_a_part_is_in_doubt_names_it(deps: Deps):
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    await models.Publication.filter(id=row.id).update(status=Status.NEEDS_ATTENTION, reason=Reason.OUTCOME_UNKNOWN)
    await cancel_publication(at(deps, NOW + LATER * SECOND), street.caller, publication_id=_id(row))

    found = await stored(row)
    assert found.error
    assert "Part 2 may be out as well" in found.error["message"]
    assert "looks for part 2" in found.error["hint"]


async def test_a_deletion_waits_for_a_retry_that_is_being_written(deps: Deps):
    street, row = await broken_off(deps, Status.FAILED)
    writing = asyncio.Event()

    async def ask() -> None:
        await writing.wait()
        await delete(deps, street, row)

    asking = asyncio.create_task(ask())  # outside of the transaction
    async with transaction():
        await advance([Change(row.id, Status.QUEUED, Reason.RETRIED_BY_CALLER, "key_test")], now=NOW)
        writing.set()
        await asyncio.wait([asking], timeout=0.5)

    with pytest.raises(StateError, match="QUEUED"):
        await asking


async def test_a_retry_and_a_deletion_at_once_are_never_both_taken(deps: Deps):
    street, row = await broken_off(deps, Status.FAILED)

    came = await asyncio.gather(retry(deps, street, row), delete(deps, street, row), return_exceptions=True)

    assert [isinstance(one, StateError) for one in came].count(True) == 1, came


async def test_a_part_that_came_out_meanwhile_is_deleted_too(deps: Deps):
    street, row = await broken_off(deps, Status.CANCELED, parts=1)
    await delete(deps, street, row)
    case = await taken(deps)
    async with transaction():
        await keep_parts({row.id: PartOut(1, Receipt("9_1"))}, NOW)

    later = at(deps, NOW + (LATER + 1) * SECOND)
    await settle_follow_up(later, case, Verdict(FollowUpState.DONE))

    assert (await stored(row)).status is Status.CANCELED
    assert (await taken(deps, after=LATER + 2)).following.parts == ("9_1",), "the first is gone"


async def test_a_worker_that_dies_between_two_parts_is_followed_by_another(deps: Deps):
    street, row = await broken_off(deps, Status.CANCELED)
    await delete(deps, street, row)
    first = await taken(deps)

    again = await taken(deps, after=LATER + 1_000)

    assert again.following.parts == first.following.parts == ("9_0", "9_1")
    assert again.epoch == first.epoch + 1


async def test_without_a_sign_in_the_deletion_waits(deps: Deps):
    street, row = await broken_off(deps, Status.FAILED)
    await models.ConnectedAccount.all().update(status=models.ConnectionStatus.RECONNECT_REQUIRED)
    await delete(deps, street, row)

    assert await claim_follow_ups(at(deps, NOW + LATER * SECOND), limit=5) == ()

    waiting: Any = await models.FollowUp.get(publication_id=row.id, task=Task.DELETE)
    assert (waiting.state, waiting.due_at) == (FollowUpState.PENDING, NOW + (LATER + 60) * SECOND)


async def test_a_thread_whose_last_part_only_an_address_is_known_of_is_not_deleted_by_halves(deps: Deps):
    street, row = await accepted(deps)
    for number in range(2):
        await ended(await claimed(deps, after=number), answers(f"9_{number}"), after=number)
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    await resolve_publication(
        at(deps, NOW + LATER * SECOND), street.caller, publication_id=_id(row), url="https://example.com/9_2"
    )

    resolved = await stored(row)
    assert resolved.status is Status.PUBLISHED
    assert Action.DELETE not in actions_of(resolved, (), parts_out=2)
    with pytest.raises(StateError, match="part 3 is not known"):
        await delete(deps, street, resolved)
