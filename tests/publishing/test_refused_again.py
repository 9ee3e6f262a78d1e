"""A second call that is refused says nothing of the first, which had no clear answer: that is told, and looked for."""

from dataclasses import replace
from typing import Any

import pytest

from platforms.base import DENIED, DOUBTED, Done, Receipt, Sighting
from platforms.errors import FailureCode, OutcomeUnknownError, PlatformError, RejectedError, TransientError
from publishing import models
from publishing.decisions import Action, resolve_publication
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.doubts import in_doubt
from publishing.ids import Kind, public_id
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome
from publishing.reconciling import Belief
from publishing.retries import Backoff
from publishing.system import claim_due, claim_unconfirmed, conclude_look
from tests.publishing.test_thread_deletion import can
from tests.publishing.test_threads import (
    FAILURE,
    PARTS,
    Step,
    _threads,  # noqa: F401 - a fixture
    accepted,
    answers,
    claimed,
    ended,
    fails,
    out,
    stored,
)
from tests.publishing.town import NOW, SECOND, Street, at

BLUESKYS = Sighting(out=False, repeatable=True)
FOUND = Sighting(out=True, matches=(Receipt("9_1", "https://example.com/9_1"),))
SETTLED = 10_000
WHICH: dict[str, dict[str, Any]] = {
    "a post": {"thread": ()},
    "a first part": {"thread": PARTS},
    "a second part": {"thread": PARTS},
}


def stops(error: PlatformError) -> Step:
    """A step that fails before its call."""

    async def step(_: Delivery) -> Done:
        raise error

    return step


async def look(deps: Deps, sighting: Sighting, *, after: float) -> Belief:
    when = at(deps, NOW + after * SECOND)
    (case,) = await claim_unconfirmed(when, limit=5)
    return (await conclude_look(when, case, sighting)).belief


async def doubted(deps: Deps, which: str = "a post") -> tuple[Street, models.Publication]:
    """What was called, never answered for, not seen, and is about to be sent once more."""
    street, row = await accepted(deps, **WHICH[which])
    if which == "a second part":
        await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    assert await look(deps, BLUESKYS, after=20) is Belief.ABSENT
    return street, row


async def refused(deps: Deps, which: str = "a post") -> tuple[Street, models.Publication]:
    street, row = await doubted(deps, which)
    await ended(await claimed(deps, after=20), fails(RejectedError(FAILURE)), after=20)
    return street, row


async def error_of(row: models.Publication) -> dict[str, Any]:
    error = (await stored(row)).error
    assert error
    return error


@pytest.mark.parametrize("which", WHICH)
async def test_it_does_not_end_there_and_says_that_the_first_may_be_public(deps: Deps, which: str):
    _, row = await refused(deps, which)

    now, error = await stored(row), await error_of(row)
    assert (now.status, now.reason) == (Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN)
    assert (error["code"], error["retryable"]) == ("OUTCOME_UNKNOWN", False)
    assert "It said no." in error["message"]
    assert "A call before had no clear answer, and may have made it public." in error["message"]
    assert ("Of the thread the first part is out." in error["message"]) is (which == "a second part")
    calls = await models.Attempt.filter(publication_id=row.id).order_by("number")
    assert [call.outcome for call in calls][-2:] == [AttemptOutcome.UNKNOWN, AttemptOutcome.FAILED_PERMANENT]
    assert await in_doubt([row.id]) == {row.id}


@pytest.mark.parametrize(
    ("which", "status"),
    [("a post", Status.PUBLISHED), ("a first part", Status.RETRYING), ("a second part", Status.RETRYING)],
)
async def test_the_first_that_is_found_is_public_after_all(deps: Deps, which: str, status: Status):
    street, row = await refused(deps, which)

    assert await look(deps, FOUND, after=30) is Belief.OUT

    now = await stored(row)
    assert now.status is status
    assert (now.platform_post_id or (await out(street, row))[-1][1]) == "9_1"


@pytest.mark.parametrize("which", WHICH)
async def test_it_is_not_sent_a_third_time_and_fails_when_the_first_is_surely_absent(deps: Deps, which: str):
    _, row = await refused(deps, which)

    assert await look(deps, BLUESKYS, after=30) is Belief.OPEN, "the first may yet arrive"
    assert await look(deps, BLUESKYS, after=SETTLED) is Belief.ABSENT

    now, error = await stored(row), await error_of(row)
    assert (now.status, now.reason) == (Status.FAILED, Reason.REFUSED)
    assert error["code"] == "PLATFORM_REJECTED"
    assert "It said no." in error["message"]
    assert "A call before" not in error["message"]
    assert now.handles == {"made": "1"}
    assert await in_doubt([row.id]) == frozenset()
    assert (await claim_due(at(deps, NOW + 2 * SETTLED * SECOND), limit=5)).work == ()


