"""What is believed of a call with an unknown outcome, and how it is written; two who look do not contradict."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from platforms.base import DOUBTED, Receipt, Sighting
from platforms.errors import Reach
from publishing import failures, models, twins
from publishing.accounts import disconnect_account
from publishing.changes import PUBLICATION_CHANGED
from publishing.decisions import resolve_publication
from publishing.delivery import unknown
from publishing.deps import Deps
from publishing.ids import Kind, new_id, public_id
from publishing.ledger import Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome, ConnectionStatus
from publishing.reconciling import Belief, Looks, conclude
from publishing.resting import Rest
from publishing.system import Unconfirmed, claim_due, claim_unconfirmed, conclude_look, postpone_look
from publishing.transitions import Change, advance
from tests.publishing.town import NOW, SECOND, Street, at, history, open_street

OURS, OTHER = Receipt("1_1", "https://example.com/1"), Receipt("1_2")
OFFSETS = (5, 15, 30, 60, 120, 300, 600)


@pytest.mark.parametrize(
    ("sighting", "settled", "unknowns", "belief"),
    [
        (Sighting(out=None, matches=(OURS,)), False, 1, Belief.OUT),
        (Sighting(out=False, matches=(OURS,)), False, 1, Belief.OUT),
        (Sighting(out=True, matches=(OURS, OTHER)), False, 1, Belief.OUT),
        (Sighting(out=True), False, 1, Belief.OPEN),
        (Sighting(out=True), True, 1, Belief.OUT),
        (Sighting(out=False), False, 1, Belief.OPEN),
        (Sighting(out=False), True, 1, Belief.ABSENT),
        (Sighting(out=False), True, 2, Belief.ABSENT),
        (Sighting(out=False), True, 3, Belief.UNTOLD),
        (Sighting(out=False, matches=(OTHER,)), True, 1, Belief.ABSENT),
        (Sighting(out=None, matches=(OTHER,)), True, 1, Belief.UNTOLD),
        (Sighting(out=None), True, 1, Belief.UNTOLD),
        (Sighting(out=False, matches=(OURS, Receipt("1_3"))), False, 1, Belief.OPEN),
        (Sighting(out=False, matches=(OURS, Receipt("1_3"))), True, 1, Belief.UNTOLD),
        (Sighting(out=True, matches=(OURS, Receipt("1_3"))), True, 1, Belief.OUT),
        (Sighting(out=None, working=True), False, 1, Belief.OPEN),
        (Sighting(out=None, working=True), True, 1, Belief.UNTOLD),
        (Sighting(out=None, working=True, matches=(OURS,)), True, 1, Belief.OUT),
        (Sighting(out=None, refusal="Too wide."), False, 1, Belief.REFUSED),
        (Sighting(out=None, refusal="Too wide.", matches=(OURS,)), True, 1, Belief.OUT),
        (Sighting(out=None, repeatable=True), False, 1, Belief.ABSENT),
        (Sighting(out=None, repeatable=True), False, 2, Belief.OPEN),
        (Sighting(out=None, repeatable=True), True, 2, Belief.UNTOLD),
        (Sighting(out=None, repeatable=True, matches=(OURS,)), False, 1, Belief.OUT),
    ],
)
def test_what_is_seen_leads_to_one_belief(sighting: Sighting, settled: bool, unknowns: int, belief: Belief):
    found = conclude(sighting, owned=frozenset({"1_2"}), settled=settled, unknowns=unknowns)

    assert found.belief is belief
    one = len([match for match in sighting.matches if match is not OTHER]) == 1
    assert found.receipt == (OURS if belief is Belief.OUT and one else None)


@pytest.mark.parametrize(
    ("elapsed", "wait"), [(0, 5), (5, 10), (6, 9), (29.5, 0.5), (300, 300), (600, 300), (10_000, 300)]
)
def test_looks_come_at_their_times_and_go_on_at_the_last_distance(elapsed: float, wait: float):
    looks = Looks(OFFSETS, timedelta(seconds=600))

    assert looks.next_in(NOW, NOW + elapsed * SECOND) == wait * SECOND


def test_one_offset_is_its_own_distance():
    assert Looks((7,), SECOND).next_in(NOW, NOW + 8 * SECOND) == 7 * SECOND


async def unconfirmed(street: Street, *, unknowns: int = 1, **columns: Any) -> models.Publication:
    """A publication whose last call was answered by nobody, at NOW."""
    given = {"due_at": NOW, "attempt_count": unknowns, "epoch": 4, **columns}
    row = await street.publish(Status.UNCONFIRMED, reason=Reason.OUTCOME_UNKNOWN, **given)
    for number in range(1, unknowns + 1):
        await models.Attempt.create(
            id=new_id(),
            workspace_id=row.workspace_id,
            publication_id=row.id,
            number=number,
            epoch=1,
            step="PUBLISH",
            request="POST /1/feed",
            outcome=AttemptOutcome.UNKNOWN,
            started_at=NOW - SECOND,
            finished_at=NOW,
        )
    return row


async def claimed(deps: Deps, *, after: float = 0) -> Unconfirmed:
    (case,) = await claim_unconfirmed(at(deps, NOW + after * SECOND), limit=10)
    return case


async def stored(row: models.Publication) -> models.Publication:
    return await models.Publication.get(id=row.id)


async def test_a_claim_is_for_one_and_comes_back_after_a_lease(deps: Deps):
    row = await unconfirmed(await open_street())

    found = await asyncio.gather(*(claim_unconfirmed(at(deps, NOW), limit=10) for _ in range(5)))

    assert sorted(len(cases) for cases in found) == [0, 0, 0, 0, 1]
    assert await claim_unconfirmed(at(deps, NOW + 59 * SECOND), limit=10) == ()
    again = await claimed(deps, after=60)
    assert (again.publication_id, again.epoch) == (row.id, 6)


async def test_what_is_found_is_published_with_its_id(deps: Deps):
    row = await unconfirmed(await open_street(), error={"code": "OUTCOME_UNKNOWN"})

    await conclude_look(at(deps, NOW + SECOND), await claimed(deps), Sighting(out=None, matches=(OURS,)))

    now = await stored(row)
    assert (now.status, now.platform_post_id, now.permalink) == (Status.PUBLISHED, "1_1", "https://example.com/1")
    assert (now.published_at, now.error) == (NOW + SECOND, None)
    assert await history(row) == [(Status.UNCONFIRMED, Status.PUBLISHED, Reason.FOUND)]


async def test_what_is_not_seen_yet_is_looked_for_again(deps: Deps):
    row = await unconfirmed(await open_street())

    await conclude_look(at(deps, NOW + 5 * SECOND), await claimed(deps), Sighting(out=False))

    now = await stored(row)
    assert (now.status, now.due_at) == (Status.UNCONFIRMED, NOW + 15 * SECOND)
    assert await history(row) == []


async def test_what_is_proved_absent_is_due_again(deps: Deps):
    row = await unconfirmed(await open_street())

    await conclude_look(at(deps, NOW + 600 * SECOND), await claimed(deps, after=600), Sighting(out=False))

    now = await stored(row)
    assert (now.status, now.due_at) == (Status.RETRYING, NOW + 600 * SECOND)
    assert await history(row) == [(Status.UNCONFIRMED, Status.RETRYING, Reason.ABSENT)]


async def test_what_the_platform_could_not_use_has_failed_and_leaves_nothing_to_use_again(deps: Deps):
    row = await unconfirmed(await open_street())
    await models.Publication.filter(id=row.id).update(handles={"video": "1"})

    await conclude_look(at(deps, NOW + 5 * SECOND), await claimed(deps), Sighting(out=None, refusal="It is too wide."))

    now = await stored(row)
    assert (now.status, now.handles) == (Status.FAILED, {})
    assert (now.error["code"], "It is too wide." in now.error["message"]) == ("MEDIA_REJECTED", True)
    assert await history(row) == [(Status.UNCONFIRMED, Status.FAILED, Reason.MEDIA_REJECTED)]


@pytest.mark.parametrize(("after", "status"), [(700, Status.UNCONFIRMED), (90_000, Status.NEEDS_ATTENTION)])
async def test_what_the_platform_works_on_is_waited_for_beyond_the_settle_window(
    deps: Deps, after: int, status: Status
):
    row = await unconfirmed(await open_street())

    await conclude_look(
        at(deps, NOW + after * SECOND), await claimed(deps, after=after), Sighting(out=None, working=True)
    )

    assert (await stored(row)).status is status


@pytest.mark.parametrize(
    ("unknowns", "sighting", "why"),
    [
        (3, Sighting(out=False), "after 3 calls"),
        (1, Sighting(out=None), "does not show"),
        (1, Sighting(out=False, matches=(OURS, OTHER)), "2 posts"),
    ],
)
async def test_what_nobody_can_tell_goes_to_a_person(deps: Deps, unknowns: int, sighting: Sighting, why: str):
    row = await unconfirmed(await open_street(), unknowns=unknowns)

    await conclude_look(at(deps, NOW + 600 * SECOND), await claimed(deps, after=600), sighting)

    now = await stored(row)
    assert (now.status, now.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)
    assert now.error
    assert why in now.error["message"]
    assert "resolvePublication" in now.error["hint"]


async def doubted(deps: Deps, status: Status = Status.UNCONFIRMED) -> tuple[Street, models.Publication]:
    """What may be public, as a worker left it or is about to, at a sign-in that works."""
    street = await open_street()
    error = failures.stored(unknown(street.channels[0].platform), retryable=False)
    row = await (unconfirmed(street, error=error) if status is Status.UNCONFIRMED else street.publish(status, epoch=4))
    return street, row


async def disconnect(deps: Deps, street: Street) -> None:
    account = public_id(Kind.CONNECTED_ACCOUNT, street.account.id)
    await disconnect_account(at(deps, NOW), street.caller, account_id=account, cancel_scheduled=False)


async def hint(row: models.Publication) -> str:
    return ((await stored(row)).error or {})["hint"]


async def signed_in(street: Street, status: ConnectionStatus) -> None:
    await models.ConnectedAccount.filter(id=street.account.id).update(status=status)


async def test_once_signed_out_a_person_is_told_what_they_can_do_and_can(deps: Deps):
    street, row = await doubted(deps)
    assert "Nothing to do yet" in await hint(row)

    await disconnect(deps, street)

    assert "resolvePublication" in await hint(row)
    assert await models.Event.filter(type=PUBLICATION_CHANGED, subject_id=row.id).count() == 1
    said = public_id(Kind.PUBLICATION, row.id)
    await resolve_publication(at(deps, NOW), street.caller, publication_id=said, url="https://example.com/1")
    assert (await stored(row)).status is Status.PUBLISHED


async def test_what_became_unknown_after_the_sign_out_is_told_at_the_next_look(deps: Deps):
    street, row = await doubted(deps, Status.PUBLISHING)
    await disconnect(deps, street)
    error = failures.stored(unknown(row.platform), retryable=False)
    lost = Change(row.id, Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, "w", fence=4, due_in=SECOND, error=error)
    assert await advance([lost], now=NOW)

    for _ in range(2):
        await postpone_look(at(deps, NOW), replace(await claimed(deps, after=600), since=NOW))

    assert "resolvePublication" in await hint(row)
    assert await models.Event.filter(type=PUBLICATION_CHANGED, subject_id=row.id).count() == 2


async def test_after_signing_in_again_the_server_looks_and_says_so(deps: Deps):
    street, row = await doubted(deps)
    await disconnect(deps, street)
    await signed_in(street, ConnectionStatus.ACTIVE)

    await conclude_look(at(deps, NOW), await claimed(deps), Sighting(out=False))

    assert "Nothing to do yet" in await hint(row)


async def test_a_platforms_own_words_stay_while_the_server_can_look(deps: Deps):
    _, row = await doubted(deps)
    error = {**((await stored(row)).error or {}), "hint": "Nothing to do: it is looked for until it is public."}
    await models.Publication.filter(id=row.id).update(error=error)

    await conclude_look(at(deps, NOW), await claimed(deps), Sighting(out=False))

    assert (await stored(row)).error == error


async def test_a_post_that_another_publication_owns_is_not_taken(deps: Deps):
    street = await open_street(2)
    await street.publish(Status.PUBLISHED, channel=0, platform_post_id="1_1")
    row = await unconfirmed(street)

    await conclude_look(
        at(deps, NOW + 600 * SECOND), await claimed(deps, after=600), Sighting(out=False, matches=(OURS,))
    )

    assert (await stored(row)).status is Status.RETRYING


async def test_a_post_of_another_workspace_is_not_taken(deps: Deps):
    await (await open_street(name="Neighbour")).publish(Status.PUBLISHED, platform_post_id="1_1")
    row = await unconfirmed(await open_street())

    await conclude_look(at(deps, NOW + SECOND), await claimed(deps), Sighting(out=False, matches=(OURS,)))

    assert (await stored(row)).status is Status.UNCONFIRMED


async def test_of_two_that_saw_the_same_post_one_takes_it(deps: Deps):
    street = await open_street()
    rows = [await unconfirmed(street), await unconfirmed(street)]
    cases = await claim_unconfirmed(at(deps, NOW), limit=10)
    sighting = Sighting(out=None, matches=(OURS,))

    await asyncio.gather(*(conclude_look(at(deps, NOW + SECOND), case, sighting) for case in cases))

    assert sorted([(await stored(row)).status for row in rows]) == [Status.PUBLISHED, Status.UNCONFIRMED]


async def test_who_was_overtaken_sends_nothing_again(deps: Deps):
    row = await unconfirmed(await open_street())
    slow = replace(await claimed(deps), now=NOW + 600 * SECOND)
    await claimed(deps, after=60)

    await conclude_look(at(deps, NOW + 600 * SECOND), slow, Sighting(out=False))
    await postpone_look(at(deps, NOW + 600 * SECOND), slow)

    now = await stored(row)
    assert (now.status, now.due_at) == (Status.UNCONFIRMED, NOW + 120 * SECOND)


async def test_a_late_success_wins_over_a_look(deps: Deps):
    row = await unconfirmed(await open_street())
    case = await claimed(deps)
    await conclude_look(at(deps, NOW + SECOND), case, Sighting(out=None, matches=(OURS,)))

    later = replace(case, now=NOW + 600 * SECOND)
    await conclude_look(at(deps, NOW + 600 * SECOND), later, Sighting(out=False))

    assert (await stored(row)).status is Status.PUBLISHED


async def test_a_platform_that_cannot_be_asked_is_asked_until_it_is_too_late(deps: Deps):
    row = await unconfirmed(await open_street())
    case = await claimed(deps)

    await postpone_look(at(deps, NOW + 600 * SECOND), case, rest=Rest(Reach.CHANNEL, timedelta(minutes=30)))
    waiting = await stored(row)
    await postpone_look(at(deps, NOW + timedelta(hours=6)), case)
    ended = await stored(row)

    assert (waiting.status, waiting.due_at) == (Status.UNCONFIRMED, NOW + timedelta(minutes=40))
    assert (ended.status, ended.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)


async def test_a_case_carries_the_first_call_and_the_last_answer(deps: Deps):
    street = await open_street()
    row = await unconfirmed(street, unknowns=2, handles={"photo:0": "7"})
    await models.Attempt.filter(number=1).update(started_at=NOW - 60 * SECOND)
    await models.Attempt.filter(number=2).update(error={"platform_code": "506"})

    case = await claimed(deps)

    assert (case.publication_id, case.unknowns, case.since) == (row.id, 2, NOW)
    assert case.sent is None, "nobody can ask without a token"


async def test_the_same_text_waits_for_one_that_may_be_out(deps: Deps):
    """At the platform the two could not be told apart."""
    street = await open_street()
    await unconfirmed(street, due_at=NOW + 30 * SECOND)
    twin = await street.publish(Status.QUEUED)

    batch = await claim_due(at(deps, NOW), limit=10)

    assert (batch.work, [entry.publication_id for entry in batch.refused]) == ((), [twin.id])
    change = batch.refused[0].change
    assert change
    assert (change.after, change.reason, change.due_in) == (Status.QUEUED, Reason.CHANNEL_BUSY, 30 * SECOND)


async def test_the_same_text_waits_for_one_that_is_sent_again(deps: Deps):
    """What the platform says of the second copy may be about either."""
    street = await open_street()
    await street.publish(Status.RETRYING, due_at=NOW + 30 * SECOND, handles={DOUBTED: NOW.isoformat()})
    twin = await street.publish(Status.QUEUED)

    batch = await claim_due(at(deps, NOW), limit=10)

    assert [entry.publication_id for entry in batch.refused] == [twin.id]
    change = batch.refused[0].change
    assert change
    assert (change.after, change.reason, change.due_in) == (Status.QUEUED, Reason.CHANNEL_BUSY, 30 * SECOND)


async def test_two_that_are_sent_again_do_not_wait_for_each_other_for_ever(deps: Deps):
    street = await open_street()
    doubted = {DOUBTED: NOW.isoformat()}
    rows = [await street.publish(Status.RETRYING, due_at=NOW + number * SECOND, handles=doubted) for number in (0, 1)]
    reasons: dict[UUID, Reason] = {}

    for second in range(6):
        moment = at(deps, NOW + second * SECOND)
        batch = await claim_due(moment, limit=10)
        for entry in batch.refused:
            assert entry.change
            reasons[entry.publication_id] = entry.change.reason
            await Ledger(moment.clock).write(entry)

    assert set(reasons) == {row.id for row in rows}
    assert set(reasons.values()) == {Reason.RECONNECT_REQUIRED}, "each got as far as its missing token"


async def test_another_text_does_not_wait(deps: Deps):
    street = await open_street()
    await unconfirmed(street)
    await street.publish(Status.QUEUED, text="Another")

    batch = await claim_due(at(deps, NOW), limit=10)

    assert [entry.change.reason for entry in batch.refused if entry.change] == [Reason.RECONNECT_REQUIRED]


async def test_settings_of_the_server_are_the_windows(deps: Deps):
    row = await unconfirmed(await open_street())
    settings = deps.settings.model_copy(update={"settle_seconds": 2, "reconcile_seconds": (1.0,)})
    quick = replace(at(deps, NOW + 3 * SECOND), settings=settings)

    await conclude_look(quick, await claimed(deps, after=3), Sighting(out=False))

    assert (await stored(row)).status is Status.RETRYING


async def test_one_row_that_cannot_be_loaded_stops_no_other_look(deps: Deps):
    street = await open_street(2)
    broken = await unconfirmed(street, options={"placement": "nowhere"})
    whole = await unconfirmed(street, channel=1)

    assert (await claimed(deps)).publication_id == whole.id
    assert (await stored(broken)).status is Status.UNCONFIRMED


async def test_what_was_called_off_between_two_reads_is_no_twin(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await open_street()
    gone = await street.publish(Status.CANCELED, handles={DOUBTED: NOW.isoformat()})

    async def found(_: object) -> list[UUID]:
        return [gone.id]

    monkeypatch.setattr(twins, "_open_on", found)

    assert await twins.twins_of([gone.channel_id]) == {}
