"""A restored backup forgot what a person sent on since: such a thread is in doubt, and DELETED is never a guess."""

import pytest

from platforms.base import Receipt, Sighting
from platforms.errors import OutcomeUnknownError, RejectedError
from publishing import models
from publishing.checks import CheckStatus
from publishing.decisions import Action, cancel_publication, resolve_publication
from publishing.deps import Deps
from publishing.doubts import in_doubt
from publishing.lifecycle import Reason, Status
from publishing.system import hold_back
from tests.publishing.test_restoring import looked
from tests.publishing.test_thread_deletion import _id, can
from tests.publishing.test_thread_doubts import ABSENT, FOUND, delete, turn
from tests.publishing.test_threads import (
    FAILURE,
    _threads,  # noqa: F401 - a fixture
    accepted,
    answers,
    claimed,
    ended,
    fails,
    out,
    stored,
)
from tests.publishing.town import NOW, SECOND, Street, at, history

RESTORED = 10_000
SETTLED = 11_000
LEFT = {
    "failed": (Status.FAILED, Reason.REFUSED),
    "overdue": (Status.NEEDS_ATTENTION, Reason.OVERDUE),
    "unknown": (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN),
}


async def left(deps: Deps, how: str = "failed") -> tuple[Street, models.Publication]:
    """A thread of three with its first part out, which waited for a person when the backup was made."""
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    error = OutcomeUnknownError(FAILURE) if how == "unknown" else RejectedError(FAILURE)
    await ended(await claimed(deps, after=10), fails(error), after=10)
    status, reason = LEFT[how]
    await models.Publication.filter(id=row.id).update(status=status, reason=reason)
    return street, row


async def restored(deps: Deps, how: str = "failed") -> tuple[Street, models.Publication]:
    street, row = await left(deps, how)
    assert await hold_back(at(deps, NOW + RESTORED * SECOND)) == 1
    return street, row


@pytest.mark.parametrize("how", LEFT)
async def test_a_thread_that_a_person_may_have_sent_on_is_counted_and_put_before_a_person(deps: Deps, how: str):
    _, row = await left(deps, how)
    then, before = at(deps, NOW + RESTORED * SECOND), LEFT[how][0]
    found = (await looked(then))["publications.in_doubt"]

    assert await hold_back(then) == 1

    assert found.status is CheckStatus.FAIL
    assert f"1 {before.name}" in found.message
    assert "1 are threads with parts out" in found.message
    now = await stored(row)
    assert (now.status, now.reason) == (Status.NEEDS_ATTENTION, Reason.RESTORED)
    assert now.error
    assert now.error["code"] == "OUTCOME_UNKNOWN"
    assert "part 2 of the thread may have gone out" in now.error["message"]
    assert "It said no." in now.error["message"]
    assert (await history(row))[-1] == (before, Status.NEEDS_ATTENTION, Reason.RESTORED)
    assert await can(row) == (Action.CANCEL, Action.DELETE, Action.RESOLVE)
    assert await in_doubt([row.id]) == {row.id}
    assert await hold_back(then) == 0
    assert (await looked(then))["publications.in_doubt"].status is CheckStatus.PASS


@pytest.mark.parametrize("how", LEFT)
async def test_its_deletion_looks_for_each_part_that_may_have_gone_out_since(deps: Deps, how: str):
    street, row = await restored(deps, how)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, FOUND, after=SETTLED) == []
    assert await turn(deps, Sighting(out=True, matches=(Receipt("9_2"),)), after=SETTLED) == []
    assert await out(street, row) == [(0, "9_0"), (1, "9_1"), (2, "9_2")]
    assert await turn(deps, None, after=SETTLED) == ["9_0", "9_1", "9_2"]

    assert ((await stored(row)).status, await out(street, row)) == (Status.DELETED, [])


@pytest.mark.parametrize("how", LEFT)
async def test_a_part_of_which_the_platform_cannot_tell_leaves_it_to_a_person(deps: Deps, how: str):
    street, row = await restored(deps, how)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, FOUND, after=SETTLED) == []
    assert await turn(deps, Sighting(out=None), after=SETTLED) == ["9_0", "9_1"]

    now = await stored(row)
    assert (now.status, now.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)
    assert now.error
    assert "Part 3 may be out" in now.error["message"]


async def test_a_part_that_is_surely_absent_ends_its_deletion(deps: Deps):
    street, row = await restored(deps)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, ABSENT, after=SETTLED) == ["9_0"]

    assert (await stored(row)).status is Status.DELETED


async def test_a_call_that_the_backup_forgot_gets_the_time_that_a_platform_needs(deps: Deps):
    street, row = await restored(deps)
    await delete(deps, street, row, after=RESTORED + 10)

    assert await turn(deps, ABSENT, after=RESTORED + 10) == ["9_0"]
    assert (await stored(row)).status is Status.NEEDS_ATTENTION
    assert await turn(deps, ABSENT, after=SETTLED) == []

    assert (await stored(row)).status is Status.DELETED


async def test_what_is_called_off_says_that_the_next_part_may_be_out(deps: Deps):
    street, row = await restored(deps)

    await cancel_publication(at(deps, NOW + SETTLED * SECOND), street.caller, publication_id=_id(row))

    now = await stored(row)
    assert now.error
    assert "Part 2 may be out as well." in now.error["message"]


async def test_a_person_who_does_not_see_it_lets_the_thread_go_on(deps: Deps):
    street, row = await restored(deps)

    await resolve_publication(at(deps, NOW + SETTLED * SECOND), street.caller, publication_id=_id(row), url=None)

    assert (await claimed(deps, after=SETTLED + 1)).assignment.draft.text == "Two"
    assert await in_doubt([row.id]) == frozenset()


@pytest.mark.parametrize("how", ["no part is out", "a deletion was begun"])
async def test_what_nobody_can_have_sent_on_below_its_parts_stays_as_it_is(deps: Deps, how: str):
    street, row = await left(deps)
    if how == "no part is out":
        await models.PublicationPart.filter(publication_id=row.id).delete()
    else:
        await delete(deps, street, row, after=20)

    assert await hold_back(at(deps, NOW + RESTORED * SECOND)) == 0

    assert ((await stored(row)).status, (await stored(row)).reason) == (Status.FAILED, Reason.REFUSED)
