"""After a restore: what is in doubt is found and counted, and a hold leaves nothing that goes out unasked."""

import base64
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from publishing import models
from publishing.checks import Check, CheckStatus
from publishing.decisions import Action, allowed_actions
from publishing.deps import Deps
from publishing.ids import Kind, new_id, public_id
from publishing.keyring import parse_keyring
from publishing.keys import create_key
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome, MediaStatus
from publishing.system import check_restored, claim_due, hold_back, number_events, sweep_publications
from publishing.transitions import start
from tests.publishing.test_rotation import AFTER, BEFORE, store
from tests.publishing.town import NOW, SECOND, Street, at, history, open_street, status_of

PASS, WARN, FAIL = CheckStatus.PASS, CheckStatus.WARN, CheckStatus.FAIL
LATER = NOW + 100 * SECOND
DOUBTFUL = (
    *(Status.SCHEDULED, Status.QUEUED, Status.RETRYING, Status.PROCESSING),
    *(Status.PREPARING, Status.PUBLISHING, Status.UNCONFIRMED, Status.HELD),
)
SAFE = (Status.PENDING, Status.NEEDS_ATTENTION, Status.FAILED, Status.PUBLISHED, Status.CANCELED, Status.DELETED)
OTHER_KEYS = parse_keyring(f"other:{base64.b64encode(secrets.token_bytes(32)).decode()}")


async def looked(deps: Deps) -> dict[str, Check]:
    return {check.name: check for check in await check_restored(deps)}


async def restored_street(deps: Deps) -> tuple[Street, dict[Status, models.Publication]]:
    """A publication in every state, each on a channel of its own, a hundred seconds later."""
    street = await open_street(channels=len(Status))
    rows = await street.publish_all([(status, number) for number, status in enumerate(Status)])
    return street, {row.status: row for row in rows}


async def test_what_was_due_or_under_way_is_counted_and_then_waits_for_a_person(deps: Deps):
    _, rows = await restored_street(deps)
    await models.Attempt.create(
        id=new_id(),
        workspace_id=rows[Status.PUBLISHING].workspace_id,
        publication_id=rows[Status.PUBLISHING].id,
        number=1,
        epoch=0,
        step="PUBLISH",
        request="POST /feed",
        outcome=AttemptOutcome.IN_FLIGHT,
        started_at=NOW,
    )
    then = at(deps, LATER)
    before = (await looked(then))["publications.in_doubt"]

    assert await hold_back(then) == len(DOUBTFUL)

    assert (before.status, before.count) == (FAIL, len(DOUBTFUL))
    assert all(f"1 {status.name}" in before.message for status in DOUBTFUL)
    assert {status: await status_of(rows[status]) for status in DOUBTFUL} == dict.fromkeys(
        DOUBTFUL, Status.NEEDS_ATTENTION
    )
    assert {status: await status_of(rows[status]) for status in SAFE} == {status: status for status in SAFE}
    assert [step[1:] for step in await history(rows[Status.PUBLISHING])] == [
        (Status.UNCONFIRMED, Reason.LEASE_LOST),
        (Status.NEEDS_ATTENTION, Reason.RESTORED),
    ]
    assert (await models.Attempt.get()).outcome is AttemptOutcome.UNKNOWN
    assert allowed_actions(Status.NEEDS_ATTENTION, Reason.RESTORED) == (Action.CANCEL, Action.DELETE, Action.RESOLVE)
    after = await looked(then)
    assert (after["publications.in_doubt"].status, after["publications.held_back"].count) == (PASS, len(DOUBTFUL))
    assert await hold_back(then) == 0


async def test_nothing_that_is_held_back_goes_out_by_itself(deps: Deps):
    street, rows = await restored_street(deps)
    (owner,) = await store(street, 1, BEFORE)
    page = models.SelectablePage(id=owner, workspace_id=street.workspace_id, account_id=street.account.id)
    page.kind, page.platform_account_id, page.name = street.channels[0].kind, "1", "Page"
    page.publishable, page.position, page.seen_at = True, 0, NOW
    await page.save(force_create=True)
    await models.Channel.all().update(page_id=page.id)  # sign-ins that work: what is HELD would be let go
    then = at(deps, LATER)
    await hold_back(then)

    for seconds in (0, 60, 10_000_000):
        now = at(deps, LATER + seconds * SECOND)
        await sweep_publications(now)
        assert (await claim_due(now, limit=100)).size == 0
    assert {await status_of(rows[status]) for status in DOUBTFUL} == {Status.NEEDS_ATTENTION}


