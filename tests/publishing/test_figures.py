"""Figures: a fact is counted once, when it stands; what the database says of all work is right on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from platforms.base import Done, Platform, Receipt
from platforms.errors import Failure, FailureCode, RejectedError
from publishing import models
from publishing.claiming import claim
from publishing.db import connection, is_postgres, transaction
from publishing.delivery import ACTOR, Delivery
from publishing.figures import OUTCOMES, REGISTRY
from publishing.ids import new_id
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.models import ConnectionAttemptStatus, ConnectionStatus
from publishing.system import read_figures
from publishing.transitions import Change, advance, advance_found
from tests.publishing import test_outcomes as outcomes
from tests.publishing.town import NOW, SECOND, StoppedClock, Street, open_street

pytestmark = pytest.mark.usefixtures("database")
HOUR = timedelta(hours=1)


class Counted:
    """How much the figures have grown since it was made."""

    def __init__(self) -> None:
        self._before = self._all()

    def __call__(self, name: str, **labels: str) -> float:
        key = name, frozenset(labels.items())
        return self._all().get(key, 0) - self._before.get(key, 0)

    def publications(self) -> dict[tuple[str, str], float]:
        """What was counted of publications, by platform and outcome, without zeros."""
        pairs = [(platform.value, status.value) for platform in Platform for status in Status]
        found = {pair: self("agm_publications_total", platform=pair[0], outcome=pair[1]) for pair in pairs}
        return {pair: count for pair, count in found.items() if count}

    @staticmethod
    def _all() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in REGISTRY.collect()
            for sample in family.samples
        }


def failed(row: models.Publication, *, fence: int = 0) -> Change:
    return Change(row.id, Status.FAILED, Reason.REFUSED, ACTOR, fence=fence)


async def test_a_publication_counts_when_its_commit_stands():
    street = await open_street(channels=2)
    rows = await street.publish_all([(Status.PREPARING, 0), (Status.PREPARING, 1)])
    counted = Counted()

    async with transaction():
        await advance([failed(row) for row in rows], now=NOW)
        inside = counted.publications()

    assert inside == {}
    assert counted.publications() == {("facebook", "failed"): 2}


async def test_what_is_rolled_back_or_has_lost_its_claim_is_not_counted():
    street = await open_street(channels=3)
    lost, undone, kept = await street.publish_all([(Status.PREPARING, number) for number in range(3)])
    counted = Counted()

    async def undo() -> None:
        async with transaction():
            await advance([failed(undone)], now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undo()
    async with transaction():
        await advance([failed(lost, fence=7)], now=NOW)
        with pytest.raises(ZeroDivisionError):
            await undo()
        async with transaction():
            await advance([failed(kept)], now=NOW)

    assert counted.publications() == {("facebook", "failed"): 1}


async def test_being_worked_on_is_no_outcome():
    street = await open_street(platform=Platform.INSTAGRAM)
    await street.publish(Status.QUEUED)
    counted = Counted()

    async with transaction():
        (row,) = await advance_found(claim(now=NOW, lease=60 * SECOND, limit=5, actor=ACTOR), now=NOW)
    claimed = counted.publications()
    async with transaction():
        await advance([Change(row.id, Status.CANCELED, Reason.CANCELED_BY_CALLER, "key_x")], now=NOW)

    assert claimed == {}
    assert counted.publications() == {("instagram", "canceled"): 1}
    assert not set(OUTCOMES) & CLAIMABLE


@pytest.mark.parametrize(
    ("columns", "late"), [({}, 90), ({"scheduled_at": NOW + 30 * SECOND}, 60), ({"scheduled_at": NOW + HOUR}, 0)]
)
async def test_lateness_is_from_when_it_was_to_go_out_until_it_is_public(columns: dict[str, Any], late: float):
    street = await open_street()
    row = await street.publish(Status.PUBLISHING, **columns)
    counted = Counted()
    public = Change(row.id, Status.PUBLISHED, Reason.CONFIRMED, ACTOR, proof=True, platform_post_id="1")

    async with transaction():
        await advance([public], now=NOW + 90 * SECOND)

    assert counted("agm_publication_lateness_seconds_count", platform="facebook") == 1
    assert counted("agm_publication_lateness_seconds_sum", platform="facebook") == pytest.approx(late)


async def test_a_call_counts_with_its_time_and_how_it_ended():
    clock = asyncio.get_running_loop()
    work = await outcomes.begin()
    counted, took = Counted(), [0.0]

    async def refuse(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            began = clock.time()
            await asyncio.sleep(0.01)
            took[0] = clock.time() - began
            raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.FACEBOOK, "No.", "Change it."))

        return Done(await delivery.make_public("POST /1/feed", send))

    await work.run(refuse)

    name, labels = "agm_publication_attempt_duration_seconds", {"platform": "facebook", "step": "publish"}
    assert counted(f"{name}_count", **labels, outcome="failed_permanent") == 1
    assert counted(f"{name}_sum", **labels, outcome="failed_permanent") >= took[0] > 0


async def test_an_attempt_whose_call_was_never_made_has_no_time():
    work = await outcomes.begin(windows=outcomes.Windows(SECOND, 30))
    counted = Counted()

    await work.run(outcomes.succeed)

    labels = {"platform": "facebook", "step": "publish", "outcome": "failed_retryable"}
    assert (await models.Attempt.all())[0].outcome is models.AttemptOutcome.FAILED_RETRYABLE
    assert counted("agm_publication_attempt_duration_seconds_count", **labels) == 0


async def test_an_outcome_that_could_not_be_written_is_not_counted():
    work = await outcomes.begin()
    outcome = await outcomes.run_step(work.delivery, outcomes.succeed, 0)
    counted = Counted()
    ledger = Ledger(StoppedClock())
    await connection().execute_query("ALTER TABLE event RENAME TO elsewhere")
    try:
        with pytest.raises(Exception, match="event"):
            await ledger.write(Entry(work.row.id, 3, change=outcome.change, end=outcome.end))
    finally:
        await connection().execute_query("ALTER TABLE elsewhere RENAME TO event")

    assert counted.publications() == {}
    assert counted("agm_publication_lateness_seconds_count", platform="facebook") == 0


# -- what the database says -------------------------------------------------------------------------------------


async def database_figures() -> dict[str, dict[tuple[str, ...], float]]:
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in await read_figures()
    }


async def test_work_is_counted_by_queue_and_state():
    street = await open_street(channels=8)
    here = await _host_time()
    before, ahead = {"due_at": here - HOUR}, {"due_at": here + HOUR}
    await street.publish_all([(Status.QUEUED, 0), (Status.RETRYING, 1), (Status.PROCESSING, 2)], **before)
    await street.publish_all([(Status.SCHEDULED, 0), (Status.RETRYING, 0)], **ahead)
    await street.publish_all([(Status.PREPARING, 3), (Status.PUBLISHING, 4)])
    await street.publish_all([(Status.HELD, 5), (Status.UNCONFIRMED, 6), (Status.NEEDS_ATTENTION, 7)])
    await street.publish_all([(Status.PUBLISHED, 0), (Status.FAILED, 0), (Status.CANCELED, 0)])
    await _sign_ins(street)

    found = (await database_figures())["agm_queue_jobs"]

    assert found == {
        ("publishing", "due"): 3,
        ("publishing", "waiting"): 2,
        ("publishing", "running"): 2,
        ("publishing", "held"): 1,
        ("publishing", "unconfirmed"): 1,
        ("publishing", "needs_attention"): 1,
        ("interactive", "due"): 2,
        ("interactive", "waiting"): 1,
        ("interactive", "running"): 1,
    }


async def test_channels_are_counted_by_the_verdict_that_callers_get():
    healthy = await open_street(channels=3, name="a")
    await open_street(channels=2, name="b", status=ConnectionStatus.RECONNECT_REQUIRED)
    await open_street(channels=1, name="c", status=ConnectionStatus.EXPIRING)
    first, second, _ = healthy.channels
    await models.Channel.filter(id=first.id).update(paused=True)
    await models.Channel.filter(id=second.id).update(removed_at=NOW)
    partial = await open_street(channels=1, name="d")
    await models.ConnectedAccount.filter(id=partial.account.id).update(missing_permissions=["pages_manage_posts"])

    found = (await database_figures())["agm_channel_health"]

    assert found == {("healthy",): 1, ("attention",): 3, ("broken",): 2}


async def test_the_sign_in_that_runs_out_next_is_told_and_none_when_none_does():
    none = (await database_figures())["agm_token_expiry_seconds"]
    here = await _host_time()
    for number, (status, ahead) in enumerate(
        [
            (ConnectionStatus.ACTIVE, timedelta(days=9)),
            (ConnectionStatus.EXPIRING, timedelta(days=2)),
            (ConnectionStatus.DISCONNECTED, timedelta(days=1)),
        ]
    ):
        street = await open_street(name=str(number), status=status)
        await models.ConnectedAccount.filter(id=street.account.id).update(expires_at=here + ahead)

    (seconds,) = (await database_figures())["agm_token_expiry_seconds"].values()

    assert none == {}
    assert timedelta(days=1, hours=23) < timedelta(seconds=seconds) <= timedelta(days=2)


async def test_the_counts_and_the_claim_read_indexes():
    """Where SQLite scans a table, the work for a scrape, and for a claim, grows with all that was ever published."""
    if is_postgres():
        pytest.skip("PostgreSQL chooses by statistics, and an empty table is always scanned")
    from publishing import setwise
    from publishing.system.figures import _publications
    from publishing.transitions import _finding

    taking = claim(now=NOW, lease=60 * SECOND, limit=5, actor=ACTOR)
    claiming = f"SELECT * FROM {_finding(taking)}", [setwise.parameter([{}]), *taking.parameters]
    counting = [
        (f"SELECT count(*) FROM {rows}", [setwise.moment(NOW)] if "?1" in rows else []) for *_, rows in _publications()
    ]
    for statement, parameters in [claiming, *counting]:
        plan = await connection().execute_query_dict(f"EXPLAIN QUERY PLAN {statement}", parameters)
        read = [step["detail"] for step in plan if "publication" in step["detail"] or " c" in step["detail"]]
        assert read
        assert all("USING" in step and "INDEX publication_" in step for step in read), statement


async def _host_time() -> Any:
    from publishing.clock import DatabaseClock

    return await DatabaseClock().now()


async def _sign_ins(street: Street) -> None:
    """One whose code waits, one that waits for another try, one that a worker has, and a disconnected account."""
    here = await _host_time()
    for due, lease in [(here - HOUR, None), (here + HOUR, None), (here - HOUR, here + HOUR)]:
        await models.ConnectionAttempt.create(
            id=new_id(),
            workspace_id=street.workspace_id,
            actor="key_test",
            platform=Platform.FACEBOOK,
            environment=street.account.environment,
            status=ConnectionAttemptStatus.COMPLETING,
            state_hash=str(new_id()),
            redirect_uri="http://127.0.0.1",
            due_at=due,
            lease_until=lease,
            expires_at=here + HOUR,
            created_at=here,
        )
    await models.ConnectedAccount.filter(id=street.account.id).update(revoke_due_at=here - HOUR)
