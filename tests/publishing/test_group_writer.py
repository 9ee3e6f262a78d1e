"""The workers' group writer: marks, handles, attempts, all fenced; and the race for a channel, lost without a trace."""

import asyncio
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from publishing import models
from publishing.db import connection
from publishing.ids import new_id
from publishing.ledger import AttemptEnd, Entry, Ledger, new_attempt
from publishing.lifecycle import Reason, Status, Step
from publishing.models import AttemptOutcome
from publishing.transitions import Advanced, Change
from tests.publishing.town import NOW, SECOND, StoppedClock, history, open_street, status_of

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(StoppedClock())


def mark(row: models.Publication, *, fence: int | None = None) -> Entry:
    """Ask for the mark that must stand before the public call."""
    epoch = row.epoch if fence is None else fence
    change = Change(
        row.id,
        Status.PUBLISHING,
        Reason.ABOUT_TO_SEND,
        "worker",
        fence=epoch,
        lease_in=60 * SECOND,
        counts_attempt=True,
    )
    return Entry(row.id, epoch, change=change, start=new_attempt(Step.PUBLISH, "POST /1/feed"))


async def test_a_mark_is_committed_with_its_attempt(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=2)

    entry = mark(row)
    advanced = await ledger.write(entry)

    (attempt,) = await models.Attempt.all()
    assert advanced
    assert (advanced.after, advanced.attempt_count) == (Status.PUBLISHING, 1)
    assert entry.start
    assert (attempt.id, attempt.publication_id, attempt.workspace_id) == (entry.start.id, row.id, street.workspace_id)
    assert (attempt.number, attempt.epoch, attempt.outcome) == (1, 2, AttemptOutcome.IN_FLIGHT)
    assert (attempt.step, attempt.request, attempt.started_at) == ("PUBLISH", "POST /1/feed", NOW)


async def test_an_outcome_ends_its_attempt_in_the_same_write(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING)
    entry = mark(row)
    await ledger.write(entry)
    assert entry.start
    failed = Change(row.id, Status.FAILED, Reason.REFUSED, "worker", fence=0, error={"code": "PLATFORM_REJECTED"})
    end = AttemptEnd(entry.start.id, AttemptOutcome.FAILED_PERMANENT, http_status=400, error={"code": "X"})

    await ledger.write(Entry(row.id, 0, change=failed, end=end))

    (attempt,) = await models.Attempt.all()
    assert (attempt.outcome, attempt.http_status, attempt.error) == (
        AttemptOutcome.FAILED_PERMANENT,
        400,
        {"code": "X"},
    )
    assert attempt.finished_at == NOW
    assert await status_of(row) is Status.FAILED


async def test_what_an_old_claim_writes_is_refused_whole(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=2, handles={"container": "kept"})

    marked = await ledger.write(mark(row, fence=1))
    await ledger.write(Entry(row.id, 1, handles={"container": "stolen"}))

    stored = await models.Publication.get(id=row.id)
    assert marked is None
    assert (stored.status, stored.attempt_count, stored.handles) == (Status.PREPARING, 0, {"container": "kept"})
    assert await models.Attempt.all().count() == 0
    assert await history(row) == []


async def test_handles_are_saved_without_a_step(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=2)

    assert await ledger.write(Entry(row.id, 2, handles={"photo:0": "12", "a": "ü'\""})) is None

    stored = await models.Publication.get(id=row.id)
    assert stored.handles == {"photo:0": "12", "a": "ü'\""}
    assert await history(row) == []


async def test_the_loser_of_a_race_for_a_channel_goes_back_without_an_attempt_counted(ledger: Ledger):
    street = await open_street()
    await street.publish(Status.PUBLISHING)
    row = await street.publish(Status.PREPARING, epoch=5)

    assert await ledger.write(mark(row)) is None

    stored = await models.Publication.get(id=row.id)
    assert (stored.status, stored.reason, stored.attempt_count) == (Status.QUEUED, Reason.CHANNEL_BUSY, 0)
    assert (stored.due_at, stored.lease_until) == (NOW + SECOND, None)
    assert await history(row) == [(Status.PREPARING, Status.QUEUED, Reason.CHANNEL_BUSY)]
    assert await models.Attempt.all().count() == 0


