"""Tokens that live for hours and end when they are renewed: one renewal each, whoever needs it and whoever dies."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid5

import pytest
from tortoise.exceptions import OperationalError

from platforms.base import Environment, Platform
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    ReconnectRequiredError,
    TransientError,
)
from platforms.rules import Fact
from platforms.sign_in import RefreshTerms, Renewed
from publishing import credentials, models
from publishing.credentials import NewToken
from publishing.deps import Deps
from publishing.models import ConnectionStatus
from publishing.system import check_account, refreshing, standing
from publishing.system.refreshing import fresh_token, token_lives
from tests.publishing.town import NOW, Street, at, open_street

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TERMS = RefreshTerms(
    Fact(timedelta(), "https://example.com", date(2026, 11, 26)), HOUR / 2, on_use=True, idle=150 * DAY
)
FAILURE = Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.FACEBOOK, "It did not work.", "Wait.")


@dataclass
class Vendor:
    """A platform whose tokens are good for one renewal; what comes back may be lost."""

    current: str = "token 0"
    calls: list[str] = field(default_factory=list)
    slow: float = 0.0
    loses: int = 0
    refuses: type[PlatformError] | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answers: asyncio.Event | None = None

    async def renew(self, *, token: str, now: datetime) -> Renewed:
        self.calls.append(token)
        self.asked.set()
        await asyncio.sleep(self.slow)
        if self.answers is not None:
            await self.answers.wait()
        if self.refuses is not None:
            raise self.refuses(FAILURE)
        if token != self.current:
            raise ReconnectRequiredError(FAILURE)
        self.current = f"token {len(self.calls)}"
        if self.loses:
            self.loses -= 1
            raise OutcomeUnknownError(FAILURE)
        return Renewed(self.current, now + 2 * HOUR, None, None)


@pytest.fixture(autouse=True)
def _on_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "refresh_terms", lambda _: TERMS)


async def signed_in(deps: Deps, *, ends_in: timedelta, vendor: Vendor | None = None) -> tuple[Deps, Street, Vendor]:
    """Give a sign-in with a page of the same token, at a platform that renews."""
    vendor, street = vendor or Vendor(), await open_street()
    page = await models.SelectablePage.create(
        workspace_id=street.workspace_id,
        account_id=street.account.id,
        kind="facebook_page",
        platform_account_id="0",
        name="Page",
        publishable=True,
        position=0,
        seen_at=NOW,
    )
    tokens = [NewToken(street.account.id, owner, vendor.current, NOW + ends_in) for owner in (None, page.id)]
    await credentials.append(deps.token_keys, workspace_id=street.workspace_id, tokens=tokens, now=NOW - HOUR)
    place = (Platform.FACEBOOK, Environment.SANDBOX)
    network = replace(deps.networks.networks[place], renewer=vendor)
    networks = replace(deps.networks, networks={**deps.networks.networks, place: network})
    return at(replace(deps, networks=networks), NOW), street, vendor


async def fresh(deps: Deps, street: Street, token: str = "token 0", *, refused: bool = False) -> str:
    return await fresh_token(
        deps, sign_in=Platform.FACEBOOK, account_id=street.account.id, token=token, refused=refused
    )


async def stored(deps: Deps, street: Street) -> set[str]:
    pages = await models.SelectablePage.filter(account_id=street.account.id)
    owners = [street.account.id, *(page.id for page in pages)]
    opened = await credentials.open_tokens(deps.token_keys, workspace_id=street.workspace_id, owner_ids=owners)
    assert len(opened) == 2
    return set(opened.values())


async def test_a_token_that_lives_long_enough_is_used_as_it_is(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=HOUR)

    assert await fresh(deps, street) == "token 0"
    assert vendor.calls == []


async def test_a_hundred_that_need_a_token_at_once_ask_for_it_once(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR, vendor=Vendor(slow=0.2))

    given = await asyncio.gather(*(fresh(deps, street) for _ in range(100)))

    assert set(given) == {"token 1"}
    assert vendor.calls == ["token 0"]
    assert await stored(deps, street) == {"token 1"}


async def test_a_refused_token_is_renewed_before_its_time_and_a_young_one_is_not(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=HOUR)

    assert await fresh(deps, street, refused=True) == "token 1"
    assert await fresh(deps, street, refused=True) == "token 1"
    with pytest.raises(ReconnectRequiredError, match="has just given"):
        await fresh(deps, street, "token 1", refused=True)
    assert vendor.calls == ["token 0"]


async def test_after_a_lost_answer_it_is_asked_once_more_and_never_again(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR, vendor=Vendor(loses=1))

    with pytest.raises(TransientError, match="being renewed"):
        await fresh(deps, street)
    for _ in range(3):
        with pytest.raises(ReconnectRequiredError):
            await fresh(deps, street)

    assert vendor.calls == ["token 0", "token 0"]


async def test_an_outage_of_the_platform_costs_nobody_the_sign_in(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR, vendor=Vendor(refuses=OutcomeUnknownError))
    for minutes in (0, 0, 1, 6):
        with pytest.raises(TransientError):
            await fresh(at(deps, NOW + timedelta(minutes=minutes)), street)
    with pytest.raises(TransientError) as early:
        await fresh(at(deps, NOW + timedelta(minutes=7)), street)
    assert early.value.retry_after == timedelta(minutes=14)
    assert len(vendor.calls) == 4

    vendor.refuses = None

    assert await fresh(at(deps, NOW + timedelta(minutes=21)), street) == "token 5"


async def test_a_platform_that_answers_nothing_for_hours_asks_for_a_person(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR, vendor=Vendor(refuses=OutcomeUnknownError))
    for number in range(8):
        with pytest.raises(TransientError):
            await fresh(at(deps, NOW + number * HOUR), street)
    with pytest.raises(ReconnectRequiredError):
        await fresh(at(deps, NOW + 9 * HOUR), street)
    assert len(vendor.calls) == 8


async def test_a_worker_that_died_in_between_is_followed_by_one_more_call(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR)
    row = await models.Credential.filter(owner_id=street.account.id).get()
    await models.RefreshAttempt.create(
        id=uuid5(row.id, "1"),
        workspace_id=street.workspace_id,
        credential_id=row.id,
        token_hash="x",
        started_at=NOW - timedelta(minutes=1),
    )

    assert await fresh(deps, street) == "token 1"
    assert vendor.calls == ["token 0"]


async def test_while_another_worker_asks_nobody_else_does(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(refreshing, "_PATIENCE_SECONDS", 0.3)
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR)
    row = await models.Credential.filter(owner_id=street.account.id).get()
    await models.RefreshAttempt.create(
        workspace_id=street.workspace_id, credential_id=row.id, token_hash="x", started_at=NOW
    )

    with pytest.raises(TransientError, match="being renewed") as refused:
        await fresh(deps, street)

    assert refused.value.retry_after
    assert vendor.calls == []


async def test_what_was_not_sent_is_no_renewal(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR, vendor=Vendor(refuses=TransientError))
    for _ in range(4):
        with pytest.raises(TransientError):
            await fresh(deps, street)

    vendor.refuses = None

    assert await fresh(deps, street) == "token 5"
    assert await stored(deps, street) == {"token 5"}


async def test_who_signed_in_meanwhile_keeps_the_newer_token(deps: Deps):
    answers = asyncio.Event()
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR, vendor=Vendor(answers=answers))
    under_way = asyncio.create_task(fresh(deps, street))
    await vendor.asked.wait()
    await models.ConnectedAccount.filter(id=street.account.id).update(signed_in_at=NOW)
    pages = await models.SelectablePage.filter(account_id=street.account.id)
    tokens = [NewToken(street.account.id, owner, "newer", NOW + 2 * HOUR) for owner in (None, pages[0].id)]
    await credentials.append(deps.token_keys, workspace_id=street.workspace_id, tokens=tokens, now=NOW)
    answers.set()

    assert await under_way == "newer"
    assert await stored(deps, street) == {"newer"}


async def test_an_ended_sign_in_renews_nothing(deps: Deps):
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR)
    await models.ConnectedAccount.filter(id=street.account.id).update(status=ConnectionStatus.DISCONNECTED)

    with pytest.raises(ReconnectRequiredError, match="ended"):
        await fresh(deps, street)

    assert vendor.calls == []


@pytest.mark.parametrize(
    ("age", "ends_in", "usable", "calls"), [(1, HOUR, True, 0), (1, -HOUR, False, 0), (151, -HOUR, False, 1)]
)
async def test_the_care_for_sign_ins_renews_only_what_nobody_used_for_long(
    deps: Deps, age: int, ends_in: timedelta, usable: bool, calls: int
):
    deps, street, vendor = await signed_in(deps, ends_in=ends_in)
    now = NOW + (age - 1) * DAY

    assert await token_lives(at(deps, now), street.account, TERMS, now) is usable
    assert len(vendor.calls) == calls


class Gate:
    """A sign-in whose token is over before its time."""

    async def check(self, *, token: str, now: datetime) -> None:
        raise ReconnectRequiredError(FAILURE)

    async def works(self, *, token: str) -> bool:
        return False


@pytest.mark.parametrize(
    ("refuses", "status"),
    [(None, ConnectionStatus.ACTIVE), (ReconnectRequiredError, ConnectionStatus.RECONNECT_REQUIRED)],
)
async def test_a_check_renews_before_it_condemns(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, refuses: type[PlatformError] | None, status: ConnectionStatus
):
    monkeypatch.setattr(standing, "refresh_terms", lambda _: TERMS)
    deps, street, vendor = await signed_in(deps, ends_in=HOUR, vendor=Vendor(refuses=refuses))
    place = (Platform.FACEBOOK, Environment.SANDBOX)
    network = replace(deps.networks.networks[place], sign_in=Gate())
    networks = replace(deps.networks, networks={**deps.networks.networks, place: network})

    await check_account(replace(deps, networks=networks), account_id=street.account.id)

    assert vendor.calls == ["token 0"]
    assert (await models.ConnectedAccount.get(id=street.account.id)).status is status


async def test_a_new_token_is_stored_however_long_the_database_is_away(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(refreshing, "_KEEP_PAUSES", (0.0,))
    deps, street, vendor = await signed_in(deps, ends_in=-HOUR)
    append, away = credentials.append_for_all, iter([True, True, False])

    async def sometimes(*args: Any, **given: Any) -> Any:
        if next(away):
            raise OperationalError("the database is gone")
        return await append(*args, **given)

    monkeypatch.setattr(credentials, "append_for_all", sometimes)

    assert await fresh(deps, street) == "token 1"
    assert await stored(deps, street) == {"token 1"}
    assert vendor.calls == ["token 0"]
