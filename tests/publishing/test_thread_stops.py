"""Threads that stop amid their parts and wait for a person: nobody is told that nothing is public."""

import pytest

from platforms.base import Sighting
from publishing import models
from publishing.decisions import Action
from publishing.deps import Deps
from publishing.ledger import Ledger
from publishing.lifecycle import Reason, Status
from publishing.system import claim_due, claim_unconfirmed, conclude_look, sweep_publications
from publishing.system.resuming import resume_held
from tests.publishing.test_thread_deletion import can
from tests.publishing.test_thread_doubts import in_question
from tests.publishing.test_threads import (
    _threads,  # noqa: F401 - a fixture
    accepted,
    answers,
    claimed,
    ended,
    stored,
)
from tests.publishing.town import NOW, SECOND, at


@pytest.mark.parametrize("by", ["a claim", "a sweep", "a renewed sign-in"])
async def test_what_is_overdue_amid_its_thread_says_what_is_out(deps: Deps, by: str):
    _, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    late = at(deps, NOW + (deps.settings.max_lateness_seconds + 1) * SECOND)

    if by == "a claim":
        for entry in (await claim_due(late, limit=5)).refused:
            await Ledger(late.clock).write(entry)
    elif by == "a sweep":
        await sweep_publications(late)
    else:
        await models.Publication.filter(id=row.id).update(status=Status.HELD)
        await resume_held(late, [await stored(row)], actor="key_test", now=await late.clock.now())

    found = await stored(row)
    assert (found.status, found.reason) == (Status.NEEDS_ATTENTION, Reason.OVERDUE)
    assert found.error
    assert "amid its thread: the first part of 3 is out." in found.error["message"]
    assert "not public" not in found.error["message"]
    assert "retryPublication goes on with part 2" in found.error["hint"]
    assert Action.DELETE in await can(row)


async def test_what_kills_workers_amid_its_thread_says_what_is_out_and_what_was_never_answered(deps: Deps):
    _, row = await in_question(deps, Status.UNCONFIRMED)
    settled = at(deps, NOW + 1_000 * SECOND)
    (case,) = await claim_unconfirmed(settled, limit=5)
    await conclude_look(settled, case, Sighting(out=False))
    await claimed(deps, after=1_000)
    await models.Publication.filter(id=row.id).update(lost_leases=2)

    await sweep_publications(at(deps, NOW + 2_000 * SECOND))

    found = await stored(row)
    assert (found.status, found.reason) == (Status.NEEDS_ATTENTION, Reason.WORKER_CRASHED)
    assert found.error
    assert "the first part of 3 is out. A call for part 2 had no clear answer" in found.error["message"]
    assert "Look into the workers' log" in found.error["hint"]
