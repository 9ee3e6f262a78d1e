"""A part that two calls made public: both are known, told, deleted, and nobody is told DELETED while one is left."""

from typing import Any

import pytest

from platforms.base import Done, Receipt, Sighting
from platforms.errors import OutcomeUnknownError, RejectedError
from publishing import models
from publishing.decisions import Action, resolve_publication
from publishing.delivery import ACTOR, Delivery
from publishing.deps import Deps
from publishing.following import Verdict
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Reason, Status
from publishing.looking import owned_by_others
from publishing.models import FollowUpState
from publishing.system import claim_unconfirmed, conclude_look, settle_follow_up
from publishing.threads import PartOut, copies_of
from publishing.transitions import Change
from tests.publishing.test_late_parts import last_left, lose, one_out
from tests.publishing.test_thread_deletion import _id, can, delete, taken
from tests.publishing.test_threads import (
    FAILURE,
    _threads,  # noqa: F401 - a fixture
    answers,
    claimed,
    ended,
    fails,
    out,
    stored,
)
from tests.publishing.town import NOW, SECOND, StoppedClock, Street, at

LATE = 50
LEFT = {
    Status.PUBLISHED: (Action.EDIT, Action.DELETE),
    Status.FAILED: (Action.RETRY, Action.DELETE),
    Status.CANCELED: (Action.DELETE,),
    Status.NEEDS_ATTENTION: (Action.CANCEL, Action.DELETE, Action.RESOLVE),
}


async def arrives(row: models.Publication, index: int, post_id: str) -> None:
    """The answer of a call whose worker lost its claim long ago."""
    change = Change(row.id, Status.PROCESSING, Reason.PART_PUBLISHED, ACTOR, fence=-1)
    entry = Entry(row.id, -1, change=change, part=PartOut(index, Receipt(post_id, f"https://example.com/{post_id}")))
    await Ledger(StoppedClock(NOW + LATE * SECOND)).write(entry)


async def ids_of_copies(row: models.Publication) -> list[tuple[int, str]]:
    return [(copy.index, copy.receipt.platform_post_id) for copy in await copies_of(row.id)]


async def message_of(row: models.Publication) -> str:
    error: dict[str, Any] | None = (await stored(row)).error
    assert error
    return error["message"]


async def sent_twice(deps: Deps, second: str) -> tuple[Street, models.Publication]:
    """The answer of the last part's first call comes while its second is made, which says that it is `second`."""
    street, row = await last_left(deps)

    async def step(delivery: Delivery) -> Done:
        done = await answers(second)(delivery)
        await arrives(row, 2, "9_2")
        return done

    await ended(await claimed(deps, after=10), step, after=20)
    return street, row


async def test_an_answer_that_comes_amid_the_second_call_is_told_when_both_are_out(deps: Deps):
    street, row = await sent_twice(deps, "9_9")

    assert (await stored(row)).status is Status.PUBLISHED
    assert await out(street, row) == [(0, "9_0"), (1, "9_1"), (2, "9_9")]
    assert await ids_of_copies(row) == [(2, "9_2")]
    assert "of 3 parts 3 may be public twice, the second time at https://example.com/9_2" in await message_of(row)


async def test_two_answers_that_name_one_post_are_no_copy(deps: Deps):
    _, row = await sent_twice(deps, "9_2")

    assert ((await stored(row)).error, await ids_of_copies(row)) == (None, [])
    await arrives(row, 2, "9_9")
    assert await ids_of_copies(row) == [(2, "9_9")]


async def test_a_copy_of_a_part_is_told_when_a_look_ends_the_thread(deps: Deps):
    _, row = await one_out(deps)

    async def step(delivery: Delivery) -> Done:
        done = await answers("9_9")(delivery)
        await arrives(row, 1, "9_1")
        return done

    await ended(await claimed(deps, after=10), step, after=20)
    await ended(await claimed(deps, after=21), fails(OutcomeUnknownError(FAILURE)), after=21)
    when = at(deps, NOW + 60 * SECOND)
    (case,) = await claim_unconfirmed(when, limit=5)
    await conclude_look(when, case, Sighting(out=True, matches=(Receipt("9_2"),)))

    assert (await stored(row)).status is Status.PUBLISHED
    assert "of 3 parts 2 may be public twice" in await message_of(row)


@pytest.mark.parametrize("number", [1, 2], ids=["a middle part", "the last part"])
async def test_what_a_look_finds_amid_the_second_call_is_told_as_well(deps: Deps, number: int):
    """The proof of a last part wins over its second call, whose answer is then the copy."""
    street, row = await (one_out if number == 1 else last_left)(deps)
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    (slow,) = await claim_unconfirmed(at(deps, NOW + 20 * SECOND), limit=5)
    await lose(row, Status.RETRYING, Reason.ABSENT)
    await models.Publication.filter(id=row.id).update(due_at=NOW)

    async def step(delivery: Delivery) -> Done:
        done = await answers("9_9" if number == 1 else "found")(delivery)
        post_id = "found" if number == 1 else "9_9"
        await conclude_look(at(deps, NOW + 30 * SECOND), slow, Sighting(out=True, matches=(Receipt(post_id),)))
        return done

    await ended(await claimed(deps, after=21), step, after=31)
    if number == 1:
        await ended(await claimed(deps, after=32), answers("9_2"), after=32)

    assert (await stored(row)).status is Status.PUBLISHED
    assert (number, "9_9") in await out(street, row)
    assert await ids_of_copies(row) == [(number, "found")]
    assert f"of 3 parts {number + 1} may be public twice" in await message_of(row)


