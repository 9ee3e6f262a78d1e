"""What two writers do to one publication at once; each interleaving that once went wrong is forced here."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from net.fetch import FetchPolicy, GuardedFetcher
from platforms.base import ChannelKind, Done, Environment, Platform, Receipt
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from publishing import accounts, channels, credentials, media, models, posts, system
from publishing.credentials import NewToken
from publishing.db import transaction
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.errors import ReconnectError
from publishing.ids import Kind, new_id, public_id
from publishing.ledger import Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome, ConnectionStatus
from publishing.system import connecting
from publishing.transitions import Change, advance
from tests.publishing.town import SECOND, Street, at, history, open_street, status_of
from tests.support.programs import until
from workers.budgets import Budgets
from workers.deps import WorkerDeps
from workers.publications import LIMIT, Publications

Step = Callable[[Delivery], Awaitable[Done]]


def failed(error: type[PlatformError], code: FailureCode = FailureCode.PLATFORM_UNAVAILABLE) -> PlatformError:
    return error(Failure(code, Platform.FACEBOOK, "no", "hint"))


async def furnished(deps: Deps, *, count: int = 1, status: ConnectionStatus = ConnectionStatus.ACTIVE) -> Street:
    """Open a street whose channels have tokens."""
    street = await open_street(channels=count, status=status, name=str(new_id()))
    for channel in street.channels:
        page = await offer(street.account, channel.platform_account_id)
        await models.Channel.filter(id=channel.id).update(page_id=page.id)
        await give_token(deps, street, page, "a token")
    return street


async def offer(account: models.ConnectedAccount, remote: str) -> models.SelectablePage:
    return await models.SelectablePage.create(
        id=new_id(),
        workspace_id=account.workspace_id,
        account_id=account.id,
        kind=ChannelKind.FACEBOOK_PAGE,
        platform_account_id=remote,
        name="Page",
        publishable=True,
        position=0,
        seen_at=account.created_at,
    )


async def give_token(deps: Deps, street: Street, page: models.SelectablePage, token: str) -> None:
    given = NewToken(street.account.id, page.id, token, None)
    now = await deps.clock.now()
    await credentials.append(deps.token_keys, workspace_id=street.workspace_id, tokens=[given], now=now)


async def due(deps: Deps, street: Street, status: Status = Status.QUEUED, channel: int = 0) -> models.Publication:
    now = await deps.clock.now()
    return await street.publish(status, channel=channel, due_at=now, created_at=now)


async def renew(deps: Deps, street: Street) -> None:
    """End a renewed sign-in as the connector does."""
    now = await deps.clock.now()
    async with transaction():
        attempt = models.ConnectionAttempt(workspace_id=street.workspace_id)
        await connecting._activate(deps, attempt, street.account.id, now)


def account_id(street: Street) -> str:
    return public_id(Kind.CONNECTED_ACCOUNT, street.account.id)


@asynccontextmanager
async def working(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, step: Step, *, at_once: int = LIMIT
) -> AsyncIterator[Publications]:
    """Run a worker whose publisher does `step`."""

    async def run(_: Publications, claimed: Any, delivery: Delivery) -> Done:
        return await step(delivery)

    monkeypatch.setattr(Publications, "_step", run)
    together = WorkerDeps(deps, GuardedFetcher(FetchPolicy()), Ledger(deps.clock), Budgets(deps))
    worker = Publications(together, at_once=at_once)
    running = asyncio.create_task(worker.runner.run())
    worker.runner.wake()
    try:
        yield worker
    finally:
        running.cancel()
        await worker.drain(seconds=1)
        await asyncio.gather(running, return_exceptions=True)


async def is_in(row: models.Publication, status: Status) -> None:
    async def reached() -> bool:
        return await status_of(row) is status

    await until(reached, seconds=8, what=status.value)


async def idle(worker: Publications) -> None:
    async def nothing() -> bool:
        return not worker.runner.busy

    await until(nothing, seconds=8, what="the end of the work")


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_hold_that_was_decided_before_the_mark_does_not_hide_it(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    marked, held, sent = asyncio.Event(), asyncio.Event(), list[int]()

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            sent.append(1)
            marked.set()
            await held.wait()
            raise failed(OutcomeUnknownError, FailureCode.OUTCOME_UNKNOWN)

        await looked.wait()
        return Done(await delivery.make_public("POST /x/feed", send))

    async def late(changes: Any, *, now: Any) -> Any:
        looked.set()
        await marked.wait()
        return await advance(changes, now=now)

    looked = asyncio.Event()
    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PREPARING)
        monkeypatch.setattr(accounts, "advance", late)
        given = {"account_id": account_id(street), "cancel_scheduled": False}
        _, affected = await asyncio.wait_for(accounts.disconnect_account(deps, street.caller, **given), 10)
        held.set()
        await idle(worker)
        await models.ConnectedAccount.filter(id=street.account.id).update(revoke_due_at=None)
        await renew(deps, street)
        await system.sweep_publications(deps)
        worker.runner.wake()
        await asyncio.sleep(0.2)

    assert affected == ()
    assert sent == [1]
    assert await status_of(row) is Status.UNCONFIRMED


async def test_a_worker_that_gives_back_undoes_no_hold(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)

    async def step(_: Delivery) -> Done:
        await asyncio.Future()
        raise AssertionError

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PREPARING)
        await accounts.disconnect_account(deps, street.caller, account_id=account_id(street), cancel_scheduled=False)
        worker._stop_lost(set(worker._held))
        await idle(worker)

    assert await status_of(row) is Status.HELD
    assert Status.QUEUED not in [step[1] for step in await history(row)]


async def test_a_worker_that_is_stopped_after_a_refusal_revives_nothing(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    real, tries = Ledger._commit, list[int]()

    async def step(_: Delivery) -> Done:
        tries.append(1)
        raise failed(RejectedError, FailureCode.MEDIA_REJECTED)

    async def commit(self: Ledger, entries: Any) -> Any:
        answer = await real(self, entries)
        if any(entry.change and entry.change.after is Status.FAILED for entry in entries):
            worker._stop_lost(set(worker._held))
        return answer

    monkeypatch.setattr(Ledger, "_commit", commit)
    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.FAILED)
        await idle(worker)
        worker.runner.wake()
        await asyncio.sleep(0.2)

    assert await status_of(row) is Status.FAILED
    assert tries == [1]


async def test_nothing_goes_out_on_a_channel_that_was_removed(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    removed, sent = asyncio.Event(), list[int]()

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            sent.append(1)
            await removed.wait()
            raise failed(TransientError)

        return Done(await delivery.make_public("POST /x/feed", send))

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PUBLISHING)
        await channels.remove_channel(deps, street.caller, channel_id=public_id(Kind.CHANNEL, street.channels[0].id))
        removed.set()
        await is_in(row, Status.RETRYING)
        await models.Publication.filter(id=row.id).update(due_at=row.created_at)
        worker.runner.wake()
        await is_in(row, Status.CANCELED)

    assert sent == [1]


async def test_a_post_accepted_while_its_channel_is_removed_is_called_off(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    real = media.find_assets

    async def late(**given: Any) -> Any:
        await channels.remove_channel(deps, street.caller, channel_id=public_id(Kind.CHANNEL, street.channels[0].id))
        return await real(**given)

    monkeypatch.setattr(media, "find_assets", late)
    await posts.publish(deps, street.caller, street.request())
    batch = await system.claim_due(deps, limit=10)

    assert batch.work == ()
    assert [entry.change and entry.change.after for entry in batch.refused] == [Status.CANCELED]


@pytest.mark.parametrize("renewed", ["in between", "by another sign-in"])
async def test_what_is_held_although_its_sign_in_works_goes_on(deps: Deps, renewed: str):
    street = await furnished(deps, status=ConnectionStatus.RECONNECT_REQUIRED)
    row = await due(deps, street)
    batch = await system.claim_due(deps, limit=5)
    if renewed == "in between":
        await renew(deps, street)
    await Ledger(deps.clock).write(batch.refused[0])
    await system.sweep_publications(deps)
    assert await status_of(row) is Status.HELD, "its sign-in may be held a moment later"
    await sweep_later(deps)
    if renewed == "by another sign-in":
        assert await status_of(row) is Status.HELD
        other = await another_account(street)
        page = await offer(other, street.channels[0].platform_account_id)
        await give_token(deps, street, page, "the other's token")
        await channels.select_pages(
            deps,
            street.caller,
            account_id=public_id(Kind.CONNECTED_ACCOUNT, other.id),
            page_ids=[public_id(Kind.SELECTABLE_PAGE, page.id)],
            include_linked_instagram=False,
            replace=False,
        )
        await sweep_later(deps)

    assert await status_of(row) is Status.QUEUED


async def sweep_later(deps: Deps) -> None:
    """Sweep when what was held just now has been held for a while."""
    await system.sweep_publications(at(deps, await deps.clock.now() + 5 * SECOND))


async def test_a_channel_that_a_renewed_sign_in_leaves_out_waits_on(deps: Deps):
    street = await furnished(deps)
    row = await due(deps, street, Status.HELD)
    await models.Credential.all().delete()

    await system.sweep_publications(deps)

    assert await status_of(row) is Status.HELD
    assert await history(row) == []


async def test_a_page_that_a_renewed_sign_in_leaves_out_condemns_no_other(deps: Deps):
    street = await furnished(deps, count=2)
    left_out, other = [await due(deps, street, Status.HELD, channel=number) for number in range(2)]
    await models.SelectablePage.filter(id=(await models.Channel.get(id=street.channels[0].id)).page_id).update(
        publishable=False
    )
    page = (await models.Channel.get(id=street.channels[1].id)).page_id
    await give_token(deps, street, await models.SelectablePage.get(id=page), "a newer token")

    await renew(deps, street)
    await system.hold_account(deps, account_id=street.account.id, token="a token")

    assert (await models.ConnectedAccount.get(id=street.account.id)).status is ConnectionStatus.ACTIVE
    assert [await status_of(row) for row in (left_out, other)] == [Status.HELD, Status.QUEUED]
    await system.sweep_publications(at(deps, await deps.clock.now() + 60 * SECOND))
    assert await status_of(left_out) is Status.HELD


async def another_account(
    street: Street, status: ConnectionStatus = ConnectionStatus.ACTIVE
) -> models.ConnectedAccount:
    now = street.account.created_at
    return await models.ConnectedAccount.create(
        id=new_id(),
        workspace_id=street.workspace_id,
        platform=Platform.FACEBOOK,
        environment=Environment.SANDBOX,
        platform_user_id="another",
        name="Kim",
        status=status,
        granted_permissions=[],
        missing_permissions=[],
        checked_at=now,
        created_at=now,
    )


async def test_a_channel_moves_to_no_sign_in_that_is_over(deps: Deps):
    street = await furnished(deps)
    ended = await another_account(street, ConnectionStatus.DISCONNECTED)
    page = await offer(ended, street.channels[0].platform_account_id)

    with pytest.raises(ReconnectError):
        await channels.select_pages(
            deps,
            street.caller,
            account_id=public_id(Kind.CONNECTED_ACCOUNT, ended.id),
            page_ids=[public_id(Kind.SELECTABLE_PAGE, page.id)],
            include_linked_instagram=False,
            replace=False,
        )

    assert (await models.Channel.get(id=street.channels[0].id)).account_id == street.account.id


async def test_an_old_token_condemns_no_renewed_sign_in(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    renewed = asyncio.Event()

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            await renewed.wait()
            raise failed(ReconnectRequiredError, FailureCode.RECONNECT_REQUIRED)

        return Done(await delivery.make_public("POST /x/feed", send))

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PUBLISHING)
        channel = await models.Channel.get(id=street.channels[0].id)
        await give_token(deps, street, await models.SelectablePage.get(id=channel.page_id), "a new token")
        await renew(deps, street)
        renewed.set()
        await idle(worker)

    assert (await models.ConnectedAccount.get(id=street.account.id)).status is ConnectionStatus.ACTIVE
    await sweep_later(deps)
    assert await status_of(row) is Status.QUEUED


@pytest.mark.parametrize("fault", [asyncpg.exceptions.DeadlockDetectedError("deadlock detected"), RuntimeError("ours")])
async def test_an_answer_in_hand_is_written_again_until_it_stands(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, fault: Exception
):
    street = await furnished(deps)
    row = await due(deps, street)
    real, faults = Ledger._commit, [fault]

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            return Receipt("9_9", "https://example.com/9")

        return Done(await delivery.make_public("POST /x/feed", send))

    async def commit(self: Ledger, entries: Any) -> Any:
        if faults and any(entry.end for entry in entries):
            raise faults.pop()
        return await real(self, entries)

    monkeypatch.setattr(Ledger, "_commit", commit)
    async with working(deps, monkeypatch, step):
        await is_in(row, Status.PUBLISHED)

    assert faults == []


async def test_what_a_platform_says_may_hold_anything(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps, count=2)
    rows = [await due(deps, street, channel=number) for number in range(2)]

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            await asyncio.sleep(0.05)
            if delivery.channel_id == street.channels[0].platform_account_id:
                said = "bad \x00 text"
                raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.FACEBOOK, said, "", None, said))
            return Receipt("9_9", "https://example.com/9")

        return Done(await delivery.make_public("POST /x/feed", send))

    async with working(deps, monkeypatch, step):
        await is_in(rows[0], Status.FAILED)
        await is_in(rows[1], Status.PUBLISHED)


async def test_a_mark_that_may_stand_or_not_sends_nothing_and_ends_its_attempt(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    street = await furnished(deps)
    row = await due(deps, street)
    real, faults, sent = Ledger._commit, [asyncpg.exceptions.ConnectionDoesNotExistError("cut")], list[int]()

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            sent.append(1)
            return Receipt("9_9", "https://example.com/9")

        return Done(await delivery.make_public("POST /x/feed", send))

    async def commit(self: Ledger, entries: Any) -> Any:
        answer = await real(self, entries)
        if faults and any(entry.start for entry in entries):
            raise faults.pop()
        return answer

    monkeypatch.setattr(Ledger, "_commit", commit)
    async with working(deps, monkeypatch, step):
        await is_in(row, Status.RETRYING)

    attempts = await models.Attempt.filter(publication_id=row.id)
    assert sent == []
    assert [attempt.outcome for attempt in attempts] == [AttemptOutcome.FAILED_RETRYABLE]


async def test_a_claim_that_cannot_be_loaded_is_given_back_and_counts_as_no_death(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    street = await furnished(deps)
    row = await due(deps, street)

    async def away(*_: Any) -> Any:
        raise OSError("away")

    with monkeypatch.context() as patched:
        patched.setattr("publishing.system.claims.uses_of", away)
        with pytest.raises(OSError, match="away"):
            await system.claim_due(deps, limit=5)
    stored = await models.Publication.get(id=row.id)

    assert (stored.status, stored.reason, stored.lost_leases) == (Status.QUEUED, Reason.GIVEN_BACK, 0)


async def test_one_that_cannot_be_loaded_does_not_hold_up_the_others(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps, count=3)
    rows = [await due(deps, street, channel=number) for number in range(3)]
    real = system.claims.uses_of  # type: ignore[attr-defined]

    async def broken(found: Any) -> Any:
        if rows[1].id in found:
            raise KeyError("an asset that is gone")
        return await real(found)

    monkeypatch.setattr("publishing.system.claims.uses_of", broken)
    batch = await system.claim_due(deps, limit=5)

    assert {one.assignment.publication_id for one in batch.work} == {rows[0].id, rows[2].id}
    assert await status_of(rows[1]) is Status.PREPARING


async def test_an_old_task_does_not_take_the_new_claim_of_its_row_along(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    gates = [asyncio.Event(), asyncio.Event()]
    begun = 0

    async def step(delivery: Delivery) -> Done:
        nonlocal begun
        begun += 1
        await gates[begun - 1].wait()
        raise failed(TransientError)

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PREPARING)
        await models.Publication.filter(id=row.id).update(lease_until=row.created_at - SECOND)
        await system.sweep_publications(deps)
        worker.runner.wake()

        async def both() -> bool:
            return begun == 2

        await until(both, seconds=8, what="the second claim")
        gates[0].set()
        await asyncio.sleep(0.2)
        kept = [epoch for _, epoch in worker._held]
        gates[1].set()
        await idle(worker)

    assert kept == [2]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_writers_of_many_rows_wait_for_each_other_in_one_order(deps: Deps):
    street = await furnished(deps, count=60)
    rows = await street.publish_all([(Status.PREPARING, number) for number in range(60)])
    ids = [row.id for row in rows]
    now = await deps.clock.now()

    async def renewing() -> None:
        for turn in range(30):
            order = ids[::-1] if turn % 2 else ids
            await system.renew_leases(deps, held=[(publication_id, 0) for publication_id in order])

    async def writing() -> None:
        for turn in range(30):
            order = ids if turn % 2 else ids[::-1]
            after = Status.QUEUED if turn % 2 == 0 else Status.PREPARING
            async with transaction():
                changes = [Change(one, after, Reason.GIVEN_BACK, "test", fence=0, lease_in=SECOND) for one in order]
                await advance(changes, now=now + timedelta(seconds=turn))

    await asyncio.gather(renewing(), writing(), renewing(), writing())


async def test_images_have_patience_of_their_own(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    codes = [FailureCode.PLATFORM_UNAVAILABLE] * 4 + [FailureCode.MEDIA_REJECTED] * 4
    counted: list[tuple[int, int]] = []

    async def step(_: Delivery) -> Done:
        raise failed(TransientError, codes.pop(0))

    async with working(deps, monkeypatch, step) as worker:
        while codes:
            await is_in(row, Status.RETRYING)
            found = await models.Publication.get(id=row.id)
            counted.append((found.failures, (found.error or {})["alike"]))
            await models.Publication.filter(id=row.id).update(due_at=row.created_at)
            worker.runner.wake()
            left = len(codes)
            await until(lambda left=left: taken(codes, left), seconds=8, what="the next try")
        await is_in(row, Status.FAILED)

    assert counted == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 1), (6, 2), (7, 3)]


async def taken(codes: list[FailureCode], left: int) -> bool:
    return len(codes) < left
