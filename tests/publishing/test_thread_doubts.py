"""Deleting a thread of which a part may be public: it is looked for, deleted if found, and DELETED is never a guess."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from platforms.base import Receipt, Sent, Sighting
from platforms.errors import OutcomeUnknownError, TransientError
from platforms.following import Following, Task
from publishing import models
from publishing.decisions import Action, cancel_publication, resolve_publication, retry_publication
from publishing.deps import Deps
from publishing.doubts import in_doubt
from publishing.errors import StateError
from publishing.follow_ups import delete_publication
from publishing.following import Case, Verdict, run
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome, FollowUpState
from publishing.reconciling import Looks
from publishing.system import claim_follow_ups, claim_unconfirmed, conclude_doubt, conclude_look, settle_follow_up
from tests.publishing.test_thread_deletion import _id, can
from tests.publishing.test_threads import (
    FAILURE,
    _threads,  # noqa: F401 - a fixture
    accepted,
    answers,
    claimed,
    ended,
    fails,
    out,
    stored,
)
from tests.publishing.town import NOW, SECOND, Street, at, open_street

SETTLED = 1_000
FOUND = Sighting(out=True, matches=(Receipt("9_1"),))
ABSENT = Sighting(out=False)
DOUBTFUL = {
    "hidden": Sighting(out=None),
    "public, and not as which post": Sighting(out=True),
    "two alike": Sighting(out=False, matches=(Receipt("8"), Receipt("9"))),
}


class Wall:
    """What a worker asks the platform for: it notes what is deleted."""

    def __init__(self) -> None:
        self.deleted: list[str] = []

    async def follow(self, following: Following) -> None:
        self.deleted += following.parts

    async def find_comment(self, following: Following) -> Sighting:
        raise NotImplementedError

    async def look(self, sent: Sent) -> Sighting:
        raise NotImplementedError


async def in_question(deps: Deps, status: Status = Status.NEEDS_ATTENTION) -> tuple[Street, models.Publication]:
    """A thread of three whose second part was sent and never answered for, and which waits for a person."""
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    await models.Publication.filter(id=row.id).update(status=status, reason=Reason.OUTCOME_UNKNOWN)
    return street, row


async def called_off(deps: Deps) -> tuple[Street, models.Publication]:
    street, row = await in_question(deps)
    await cancel_publication(at(deps, NOW + 20 * SECOND), street.caller, publication_id=_id(row))
    return street, row


async def delete(deps: Deps, street: Street, row: models.Publication, *, after: float) -> None:
    when = at(deps, NOW + after * SECOND)
    await delete_publication(when, street.caller, publication_id=_id(row), idempotency_key=None)


async def turn(deps: Deps, sighting: Sighting | None, *, after: float) -> list[str]:
    """Do what a worker does with the open deletion; gives what it deleted."""
    when, wall = at(deps, NOW + after * SECOND), Wall()
    (case,) = await claim_follow_ups(when, limit=5)
    case = await looked(when, case, sighting)
    verdict = await run(case, wall, Looks.of(deps.settings), _unmarked)
    assert verdict is not None
    await settle_follow_up(when, case, verdict)
    return wall.deleted


async def looked(deps: Deps, case: Case, sighting: Sighting | None) -> Case:
    if case.doubt is None or sighting is None:
        return case
    conclusion = await conclude_doubt(deps, case, case.doubt, sighting)
    return replace(case, doubt=replace(case.doubt, conclusion=conclusion))


async def _unmarked() -> datetime | None:
    raise AssertionError("a deletion needs no mark")


async def deletion(row: models.Publication) -> models.FollowUp:
    found = await models.FollowUp.filter(publication_id=row.id, task=Task.DELETE).order_by("-id").first()
    assert found
    return found


# -- what a look says -------------------------------------------------------------------------------------------


async def test_the_part_in_doubt_is_looked_for_as_it_was_sent(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)

    (case,) = await claim_follow_ups(at(deps, NOW + SETTLED * SECOND), limit=5)

    assert case.doubt is not None
    assert case.doubt.sent is not None
    assert (case.doubt.sent.draft.text, case.doubt.sent.sent_at) == ("Two", NOW + 10 * SECOND)
    assert (case.doubt.sent.draft.reply_to, case.doubt.sent.handles) == (case.doubt.place.reply_to, {"made": "1"})
    assert case.doubt.place.number == 1


async def test_a_part_that_is_found_is_deleted_before_those_above_it(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, FOUND, after=SETTLED) == []
    assert (await stored(row)).status is Status.CANCELED
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]
    assert await turn(deps, None, after=SETTLED) == ["9_0", "9_1"], "as the platform's folder gets them: it turns them"

    assert ((await stored(row)).status, await out(street, row)) == (Status.DELETED, [])


async def test_a_part_that_is_surely_absent_ends_the_deletion(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, ABSENT, after=SETTLED) == ["9_0"]

    assert ((await stored(row)).status, (await stored(row)).error) == (Status.DELETED, None)


@pytest.mark.parametrize("seen", [*DOUBTFUL, "refused twice"])
async def test_what_the_platform_cannot_tell_is_never_told_deleted(deps: Deps, seen: str):
    sighting = DOUBTFUL.get(seen, Sighting(out=None, repeatable=True))
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, sighting, after=SETTLED) == ["9_0"]

    found = await stored(row)
    assert (found.status, found.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)
    assert found.error
    assert found.error["code"] == "OUTCOME_UNKNOWN"
    assert "Of 3 parts the first part was deleted. Part 2 may be out" in found.error["message"]
    assert "Look for part 2 at Facebook and delete it there" in found.error["hint"]
    assert await out(street, row) == []
    assert (await deletion(row)).state is FollowUpState.FAILED
    assert await can(row) == (Action.CANCEL, Action.DELETE, Action.RESOLVE)


async def test_before_a_platform_had_its_time_nothing_is_concluded(deps: Deps):
    """Bluesky would take the very same again at once, which says nothing of a call that is still on its way."""
    street, row = await called_off(deps)
    await delete(deps, street, row, after=30)

    assert await turn(deps, Sighting(out=False, repeatable=True), after=30) == ["9_0"]
    assert (await stored(row)).status is Status.CANCELED
    waiting = await deletion(row)
    assert waiting.due_at
    assert waiting.due_at > NOW + 30 * SECOND
    assert await turn(deps, FOUND, after=SETTLED) == []
    assert await turn(deps, None, after=SETTLED) == ["9_1"]

    assert (await stored(row)).status is Status.DELETED


async def test_a_platform_that_cannot_be_asked_is_asked_until_it_is_too_late(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)

    assert await turn(deps, None, after=SETTLED) == ["9_0"]
    assert (await stored(row)).status is Status.CANCELED
    late = SETTLED + deps.settings.max_lateness_seconds + 1
    assert await claim_follow_ups(at(deps, NOW + late * SECOND), limit=5) == ()

    found = await stored(row)
    assert found.status is Status.NEEDS_ATTENTION
    assert found.error
    assert "could not be asked for too long" in found.error["message"]


async def test_a_thread_that_waits_for_a_person_is_deleted_without_calling_it_off(deps: Deps):
    street, row = await in_question(deps)
    assert await can(row) == (Action.CANCEL, Action.DELETE, Action.RESOLVE)
    await delete(deps, street, row, after=SETTLED)
    assert await can(row) == (Action.CANCEL,), "nobody says meanwhile what became of it"

    await turn(deps, FOUND, after=SETTLED)
    await turn(deps, None, after=SETTLED)

    assert (await stored(row)).status is Status.DELETED


# -- what a person says after that ------------------------------------------------------------------------------


async def left_to_a_person(deps: Deps) -> tuple[Street, models.Publication]:
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)
    await turn(deps, DOUBTFUL["hidden"], after=SETTLED)
    return street, row


async def test_a_person_who_sees_nothing_ends_it_and_nothing_is_sent(deps: Deps):
    street, row = await left_to_a_person(deps)
    later = at(deps, NOW + 2 * SETTLED * SECOND)

    told = await resolve_publication(later, street.caller, publication_id=_id(row), url=None)

    assert (told.status, told.error) == (Status.DELETED, None)


async def test_a_person_who_sees_it_is_told_to_delete_it_there(deps: Deps):
    street, row = await left_to_a_person(deps)
    later = at(deps, NOW + 2 * SETTLED * SECOND)

    with pytest.raises(StateError, match="delete that part at the platform"):
        await resolve_publication(later, street.caller, publication_id=_id(row), url="https://example.com/9_1")
    with pytest.raises(StateError):
        await retry_publication(later, street.caller, publication_id=_id(row), idempotency_key=None)

    assert (await stored(row)).status is Status.NEEDS_ATTENTION


async def test_it_can_be_looked_for_once_more(deps: Deps):
    street, row = await left_to_a_person(deps)
    await delete(deps, street, row, after=2 * SETTLED)

    assert await turn(deps, FOUND, after=2 * SETTLED) == []
    assert await turn(deps, None, after=2 * SETTLED) == ["9_1"]

    assert (await stored(row)).status is Status.DELETED


async def test_what_is_called_off_after_that_still_says_what_may_be_out(deps: Deps):
    street, row = await left_to_a_person(deps)
    later = at(deps, NOW + 2 * SETTLED * SECOND)

    await cancel_publication(later, street.caller, publication_id=_id(row))

    found = await stored(row)
    assert found.error
    assert "Part 2 may be out as well" in found.error["message"]
    assert await can(row) == (Action.DELETE,)


async def test_a_person_who_sees_nothing_while_parts_are_left_lets_them_be_deleted(deps: Deps):
    street, row = await in_question(deps)
    await delete(deps, street, row, after=SETTLED)
    when = at(deps, NOW + SETTLED * SECOND)
    (case,) = await claim_follow_ups(when, limit=5)
    await settle_follow_up(when, case, Verdict(FollowUpState.FAILED))
    assert (await stored(row)).status is Status.NEEDS_ATTENTION

    told = await resolve_publication(when, street.caller, publication_id=_id(row), url=None)

    assert told.status is Status.CANCELED
    await delete(deps, street, row, after=SETTLED + 1)
    assert await turn(deps, DOUBTFUL["hidden"], after=SETTLED + 1) == ["9_0"]
    assert (await stored(row)).status is Status.DELETED, "a person said that there is no more"


# -- two workers, and one that dies -----------------------------------------------------------------------------


async def test_two_workers_that_find_the_part_write_it_down_once(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)
    when = at(deps, NOW + SETTLED * SECOND)
    (first,) = await claim_follow_ups(when, limit=5)
    later = at(deps, NOW + 2 * SETTLED * SECOND)
    (second,) = await claim_follow_ups(later, limit=5)

    await asyncio.gather(looked(when, first, FOUND), looked(later, second, FOUND))

    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


async def test_a_worker_that_was_overtaken_says_nothing_of_a_doubt(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)
    when = at(deps, NOW + SETTLED * SECOND)
    (first,) = await claim_follow_ups(when, limit=5)
    first = await looked(when, first, DOUBTFUL["hidden"])
    later = at(deps, NOW + 2 * SETTLED * SECOND)
    (second,) = await claim_follow_ups(later, limit=5)

    assert not await settle_follow_up(later, first, Verdict(FollowUpState.DONE))
    second = await looked(later, second, ABSENT)
    assert await settle_follow_up(later, second, Verdict(FollowUpState.DONE))

    assert (await stored(row)).status is Status.DELETED


async def test_a_part_that_comes_between_the_look_and_the_record_is_not_forgotten(deps: Deps):
    street, row = await called_off(deps)
    await delete(deps, street, row, after=SETTLED)
    when = at(deps, NOW + SETTLED * SECOND)
    (case,) = await claim_follow_ups(when, limit=5)
    case = await looked(when, case, ABSENT)
    await models.PublicationPart.create(
        publication_id=row.id, kind="part", index=1, platform_id="9_1", published_at=NOW + SETTLED * SECOND
    )

    await settle_follow_up(when, case, Verdict(FollowUpState.DONE))

    assert (await stored(row)).status is Status.CANCELED
    assert await turn(deps, None, after=SETTLED) == ["9_1"]


# -- what is in doubt -------------------------------------------------------------------------------------------


async def test_a_part_that_was_found_is_in_doubt_no_more(deps: Deps):
    _, row = await in_question(deps, Status.UNCONFIRMED)
    assert await in_doubt([row.id]) == {row.id}
    when = at(deps, NOW + 20 * SECOND)
    (case,) = await claim_unconfirmed(when, limit=5)

    await conclude_look(when, case, FOUND)

    assert await in_doubt([row.id]) == frozenset()


async def test_a_second_call_that_fails_says_nothing_of_the_first(deps: Deps):
    street, row = await in_question(deps, Status.UNCONFIRMED)
    when = at(deps, NOW + SETTLED * SECOND)
    (case,) = await claim_unconfirmed(when, limit=5)
    await conclude_look(when, case, ABSENT)
    await ended(await claimed(deps, after=SETTLED), fails(TransientError(FAILURE)), after=SETTLED)
    await cancel_publication(at(deps, NOW + (SETTLED + 1) * SECOND), street.caller, publication_id=_id(row))
    found = await stored(row)
    assert found.error
    assert "Part 2 may be out as well" in found.error["message"]

    assert await in_doubt([row.id]) == {row.id}
    await delete(deps, street, row, after=SETTLED + 2)
    assert await turn(deps, FOUND, after=SETTLED + 2) == []
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


async def test_a_person_who_said_that_it_is_not_public_is_believed(deps: Deps):
    street, row = await in_question(deps)
    await resolve_publication(at(deps, NOW + 20 * SECOND), street.caller, publication_id=_id(row), url=None)

    await cancel_publication(at(deps, NOW + 21 * SECOND), street.caller, publication_id=_id(row))

    found = await stored(row)
    assert found.error
    assert "may be out" not in found.error["message"]
    assert await in_doubt([row.id]) == frozenset()


async def restored(row: models.Publication, *, when: datetime) -> None:
    """Leave it as `restore-check --hold` does."""
    await models.Publication.filter(id=row.id).update(status=Status.NEEDS_ATTENTION, reason=Reason.RESTORED)
    await models.Transition.create(
        publication_id=row.id,
        before=Status.PROCESSING,
        after=Status.NEEDS_ATTENTION,
        reason=Reason.RESTORED,
        actor="system",
        epoch=1,
        at=when,
    )


async def test_what_a_backup_forgot_is_looked_for_from_its_last_part_on(deps: Deps):
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    await restored(row, when=NOW + timedelta(hours=1))
    await delete(deps, street, row, after=2 * 3600)

    (case,) = await claim_follow_ups(at(deps, NOW + timedelta(hours=2)), limit=5)

    assert case.doubt is not None
    assert case.doubt.sent is not None
    assert case.doubt.sent.sent_at == NOW


async def test_what_was_called_off_while_nobody_could_tell_says_so_without_a_thread(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.NEEDS_ATTENTION, reason=Reason.OUTCOME_UNKNOWN, attempt_count=1)
    await models.Attempt.create(
        workspace_id=street.workspace_id,
        publication_id=row.id,
        number=1,
        epoch=0,
        step="PUBLISH",
        request="POST /1/feed",
        outcome=AttemptOutcome.UNKNOWN,
        started_at=NOW,
    )

    await cancel_publication(at(deps, NOW + 20 * SECOND), street.caller, publication_id=_id(row))

    found = await stored(row)
    assert found.error
    assert "while nobody could tell whether it is public" in found.error["message"]
    assert "Look for it at Facebook" in found.error["hint"]
