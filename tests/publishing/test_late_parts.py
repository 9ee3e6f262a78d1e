"""Parts of a thread whose answer comes after the claim was lost: kept, told, deletable, whatever was told before."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from platforms.base import Done, Receipt, ReplyTo, Sighting
from platforms.errors import OutcomeUnknownError
from publishing import models
from publishing.decisions import Action, cancel_publication, resolve_publication
from publishing.delivery import ACTOR, ClaimLostError, Delivery
from publishing.deps import Deps
from publishing.following import Case, Verdict
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome, FollowUpState
from publishing.system import claim_unconfirmed, conclude_look, settle_follow_up
from publishing.system.claims import Claimed
from publishing.threads import PartOut
from publishing.transitions import Change
from tests.publishing.test_thread_deletion import LATER, _id, can, delete, retry, taken
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
from tests.publishing.town import NOW, SECOND, StoppedClock, Street, at, history

Meanwhile = Callable[[], Awaitable[None]]
AFTER = LATER + 10


async def one_out(deps: Deps) -> tuple[Street, models.Publication]:
    """A thread of three whose first part is out."""
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    return street, row


async def last_left(deps: Deps) -> tuple[Street, models.Publication]:
    """The same with the last part left."""
    street, row = await one_out(deps)
    await ended(await claimed(deps, after=1), answers("9_1"), after=1)
    return street, row


async def answered_late(deps: Deps, post_id: str, meanwhile: Meanwhile) -> None:
    """The next part goes out, and its answer is written down only when something else was done."""

    async def step(delivery: Delivery) -> Done:
        done = await answers(post_id, made="1")(delivery)
        await meanwhile()
        return done

    await ended(await claimed(deps, after=2), step, after=AFTER)


async def lose(row: models.Publication, after: Status, reason: Reason = Reason.OUTCOME_UNKNOWN) -> None:
    """Take the publication from its worker, as the end of its lease and another's claim do, and bring it somewhere."""
    open_ = models.Attempt.filter(publication_id=row.id, outcome=AttemptOutcome.IN_FLIGHT)
    await open_.update(outcome=AttemptOutcome.UNKNOWN, finished_at=NOW)
    found = await stored(row)
    found.status, found.reason, found.lease_until, found.epoch = after, reason, None, found.epoch + 1
    await found.save()


def lost(row: models.Publication, after: Status, reason: Reason = Reason.OUTCOME_UNKNOWN) -> Meanwhile:
    return lambda: lose(row, after, reason)


def called_off(deps: Deps, street: Street, row: models.Publication) -> Meanwhile:
    async def do() -> None:
        await lose(row, Status.NEEDS_ATTENTION)
        await cancel_publication(at(deps, NOW + 3 * SECOND), street.caller, publication_id=_id(row))

    return do


def being_deleted(deps: Deps, street: Street, row: models.Publication) -> Meanwhile:
    async def do() -> None:
        await called_off(deps, street, row)()
        await delete(deps, street, row)

    return do


def deleted(deps: Deps, street: Street, row: models.Publication) -> Meanwhile:
    """All that was known was deleted, and a look found no more."""

    async def do() -> None:
        await being_deleted(deps, street, row)()
        case = replace(await taken(deps), doubt=None)
        await settle_follow_up(at(deps, NOW + LATER * SECOND), case, Verdict(FollowUpState.DONE))
        assert (await stored(row)).status is Status.DELETED

    return do


async def test_a_part_that_came_after_the_rest_was_deleted_is_told_and_deleted(deps: Deps):
    street, row = await one_out(deps)

    await answered_late(deps, "9_1", deleted(deps, street, row))

    found = await stored(row)
    assert (found.status, found.reason) == (Status.NEEDS_ATTENTION, Reason.PART_PUBLISHED)
    assert found.error
    assert "It was deleted, and then an answer came late: part 2 of 3 is out." in found.error["message"]
    assert await out(street, row) == [(1, "9_1")], "the first was deleted"
    assert (await history(row))[-1] == (Status.DELETED, Status.NEEDS_ATTENTION, Reason.PART_PUBLISHED)
    assert await can(row) == (Action.CANCEL, Action.DELETE)

    await delete(deps, street, row)
    case = await taken(deps, after=AFTER)
    assert case.following.parts == ("9_1",)
    await settle_follow_up(at(deps, NOW + AFTER * SECOND), case, Verdict(FollowUpState.DONE))
    assert (await stored(row)).status is Status.DELETED
    assert await out(street, row) == []