async def test_a_second_call_that_comes_to_nothing_leaves_the_first_to_be_found(deps: Deps):
    street, row = await last_left(deps)

    async def amid(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            await arrives(row, 2, "9_2")
            raise OutcomeUnknownError(FAILURE)

        return Done(await delivery.make_public("POST /1/feed", send))

    await ended(await claimed(deps, after=10), amid, after=20)
    when = at(deps, NOW + 60 * SECOND)
    (case,) = await claim_unconfirmed(when, limit=5)
    await conclude_look(when, case, Sighting(out=True, matches=(Receipt("9_2"),)))

    assert (await stored(row)).status is Status.PUBLISHED
    assert await out(street, row) == [(0, "9_0"), (1, "9_1"), (2, "9_2")]
    assert ((await stored(row)).error, await ids_of_copies(row)) == (None, [])


@pytest.mark.parametrize("status", LEFT)
async def test_an_answer_that_comes_after_another_is_told_beside_what_is_known(deps: Deps, status: Status):
    _, row = await sent_twice(deps, "9_2")
    reason = Reason.OUTCOME_UNKNOWN if status is Status.NEEDS_ATTENTION else Reason.REFUSED
    error = None if status is Status.PUBLISHED else {"message": "As before.", "hint": "Do.", "code": "X"}
    await models.Publication.filter(id=row.id).update(status=status, reason=reason, error=error)
    told = await models.Event.filter(subject_id=row.id).count()

    await arrives(row, 1, "9_8")

    assert (await stored(row)).status is status
    assert (await can(row)) == LEFT[status], "what a person can do stays"
    assert await ids_of_copies(row) == [(1, "9_8")]
    message = await message_of(row)
    await arrives(row, 1, "9_8")
    assert await message_of(row) == message, "it is told once"
    assert message.startswith("An answer came late" if error is None else "As before. An answer came late")
    assert "of 3 parts 2 may be public twice, the second time at https://example.com/9_8" in message
    assert await models.Event.filter(subject_id=row.id).count() == told + 1


async def settled(deps: Deps, *, after: float) -> tuple[str, ...]:
    case = await taken(deps, after=after)
    await settle_follow_up(at(deps, NOW + after * SECOND), case, Verdict(FollowUpState.DONE))
    return case.following.parts


async def test_a_deletion_deletes_copies_as_well(deps: Deps):
    street, row = await sent_twice(deps, "9_9")
    await delete(deps, street, row)

    assert await settled(deps, after=LATE + 60) == ("9_0", "9_1", "9_9", "9_2")

    assert (await stored(row)).status is Status.DELETED
    assert await ids_of_copies(row) == []


async def test_a_copy_that_comes_after_all_was_deleted_is_told_and_deleted(deps: Deps):
    street, row = await sent_twice(deps, "9_2")
    await delete(deps, street, row)
    await settled(deps, after=LATE + 60)
    assert (await stored(row)).status is Status.DELETED

    await arrives(row, 2, "9_9")

    assert ((await stored(row)).status, await ids_of_copies(row)) == (Status.NEEDS_ATTENTION, [(2, "9_9")])
    assert "the second time at https://example.com/9_9" in await message_of(row)
    await delete(deps, street, row)
    assert await settled(deps, after=LATE + 70) == ("9_9",)
    assert (await stored(row)).status is Status.DELETED


async def test_a_persons_word_does_not_end_a_deletion_while_a_copy_is_left(deps: Deps):
    street, row = await one_out(deps)
    await ended(await claimed(deps, after=1), fails(RejectedError(FAILURE)), after=1)
    await delete(deps, street, row)
    case = await taken(deps)
    await settle_follow_up(at(deps, NOW + 60 * SECOND), case, Verdict(FollowUpState.FAILED))
    unknown = {"status": Status.NEEDS_ATTENTION, "reason": Reason.OUTCOME_UNKNOWN}
    await models.Publication.filter(id=row.id).update(**unknown)
    await models.PublicationPart.filter(publication_id=row.id).update(kind="deleted")
    await arrives(row, 0, "9_9")

    told = await resolve_publication(at(deps, NOW + 90 * SECOND), street.caller, publication_id=_id(row), url=None)

    assert told.status is Status.CANCELED
    assert Action.DELETE in await can(row)


async def test_a_copy_is_taken_for_no_other_publication(deps: Deps):
    street, row = await sent_twice(deps, "9_9")
    other = await street.publish(Status.UNCONFIRMED)
    seen = Sighting(out=True, matches=(Receipt("9_2"),))

    for publication_id, owned in ((other.id, {"9_2"}), (row.id, set[str]())):
        found = await owned_by_others(row.platform, row.environment, seen, publication_id=publication_id)
        assert found == owned