async def test_a_refused_call_made_nothing_public_and_is_not_waited_for(deps: Deps):
    _, row = await accepted(deps, thread=())
    await ended(await claimed(deps), fails(OutcomeUnknownError(FAILURE)))
    await look(deps, Sighting(out=False), after=SETTLED)
    await ended(await claimed(deps, after=SETTLED), fails(RejectedError(FAILURE)), after=SETTLED)

    assert await look(deps, Sighting(out=False), after=SETTLED + 10) is Belief.ABSENT

    assert (await stored(row)).status is Status.FAILED


@pytest.mark.parametrize("which", WHICH)
async def test_what_the_platform_cannot_tell_asks_a_person_who_reads_both(deps: Deps, which: str):
    _, row = await refused(deps, which)

    assert await look(deps, Sighting(out=None), after=SETTLED) is Belief.UNTOLD

    now, error = await stored(row), await error_of(row)
    assert (now.status, now.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)
    assert "may be public" in error["message"]
    assert "It said no." in error["message"]
    assert "resolvePublication" in error["hint"]
    assert Action.RESOLVE in await can(row)
    assert Action.RETRY not in await can(row)


@pytest.mark.parametrize(
    ("error", "failures"),
    [
        (RejectedError(FAILURE), 0),
        (RejectedError(replace(FAILURE, code=FailureCode.MEDIA_REJECTED)), 0),
        (TransientError(FAILURE), Backoff.PLATFORM.value.tries),
    ],
    ids=["refused", "a file", "out of tries"],
)
@pytest.mark.parametrize("which", WHICH)
async def test_what_ends_before_its_second_call_asks_a_person(
    deps: Deps, which: str, error: PlatformError, failures: int
):
    _, row = await doubted(deps, which)
    await models.Publication.filter(id=row.id).update(failures=failures)

    await ended(await claimed(deps, after=20), stops(error), after=20)

    now, told = await stored(row), await error_of(row)
    assert (now.status, now.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)
    assert told["code"] == "OUTCOME_UNKNOWN"
    assert "It said no." in told["message"]
    assert "A call before had no clear answer, and may have made it public." in told["message"]
    assert "resolvePublication" in told["hint"]
    assert DOUBTED in now.handles


async def test_a_person_who_overlooked_the_first_is_doubted_again_once_a_platform_refuses_a_copy(deps: Deps):
    street, row = await refused(deps)
    await look(deps, Sighting(out=None), after=SETTLED)
    named, later = public_id(Kind.PUBLICATION, row.id), at(deps, NOW + (SETTLED + 10) * SECOND)
    await resolve_publication(later, street.caller, publication_id=named, url=None)
    assert await in_doubt([row.id]) == frozenset()
    work = await claimed(deps, after=SETTLED + 20)
    assert work.assignment.handles == {"made": "1", DENIED: "1"}

    there = OutcomeUnknownError(replace(FAILURE, platform_code="duplicate"))
    await ended(work, fails(there), after=SETTLED + 20)

    assert (await stored(row)).status is Status.UNCONFIRMED
    assert await in_doubt([row.id]) == {row.id}
    assert await look(deps, FOUND, after=SETTLED + 30) is Belief.OUT
    assert (await stored(row)).status is Status.PUBLISHED


async def test_a_person_who_said_that_the_first_is_not_public_is_believed_when_it_is_refused(deps: Deps):
    street, row = await refused(deps)
    await look(deps, Sighting(out=None), after=SETTLED)
    named, later = public_id(Kind.PUBLICATION, row.id), at(deps, NOW + (SETTLED + 10) * SECOND)
    await resolve_publication(later, street.caller, publication_id=named, url=None)

    await ended(await claimed(deps, after=SETTLED + 20), fails(RejectedError(FAILURE)), after=SETTLED + 20)

    assert ((await stored(row)).status, await in_doubt([row.id])) == (Status.FAILED, frozenset())


async def test_what_a_platforms_folder_leaves_in_doubt_names_what_to_do_once(deps: Deps):
    _, row = await doubted(deps)

    await ended(await claimed(deps, after=20), stops(OutcomeUnknownError(FAILURE)), after=20)

    told = await error_of(row)
    assert told["message"] == FAILURE.message
    assert "resolvePublication" in told["hint"]


async def test_a_second_call_that_uses_up_all_tries_is_looked_for_as_one_that_may_be_public(deps: Deps):
    _, row = await doubted(deps)
    await models.Publication.filter(id=row.id).update(failures=Backoff.PLATFORM.value.tries)

    await ended(await claimed(deps, after=20), fails(TransientError(FAILURE)), after=20)

    call = await models.Attempt.filter(publication_id=row.id).order_by("-number").first()
    assert call
    assert ((await stored(row)).status, call.outcome) == (Status.UNCONFIRMED, AttemptOutcome.UNKNOWN)
