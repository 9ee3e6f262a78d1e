"""An account that signed in at Instagram: one channel whichever way it came, a token that is renewed by itself."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.account_problems import problems_of
from platforms.base import Environment, Platform
from platforms.instagram.oauth import TERMS
from publishing import channels, credentials, models
from publishing.accounts import get_accounts
from publishing.care import next_check, refresh_due, warn_days
from publishing.deps import Deps, open_deps
from publishing.events import ACCOUNT_NEEDS_ATTENTION
from publishing.ids import Kind, new_id, public_id
from publishing.lifecycle import Status
from publishing.models import ConnectionStatus
from publishing.records import Caller, Scope, Selection
from publishing.system import check_account, claim_due, receive_removal
from tests.publishing.signing_in import choose, connect, sign_in
from tests.publishing.town import NOW, Street, at
from tests.support.sandbox import Sandbox
from tests.support.signed import signed_request

DAY = timedelta(days=1)
SECRET = "sandbox-instagram-app-secret"
INSTAGRAM, FACEBOOK = Platform.INSTAGRAM, Platform.FACEBOOK


async def token_of(deps: Deps, account: models.ConnectedAccount, owner: UUID | None) -> str | None:
    owner = owner or account.id
    opened = await credentials.open_tokens(deps.token_keys, workspace_id=account.workspace_id, owner_ids=[owner])
    return opened.get(owner)


async def stored(account: models.ConnectedAccount) -> models.ConnectedAccount:
    return await models.ConnectedAccount.get(id=account.id)


async def both(deps: Deps, persona: str = "solo") -> tuple[models.ConnectedAccount, models.ConnectedAccount]:
    """Let somebody sign in at Facebook and at Instagram, for one workspace."""
    facebook = await connect(deps, persona)
    attempt = await sign_in(deps, facebook.workspace_id, persona, at=INSTAGRAM)
    assert attempt.account_id is not None, attempt.error
    return facebook, await models.ConnectedAccount.get(id=attempt.account_id)


async def select(deps: Deps, account: models.ConnectedAccount, kind: str, *, linked: bool = False) -> Selection:
    page = await models.SelectablePage.get(account_id=account.id, kind=kind)
    return await channels.select_pages(
        deps,
        Caller(account.workspace_id, new_id(), "key_test", frozenset(Scope), None),
        account_id=public_id(Kind.CONNECTED_ACCOUNT, account.id),
        page_ids=[public_id(Kind.SELECTABLE_PAGE, page.id)],
        include_linked_instagram=linked,
        replace=False,
    )


# -- one channel ------------------------------------------------------------------------------------------------


async def test_an_account_connected_both_ways_is_one_channel_and_the_way_that_was_named_last_has_it(deps: Deps):
    facebook, instagram = await both(deps)

    (first,) = (await select(deps, facebook, "instagram_account")).channels
    (second,) = (await select(deps, instagram, "instagram_account")).channels
    (third,) = (await select(deps, facebook, "instagram_account")).channels

    assert {first.id, second.id, third.id} == {first.id}
    assert [one.account_id for one in (first, second, third)] == [facebook.id, instagram.id, facebook.id]
    assert await models.Channel.filter(workspace_id=facebook.workspace_id).count() == 1


@pytest.mark.parametrize(("works", "moves"), [(True, False), (False, True)])
async def test_a_page_does_not_take_along_an_account_whose_own_sign_in_works(deps: Deps, works: bool, moves: bool):
    facebook, instagram = await both(deps)
    (own,) = (await select(deps, instagram, "instagram_account")).channels
    if not works:
        await models.ConnectedAccount.filter(id=instagram.id).update(status=ConnectionStatus.RECONNECT_REQUIRED)

    made = (await select(deps, facebook, "facebook_page", linked=True)).channels

    assert [one.kind.value for one in made] == ["facebook_page", "instagram_account"]
    assert made[1].id == own.id
    assert (await models.Channel.get(id=own.id)).account_id == (facebook.id if moves else instagram.id)


async def test_a_publication_goes_the_way_of_its_channels_sign_in(deps: Deps):
    facebook, instagram = await both(deps)
    await select(deps, facebook, "instagram_account")
    await select(deps, instagram, "instagram_account")
    [channel] = await models.Channel.filter(workspace_id=facebook.workspace_id)
    now = await deps.clock.now()
    await Street(facebook.workspace_id, instagram, [channel]).publish(Status.QUEUED, due_at=now, created_at=now)

    [work] = (await claim_due(deps, limit=5)).work

    given = work.assignment
    assert (given.sign_in, given.token) == (INSTAGRAM, await token_of(deps, instagram, None))
    routes = deps.networks.get(INSTAGRAM, Environment.SANDBOX).routes
    assert routes[FACEBOOK].publisher is not routes[INSTAGRAM].publisher
    assert routes[FACEBOOK].app != routes[INSTAGRAM].app


async def test_reconnecting_keeps_the_channel_and_refuses_another_account(deps: Deps):
    account = await connect(deps, "two-pages", at=INSTAGRAM)
    [channel] = await choose(account)
    people = await models.SelectablePage.filter(account_id=account.id)

    refused = await sign_in(deps, account.workspace_id, "solo", at=INSTAGRAM, reconnects=account.id)
    again = await sign_in(deps, account.workspace_id, "two-pages", at=INSTAGRAM, reconnects=account.id)

    assert "Somebody else" in str(refused.error)
    assert (again.account_id, again.error) == (account.id, None)
    assert (await models.Channel.get(id=channel.id)).page_id == people[0].id
    assert await models.ConnectedAccount.filter(workspace_id=account.workspace_id).count() == 1


# -- renewing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "age", "due"), [(16, 44, False), (15, 45, True), (1, 59, True), (5, 0.9, False), (5, 1, True)]
)
def test_a_token_is_renewed_in_its_last_fifteen_days_and_never_before_it_is_a_day_old(
    left: float, age: float, due: bool
):
    assert refresh_due(NOW + left * DAY, TERMS, issued_at=NOW - age * DAY, now=NOW) is due
    assert not refresh_due(NOW + left * DAY, None, issued_at=NOW - age * DAY, now=NOW)


def test_the_day_of_a_renewal_is_not_slept_through_and_renewals_are_spread():
    moments = {next_check(NOW, every=30 * DAY, end=None, refresh_from=NOW + DAY) for _ in range(50)}

    assert len(moments) > 40
    assert all(DAY <= moment - NOW <= 2 * DAY for moment in moments)
    assert (warn_days(TERMS), warn_days(None)) == ((14, 7, 1, 0), (14, 7, 1, 0))


@pytest.fixture(params=["sqlite"])
async def own_deps(make_settings: Callable[..., Any], own_sandbox: Sandbox, request: Any) -> AsyncIterator[Deps]:
    async with open_deps(make_settings(sandbox_url=own_sandbox.url)) as deps:
        yield deps


async def later(deps: Deps, sandbox: Sandbox, account: models.ConnectedAccount, days: float) -> Deps:
    """Go on by so many days since the sign-in, here and at the platform."""
    since = account.signed_in_at or NOW
    await sandbox.advance_clock(days * 86_400)
    return at(deps, since + days * DAY)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_at_about_day_45_a_token_is_renewed_for_the_account_and_its_channel(own_deps: Deps, own_sandbox: Sandbox):
    account = await connect(own_deps, at=INSTAGRAM)
    [channel] = await choose(account)
    old = await token_of(own_deps, account, None)
    early = at(own_deps, (account.signed_in_at or NOW) + 43 * DAY)
    await check_account(early, account_id=account.id)
    assert (await token_of(own_deps, account, None), (await stored(account)).refreshed_at) == (old, None)

    day = await later(own_deps, own_sandbox, account, 45.5)
    await check_account(day, account_id=account.id)

    after, new = await stored(account), await token_of(own_deps, account, None)
    assert new not in (None, old)
    assert await token_of(own_deps, account, channel.page_id) == new
    assert (after.status, after.refreshed_at) == (ConnectionStatus.ACTIVE, await day.clock.now())
    assert after.expires_at is not None
    assert after.expires_at - await day.clock.now() > 59 * DAY
    assert await models.Event.filter(type=ACCOUNT_NEEDS_ATTENTION).count() == 0
    assert len(await own_sandbox.calls(endpoint="GET /refresh_access_token")) == 1
    await check_account(day, account_id=account.id)
    assert len(await own_sandbox.calls(endpoint="GET /refresh_access_token")) == 1


async def test_a_page_whose_token_differs_from_the_sign_ins_is_renewed_with_it(own_deps: Deps, own_sandbox: Sandbox):
    account = await connect(own_deps, at=INSTAGRAM)
    page = await models.SelectablePage.get(account_id=account.id)
    now = await own_deps.clock.now()
    other = credentials.NewToken(account.id, page.id, "IGQV-another", now + 60 * DAY)
    await credentials.append(own_deps.token_keys, workspace_id=account.workspace_id, tokens=[other], now=now)
    await own_sandbox.advance_clock(50 * 86_400)

    await check_account(at(own_deps, now + 51 * DAY), account_id=account.id)

    newest = await token_of(own_deps, account, None)
    assert await token_of(own_deps, account, page.id) == newest
    assert newest != "IGQV-another"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_renewal_that_fails_is_tried_again_and_a_person_is_told_fourteen_days_before_the_end(
    own_deps: Deps, own_sandbox: Sandbox
):
    account = await connect(own_deps, at=INSTAGRAM)
    old = await token_of(own_deps, account, None)
    await own_sandbox.add_fault("GET /refresh_access_token", "clean_503", next_calls=2)

    day = await later(own_deps, own_sandbox, account, 45.5)
    await check_account(day, account_id=account.id)
    failed, now = await stored(account), await day.clock.now()
    assert await token_of(own_deps, account, None) == old
    assert failed.check_due_at is not None
    assert failed.check_due_at - now < timedelta(hours=1.3)
    (record,) = (await get_accounts(workspace_id=account.workspace_id, ids=[account.id])).values()
    assert (failed.status, problems_of(record, now)) == (ConnectionStatus.ACTIVE, [])
    await check_account(at(own_deps, now + 1 * DAY), account_id=account.id)
    assert (await stored(account)).status is ConnectionStatus.EXPIRING
    assert await models.Event.filter(type=ACCOUNT_NEEDS_ATTENTION).count() == 1

    await check_account(at(own_deps, now + 1 * DAY), account_id=account.id)

    assert (await stored(account)).status is ConnectionStatus.ACTIVE
    assert await token_of(own_deps, account, None) not in (None, old)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_while_renewing_fails_a_person_is_told_fourteen_seven_and_one_day_before_the_end(
    own_deps: Deps, own_sandbox: Sandbox
):
    account = await connect(own_deps, at=INSTAGRAM)
    end = account.expires_at or NOW
    await own_sandbox.add_fault("GET /refresh_access_token", "clean_503")
    told: list[float] = []

    for days in (14.9, 14.1, 13.9, 10, 7.1, 6.9, 3, 1.1, 0.9, 0.1):
        before = await models.Event.filter(type=ACCOUNT_NEEDS_ATTENTION).count()
        await check_account(at(own_deps, end - days * DAY), account_id=account.id)
        if await models.Event.filter(type=ACCOUNT_NEEDS_ATTENTION).count() > before:
            told.append(days)

    assert told == [13.9, 6.9, 0.9]
    assert len(await own_sandbox.calls(endpoint="GET /refresh_access_token")) >= 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_token_that_ended_unrenewed_holds_what_waits(own_deps: Deps, own_sandbox: Sandbox):
    account = await connect(own_deps, at=INSTAGRAM)
    row = await Street(account.workspace_id, account, await choose(account)).publish(Status.QUEUED)

    day = await later(own_deps, own_sandbox, account, 61)
    await check_account(day, account_id=account.id)

    assert (await stored(account)).status is ConnectionStatus.RECONNECT_REQUIRED
    assert (await models.Publication.get(id=row.id)).status is Status.HELD


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_renewal_does_not_undo_a_sign_in_made_meanwhile(own_deps: Deps, own_sandbox: Sandbox):
    account = await connect(own_deps, at=INSTAGRAM)
    old = await token_of(own_deps, account, None)
    day = await later(own_deps, own_sandbox, account, 45.5)
    await models.ConnectedAccount.filter(id=account.id).update(status=ConnectionStatus.DISCONNECTED)

    await check_account(day, account_id=account.id)

    assert await token_of(own_deps, account, None) == old
    assert (await stored(account)).refreshed_at is None


# -- callbacks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "secret", "taken"),
    [
        ("instagram", SECRET, True),
        ("meta", SECRET, True),
        ("instagram", "sandbox-app-secret", False),
        ("instagram", "made-up", False),
        ("meta", "made-up", False),
        ("instagram", "", False),
    ],
)
async def test_who_removes_the_app_is_believed_under_the_instagram_apps_secret_alone(
    deps: Deps, address: str, secret: str, taken: bool
):
    account = await connect(deps, at=INSTAGRAM)
    now = await deps.clock.now() + timedelta(seconds=2)
    signed = signed_request(account.platform_user_id, now, secret=secret)

    code = await receive_removal(at(deps, now), callback_name=address, signed=signed, deletes=False)

    assert (code is not None) is taken
    gone = await token_of(deps, account, None) is None
    assert gone is taken
    assert ((await stored(account)).status is ConnectionStatus.DISCONNECTED) is taken


async def test_a_request_of_the_other_app_ends_nothing_of_this_one(deps: Deps):
    """Under the Facebook app's secret, `/meta` is about people of Facebook Login, whatever id is named."""
    account = await connect(deps, at=INSTAGRAM)
    now: datetime = await deps.clock.now() + timedelta(seconds=2)
    signed = signed_request(account.platform_user_id, now)

    assert await receive_removal(at(deps, now), callback_name="meta", signed=signed, deletes=False)

    assert (await stored(account)).status is ConnectionStatus.ACTIVE
