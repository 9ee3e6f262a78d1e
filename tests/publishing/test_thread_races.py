"""Who looks, deletes, prepares or decides about a thread, and is overtaken: what is public is told."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from platforms.base import Done, Receipt, Sighting
from platforms.errors import OutcomeUnknownError, PlatformError, RejectedError, TransientError
from publishing import decisions
from publishing.decisions import Action, cancel_publication, resolve_publication
from publishing.delivery import ACTOR, ClaimLostError, Delivery
from publishing.deps import Deps
from publishing.doubts import in_doubt
from publishing.errors import StateError
from publishing.following import Verdict
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import FollowUpState
from publishing.reconciling import Belief
from publishing.system import claim_follow_ups, claim_unconfirmed, conclude_look, settle_follow_up
from publishing.threads import PartOut
from publishing.transitions import Change
from tests.publishing.test_late_parts import AFTER, answered_late, last_left, lose, one_out
from tests.publishing.test_thread_deletion import _id, can
from tests.publishing.test_thread_doubts import (
    ABSENT,
    DOUBTFUL,
    FOUND,
    SETTLED,
    called_off,
    delete,
    in_question,
    looked,
    restored,
    turn,
)
from tests.publishing.test_threads import (
    FAILURE,
    _threads,  # noqa: F401 - a fixture
    claimed,
    ended,
    fails,
    out,
    stored,
)
from tests.publishing.town import NOW, SECOND, StoppedClock, at

LAST = Sighting(out=True, matches=(Receipt("9_2"),))


# -- who looked before the platform had its time, and stood still since -------------------------------------------


async def test_a_look_that_is_old_when_it_is_written_down_proves_no_absence(deps: Deps):
    _, row = await in_question(deps, Status.UNCONFIRMED)
    (case,) = await claim_unconfirmed(at(deps, NOW + 20 * SECOND), limit=5)

    conclusion = await conclude_look(at(deps, NOW + SETTLED * SECOND), case, ABSENT)

    assert conclusion.belief is Belief.OPEN
    assert (await stored(row)).status is Status.UNCONFIRMED


async def test_a_deletion_that_looked_too_early_and_stood_still_tells_nothing(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=30)
    (case,) = await claim_follow_ups(at(deps, NOW + 30 * SECOND), limit=5)
    later = at(deps, NOW + SETTLED * SECOND)

    case = await looked(later, case, ABSENT)
    await settle_follow_up(later, case, Verdict(FollowUpState.DONE))

    assert (await stored(row)).status is Status.CANCELED
    assert await turn(deps, FOUND, after=2 * SETTLED) == []
    assert await turn(deps, None, after=2 * SETTLED) == ["9_1"]
    assert (await stored(row)).status is Status.DELETED


# -- who found the part, and stood still while others told the end ------------------------------------------------


async def test_a_part_that_was_found_before_another_told_deleted_is_told(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)
    (slow,) = await claim_follow_ups(at(deps, NOW + SETTLED * SECOND), limit=5)
    assert await turn(deps, ABSENT, after=2 * SETTLED) == ["9_0"]
    assert (await stored(row)).status is Status.DELETED

    await looked(at(deps, NOW + 3 * SETTLED * SECOND), slow, FOUND)

    found = await stored(row)
    assert (found.status, found.reason) == (Status.NEEDS_ATTENTION, Reason.PART_PUBLISHED)
    assert await out(street, row) == [(1, "9_1")]
    assert Action.DELETE in await can(row)
    await delete(deps, street, row, after=4 * SETTLED)
    assert await turn(deps, None, after=4 * SETTLED) == ["9_1"]
    assert (await stored(row)).status is Status.DELETED


async def test_a_part_that_the_reconciler_found_before_others_told_deleted_is_told(deps: Deps):
    street, row = await in_question(deps, Status.UNCONFIRMED)
    (slow,) = await claim_unconfirmed(at(deps, NOW + 20 * SECOND), limit=5)
    await lose(row, Status.NEEDS_ATTENTION)
    await delete(deps, street, row, after=SETTLED)
    assert await turn(deps, ABSENT, after=SETTLED) == ["9_0"]
    assert (await stored(row)).status is Status.DELETED

    await conclude_look(at(deps, NOW + 2 * SETTLED * SECOND), slow, FOUND)

    assert ((await stored(row)).status, await out(street, row)) == (Status.NEEDS_ATTENTION, [(1, "9_1")])
    assert Action.DELETE in await can(row)


@pytest.mark.parametrize("settled", [False, True], ids=["while it is deleted", "after it was told"])
async def test_a_last_part_that_the_reconciler_finds_late_makes_nothing_published(deps: Deps, *, settled: bool):
    street, row = await last_left(deps)
    await ended(await claimed(deps, after=2), fails(OutcomeUnknownError(FAILURE)), after=2)
    (slow,) = await claim_unconfirmed(at(deps, NOW + 20 * SECOND), limit=5)
    await lose(row, Status.NEEDS_ATTENTION)
    await delete(deps, street, row, after=SETTLED)
    if settled:
        assert await turn(deps, DOUBTFUL["hidden"], after=SETTLED) == ["9_0", "9_1"]
        assert (await stored(row)).reason is Reason.OUTCOME_UNKNOWN

    await conclude_look(at(deps, NOW + 2 * SETTLED * SECOND), slow, LAST)

    assert (await stored(row)).status is Status.NEEDS_ATTENTION
    assert (await out(street, row))[-1] == (2, "9_2")
    if settled:
        await delete(deps, street, row, after=3 * SETTLED)
    left = ["9_2"] if settled else ["9_0", "9_1", "9_2"]
    assert await turn(deps, None, after=3 * SETTLED) == left
    assert (await stored(row)).status is Status.DELETED


# -- a second call for the part, while the answer to the first comes ----------------------------------------------


@pytest.mark.parametrize("error", [RejectedError(FAILURE), TransientError(FAILURE)], ids=["refused", "not sent"])
async def test_a_second_call_that_comes_to_nothing_leaves_the_first_in_doubt(deps: Deps, error: PlatformError):
    """The late answer is left while the second call is under way; the part is public all the same."""
    street, row = await one_out(deps)

    async def second_call(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            calling.set()
            await answer.wait()
            raise error

        return Done(await delivery.make_public("POST /1/feed", send))

    calling, answer = asyncio.Event(), asyncio.Event()
    calls: list[asyncio.Task[Any]] = []

    async def sent_again() -> None:
        await lose(row, Status.RETRYING, Reason.ABSENT)
        calls.append(asyncio.create_task(ended(await claimed(deps, after=3), second_call, after=4)))
        await calling.wait()

    await answered_late(deps, "9_1", sent_again)
    answer.set()
    await calls[0]
    if (await stored(row)).status is not Status.FAILED:
        await cancel_publication(at(deps, NOW + AFTER * SECOND), street.caller, publication_id=_id(row))

    assert await in_doubt([row.id]) == {row.id}
    await delete(deps, street, row, after=SETTLED)
    assert await turn(deps, FOUND, after=SETTLED) == []
    assert await turn(deps, None, after=SETTLED) == ["9_0", "9_1"]


async def test_who_prepares_a_part_that_came_late_keeps_nothing_for_the_next(deps: Deps):
    """Its files and keys are those of the part that is out; the next part would go out with them."""
    _, row = await one_out(deps)

    async def goes_on(delivery: Delivery) -> Done:
        await delivery.keep({"media_0": "of part two"})
        raise ClaimLostError

    async def overtaken() -> None:
        await lose(row, Status.RETRYING, Reason.ABSENT)
        works.append(await claimed(deps, after=3))

    works: list[Any] = []
    await answered_late(deps, "9_1", overtaken)
    with pytest.raises(ClaimLostError):
        await ended(works[0], goes_on, after=AFTER)

    work = await claimed(deps, after=AFTER + 1)
    assert (work.assignment.draft.text, dict(work.assignment.handles)) == ("Three", {})


@pytest.mark.parametrize("late_first", [True, False])
async def test_a_late_part_beside_the_mark_of_a_second_call_comes_before_it(deps: Deps, *, late_first: bool):
    """One process may hold both: the answer that it could not write, and the claim that came to it since."""
    street, row = await one_out(deps)
    first = (await claimed(deps, after=2)).assignment
    await lose(row, Status.RETRYING, Reason.ABSENT)
    second = (await claimed(deps, after=3)).assignment
    part = Change(row.id, Status.PROCESSING, Reason.PART_PUBLISHED, ACTOR, fence=first.epoch)
    mark = Change(row.id, Status.PUBLISHING, Reason.ABOUT_TO_SEND, ACTOR, fence=second.epoch, lease_in=60 * SECOND)
    late = Entry(row.id, first.epoch, change=part, part=PartOut(1, Receipt("9_1")))
    marked = Entry(row.id, second.epoch, change=mark)
    ledger = Ledger(StoppedClock(NOW + 4 * SECOND))

    asked = (late, marked) if late_first else (marked, late)
    assert await asyncio.gather(*(ledger.write(entry) for entry in asked)) == [None, None]

    assert (await stored(row)).status is Status.RETRYING
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


# -- a person who decides while another asks for the deletion -----------------------------------------------------


async def test_who_says_where_the_last_part_is_while_it_is_deleted_is_refused(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    """Else what is known is deleted, DELETED is told, and the part at that address stays."""
    street, row = await last_left(deps)
    await ended(await claimed(deps, after=2), fails(OutcomeUnknownError(FAILURE)), after=2)
    await lose(row, Status.NEEDS_ATTENTION)
    decide: Callable[..., Awaitable[Any]] = decisions._decide

    async def after_a_deletion(*given: Any, **named: Any) -> Any:
        await delete(deps, street, row, after=SETTLED)
        return await decide(*given, **named)

    monkeypatch.setattr(decisions, "_decide", after_a_deletion)

    with pytest.raises(StateError, match="DELETE"):
        await resolve_publication(
            at(deps, NOW + SETTLED * SECOND), street.caller, publication_id=_id(row), url="https://example.com/9_2"
        )

    assert await turn(deps, DOUBTFUL["hidden"], after=SETTLED) == ["9_0", "9_1"]
    assert (await stored(row)).status is Status.NEEDS_ATTENTION


# -- after a restore ----------------------------------------------------------------------------------------------


async def test_the_last_part_that_a_backup_forgot_is_found_and_deleted(deps: Deps):
    """Then all of the thread is known, and there is no further part to be in doubt about."""
    street, row = await last_left(deps)
    await restored(row, when=NOW + 60 * SECOND)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, LAST, after=SETTLED) == []
    assert await turn(deps, None, after=SETTLED) == ["9_0", "9_1", "9_2"]

    assert (await stored(row)).status is Status.DELETED
