"""Answers that come late: their worker lost the claim meanwhile. Evidence wins over every belief.

A part of a thread is written down wherever that stands, but while another call for it is on its way, whose own answer
says more: then, and where the part is known by another id, it is kept as what may be its second copy. A thread that
waited for that very part goes on below it; one that ended says what is out.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from platforms.following import Task
from publishing import failures, models
from publishing.changes import note_changes
from publishing.lifecycle import ON_PART, Reason, Status
from publishing.thread_ends import came_late, public_twice
from publishing.threads import PartOut, copies_of, keep_copy, keep_parts, parts_out
from publishing.transitions import Change, advance

log = structlog.get_logger(__name__)
_GOES_ON = {
    Status.UNCONFIRMED: Status.RETRYING,
    Status.PREPARING: Status.RETRYING,
    Status.NEEDS_ATTENTION: Status.QUEUED,
}
"""Where a thread goes on whose part is out: who prepares or looks for it loses the claim."""
_WAITED = frozenset({Reason.OUTCOME_UNKNOWN, Reason.RESTORED})


async def being_deleted(publication_ids: list[UUID]) -> frozenset[UUID]:
    """Find which of these publications somebody wanted deleted: no answer makes one PUBLISHED as a whole any more."""
    asked = models.FollowUp.filter(publication_id__in=publication_ids, task=Task.DELETE)
    return frozenset(UUID(str(one)) for one in await asked.values_list("publication_id", flat=True))


async def keep_late(publication_id: UUID, part: PartOut, actor: str, now: datetime) -> bool:
    """Write down a part whose answer came after its claim was lost, in the open transaction.

    Who holds the publication loses it: what they make is for a part that is out.

    Returns:
        Whether it is known now; not while another call for it is on its way.
    """
    row = await models.Publication.filter(id=publication_id).select_for_update().get()
    out = (await parts_out([row.id])).get(row.id, ())
    if row.status is Status.PUBLISHING or part.index != len(out):
        log.info("late_part_left", index=part.index, platform_id=part.receipt.platform_post_id, status=row.status)
        if part.index <= len(out):
            await keep_copy(row.id, part, now)
            await tell_copies(row, actor, now)
        return part.index < len(out)
    await keep_parts({row.id: part}, now)
    await models.Publication.filter(id=row.id).update(handles={}, epoch=row.epoch + 1)
    await _tell(row, (*out, part), actor, now)
    return True


async def keep_late_id(change: Change, now: datetime) -> None:
    """Write down which post it is that a person gave an address for, in the open transaction: it can be deleted then.

    Raises:
        IntegrityError: another publication owns that platform post.
    """
    seen = models.Publication.filter(id=change.publication_id, status=Status.PUBLISHED, platform_post_id__isnull=True)
    address = {"permalink": change.permalink} if change.permalink else {}
    if await seen.update(platform_post_id=change.platform_post_id, updated_at=now, **address):
        await _note(await models.Publication.get(id=change.publication_id), now)


async def tell_copies(row: models.Publication, actor: str, now: datetime) -> None:
    """Say of a thread that ended which of its parts are public twice."""
    if row.status not in {*ON_PART, Status.PUBLISHED}:
        return
    copies = await copies_of(row.id)
    if not copies:
        return
    told = failures.stored(public_twice(row, copies), retryable=False)
    if row.status is Status.DELETED:
        await _say(row, told, actor, now)
        return
    if row.error and told["message"] in row.error["message"]:
        return
    if row.error:  # what it waits for or was refused for is no less true
        told = {**row.error, "message": f"{row.error['message']} {told['message']}"}
    await models.Publication.filter(id=row.id).update(error=told, updated_at=now)
    await _note(row, now)


async def _tell(row: models.Publication, out: tuple[PartOut, ...], actor: str, now: datetime) -> None:
    """Let the thread go on, or say what is out."""
    begun = row.id in await being_deleted([row.id])
    after = _GOES_ON.get(row.status)
    if after is Status.QUEUED and (begun or row.reason not in _WAITED):
        after = None
    if after is not None:
        change = Change(row.id, after, Reason.PART_PUBLISHED, actor, before=frozenset({row.status}), due_in=timedelta())
        await advance([change], now=now, locked=True)
        return
    if row.status in ON_PART:
        await _say(row, failures.stored(came_late(row, out, begun=begun), retryable=False), actor, now)
    await _note(row, now)


async def _say(row: models.Publication, error: dict[str, object], actor: str, now: datetime) -> None:
    """What was told DELETED is not, and a person decides; what ended otherwise stays where it is, and says so."""
    if row.status in {Status.DELETED, Status.NEEDS_ATTENTION}:
        change = Change(
            row.id,
            Status.NEEDS_ATTENTION,
            Reason.PART_PUBLISHED,
            actor,
            before=frozenset({row.status}),
            proof=True,
            error=error,
        )
        await advance([change], now=now, locked=True)
    else:
        await models.Publication.filter(id=row.id).update(error=error, updated_at=now)


async def _note(row: models.Publication, now: datetime) -> None:
    note = {name: getattr(row, name) for name in ("id", "workspace_id", "post_id", "channel_id")}
    await note_changes([note], now=now)