async def test_what_was_claimed_before_its_platform_asked_for_a_rest_is_given_back(ledger: Ledger):
    street = await open_street(channels=2)
    rows = await street.publish_all([(Status.PREPARING, 0), (Status.PREPARING, 1)])
    await models.Channel.filter(id=rows[0].channel_id).update(rests_until=NOW + 90 * SECOND)
    await models.Channel.filter(id=rows[1].channel_id).update(rests_until=NOW)

    quiet, free = await asyncio.gather(*(ledger.write(mark(row)) for row in rows))

    stored = await models.Publication.get(id=rows[0].id)
    assert (quiet is None, free is None) == (True, False)
    assert (stored.status, stored.reason, stored.due_at) == (Status.QUEUED, Reason.RATE_LIMITED, NOW + 90 * SECOND)
    assert (stored.attempt_count, stored.lease_until, stored.failures) == (0, None, 0)
    assert await history(rows[0]) == [(Status.PREPARING, Status.QUEUED, Reason.RATE_LIMITED)]
    assert [attempt.publication_id for attempt in await models.Attempt.all()] == [rows[1].id]


async def test_what_is_written_beside_a_mark_does_not_wait_for_a_rest(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=2)
    await models.Channel.filter(id=row.channel_id).update(rests_until=NOW + 90 * SECOND)

    await ledger.write(Entry(row.id, 2, handles={"photo:0": "12"}))

    assert (await models.Publication.get(id=row.id)).handles == {"photo:0": "12"}


async def test_the_others_of_a_group_are_written_although_one_loses_its_race(ledger: Ledger):
    street = await open_street(channels=6)
    await street.publish(Status.PUBLISHING, channel=3)
    rows = await street.publish_all([(Status.PREPARING, number) for number in range(6)])

    answers = await asyncio.gather(*(ledger.write(mark(row)) for row in rows))

    assert [answer is None for answer in answers] == [number == 3 for number in range(6)]
    assert [await status_of(row) for row in rows] == [
        Status.QUEUED if number == 3 else Status.PUBLISHING for number in range(6)
    ]
    assert await models.Attempt.all().count() == 5


async def test_two_of_one_channel_in_one_group_are_sent_one_after_the_other(ledger: Ledger):
    street = await open_street()
    rows = await street.publish_all([(Status.PREPARING, 0), (Status.PREPARING, 0)])

    answers = await asyncio.gather(*(ledger.write(mark(row)) for row in rows))

    assert sorted(answer is None for answer in answers) == [False, True]
    assert sorted([await status_of(row) for row in rows]) == [Status.PUBLISHING, Status.QUEUED]


@pytest.mark.parametrize("answer_first", [True, False])
async def test_an_answer_beside_the_mark_of_a_second_call_comes_before_it(ledger: Ledger, *, answer_first: bool):
    """One process may hold both: the answer that it could not write, and the claim that came to it since."""
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=2)
    proof = Change(row.id, Status.PUBLISHED, Reason.CONFIRMED, "worker", proof=True, platform_post_id="1_2")
    answer, second = Entry(row.id, 1, change=proof), mark(row)

    asked = (answer, second) if answer_first else (second, answer)
    given = await asyncio.gather(*(ledger.write(entry) for entry in asked))

    stored = await models.Publication.get(id=row.id)
    assert (stored.status, stored.platform_post_id) == (Status.PUBLISHED, "1_2")
    assert [one is None for one in given] == ([False, True] if answer_first else [True, False])
    assert await history(row) == [(Status.PREPARING, Status.PUBLISHED, Reason.CONFIRMED)]
    assert await models.Attempt.all().count() == 0


