"""Sign-ins on bad days: a code is spent once, and what it gave is neither lost nor undone."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest
from tortoise.exceptions import OperationalError

from platforms.base import ChannelKind, Environment, Platform
from platforms.errors import Failure, FailureCode, RejectedError
from platforms.network import Network
from platforms.sign_in import FoundPage, Grant, Offer
from publishing import accounts, connections, credentials, models
from publishing.deps import Deps
from publishing.ids import Kind, new_id, public_id
from publishing.models import ConnectionAttemptStatus, ConnectionStatus
from publishing.sealing import seal
from publishing.system import (
    claim_connections,
    claim_revocations,
    complete_claimed,
    connecting,
    revoke_claimed,
    sweep_connections,
)
from tests.publishing.town import open_street

PAGE = FoundPage(kind=ChannelKind.FACEBOOK_PAGE, platform_account_id="1", name="Page", token="a page's token")
COMPLETED = ConnectionAttemptStatus.COMPLETED


async def nothing() -> None:
    """Take no time."""


@dataclass
class Desk:
    """A platform's sign-in that takes each code once."""

    exchanging: Callable[[], Awaitable[None]] = nothing
    finding: Callable[[], Awaitable[None]] = nothing
    codes: set[str] = field(default_factory=set)
    revoked: int = 0

    async def exchange(self, *, code: str, **_: Any) -> Grant:
        if code in self.codes:
            raise RejectedError(Failure(FailureCode.AUTHORIZATION_FAILED, Platform.FACEBOOK, "code used", ""))
        self.codes.add(code)
        await self.exchanging()
        return Grant("77", "Sam", f"token of {code}", None, None, (), ())

    async def offer(self, *, token: str, **_: Any) -> Offer:
        await self.finding()
        return Offer((replace(PAGE, token=f"page {token}"),))

    async def revoke(self, **_: Any) -> None:
        self.revoked += 1


@dataclass
class Only:
    """The only network there is."""

    desk: Desk

    def has(self, _: Environment) -> bool:
        return True

    def get(self, *_: Any) -> Network:
        desk = cast("Any", self.desk)
        return Network(Platform.FACEBOOK, (), desk, desk, desk, cast("Any", None), {})


def at(deps: Deps, desk: Desk) -> Deps:
    return replace(deps, networks=cast("Any", Only(desk)))


async def started(deps: Deps, workspace_id: Any, code: str) -> models.ConnectionAttempt:
    now = await deps.clock.now()
    row = models.ConnectionAttempt(
        id=new_id(),
        workspace_id=workspace_id,
        actor="key_test",
        platform=Platform.FACEBOOK,
        environment=Environment.SANDBOX,
        status=ConnectionAttemptStatus.COMPLETING,
        state_hash=str(new_id()),
        redirect_uri="http://127.0.0.1/oauth/meta/callback",
        expires_at=now + timedelta(minutes=10),
        created_at=now,
        due_at=now,
    )
    row.sealed_code = seal(deps.token_keys, code, connections.code_place(row))
    await row.save(force_create=True)
    return row


async def status_of(row: models.ConnectionAttempt) -> ConnectionAttemptStatus:
    return (await models.ConnectionAttempt.get(id=row.id)).status


async def work(deps: Deps) -> int:
    claimed = await claim_connections(deps, limit=5)
    await asyncio.gather(*(complete_claimed(deps, attempt_id=one) for one in claimed))
    return len(claimed)


@pytest.fixture
def short_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "_lease", lambda _: timedelta(seconds=0.3))


@pytest.mark.usefixtures("short_lease")
@pytest.mark.parametrize("slow", ["exchanging", "finding"])
async def test_a_sign_in_that_takes_longer_than_its_lease_is_one_workers(deps: Deps, slow: str):
    async def takes_long() -> None:
        await asyncio.sleep(1)

    given = at(deps, Desk(**{slow: takes_long}))  # type: ignore[arg-type]
    row = await started(given, (await open_street()).workspace_id, "code")
    working = asyncio.create_task(work(given))
    await asyncio.sleep(0.7)

    assert await claim_connections(given, limit=5) == []
    await working
    assert await status_of(row) is COMPLETED


