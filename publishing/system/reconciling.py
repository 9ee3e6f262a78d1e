"""Reconciling: a worker takes publications whose public call has an unknown outcome, and writes what it found out.

A claim moves `due_at` a lease ahead and raises the epoch: a worker that dies while it looks is followed by another,
and a conclusion of one that was overtaken is not written.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from platforms.base import DOUBTED, Platform, Receipt, Sighting
from platforms.errors import Failure, FailureCode
from publishing import failures, models, setwise, threads
from publishing.db import connection, is_postgres, transaction
from publishing.deps import Deps
from publishing.doubt_hints import tell_doubted
from publishing.late_parts import being_deleted, keep_late, keep_late_id, tell_copies
from publishing.lifecycle import Reason, Status
from publishing.looking import Unconfirmed, load_unknown, owned_by_others
from publishing.queue import Queue
from publishing.reconciling import Belief, Conclusion, Looks, conclude
from publishing.refusals import LOOK_AND_SAY, reason_of
from publishing.resting import Rest, let_rest
from publishing.threads import PartOut
from publishing.transitions import Change, advance

ACTOR = "system:reconciler"
MOST = 50


async def claim_unconfirmed(deps: Deps, *, limit: int) -> tuple[Unconfirmed, ...]:
    """Claim publications at whose platform it is time to look."""
    now = await deps.clock.now()
    async with transaction():
        ids = await _claim(now, now + timedelta(seconds=deps.settings.lease_seconds), min(limit, MOST))
    if not ids:
        return ()
    return await load_unknown(deps, await models.Publication.filter(id__in=ids, status=Status.UNCONFIRMED), now)


async def conclude_look(deps: Deps, case: Unconfirmed, sighting: Sighting) -> Conclusion:
    """Write what follows from a look. It is as old as its claim: who looked may have stood still since."""
    now = await deps.clock.now()
    looks = Looks.of(deps.settings)
    owned = await owned_by_others(case.platform, case.environment, sighting, publication_id=case.publication_id)
    if case.refusal is not None:
        sighting = replace(sighting, repeatable=False)
    conclusion = conclude(
        sighting,
        owned=owned,
        settled=looks.settled(case.since, case.now),
        unknowns=case.unknowns,
        patient=now - case.since < _patience(deps),
    )
    change = _change(case, conclusion)
    if change is None:
        await _wait(deps, case, looks.next_in(case.since, now), now)
        return conclusion
    try:
        async with transaction():
            if await _advance(case, change, now):
                await _keep_handles(case, conclusion.belief)
                await _keep_part(case, conclusion.receipt, now)
            elif conclusion.receipt is not None:
                await _keep_late(case, change, conclusion.receipt, now)
    except IntegrityError:  # its post became another publication's between the question and here: look again
        await _put_off(case, now + looks.next_in(case.since, now))
        return Conclusion(Belief.OPEN, "Another publication took the post that was found.")
    if change.after is Status.RETRYING:
        deps.bell.ring(Queue.PUBLISHING)
    deps.bell.announce()
    return conclusion


async def _advance(case: Unconfirmed, change: Change, now: datetime) -> bool:
    """Write it, unless others moved it on; what somebody wants deleted since becomes PUBLISHED no more."""
    if change.proof and case.place.of > 1:
        await models.Publication.filter(id=case.publication_id).select_for_update().get()
        if await being_deleted([case.publication_id]):
            return False
    return bool(await advance([change], now=now))


async def _keep_late(case: Unconfirmed, change: Change, receipt: Receipt, now: datetime) -> None:
    """Others told something else meanwhile, and what was found is known all the same."""
    if case.place.of > 1:
        await keep_late(case.publication_id, PartOut(case.place.number, receipt), ACTOR, now)
    else:
        await keep_late_id(change, now)


async def postpone_look(deps: Deps, case: Unconfirmed, *, rest: Rest | None = None) -> None:
    """The platform could not be asked: ask later, and in the end leave it to a person. Never within its `rest`."""
    now = await deps.clock.now()
    if rest is not None:
        await let_rest(case.publication_id, rest, now=now)
    if now - case.since < _patience(deps):
        wait = max(Looks.of(deps.settings).next_in(case.since, now), rest.duration if rest else timedelta())
        await _wait(deps, case, wait, now)
        return
    change = _change(case, Conclusion(Belief.UNTOLD, "The platform could not be asked for too long."))
    if change is not None:
        async with transaction():
            await advance([change], now=now)
        deps.bell.announce()


def _patience(deps: Deps) -> timedelta:
    return max(timedelta(seconds=deps.settings.max_lateness_seconds), Looks.of(deps.settings).settle)


async def _keep_handles(case: Unconfirmed, belief: Belief) -> None:
    """What is not there is sent again with what was made for it; what was refused leaves nothing to use again."""
    if belief is Belief.ABSENT and case.sent is not None and case.refusal is not None:
        handles = {name: value for name, value in case.sent.handles.items() if name != DOUBTED}
    elif belief is Belief.ABSENT and case.sent is not None:
        handles = {**case.sent.handles, DOUBTED: case.sent.sent_at.isoformat()}
    elif belief is Belief.REFUSED:
        handles = {}
    else:
        return
    await models.Publication.filter(id=case.publication_id, epoch=case.epoch).update(handles=handles)


async def _keep_part(case: Unconfirmed, receipt: Receipt | None, now: datetime) -> None:
    """A part of a thread that was found is out; what was made for it is of no more use."""
    if receipt is not None and case.place.of > 1:
        await threads.keep_parts({case.publication_id: PartOut(case.place.number, receipt)}, now)
        await models.Publication.filter(id=case.publication_id).update(handles={})
        await tell_copies(await models.Publication.get(id=case.publication_id), ACTOR, now)


async def _claim(now: datetime, until: datetime, limit: int) -> list[UUID]:
    first, second, third = ("$1", "$2", "$3") if is_postgres() else ("?1", "?2", "?3")
    rows = await connection().execute_query_dict(
        f"""UPDATE publication SET due_at = {second}, epoch = epoch + 1 WHERE id IN (
            SELECT c.id FROM publication AS c
            WHERE c.status = '{Status.UNCONFIRMED.value}' AND c.due_at <= {first} AND NOT EXISTS (
                SELECT 1 FROM channel AS quiet WHERE quiet.id = c.channel_id AND quiet.rests_until > {first})
            ORDER BY c.due_at LIMIT {third} {"FOR UPDATE OF c SKIP LOCKED" if is_postgres() else ""}
        ) RETURNING id""",  # noqa: S608 - the marks are ours, values are parameters
        [setwise.moment(now), setwise.moment(until), limit],
    )
    return [UUID(str(row["id"])) for row in rows]


async def _wait(deps: Deps, case: Unconfirmed, wait: timedelta, now: datetime) -> None:
    """Look again later; meanwhile a person is told whether the server can look at all."""
    await _put_off(case, now + wait)
    if await tell_doubted([case.row], signed_in=case.signed_in, now=now):
        deps.bell.announce()


async def _put_off(case: Unconfirmed, until: datetime) -> None:
    await models.Publication.filter(id=case.publication_id, epoch=case.epoch, status=Status.UNCONFIRMED).update(
        due_at=until
    )


def _change(case: Unconfirmed, conclusion: Conclusion) -> Change | None:
    given: dict[str, Any] = {"publication_id": case.publication_id, "actor": ACTOR}
    match conclusion.belief:
        case Belief.OUT:
            receipt = case.place.root or conclusion.receipt
            if not case.place.is_last:
                return _next_part(given, case, conclusion)
            return Change(
                **given,
                after=Status.PUBLISHED,
                reason=Reason.FOUND,
                proof=True,
                platform_post_id=receipt.platform_post_id if receipt else None,
                permalink=receipt.permalink if receipt else None,
            )
        case Belief.ABSENT:
            return _absent(given, case)
        case Belief.REFUSED:
            error = failures.stored(_refused(case.platform, conclusion.why), retryable=False)
            return Change(**given, after=Status.FAILED, reason=Reason.MEDIA_REJECTED, fence=case.epoch, error=error)
        case Belief.UNTOLD:
            error = failures.stored(_untold(case.platform, _why(case, conclusion)), retryable=False)
            return Change(
                **given, after=Status.NEEDS_ATTENTION, reason=Reason.OUTCOME_UNKNOWN, fence=case.epoch, error=error
            )
        case Belief.OPEN:
            return None


def _absent(given: dict[str, Any], case: Unconfirmed) -> Change:
    """What is not there is sent again, but for what was refused the second time: that is the end of it."""
    if case.refusal is not None:
        reason = reason_of(FailureCode(case.refusal["code"]))
        return Change(**given, after=Status.FAILED, reason=reason, fence=case.epoch, error=case.refusal)
    return Change(**given, after=Status.RETRYING, reason=Reason.ABSENT, fence=case.epoch, due_in=timedelta())


def _next_part(given: dict[str, Any], case: Unconfirmed, conclusion: Conclusion) -> Change:
    """A thread goes on below the part that was found; nothing can be put below one whose id nobody knows."""
    if conclusion.receipt is None:
        error = failures.stored(_untold(case.platform, f"{conclusion.why} The thread cannot go on."), retryable=False)
        return Change(
            **given, after=Status.NEEDS_ATTENTION, reason=Reason.OUTCOME_UNKNOWN, fence=case.epoch, error=error
        )
    return Change(**given, after=Status.RETRYING, reason=Reason.PART_PUBLISHED, fence=case.epoch, due_in=timedelta())


def _refused(platform: Platform, why: str) -> Failure:
    message = f"{platform.label} took it and could not make a post of it: {why}"
    return Failure(FailureCode.MEDIA_REJECTED, platform, message, "Change the file and publish again.")


def _why(case: Unconfirmed, conclusion: Conclusion) -> str:
    if case.refusal is None:
        return conclusion.why
    return f"{conclusion.why} The call after the one that had no clear answer was refused: {case.refusal['message']}"


def _untold(platform: Platform, why: str) -> Failure:
    message = f"The outcome is unknown: it may be public. {why}"
    return Failure(FailureCode.OUTCOME_UNKNOWN, platform, message, LOOK_AND_SAY)
