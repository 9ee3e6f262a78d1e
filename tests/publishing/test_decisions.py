"""What a person decides about a publication: only what is safe, and whoever comes first."""

import asyncio
from typing import Any

import pytest

from platforms.base import DENIED, DOUBTED
from publishing import models
from publishing.decisions import (
    Action,
    allowed_actions,
    cancel_publication,
    resolve_publication,
    retry_publication,
)
from publishing.deps import Deps
from publishing.errors import ConflictError, InvalidError, StateError
from publishing.ids import Kind, public_id
from publishing.lifecycle import TRANSITIONS, Reason, Status
from tests.publishing.town import NOW, SECOND, Street, at, history, open_street

URL = "https://facebook.example/1"
UNTOLD: dict[str, Any] = {"reason": Reason.OUTCOME_UNKNOWN}
SAFE = [
    (Status.FAILED, Reason.REFUSED),
    (Status.NEEDS_ATTENTION, Reason.OVERDUE),
    (Status.NEEDS_ATTENTION, Reason.WORKER_CRASHED),
]


async def retry(deps: Deps, street: Street, row: models.Publication, key: str | None = None) -> Any:
    return await retry_publication(at(deps, NOW + SECOND), street.caller, publication_id=_id(row), idempotency_key=key)


async def resolve(deps: Deps, street: Street, row: models.Publication, url: str | None = None) -> Any:
    return await resolve_publication(at(deps, NOW + SECOND), street.caller, publication_id=_id(row), url=url)


@pytest.mark.parametrize(("status", "reason"), SAFE)
async def test_what_failed_safely_is_tried_as_if_it_were_new(deps: Deps, status: Status, reason: Reason):
    street = await open_street()
    row = await street.publish(status, reason=reason, failures=14, lost_leases=3, epoch=9, handles={"photo:0": "7"})

    found = await retry(deps, street, row)

    now = await models.Publication.get(id=row.id)
    assert found.status is Status.QUEUED
    assert (now.failures, now.lost_leases, now.due_at, now.handles) == (0, 0, NOW + SECOND, {"photo:0": "7"})
    assert await history(row) == [(status, Status.QUEUED, Reason.RETRIED_BY_CALLER)]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.FAILED])
async def test_a_retry_of_what_may_be_public_is_refused_and_says_why(deps: Deps, status: Status):
    street = await open_street()
    row = await street.publish(status, **UNTOLD)

    with pytest.raises(StateError) as refused:
        await retry(deps, street, row)

    assert refused.value.current == status.name
    unknown = status in {Status.UNCONFIRMED, Status.NEEDS_ATTENTION}
    assert ("resolvePublication" in refused.value.message) == unknown
    assert ("RESOLVE" in refused.value.allowed) == unknown
    assert (await models.Publication.get(id=row.id)).status is status


async def test_a_retry_with_the_key_of_an_earlier_one_does_nothing_again(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.FAILED)
    await retry(deps, street, row, "again-please")
    await models.Publication.filter(id=row.id).update(status=Status.FAILED)

    found = await retry(deps, street, row, "again-please")

    assert found.status is Status.FAILED
    assert len(await history(row)) == 1


async def test_a_key_of_something_else_is_refused_and_a_refused_retry_keeps_its_key(deps: Deps):
    street = await open_street()
    first, second = await street.publish(Status.FAILED), await street.publish(Status.QUEUED)
    await retry(deps, street, first, "one")
    with pytest.raises(ConflictError):
        await retry(deps, street, second, "one")
    with pytest.raises(StateError):
        await retry(deps, street, second, "two")
    await models.Publication.filter(id=second.id).update(status=Status.FAILED)

    assert (await retry(deps, street, second, "two")).status is Status.QUEUED


async def test_of_ten_retries_at_once_one_is_written(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.FAILED)

    results = await asyncio.gather(*(retry(deps, street, row) for _ in range(10)), return_exceptions=True)

    assert len([one for one in results if not isinstance(one, BaseException)]) >= 1
    assert all(isinstance(one, StateError) for one in results if isinstance(one, BaseException))
    assert len(await history(row)) == 1


