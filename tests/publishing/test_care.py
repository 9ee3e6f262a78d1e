"""Sign-ins are looked after: asked about, warned of in time and once, held when dead, and let go on when renewed."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest

from publishing import models
from publishing.care import next_check, warning_due
from publishing.deps import Deps, open_deps
from publishing.events import ACCOUNT_NEEDS_ATTENTION
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.models import ConnectionStatus
from publishing.system import check_account, claim_checks, resume_freed, resuming, sweep_publications
from tests.publishing.signing_in import choose, connect, sign_in
from tests.publishing.town import NOW, SECOND, Street, at, open_street, status_of
from tests.support.sandbox import Sandbox

DAY = timedelta(days=1)
LATE = timedelta(hours=6)


async def needs(account: models.ConnectedAccount) -> int:
    """Count how often somebody was told that a person is needed."""
    return await models.Event.filter(type=ACCOUNT_NEEDS_ATTENTION, subject_id=account.id).count()


async def renewed(row: models.ConnectedAccount) -> models.ConnectedAccount:
    return await models.ConnectedAccount.get(id=row.id)


# -- when -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "due"), [(15, None), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0.5, 1), (-1, 0)])
def test_a_person_is_told_fourteen_seven_and_one_day_before_an_end_and_at_it(days: float, due: int | None):
    assert warning_due(NOW + timedelta(days=days), NOW, warned_of=None, warned_days=None) == due


def test_each_day_is_told_once_and_an_end_that_moved_anew():
    end = NOW + 7 * DAY

    assert warning_due(end, NOW, warned_of=end, warned_days=14) == 7
    assert warning_due(end, NOW, warned_of=end + SECOND, warned_days=7) is None
    assert warning_due(end, NOW, warned_of=end - 60 * DAY, warned_days=0) == 7
    assert warning_due(None, NOW, warned_of=end, warned_days=7) is None


def test_checks_are_spread_and_no_warning_is_slept_through():
    moments = {next_check(NOW, every=DAY, end=None) for _ in range(50)}

    assert len(moments) > 40
    assert all(0.75 * DAY <= moment - NOW <= 1.25 * DAY for moment in moments)
    assert next_check(NOW, every=DAY, end=NOW + 7 * DAY + SECOND) == NOW + SECOND


# -- asking -----------------------------------------------------------------------------------------------------


async def test_a_new_sign_in_is_asked_about_within_a_day_or_so_by_one_worker(deps: Deps):
    account = await connect(deps)
    later = at(deps, (account.signed_in_at or NOW) + 1.3 * DAY)

    assert await claim_checks(deps, limit=5) == []
    assert await claim_checks(later, limit=5) == [account.id]
    assert await claim_checks(later, limit=5) == []


async def test_a_sign_in_of_an_older_release_is_asked_about_soon(deps: Deps):
    account = await connect(deps)
    await models.ConnectedAccount.filter(id=account.id).update(check_due_at=None)

    assert await claim_checks(deps, limit=5) == [account.id]


async def test_each_warning_comes_once_on_its_day_and_the_account_shows_it(deps: Deps):
    account = await connect(deps)
    end = account.expires_at
    assert end is not None
    seen: list[tuple[int, ConnectionStatus]] = []

    for days in (15, 13.9, 13, 6.9, 6, 0.9, 0.8, -0.1, -1):
        await check_account(at(deps, end - days * DAY), account_id=account.id)
        seen.append((await needs(account), (await renewed(account)).status))

    assert [count for count, _ in seen] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [status for _, status in seen] == [ConnectionStatus.ACTIVE] + [ConnectionStatus.EXPIRING] * 8


async def test_signing_in_again_ends_the_warnings(deps: Deps):
    account = await connect(deps)
    assert account.expires_at is not None
    await check_account(at(deps, account.expires_at - DAY), account_id=account.id)

    await sign_in(deps, account.workspace_id, reconnects=account.id)

    after = await renewed(account)
    assert (after.status, after.warned_days) == (ConnectionStatus.ACTIVE, None)


async def test_a_permission_that_a_person_took_back_is_found_and_told(deps: Deps, sandbox: Sandbox):
    account = await connect(deps, "many:5")
    await sandbox.trigger("revoke-permission", "many:5", permission="instagram_content_publish")

    await check_account(deps, account_id=account.id)

    assert (await renewed(account)).missing_permissions == ["instagram_content_publish"]
    assert await needs(account) == 1


async def test_a_dead_sign_in_holds_what_waits_and_tells(deps: Deps, sandbox: Sandbox):
    account = await connect(deps, "many:6")
    channels = await choose(account)
    row = await Street(account.workspace_id, account, channels).publish(Status.QUEUED)
    await sandbox.kill_tokens("many:6", 460)

    await check_account(deps, account_id=account.id)

    assert (await renewed(account)).status is ConnectionStatus.RECONNECT_REQUIRED
    assert (await models.Publication.get(id=row.id)).status is Status.HELD
    assert await needs(account) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_pages_go_on_when_only_the_persons_own_token_ran_out(
    make_settings: Callable[..., Any], own_sandbox: Sandbox
):
    async with opened(make_settings(sandbox_url=own_sandbox.url)) as deps:
        account = await connect(deps)
        await choose(account)
        await own_sandbox.advance_clock(61 * 86_400)

        await check_account(at(deps, (account.expires_at or NOW) + DAY), account_id=account.id)

        assert (await renewed(account)).status is ConnectionStatus.EXPIRING
        assert await needs(account) == 1


def opened(settings: Any) -> AbstractAsyncContextManager[Deps]:
    return open_deps(settings)


async def test_a_platform_that_cannot_be_asked_changes_nothing_and_is_asked_again_soon(deps: Deps, sandbox: Sandbox):
    account = await connect(deps, "many:7")
    await sandbox.add_fault("GET /debug_token", "clean_503", next_calls=1)
    now = await deps.clock.now()

    await check_account(at(deps, now), account_id=account.id)

    after = await renewed(account)
    assert (after.status, after.checked_at) == (ConnectionStatus.ACTIVE, account.checked_at)
    assert after.check_due_at is not None
    assert after.check_due_at - now < timedelta(hours=1.3)
    assert await needs(account) == 0


async def test_a_check_does_not_undo_a_sign_in_made_meanwhile(deps: Deps):
    """It asked about a token that is no longer the newest."""
    account = await connect(deps)
    await models.ConnectedAccount.filter(id=account.id).update(status=ConnectionStatus.DISCONNECTED)

    await check_account(deps, account_id=account.id)

    assert (await renewed(account)).status is ConnectionStatus.DISCONNECTED


# -- going on ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "after", "due_at"),
    [
        ({"created_at": NOW - timedelta(hours=5)}, Status.QUEUED, NOW),
        ({"scheduled_at": NOW + DAY}, Status.SCHEDULED, NOW + DAY),
        ({"scheduled_at": NOW - LATE - SECOND}, Status.NEEDS_ATTENTION, None),
        ({"created_at": NOW - DAY, "scheduled_at": NOW - SECOND}, Status.QUEUED, NOW),
        ({"created_at": NOW - LATE - SECOND}, Status.NEEDS_ATTENTION, None),
    ],
)
async def test_what_was_held_goes_on_at_its_time_and_what_is_long_past_asks_a_person(
    deps: Deps, columns: dict[str, datetime], after: Status, due_at: datetime | None
):
    row = await held(deps, **columns)

    await sweep_publications(at(deps, NOW))

    row = await models.Publication.get(id=row.id)
    assert (row.status, row.due_at) == (after, due_at)
    assert row.reason is (Reason.OVERDUE if after is Status.NEEDS_ATTENTION else Reason.RECONNECTED)


async def held(deps: Deps, **columns: Any) -> models.Publication:
    account = await connect(deps)
    channels = await choose(account)
    return await Street(account.workspace_id, account, channels).publish(Status.HELD, updated_at=NOW - DAY, **columns)


async def test_nothing_goes_on_without_a_sign_in_that_works(deps: Deps):
    street = await open_street(status=ConnectionStatus.RECONNECT_REQUIRED)
    await street.publish(Status.HELD)

    assert await resume_freed(deps, actor="system:test", now=NOW) == 0


async def test_what_was_accepted_first_goes_on_first(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resuming, "_MOST", 1)
    later = await held(deps, created_at=NOW - DAY / 2, scheduled_at=NOW)
    earlier = await models.Publication.get(id=later.id)
    earlier.id, earlier.created_at = new_id(), NOW - DAY
    await earlier.save(force_create=True)

    assert await resume_freed(deps, actor="system:test", now=NOW) == 1

    assert (await status_of(earlier), await status_of(later)) == (Status.QUEUED, Status.HELD)


async def test_reconnecting_keeps_channels_posts_and_history_and_refuses_somebody_else(deps: Deps):
    account = await connect(deps, "two-pages")
    street = Street(account.workspace_id, account, await choose(account))
    now = await deps.clock.now()
    planned = await street.publish(Status.HELD, scheduled_at=now + DAY)
    out = await street.publish(Status.PUBLISHED, platform_post_id="1_2")
    before = await models.Channel.filter(account_id=account.id).order_by("id").values_list("id", "page_id")

    refused = await sign_in(deps, account.workspace_id, "no-ig", reconnects=account.id)
    again = await sign_in(deps, account.workspace_id, "two-pages", reconnects=account.id)

    assert "Somebody else" in str(refused.error)
    assert again.account_id == account.id
    assert await models.Channel.filter(account_id=account.id).order_by("id").values_list("id", "page_id") == before
    assert (await models.Publication.get(id=planned.id)).status is Status.SCHEDULED
    assert (await models.Publication.get(id=out.id)).platform_post_id == "1_2"