async def test_what_is_due_later_and_a_call_under_its_lease_stay_as_they_are(deps: Deps):
    street = await open_street(channels=2)
    ahead = await street.publish(Status.SCHEDULED, due_at=LATER + SECOND)
    calling = await street.publish(Status.PUBLISHING, channel=1, lease_until=LATER + SECOND)
    then = at(deps, LATER)
    found = await looked(then)

    assert await hold_back(then) == 0
    assert (await status_of(ahead), await status_of(calling)) == (Status.SCHEDULED, Status.PUBLISHING)
    assert (found["publications.ahead"].status, found["publications.ahead"].count) == (PASS, 1)
    assert (found["publications.leased"].status, found["publications.leased"].count) == (FAIL, 1)


async def test_a_clock_that_is_behind_the_records_is_named_and_hides_nothing(deps: Deps):
    street = await open_street()
    row = street._publication(await _post(street), Status.QUEUED, street.channels[0], {"due_at": NOW + 3 * SECOND})
    await start(row, reason=Reason.ACCEPTED, actor="key_test", now=NOW + 5 * SECOND)
    behind = at(deps, NOW)
    found = await looked(behind)

    assert found["clock"].status is FAIL
    assert "5 s ahead" in found["clock"].message
    assert await hold_back(behind) == 1
    assert (await looked(at(deps, LATER)))["clock"].status is PASS


async def _post(street: Street) -> models.Post:
    post = models.Post(workspace_id=street.workspace_id, text="Hello", media=[], created_by="key_test")
    post.created_at = post.updated_at = NOW
    await post.save(force_create=True)
    return post


# -- what else a look finds -------------------------------------------------------------------------------------


async def _torn_history(deps: Deps, street: Street) -> None:
    await models.Transition.all().delete()


async def _torn_events(deps: Deps, street: Street) -> None:
    await models.Event.all().delete()


async def _torn_idempotency(deps: Deps, street: Street) -> None:
    given = {"key": "k", "request_hash": "h", "publication_id": new_id(), "created_at": NOW}
    await models.IdempotencyKey.create(id=new_id(), workspace_id=street.workspace_id, **given)


async def _lost_key(deps: Deps, street: Street) -> None:
    await store(street, 3, BEFORE)


async def _other_secret_key(deps: Deps, street: Street) -> None:
    given = {"workspace_id": street.workspace_id, "name": "test", "scopes": (), "expires_at": None, "now": NOW}
    await create_key(OTHER_KEYS, **given)


async def _lost_file(deps: Deps, street: Street) -> None:
    await _asset(street)


async def _lost_file_in_use(deps: Deps, street: Street) -> None:
    use = [{"asset_id": str((await _asset(street)).id), "alt_text": None}]
    await models.Publication.all().update(media=use)


async def _running_worker(deps: Deps, street: Street) -> None:
    await deps.bell.show_worker("there.1", seconds=5)


async def _left_to_a_person(deps: Deps, street: Street) -> None:
    await street.publish(Status.FAILED, channel=1)


@pytest.mark.parametrize(
    ("damage", "name", "status", "count"),
    [
        (_torn_history, "history", FAIL, 1),
        (_torn_events, "events", FAIL, 1),
        (_torn_idempotency, "idempotency", FAIL, 1),
        (_lost_key, "tokens.keys", FAIL, 3),
        (_other_secret_key, "api_keys.keys", WARN, 1),
        (_lost_file, "media.bytes", WARN, 1),
        (_lost_file_in_use, "media.bytes", FAIL, 1),
        (_running_worker, "workers.stopped", FAIL, 1),
        (_left_to_a_person, "publications.for_a_person", WARN, 1),
    ],
)
async def test_each_danger_is_found_with_its_count_and_what_to_do(
    deps: Deps, damage: Callable[[Deps, Street], Awaitable[None]], name: str, status: CheckStatus, count: int
):
    street = await open_street(channels=2)
    row = street._publication(await _post(street), Status.QUEUED, street.channels[0], {"due_at": LATER + SECOND})
    await start(row, reason=Reason.ACCEPTED, actor="key_test", now=NOW)
    then = replace(at(deps, LATER), token_keys=AFTER)
    unharmed = await looked(then)
    await number_events()
    await damage(then, street)
    found = (await looked(then))[name]

    assert [check for check in unharmed.values() if check.status in {FAIL, WARN}] == []
    assert (found.status, getattr(found, "count", None)) == (status, count), found
    assert found.remedy


async def _asset(street: Street) -> models.MediaAsset:
    given: dict[str, Any] = {"status": MediaStatus.READY, "origin": "url", "file_name": "a.jpg", "created_at": NOW}
    return await models.MediaAsset.create(id=new_id(), workspace_id=street.workspace_id, **given)


async def test_a_file_that_is_there_is_not_missed(deps: Deps):
    asset = await _asset(await open_street())
    await deps.storage.put(public_id(Kind.MEDIA_ASSET, asset.id), b"bytes", "image/jpeg")

    assert (await looked(deps))["media.bytes"].status is PASS