async def test_of_two_that_come_at_once_with_one_key_for_two_things_one_is_told_so(deps: Deps):
    """The one that comes second has done nothing, and must not say that it did."""
    street = await open_street()
    rows = [await street.publish(Status.FAILED), await street.publish(Status.FAILED)]

    results = await asyncio.gather(*(retry(deps, street, row, "shared") for row in rows), return_exceptions=True)

    assert sorted(type(one).__name__ for one in results) == ["ConflictError", "Publication"]
    assert sorted([(await models.Publication.get(id=row.id)).status for row in rows]) == [Status.FAILED, Status.QUEUED]


@pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.NEEDS_ATTENTION])
async def test_a_person_who_sees_it_is_believed(deps: Deps, status: Status):
    street = await open_street()
    row = await street.publish(status, error={"code": "OUTCOME_UNKNOWN"}, **UNTOLD)

    await resolve(deps, street, row, URL)

    now = await models.Publication.get(id=row.id)
    assert (now.status, now.permalink, now.published_at, now.error) == (Status.PUBLISHED, URL, NOW + SECOND, None)


async def test_a_person_who_does_not_see_it_has_it_sent_again_once_the_server_gave_up(deps: Deps):
    street = await open_street()
    looking, given_up = (
        await street.publish(Status.UNCONFIRMED, **UNTOLD),
        await street.publish(Status.NEEDS_ATTENTION, **UNTOLD),
    )

    with pytest.raises(StateError, match="still finding out"):
        await resolve(deps, street, looking)
    found = await resolve(deps, street, given_up)

    assert found.status is Status.QUEUED


async def test_a_publication_that_waits_for_another_reason_is_not_resolved(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.NEEDS_ATTENTION, reason=Reason.OVERDUE)

    with pytest.raises(StateError) as refused:
        await resolve(deps, street, row, URL)

    assert refused.value.allowed == ("CANCEL", "RETRY")


@pytest.mark.parametrize("url", ["", "facebook.com/1", "javascript:alert(1)", "ftp://example.com/1", "https://"])
async def test_a_place_that_is_no_address_is_refused(deps: Deps, url: str):
    street = await open_street()
    row = await street.publish(Status.NEEDS_ATTENTION, **UNTOLD)

    with pytest.raises(InvalidError) as refused:
        await resolve(deps, street, row, url)

    assert refused.value.issues[0].path == ("outcome", "publishedAt")


@pytest.mark.parametrize("status", [*Status])
@pytest.mark.parametrize("reason", [Reason.OUTCOME_UNKNOWN, Reason.OVERDUE])
async def test_what_is_called_allowed_is_done_and_the_rest_refused(deps: Deps, status: Status, reason: Reason):
    deeds = {
        Action.CANCEL: lambda row: cancel_publication(deps, street.caller, publication_id=_id(row)),
        Action.RETRY: lambda row: retry(deps, street, row),
        Action.RESOLVE: lambda row: resolve(deps, street, row, URL),
    }
    street = await open_street(len(deeds))
    allowed = allowed_actions(status, reason)
    for place, (action, do) in enumerate(deeds.items()):
        row = await street.publish(status, channel=place, reason=reason)
        if action in allowed:
            await do(row)
        else:
            with pytest.raises(StateError):
                await do(row)


def test_nothing_that_is_over_can_be_decided():
    over = [status for status in Status if not TRANSITIONS[status]]

    assert [allowed_actions(status, Reason.CONFIRMED) for status in over] == [()]
    assert allowed_actions(Status.CANCELED, Reason.CANCELED_BY_CALLER) == (Action.DELETE,)
    assert allowed_actions(Status.PUBLISHED, Reason.CONFIRMED) == (Action.EDIT, Action.DELETE)


def _id(row: models.Publication) -> str:
    return public_id(Kind.PUBLICATION, row.id)


async def test_a_persons_word_that_it_is_not_public_ends_the_doubt_about_what_was_made_for_it(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.NEEDS_ATTENTION, **UNTOLD, handles={DOUBTED: "1", "container": "9"})

    await resolve(deps, street, row)

    now = await models.Publication.get(id=row.id)
    assert (now.status, now.handles) == (Status.QUEUED, {"container": "9", DENIED: "1"})
