"""The one writer of a publication's status, on both databases."""

import asyncio
from datetime import timedelta
from itertools import product

import pytest
from tortoise.exceptions import IntegrityError

from publishing import models
from publishing.changes import PUBLICATION_CHANGED
from publishing.claiming import claim
from publishing.db import transaction
from publishing.lifecycle import CLAIMABLE, STARTS, Reason, Status, may_follow
from publishing.transitions import Advanced, Change, Found, advance, advance_found, start
from tests.publishing.town import NOW, SECOND, Street, history, open_street, status_of

pytestmark = pytest.mark.usefixtures("database")


def to(row: models.Publication, after: Status, **columns: object) -> Change:
    return Change(row.id, after, Reason.ACCEPTED, "test", **columns)


async def step(*changes: Change) -> dict[object, Advanced]:
    async with transaction():
        return await advance(changes, now=NOW + SECOND)


@pytest.mark.parametrize("proof", [False, True])
async def test_every_pair_of_states_is_allowed_exactly_as_the_table_says(proof: bool):
    pairs = list(product(Status, Status))
    street = await open_street(channels=len(pairs))
    rows = await street.publish_all([(before, number) for number, (before, _) in enumerate(pairs)])

    wanted = [to(row, after, proof=proof, fence=row.epoch) for row, (_, after) in zip(rows, pairs, strict=True)]
    advanced = await step(*wanted)

    stored = {row.id: row for row in await models.Publication.all()}
    for row, (before, after) in zip(rows, pairs, strict=True):
        allowed = may_follow(before, after, proof=proof)
        assert (row.id in advanced) is allowed, f"{before} to {after}"
        assert stored[row.id].status is (after if allowed else before), f"{before} to {after}"
        if allowed:
            assert (advanced[row.id].before, advanced[row.id].after) == (before, after)
    assert await models.Transition.all().count() == await models.Event.all().count() == len(advanced)


async def test_who_holds_no_claim_ends_no_publishing():
    """The call may be on its way: a hold or a refusal written over it would say that nothing was sent."""
    steps = [after for after in Status if may_follow(Status.PUBLISHING, after)]
    street = await open_street(channels=len(steps))
    rows = await street.publish_all([(Status.PUBLISHING, number) for number in range(len(steps))])

    advanced = await step(*(to(row, after) for row, after in zip(rows, steps, strict=True)))

    assert advanced == {}
    assert {await status_of(row) for row in rows} == {Status.PUBLISHING}


async def test_a_writer_may_expect_less_than_the_table_allows():
    street = await open_street(channels=2)
    held, preparing = await street.publish_all([(Status.HELD, 0), (Status.PREPARING, 1)])
    expected = frozenset({Status.PREPARING})

    advanced = await step(*(to(row, Status.QUEUED, fence=0, before=expected) for row in (held, preparing)))

    assert list(advanced) == [preparing.id]


async def test_a_step_leaves_one_history_row_and_one_event():
    street = await open_street()
    row = await street.publish(Status.QUEUED)

    await step(Change(row.id, Status.CANCELED, Reason.CANCELED_BY_CALLER, "key_1"))

    (transition,) = await models.Transition.all()
    (event,) = await models.Event.all()
    assert (transition.publication_id, transition.before, transition.after) == (row.id, Status.QUEUED, Status.CANCELED)
    assert (transition.reason, transition.actor, transition.at) == (Reason.CANCELED_BY_CALLER, "key_1", NOW + SECOND)
    assert (event.type, event.subject_id, event.workspace_id) == (PUBLICATION_CHANGED, row.id, street.workspace_id)
    assert (event.post_id, event.channel_id, event.position) == (row.post_id, row.channel_id, None)


async def test_a_step_that_is_not_allowed_leaves_nothing():
    street = await open_street()
    row = await street.publish(Status.PUBLISHED)

    assert await step(to(row, Status.CANCELED)) == {}

    assert await status_of(row) is Status.PUBLISHED
    assert await models.Transition.all().count() == await models.Event.all().count() == 0


async def test_of_two_who_write_at_once_one_loses_politely():
    street = await open_street()
    row = await street.publish(Status.QUEUED)

    answers = await asyncio.gather(*(step(to(row, Status.CANCELED)) for _ in range(8)))

    assert sorted(map(len, answers)) == [0] * 7 + [1]
    assert await history(row) == [(Status.QUEUED, Status.CANCELED, Reason.ACCEPTED)]