async def test_the_last_part_that_came_after_the_rest_was_deleted_makes_nothing_published(deps: Deps):
    street, row = await last_left(deps)

    await answered_late(deps, "9_2", deleted(deps, street, row))

    found = await stored(row)
    assert (found.status, found.published_at) == (Status.NEEDS_ATTENTION, None)
    assert await out(street, row) == [(2, "9_2")]


async def test_a_part_that_came_after_a_thread_was_called_off_is_out_and_said_to_be(deps: Deps):
    street, row = await one_out(deps)

    await answered_late(deps, "9_1", called_off(deps, street, row))

    found = await stored(row)
    assert (found.status, found.handles) == (Status.CANCELED, {})
    assert found.error
    assert "the first 2 parts of 3 are out" in found.error["message"]
    assert "may be" not in found.error["message"]
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]
    assert await can(row) == (Action.DELETE,)


async def test_watchers_hear_of_a_part_that_came_late(deps: Deps):
    street, row = await one_out(deps)
    before = 0

    async def meanwhile() -> None:
        nonlocal before
        await called_off(deps, street, row)()
        before = await models.Event.filter(subject_id=row.id).count()

    await answered_late(deps, "9_1", meanwhile)

    assert await models.Event.filter(subject_id=row.id).count() == before + 1


async def test_the_last_part_that_came_after_a_thread_was_called_off_makes_it_published(deps: Deps):
    street, row = await last_left(deps)

    await answered_late(deps, "9_2", called_off(deps, street, row))

    found = await stored(row)
    assert (found.status, found.platform_post_id) == (Status.PUBLISHED, "9_0")
    assert await out(street, row) == [(0, "9_0"), (1, "9_1"), (2, "9_2")]


async def test_the_last_part_that_comes_while_the_rest_is_deleted_is_deleted_as_well(deps: Deps):
    street, row = await last_left(deps)

    await answered_late(deps, "9_2", being_deleted(deps, street, row))

    assert (await stored(row)).status is Status.CANCELED, "not PUBLISHED: the rest goes"
    case = await taken(deps, after=AFTER)
    assert case.following.parts == ("9_0", "9_1", "9_2")


async def test_a_part_that_comes_between_the_deletion_and_its_record_is_deleted_next(deps: Deps):
    street, row = await one_out(deps)

    cases: list[Case] = []

    async def taken_before() -> None:
        await being_deleted(deps, street, row)()
        cases.append(replace(await taken(deps), doubt=None))

    await answered_late(deps, "9_1", taken_before)
    await settle_follow_up(at(deps, NOW + AFTER * SECOND), cases[0], Verdict(FollowUpState.DONE))

    assert (await stored(row)).status is Status.CANCELED
    assert (await taken(deps, after=AFTER + 1)).following.parts == ("9_1",)


async def test_a_part_that_came_after_its_thread_failed_lets_a_retry_go_on_below_it(deps: Deps):
    street, row = await one_out(deps)

    await answered_late(deps, "9_1", lost(row, Status.FAILED, Reason.REFUSED))

    found = await stored(row)
    assert found.error
    assert "It had failed, and then an answer came late: the first 2 parts of 3 are out." in found.error["message"]
    assert "retryPublication goes on with part 3" in found.error["hint"]
    await retry(deps, street, row)
    work = await claimed(deps, after=AFTER + 1)
    assert (work.assignment.draft.text, work.assignment.draft.reply_to) == ("Three", ReplyTo("9_0", "9_1"))


@pytest.mark.parametrize(
    ("before", "reason", "after"),
    [
        (Status.UNCONFIRMED, Reason.LEASE_LOST, Status.RETRYING),
        (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN, Status.QUEUED),
        (Status.PREPARING, Reason.CLAIMED, Status.RETRYING),
        (Status.RETRYING, Reason.ABSENT, Status.RETRYING),
    ],
)
async def test_a_thread_that_waited_for_the_part_goes_on_below_it(
    deps: Deps, before: Status, reason: Reason, after: Status
):
    street, row = await one_out(deps)

    await answered_late(deps, "9_1", lost(row, before, reason))

    assert (await stored(row)).status is after
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]
    work = await claimed(deps, after=AFTER + 1)
    assert (work.assignment.draft.text, work.assignment.draft.reply_to) == ("Three", ReplyTo("9_0", "9_1"))