@pytest.mark.usefixtures("short_lease")
async def test_a_worker_whose_claim_is_gone_writes_nothing(deps: Deps):
    street = await open_street()

    async def lost() -> None:
        await models.ConnectionAttempt.all().update(epoch=99)

    given = at(deps, Desk(exchanging=lost))
    row = await started(given, street.workspace_id, "code")
    await work(given)

    stored = await models.ConnectionAttempt.get(id=row.id)
    assert (stored.status, stored.account_id) == (ConnectionAttemptStatus.COMPLETING, None)
    assert await models.Credential.all().count() == 0
    assert not await models.ConnectedAccount.filter(platform_user_id="77").exists()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_sign_ins_of_one_person_at_once_both_succeed(deps: Deps):
    both = asyncio.Barrier(2)

    async def together() -> None:
        await both.wait()

    given = at(deps, Desk(exchanging=together))
    street = await open_street()
    rows = [await started(given, street.workspace_id, f"code {number}") for number in range(2)]
    await work(given)

    assert [await status_of(row) for row in rows] == [COMPLETED, COMPLETED]
    assert await models.ConnectedAccount.filter(platform_user_id="77").count() == 1


async def test_a_database_that_is_away_after_the_exchange_loses_nothing(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    real, faults = connecting.transaction, [OperationalError("away"), OperationalError("away")]

    def away() -> Any:
        if faults:
            raise faults.pop()
        return real()

    given = at(deps, Desk())
    row = await started(given, (await open_street()).workspace_id, "code")
    monkeypatch.setattr(connecting, "transaction", away)
    await work(given)

    assert await status_of(row) is COMPLETED


async def test_an_account_that_was_ended_before_its_sign_in_was_finished_ends_the_sign_in(deps: Deps):
    street = await open_street()
    desk = Desk()
    given = at(deps, desk)

    async def killed() -> None:
        raise asyncio.CancelledError

    desk.finding = killed
    row = await started(given, street.workspace_id, "code")
    (claimed,) = await claim_connections(given, limit=5)
    with pytest.raises(asyncio.CancelledError):
        await complete_claimed(given, attempt_id=claimed)
    account = await models.ConnectedAccount.get(platform_user_id="77")
    ended = public_id(Kind.CONNECTED_ACCOUNT, account.id)
    await accounts.disconnect_account(given, street.caller, account_id=ended, cancel_scheduled=False)
    for one in await claim_revocations(given, limit=5):
        await revoke_claimed(given, account_id=one)
    desk.finding = nothing
    await models.ConnectionAttempt.all().update(lease_until=None)
    await work(given)

    assert await status_of(row) is ConnectionAttemptStatus.FAILED
    assert desk.revoked == 1


async def test_a_fault_of_our_own_ends_after_a_few_tries(deps: Deps):
    async def broken() -> None:
        raise RuntimeError

    given = at(deps, Desk(finding=broken))
    row = await started(given, (await open_street()).workspace_id, "code")
    for _ in range(8):
        await models.ConnectionAttempt.filter(status=ConnectionAttemptStatus.COMPLETING).update(due_at=row.created_at)
        await work(given)
        await sweep_connections(given)

    stored = await models.ConnectionAttempt.get(id=row.id)
    assert (stored.status, stored.tries) == (ConnectionAttemptStatus.FAILED, 5)


async def test_a_grant_that_another_workspace_lives_by_is_not_ended(deps: Deps):
    desk = Desk()
    given = at(deps, desk)
    streets = [await open_street(name=name) for name in ("One", "Two")]
    for number, street in enumerate(streets):
        await started(given, street.workspace_id, f"code {number}")
        await work(given)
    for street in streets:
        account = await models.ConnectedAccount.get(platform_user_id="77", workspace_id=street.workspace_id)
        ended = public_id(Kind.CONNECTED_ACCOUNT, account.id)
        await accounts.disconnect_account(given, street.caller, account_id=ended, cancel_scheduled=False)
        for one in await claim_revocations(given, limit=5):
            await revoke_claimed(given, account_id=one)
        if street is streets[0]:
            assert desk.revoked == 0

    assert desk.revoked == 1
    assert not await models.Credential.filter(workspace_id__in=[one.workspace_id for one in streets]).exists()
    gone = await models.ConnectedAccount.filter(platform_user_id="77").values_list("status", flat=True)
    assert set(gone) == {ConnectionStatus.DISCONNECTED}


async def test_an_account_that_is_ended_while_its_pages_are_looked_for_stays_ended(deps: Deps):
    street = await open_street()
    desk = Desk()
    given = at(deps, desk)

    async def ended_meanwhile() -> None:
        account = await models.ConnectedAccount.get(platform_user_id="77")
        named = public_id(Kind.CONNECTED_ACCOUNT, account.id)
        await accounts.disconnect_account(given, street.caller, account_id=named, cancel_scheduled=False)
        for one in await claim_revocations(given, limit=5):
            await revoke_claimed(given, account_id=one)

    desk.finding = ended_meanwhile
    row = await started(given, street.workspace_id, "code")
    await work(given)

    account = await models.ConnectedAccount.get(platform_user_id="77")
    assert (account.status, await status_of(row)) == (ConnectionStatus.DISCONNECTED, ConnectionAttemptStatus.FAILED)
    assert await models.Credential.filter(account_id=account.id).count() == 0


async def test_an_older_sign_ins_page_token_never_stands_above_a_newer_ones(deps: Deps):
    street = await open_street()
    desk, found = Desk(), 0
    given = at(deps, desk)

    async def overtaken() -> None:
        nonlocal found
        found += 1
        if found == 1:
            await started(given, street.workspace_id, "newer")
            await work(given)

    desk.finding = overtaken
    older = await started(given, street.workspace_id, "older")
    await work(given)

    account = await models.ConnectedAccount.get(platform_user_id="77")
    page = await models.SelectablePage.get(account_id=account.id)
    opened = await credentials.open_tokens(deps.token_keys, workspace_id=street.workspace_id, owner_ids=[page.id])
    assert opened[page.id] == "page token of newer"
    assert await status_of(older) is COMPLETED


@pytest.mark.parametrize("signed_in_before", [False, True])
async def test_a_first_sign_in_that_failed_half_way_leaves_no_token(deps: Deps, signed_in_before: bool):
    street = await open_street()
    desk = Desk()
    given = at(deps, desk)
    if signed_in_before:
        await started(given, street.workspace_id, "before")
        await work(given)

    async def refuse() -> None:
        raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.FACEBOOK, "no", ""))

    desk.finding = refuse
    row = await started(given, street.workspace_id, "code")
    await work(given)
    for one in await claim_revocations(given, limit=5):
        await revoke_claimed(given, account_id=one)

    account = await models.ConnectedAccount.get(platform_user_id="77")
    kept = await models.Credential.filter(account_id=account.id).exists()
    assert await status_of(row) is ConnectionAttemptStatus.FAILED
    assert (account.status, kept, desk.revoked) == (
        (ConnectionStatus.ACTIVE, True, 0) if signed_in_before else (ConnectionStatus.DISCONNECTED, False, 1)
    )


@pytest.mark.parametrize("completed_before", [False, True])
async def test_a_sign_in_to_an_ended_account_that_failed_half_way_leaves_no_token(deps: Deps, completed_before: bool):
    street = await open_street()
    desk = Desk()
    given = at(deps, desk)

    async def refuse() -> None:
        raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.FACEBOOK, "no", ""))

    async def revoked() -> None:
        for one in await claim_revocations(given, limit=5):
            await revoke_claimed(given, account_id=one)

    desk.finding = nothing if completed_before else refuse
    await started(given, street.workspace_id, "before")
    await work(given)
    account = await models.ConnectedAccount.get(platform_user_id="77")
    if completed_before:
        named = public_id(Kind.CONNECTED_ACCOUNT, account.id)
        await accounts.disconnect_account(given, street.caller, account_id=named, cancel_scheduled=False)
    await revoked()
    desk.finding = refuse
    await started(given, street.workspace_id, "after")
    await work(given)
    await revoked()

    account = await models.ConnectedAccount.get(platform_user_id="77")
    kept = await models.Credential.filter(account_id=account.id).exists()
    assert (account.status, kept, desk.revoked) == (ConnectionStatus.DISCONNECTED, False, 2)