async def test_a_rolled_back_step_never_happened():
    street = await open_street()
    row = await street.publish(Status.QUEUED)

    async def fail_after_it() -> None:
        async with transaction():
            await advance([to(row, Status.CANCELED)], now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_it()

    assert await status_of(row) is Status.QUEUED
    assert await models.Transition.all().count() == await models.Event.all().count() == 0


async def test_a_set_is_written_together_and_each_row_by_its_own_change():
    street = await open_street(channels=3)
    first, second, third = await street.publish_all([(Status.PREPARING, n) for n in range(3)])

    advanced = await step(
        to(first, Status.PROCESSING, due_in=5 * SECOND),
        to(second, Status.RETRYING, due_in=7 * SECOND, adds_failures=1, error={"code": "RATE_LIMITED"}),
        to(third, Status.SCHEDULED),
    )

    rows = {row.id: row for row in await models.Publication.all()}
    assert set(advanced) == {first.id, second.id}
    assert (rows[first.id].due_at, rows[first.id].failures) == (NOW + 6 * SECOND, 0)
    assert (rows[second.id].due_at, rows[second.id].failures) == (NOW + 8 * SECOND, 1)
    assert rows[second.id].error == {"code": "RATE_LIMITED"}
    assert rows[third.id].status is Status.PREPARING


async def test_what_may_be_a_little_late_becomes_due_together():
    street = await open_street(channels=4)
    early, late, punctual, other = await street.publish_all([(Status.PREPARING, n) for n in range(4)])
    waits = [(early, 60.3, 3.8), (late, 60.9, 3.8), (punctual, 60.3, 0), (other, 1.3, 0.07)]

    await step(*(to(row, Status.PROCESSING, due_in=wait * SECOND, leeway=way * SECOND) for row, wait, way in waits))

    rows = {row.id: row for row in await models.Publication.all()}
    assert rows[early.id].due_at == rows[late.id].due_at == NOW + 62 * SECOND
    assert rows[punctual.id].due_at == NOW + 61.3 * SECOND
    assert rows[other.id].due_at == NOW + 2.3125 * SECOND


async def test_an_empty_set_writes_nothing():
    assert await step() == {}


async def test_a_writer_with_an_old_epoch_is_fenced_off():
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=3)

    assert await step(to(row, Status.PROCESSING, fence=2)) == {}
    assert await status_of(row) is Status.PREPARING
    assert await history(row) == []

    assert row.id in await step(to(row, Status.PROCESSING, fence=3))


async def test_a_late_success_wins_although_the_claim_is_lost():
    street = await open_street()
    row = await street.publish(Status.UNCONFIRMED, epoch=4, error={"code": "OUTCOME_UNKNOWN"})

    advanced = await step(to(row, Status.PUBLISHED, proof=True, platform_post_id="1_2", permalink="https://x.example"))

    stored = await models.Publication.get(id=row.id)
    assert row.id in advanced
    assert (stored.status, stored.platform_post_id, stored.permalink) == (Status.PUBLISHED, "1_2", "https://x.example")
    assert (stored.published_at, stored.error) == (NOW + SECOND, None)


async def test_every_step_ends_a_lease_unless_it_begins_one():
    street = await open_street()
    row = await street.publish(Status.PREPARING)

    await step(to(row, Status.PUBLISHING, lease_in=60 * SECOND, counts_attempt=True))
    marked = await models.Publication.get(id=row.id)
    await step(to(row, Status.FAILED, fence=row.epoch))
    over = await models.Publication.get(id=row.id)

    assert (marked.lease_until, marked.attempt_count) == (NOW + 61 * SECOND, 1)
    assert (over.lease_until, over.attempt_count) == (None, 1)


async def test_a_channel_publishes_one_thing_at_a_time():
    street = await open_street()
    _, waiting = await street.publish_all([(Status.PUBLISHING, 0), (Status.PREPARING, 0)])

    with pytest.raises(IntegrityError):
        await step(to(waiting, Status.PUBLISHING))

    assert await status_of(waiting) is Status.PREPARING
    assert await history(waiting) == []


async def test_one_remote_post_belongs_to_one_publication():
    street = await open_street()
    await street.publish(Status.PUBLISHED, platform_post_id="1_2")
    other = await street.publish(Status.UNCONFIRMED)

    with pytest.raises(IntegrityError):
        await step(to(other, Status.PUBLISHED, proof=True, platform_post_id="1_2"))

    assert await status_of(other) is Status.UNCONFIRMED


async def test_a_new_publication_begins_its_history():
    street = await open_street()
    (row,) = [street._publication(await models.Post.create(**_post(street)), Status.QUEUED, street.channels[0], {})]

    async with transaction():
        await start(row, reason=Reason.ACCEPTED, actor="key_1", now=NOW)

    assert await history(row) == [(None, Status.QUEUED, Reason.ACCEPTED)]
    assert await models.Event.filter(subject_id=row.id).count() == 1


@pytest.mark.parametrize("status", sorted(set(Status) - STARTS))
async def test_a_publication_starts_nowhere_else(status: Status):
    street = await open_street()
    row = street._publication(await models.Post.create(**_post(street)), status, street.channels[0], {})

    with pytest.raises(ValueError, match="cannot start"):
        await start(row, reason=Reason.ACCEPTED, actor="key_1", now=NOW)

    assert await models.Publication.all().count() == 0


