"""What is done for a publication after its call: reading it, and asking for an edit or a deletion of what is out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError

from platforms.following import Task
from platforms.registry import rules_for
from platforms.rules import Rules
from publishing import failures, idempotency, models, records
from publishing.changes import note_changes
from publishing.db import transaction
from publishing.decisions import Action, owned, refuse_unless, supports
from publishing.deps import Deps
from publishing.errors import InvalidError, UnsupportedError
from publishing.mapping import Mapper
from publishing.planning import follow_up
from publishing.publications import shown
from publishing.queue import Queue
from publishing.records import Caller
from publishing.store import store_errors
from publishing.validation import check_text

_FOLLOW_UP = Mapper(
    models.FollowUp,
    records.FollowUp,
    error=failures.read,
    beside={"rests_until": "publication__channel__rests_until"},
)


@store_errors
async def follow_ups_of(
    *, workspace_id: UUID, publication_ids: Iterable[UUID]
) -> dict[UUID, tuple[records.FollowUp, ...]]:
    """Read what is done for publications after their calls, the oldest first."""
    query = models.FollowUp.filter(workspace_id=workspace_id, publication_id__in=list(publication_ids))
    found: defaultdict[UUID, list[records.FollowUp]] = defaultdict(list)
    for record in await _FOLLOW_UP.read(query.order_by("id")):
        found[record.publication_id].append(record)
    return {publication_id: tuple(items) for publication_id, items in found.items()}


def next_attempt_at(record: records.FollowUp) -> datetime | None:
    """Say when a worker does or looks for it at the earliest; None once it is over.

    That is its own time or, where that is later, when the rest is over that the platform wants for the channel.
    """
    if record.due_at is None:
        return None
    return max(record.due_at, record.rests_until or record.due_at)


@store_errors
async def edit_publication(
    deps: Deps, caller: Caller, *, publication_id: str, text: str, idempotency_key: str | None
) -> records.Publication:
    """Have a worker change the text of what is out.

    Raises:
        NotFoundError: no such publication for this caller.
        UnsupportedError: the platform changes no text of this kind of post; the message says what to do instead.
        InvalidError: the text breaks rules; all of them are named.
        StateError: it is not out, or is being edited or deleted already.
        ConflictError: the idempotency key was used for something else.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await owned(caller.workspace_id, publication_id)
    content = {"edit": publication_id, "text": text}
    rules = await _supported(row, Task.EDIT)
    if issues := tuple(check_text(text, "text", rules)):
        raise InvalidError(issues)
    return await _ask(deps, caller, row, Task.EDIT, idempotency.claim_for(idempotency_key, content), text=text)


@store_errors
async def delete_publication(
    deps: Deps, caller: Caller, *, publication_id: str, idempotency_key: str | None
) -> records.Publication:
    """Have a worker delete what is out, be it only some parts of a thread whose rest failed or was called off.

    Raises:
        NotFoundError: no such publication for this caller.
        UnsupportedError: the platform deletes nothing of this kind; the message says what to do instead.
        StateError: it is not out, or is being deleted already.
        ConflictError: the idempotency key was used for something else.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await owned(caller.workspace_id, publication_id)
    await _supported(row, Task.DELETE)
    claim = idempotency.claim_for(idempotency_key, {"delete": publication_id})
    return await _ask(deps, caller, row, Task.DELETE, claim)


async def _supported(row: models.Publication, task: Task) -> Rules:
    channel = await models.Channel.get(workspace_id=row.workspace_id, id=row.channel_id)
    rules = rules_for(channel.kind, channel.tier)
    if not supports(row, task):
        raise UnsupportedError(rules.instead[task.value], path=("publicationId",))
    return rules


async def _ask(
    deps: Deps,
    caller: Caller,
    row: models.Publication,
    task: Task,
    claim: idempotency.Claim | None,
    *,
    text: str | None = None,
) -> records.Publication:
    if await idempotency.earlier_answer(claim, workspace_id=caller.workspace_id) is not None:
        return await shown(row, workspace_id=row.workspace_id)
    try:
        await _write(row, task, claim, actor=caller.actor, now=await deps.clock.now(), text=text)
    except IntegrityError:  # another call asked for the same at the same moment; it is there now
        await refuse_unless(Action[task.name], row, workspace_id=caller.workspace_id)
        raise
    deps.bell.ring(Queue.INTERACTIVE)
    deps.bell.announce()
    current = await models.Publication.get(workspace_id=row.workspace_id, id=row.id)
    return await shown(current, workspace_id=row.workspace_id)


async def _write(
    row: models.Publication,
    task: Task,
    claim: idempotency.Claim | None,
    *,
    actor: str,
    now: datetime,
    text: str | None,
) -> None:
    async with transaction():
        taken = await idempotency.take(claim, workspace_id=row.workspace_id, publication_id=row.id, now=now)
        if not taken:  # by a call that came at once: with the same input it has asked, with another this is refused
            await idempotency.earlier_answer(claim, workspace_id=row.workspace_id)
            return
        mine = models.Publication.filter(workspace_id=row.workspace_id, id=row.id)
        current = await mine.select_for_update().get()  # a retry at this moment waits, and finds this
        await refuse_unless(Action[task.name], current, workspace_id=row.workspace_id)
        await models.FollowUp.create(**follow_up(row.id, row.workspace_id, task, actor, now, text=text))
        note = {name: getattr(row, name) for name in ("id", "workspace_id", "post_id", "channel_id")}
        await note_changes([note], now=now)