async def test_who_holds_the_claim_is_told_so_although_an_old_claim_is_put_off(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=2)
    await models.Channel.filter(id=row.channel_id).update(rests_until=NOW + 90 * SECOND)
    waits = Change(row.id, Status.PROCESSING, Reason.PLATFORM_PROCESSING, "worker", fence=2, due_in=SECOND)

    old, own = await asyncio.gather(ledger.write(mark(row, fence=1)), ledger.write(Entry(row.id, 2, change=waits)))

    assert old is None
    assert own
    assert (own.after, await status_of(row)) == (Status.PROCESSING, Status.PROCESSING)


async def test_another_broken_constraint_is_raised_and_writes_nothing(ledger: Ledger):
    street = await open_street()
    await street.publish(Status.PUBLISHED, platform_post_id="1_2")
    row = await street.publish(Status.PUBLISHING)
    change = Change(row.id, Status.PUBLISHED, Reason.CONFIRMED, "worker", proof=True, platform_post_id="1_2")

    with pytest.raises(IntegrityError):
        await ledger.write(Entry(row.id, 0, change=change))

    assert await status_of(row) is Status.PUBLISHING


async def test_many_writes_at_once_share_transactions_and_each_gets_its_own_answer(ledger: Ledger):
    street = await open_street(channels=100)
    rows = await street.publish_all([(Status.PREPARING, number) for number in range(100)], epoch=1)
    stale = {row.id for row in rows[::10]}

    answers = await asyncio.gather(*(ledger.write(mark(row, fence=0 if row.id in stale else 1)) for row in rows))

    _check_answers(rows, answers, stale)
    begun = {transition.at for transition in await models.Transition.all()}
    assert begun == {NOW}
    assert await models.Attempt.all().count() == 90


async def test_a_caller_that_is_cancelled_is_written_all_the_same(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING)
    writing = asyncio.create_task(ledger.write(mark(row)))
    await asyncio.sleep(0)

    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await ledger.close()

    assert await status_of(row) is Status.PUBLISHING


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_write_that_fails_tells_its_caller_and_the_next_one_works(ledger: Ledger):
    street = await open_street()
    row = await street.publish(Status.PREPARING)
    await connection().execute_query("ALTER TABLE attempt RENAME TO away")

    with pytest.raises(Exception, match="attempt"):
        await ledger.write(mark(row))
    assert await status_of(row) is Status.PREPARING

    await connection().execute_query("ALTER TABLE away RENAME TO attempt")
    assert await ledger.write(mark(row))


def _check_answers(rows: list[models.Publication], answers: list[Advanced | None], stale: set[UUID]) -> None:
    for row, answer in zip(rows, answers, strict=True):
        assert (answer is None) is (row.id in stale)
        assert answer is None or answer.id == row.id


async def test_an_attempt_of_a_publication_that_is_gone_is_not_begun(ledger: Ledger):
    await open_street()
    change = Change(new_id(), Status.PUBLISHING, Reason.ABOUT_TO_SEND, "worker", fence=1)

    entry = Entry(change.publication_id, 1, change=change, start=new_attempt(Step.PUBLISH, "x"))
    assert await ledger.write(entry) is None
    assert await models.Attempt.all().count() == 0


async def test_an_address_is_stored_with_an_event_and_touches_no_status(ledger: Ledger):
    street = await open_street(channels=2)
    rows = await street.publish_all([(Status.PUBLISHED, 0), (Status.PUBLISHED, 1)])

    await asyncio.gather(*(ledger.write(Entry(row.id, 0, permalink=f"https://x.example/{row.id}")) for row in rows))

    found = {row.id: row for row in await models.Publication.all()}
    assert [found[row.id].permalink for row in rows] == [f"https://x.example/{row.id}" for row in rows]
    assert {row.status for row in found.values()} == {Status.PUBLISHED}
    assert {event.subject_id for event in await models.Event.all()} == {row.id for row in rows}
    assert await models.Transition.all().count() == 0