async def test_a_found_set_must_be_allowed_by_the_table_as_a_whole():
    with pytest.raises(ValueError, match="does not allow"):
        await advance_found(
            Found(
                where="TRUE",
                parameters=(),
                before=frozenset({Status.QUEUED, Status.PUBLISHED}),
                after=Status.CANCELED,
                reason=Reason.CANCELED_BY_CALLER,
                actor="test",
                limit=1,
            ),
            now=NOW,
        )


# -- claims -----------------------------------------------------------------------------------------------------


async def take(limit: int = 200) -> list[Advanced]:
    async with transaction():
        return await advance_found(claim(now=NOW, lease=60 * SECOND, limit=limit, actor="worker"), now=NOW)


async def test_a_claim_takes_what_is_due_from_every_state_that_waits():
    states = sorted(Status)
    street = await open_street(channels=len(states))
    rows = await street.publish_all([(status, number) for number, status in enumerate(states)])

    taken = {row.id for row in await take()}

    assert taken == {row.id for row in rows if row.status in CLAIMABLE}


async def test_a_claim_leaves_what_is_not_due():
    street = await open_street(channels=2)
    await street.publish(Status.QUEUED, due_at=NOW + SECOND)
    due = await street.publish(Status.QUEUED, channel=1, due_at=NOW)

    assert [row.id for row in await take()] == [due.id]


async def test_a_claim_raises_the_epoch_and_begins_a_lease():
    street = await open_street()
    row = await street.publish(Status.RETRYING, epoch=6)

    (taken,) = await take()

    stored = await models.Publication.get(id=row.id)
    assert (taken.epoch, stored.epoch) == (7, 7)
    assert (stored.status, stored.previous_status) == (Status.PREPARING, Status.RETRYING)
    assert stored.lease_until == NOW + 60 * SECOND
    assert await history(row) == [(Status.RETRYING, Status.PREPARING, Reason.CLAIMED)]


async def test_a_claim_takes_the_earliest_of_each_channel_and_no_more():
    street = await open_street(channels=2)
    due = [NOW - timedelta(seconds=n) for n in (1, 3, 2)]
    rows = [await street.publish(Status.QUEUED, channel=channel, due_at=moment) for channel in (0, 1) for moment in due]

    taken = {row.id for row in await take()}

    assert taken == {rows[1].id, rows[4].id}
    assert await take() == []


@pytest.mark.parametrize("busy", [Status.PREPARING, Status.PUBLISHING])
async def test_a_channel_that_is_being_worked_on_waits(busy: Status):
    street = await open_street(channels=2)
    await street.publish(busy)
    await street.publish(Status.QUEUED)
    free = await street.publish(Status.QUEUED, channel=1)

    assert [row.id for row in await take()] == [free.id]


async def test_an_unconfirmed_publication_does_not_block_its_channel():
    street = await open_street()
    await street.publish(Status.UNCONFIRMED)
    row = await street.publish(Status.QUEUED)

    assert [taken.id for taken in await take()] == [row.id]


async def test_a_claim_takes_no_more_than_its_limit_and_the_most_overdue_first():
    street = await open_street(channels=5)
    rows = [await street.publish(Status.QUEUED, channel=n, due_at=NOW - n * SECOND) for n in range(5)]

    assert {row.id for row in await take(2)} == {rows[4].id, rows[3].id}


async def test_claimers_side_by_side_take_each_publication_once():
    street = await open_street(channels=40)
    rows = await street.publish_all([(Status.QUEUED, number % 40) for number in range(120)])

    answers = await asyncio.gather(*(take(15) for _ in range(6)))

    taken = [row for answer in answers for row in answer]
    assert len(taken) == len({row.id for row in taken}) == 40
    assert len({row.channel_id for row in taken}) == 40
    assert all(row.epoch == 1 for row in taken)
    assert {row.id for row in taken} <= {row.id for row in rows}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_claimer_steps_over_what_another_one_holds():
    street = await open_street(channels=4)
    await street.publish_all([(Status.QUEUED, number) for number in range(4)])
    claimed, leave = asyncio.Event(), asyncio.Event()

    async def hold() -> list[Advanced]:
        async with transaction():
            taken = await advance_found(claim(now=NOW, lease=60 * SECOND, limit=2, actor="first"), now=NOW)
            claimed.set()
            await leave.wait()
        return taken

    holder = asyncio.create_task(hold())
    await claimed.wait()
    async with asyncio.timeout(10):
        others = await take()
    leave.set()

    assert len(others) == 2
    assert {row.id for row in others}.isdisjoint({row.id for row in await holder})


def _post(street: Street) -> dict[str, object]:
    return {
        "workspace_id": street.workspace_id,
        "text": "Hello",
        "media": [],
        "created_by": "key_1",
        "created_at": NOW,
        "updated_at": NOW,
    }