async def test_who_prepares_the_same_part_again_loses_the_claim(deps: Deps):
    street, row = await one_out(deps)
    others: list[Claimed] = []

    async def overtaken() -> None:
        await lose(row, Status.RETRYING, Reason.ABSENT)
        others.append(await claimed(deps, after=3))

    await answered_late(deps, "9_1", overtaken)

    with pytest.raises(ClaimLostError):
        await ended(others[0], answers("9_9"), after=AFTER)
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


async def test_while_the_part_is_being_sent_again_that_call_is_waited_for(deps: Deps):
    street, row = await one_out(deps)

    await answered_late(deps, "9_1", lost(row, Status.PUBLISHING, Reason.ABOUT_TO_SEND))

    assert await out(street, row) == [(0, "9_0")]


async def test_a_part_that_was_found_meanwhile_is_not_written_down_twice(deps: Deps):
    street, row = await one_out(deps)

    async def found() -> None:
        await lose(row, Status.RETRYING, Reason.PART_PUBLISHED)
        await models.PublicationPart.create(publication_id=row.id, kind="part", index=1, platform_id="9_1")

    await answered_late(deps, "9_1", found)

    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


async def test_two_answers_at_once_of_one_part_are_one(deps: Deps):
    street, row = await one_out(deps)
    work = await claimed(deps, after=2)
    await lose(row, Status.CANCELED)
    epoch = work.assignment.epoch
    change = Change(row.id, Status.PROCESSING, Reason.PART_PUBLISHED, ACTOR, fence=epoch)
    entry = Entry(row.id, epoch, change=change, part=PartOut(1, Receipt("9_1")))

    await asyncio.gather(*(Ledger(StoppedClock(NOW + AFTER * SECOND)).write(entry) for _ in range(2)))

    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


# -- a post that a person gave an address for ---------------------------------------------------------------------


async def resolved(deps: Deps) -> tuple[Street, models.Publication, Claimed]:
    """A post whose worker stands still with its answer, and of which a person said meanwhile where it is."""
    street, row = await accepted(deps, thread=())
    work = await claimed(deps)
    await lose(row, Status.UNCONFIRMED)
    when = at(deps, NOW + 5 * SECOND)
    await resolve_publication(when, street.caller, publication_id=_id(row), url="https://example.com/it")
    assert (await stored(row)).platform_post_id is None
    return street, row, work


async def test_a_late_answer_says_which_post_it_is_that_a_person_saw(deps: Deps):
    street, row, work = await resolved(deps)
    change = Change(
        row.id,
        Status.PUBLISHED,
        Reason.CONFIRMED,
        ACTOR,
        proof=True,
        platform_post_id="9_0",
        permalink="https://example.com/9_0",
    )
    entry = Entry(row.id, work.assignment.epoch, change=change)
    told = await models.Event.filter(subject_id=row.id).count()

    assert await Ledger(StoppedClock(NOW + AFTER * SECOND)).write(entry) is None

    found = await stored(row)
    assert (found.status, found.reason) == (Status.PUBLISHED, Reason.RESOLVED_BY_CALLER)
    assert (found.platform_post_id, found.permalink) == ("9_0", "https://example.com/9_0")
    assert await models.Event.filter(subject_id=row.id).count() == told + 1
    await delete(deps, street, row)
    assert (await taken(deps)).following.platform_post_id == "9_0"


async def test_a_late_look_says_which_post_it_is_that_a_person_saw(deps: Deps):
    street, row = await accepted(deps, thread=())
    await ended(await claimed(deps), fails(OutcomeUnknownError(FAILURE)))
    (slow,) = await claim_unconfirmed(at(deps, NOW + 20 * SECOND), limit=5)
    when = at(deps, NOW + 21 * SECOND)
    await resolve_publication(when, street.caller, publication_id=_id(row), url="https://example.com/it")

    await conclude_look(when, slow, Sighting(out=True, matches=(Receipt("9_0"),)))

    found = await stored(row)
    assert (found.status, found.platform_post_id, found.permalink) == (
        Status.PUBLISHED,
        "9_0",
        "https://example.com/it",
    )


async def test_an_id_that_is_known_is_not_written_over(deps: Deps):
    _, row = await accepted(deps, thread=())
    work = await claimed(deps)
    await ended(work, answers("9_0"))
    change = Change(row.id, Status.PUBLISHED, Reason.CONFIRMED, ACTOR, proof=True, platform_post_id="9_9")

    await Ledger(StoppedClock(NOW + AFTER * SECOND)).write(Entry(row.id, work.assignment.epoch, change=change))

    assert (await stored(row)).platform_post_id == "9_0"
