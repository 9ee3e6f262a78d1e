"""What a person decides about a publication: to call it off, to try it again, or what became of it.

`allowed_actions` says what can be decided now; the same table refuses the rest.
"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from platforms.base import DENIED, DOUBTED
from platforms.following import Task
from platforms.issues import Issue, Rule
from platforms.options import read_options
from platforms.registry import rules_of
from platforms.text import is_web_address
from publishing import idempotency, models, records
from publishing.db import transaction
from publishing.deps import Deps
from publishing.errors import InvalidError, NotFoundError, StateError
from publishing.ids import Kind, parse_id
from publishing.lifecycle import Reason, Status, may_follow
from publishing.publications import shown
from publishing.queue import Queue
from publishing.records import Caller
from publishing.store import store_errors
from publishing.threads import ALONE, Place, copies_of, parts_out, place_of, still_out
from publishing.transitions import Change, advance


class Action(StrEnum):
    """What can be done with a publication."""

    CANCEL = "cancel"
    RETRY = "retry"
    EDIT = "edit"
    DELETE = "delete"
    RESOLVE = "resolve"


def allowed_actions(status: Status, reason: Reason) -> tuple[Action, ...]:
    """Say what a person can decide about a publication that stands there for that reason.

    What may be public is never simply tried again: it is resolved first. What is out is edited and deleted where its
    platform does that, and of what failed, was called off or waits for a person only the parts of a thread are out
    (`actions_of`).
    """
    untold = status is Status.NEEDS_ATTENTION and reason in {Reason.OUTCOME_UNKNOWN, Reason.RESTORED}
    unknown = status is Status.UNCONFIRMED or untold
    possible = {
        Action.CANCEL: may_follow(status, Status.CANCELED),
        Action.RETRY: status in {Status.FAILED, Status.NEEDS_ATTENTION} and not unknown,
        Action.EDIT: status is Status.PUBLISHED,
        Action.DELETE: may_follow(status, Status.DELETED),
        Action.RESOLVE: unknown,
    }
    return tuple(action for action, allowed in possible.items() if allowed)


def actions_of(
    row: records.Publication | models.Publication,
    open_tasks: Collection[Task],
    *,
    parts_out: int,
    deletion_begun: bool = False,
) -> tuple[Action, ...]:
    """Say what a person can decide about a publication now.

    `open_tasks` are what workers still do after its call, `parts_out` counts the parts of its thread that are out.
    `deletion_begun`: part of that may be deleted, even if the deletion was given up, and nothing goes below it. What
    was deleted but for a part in doubt is deleted once more, which looks for that part again.
    """
    stays = Task.DELETE not in open_tasks
    known = row.platform_post_id is not None and _is_whole(row, parts_out)
    is_out = known if row.status is Status.PUBLISHED else parts_out > 0 or deletion_begun
    possible = {
        Action.RETRY: stays and not deletion_begun,
        Action.EDIT: stays and is_out and Task.EDIT not in open_tasks and supports(row, Task.EDIT),
        Action.DELETE: stays and is_out and supports(row, Task.DELETE),
        Action.RESOLVE: stays,
    }
    return tuple(action for action in allowed_actions(row.status, row.reason) if possible.get(action, True))


def supports(row: records.Publication | models.Publication, task: Task) -> bool:
    """Whether the platform does this to what is out, of that kind of post."""
    placed = [
        post
        for rules in rules_of(row.platform)
        for post in rules.placed(read_options(rules.options, row.options).placement.value)
    ]
    return all((post.takes_edit if task is Task.EDIT else post.takes_delete).value for post in placed)


@store_errors
async def cancel_publication(deps: Deps, caller: Caller, *, publication_id: str) -> records.Publication:
    """Call a publication off before it goes out.

    Raises:
        NotFoundError: no such publication for this caller.
        StateError: it is too late, or it is over already; `current` says where it stands.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await owned(caller.workspace_id, publication_id)
    change = Change(row.id, Status.CANCELED, Reason.CANCELED_BY_CALLER, caller.actor)
    return await _decide(deps, row, change, "it cannot be called off any more")


@store_errors
async def retry_publication(
    deps: Deps, caller: Caller, *, publication_id: str, idempotency_key: str | None
) -> records.Publication:
    """Try a publication again, as if it were new; what the platform holds of it already is used again.

    Raises:
        NotFoundError: no such publication for this caller.
        StateError: it is not to be tried again: it is under way, it is over, or it may be public.
        ConflictError: the idempotency key was used for something else.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await owned(caller.workspace_id, publication_id)
    claim = idempotency.claim_for(idempotency_key, {"retry": publication_id})
    if await idempotency.earlier_answer(claim, workspace_id=caller.workspace_id) is not None:
        return await shown(row, workspace_id=row.workspace_id)
    unknown = Action.RESOLVE in allowed_actions(row.status, row.reason)
    refusal = (
        "it may be public; say with resolvePublication whether it is" if unknown else "only what failed is retried"
    )
    await refuse_unless(Action.RETRY, row, refusal, workspace_id=caller.workspace_id)
    return await _decide(deps, row, _again(row, Reason.RETRIED_BY_CALLER, caller.actor), refusal, claim=claim)


@store_errors
async def resolve_publication(
    deps: Deps, caller: Caller, *, publication_id: str, url: str | None
) -> records.Publication:
    """Take a person's word for what became of a publication: public at `url`, or, without one, not public.

    What is not public is sent again; where a deletion was begun, that ends it.

    Raises:
        NotFoundError: no such publication for this caller.
        InvalidError: that is no address.
        StateError: its outcome is not unknown, the server is still finding out that it is not public, or it is a part
            of a thread that others follow.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await owned(caller.workspace_id, publication_id)
    if url is not None and not is_web_address(url):
        message = "Give the http or https address at which the post can be seen."
        raise InvalidError((Issue(Rule.LINK_INVALID, message, ("outcome", "publishedAt")),))
    await refuse_unless(Action.RESOLVE, row, "its outcome is not unknown", workspace_id=caller.workspace_id)
    if await _deletion_begun(row):
        return await _decide(deps, row, await _deleted(row, caller.actor, url), "its outcome is not unknown")
    if url is None:
        again = _again(row, Reason.RESOLVED_BY_CALLER, caller.actor)
        return await _decide(deps, row, again, "the server is still finding out; wait until it is NEEDS_ATTENTION")
    out = _out(row, caller.actor, url, await _place(row))
    return await _decide(deps, row, out, "its outcome is not unknown")


async def _deleted(row: models.Publication, actor: str, url: str | None) -> Change:
    """Take a person's word that the part in doubt of what is being deleted is not public.

    Raises:
        StateError: it is public, and has to be deleted at the platform, for its id is not known.
    """
    if url is not None:
        raise await _refused(
            row, "the rest was to be deleted; delete that part at the platform, then say that it is not public"
        )
    after = Status.CANCELED if await _is_left(row) else Status.DELETED
    return Change(
        row.id, after, Reason.RESOLVED_BY_CALLER, actor, fence=row.epoch, before=frozenset({Status.NEEDS_ATTENTION})
    )


async def _place(row: models.Publication) -> Place:
    """Say which part of a thread it is that is public.

    Raises:
        StateError: others follow it, and nothing can be put below a part whose id only the platform knows.
    """
    if not row.thread:
        return ALONE
    place = place_of(row.thread, (await parts_out([row.id])).get(row.id, ()))
    if not place.is_last:
        raise await _refused(
            row,
            f"part {place.number + 1} of {place.of} is in doubt, and the next goes below it by its id, which an "
            "address does not tell; delete that part at the platform and say that it is not public, or cancel",
        )
    return place


async def _decide(
    deps: Deps, row: models.Publication, change: Change, refusal: str, *, claim: idempotency.Claim | None = None
) -> records.Publication:
    """Write a decision by compare-and-set: who came first wins, and the other hears where it stands."""
    now = await deps.clock.now()
    async with transaction():
        taken = await idempotency.take(claim, workspace_id=row.workspace_id, publication_id=row.id, now=now)
        if not taken:  # by a call that came at once: with the same input it has decided, with another this is refused
            await idempotency.earlier_answer(claim, workspace_id=row.workspace_id)
        done = bool(await advance([change], now=now)) if taken else True
        current = await models.Publication.get(id=row.id)
        if not done:
            raise await _refused(current, refusal)
        if change.after in {Status.QUEUED, Status.PUBLISHED} and await _deletion_begun(row):
            raise await _refused(row, _not_below(await _open_tasks(row, row.workspace_id)))
        if change.after is Status.DELETED and await _is_left(row):
            raise await _refused(row, "another part of it turned out to be public; delete it")
        if change.reason is Reason.RESOLVED_BY_CALLER:
            await _forget_doubt(current)
    if change.after is Status.QUEUED:
        deps.bell.ring(Queue.PUBLISHING)
    deps.bell.announce()
    return await shown(current, workspace_id=row.workspace_id)


async def _forget_doubt(row: models.Publication) -> None:
    """A person has said what became of the call: what was made for it need not be kept for its sake any more."""
    row.handles = {name: value for name, value in row.handles.items() if name != DOUBTED}
    if row.status is Status.QUEUED:
        row.handles |= {DENIED: "1"}
    await row.save(update_fields=["handles"])


def _again(row: models.Publication, reason: Reason, actor: str) -> Change:
    return Change(
        row.id,
        Status.QUEUED,
        reason,
        actor,
        fence=row.epoch,
        before=frozenset({row.status}),
        due_in=timedelta(),
        starts_anew=True,
    )


def _out(row: models.Publication, actor: str, url: str, place: Place) -> Change:
    """Take it for public at the address; a thread is where its first part is."""
    root = place.root
    return Change(
        row.id,
        Status.PUBLISHED,
        Reason.RESOLVED_BY_CALLER,
        actor,
        before=frozenset({Status.UNCONFIRMED, Status.NEEDS_ATTENTION}),
        proof=True,
        platform_post_id=root.platform_post_id if root else None,
        permalink=(root.permalink if root else None) or url,
    )


async def refuse_unless(
    action: Action, row: models.Publication, refusal: str | None = None, *, workspace_id: UUID
) -> None:
    """Refuse what cannot be decided about a workspace's publication now.

    Raises:
        StateError: it says where the publication stands, and what can be decided.
    """
    open_tasks, out = await _open_tasks(row, workspace_id), await _parts_out(row)
    begun = await _deletion_begun(row)
    if action in actions_of(row, open_tasks, parts_out=out, deletion_begun=begun):
        return
    if action is Action.RETRY and begun:
        refusal = _not_below(open_tasks)
    raise await _refused(row, refusal or _why_not(row, open_tasks, out))


def _is_whole(row: records.Publication | models.Publication, parts_out: int) -> bool:
    """Say whether the platform's id of every part is known; of what a person gave an address for it is not."""
    return not row.thread or parts_out > len(row.thread)


def _why_not(row: models.Publication, open_tasks: Collection[Task], out: int) -> str:
    """Say why what is out cannot be edited or deleted now."""
    if Task.DELETE in open_tasks:
        return _busy(open_tasks)
    if row.status is not Status.PUBLISHED:
        return "only what is out can be edited or deleted"
    if row.platform_post_id is None:
        return "the platform's id of the post is not known; edit or delete it there"
    if not _is_whole(row, out):
        return f"the platform's id of part {out + 1} is not known; edit or delete the thread there"
    return _busy(open_tasks)


def _busy(open_tasks: Collection[Task]) -> str:
    return f"a worker is busy with it ({', '.join(sorted(task.name for task in open_tasks))}); wait for that"


async def _refused(row: models.Publication, refusal: str) -> StateError:
    open_tasks, out = await _open_tasks(row, row.workspace_id), await _parts_out(row)
    begun = await _deletion_begun(row)
    allowed = tuple(action.name for action in actions_of(row, open_tasks, parts_out=out, deletion_begun=begun))
    message = f"The publication is {row.status.name}: {refusal}."
    return StateError(message, current=row.status.name, allowed=allowed, path=("publicationId",))


async def _open_tasks(row: models.Publication, workspace_id: UUID) -> list[Task]:
    open_ = models.FollowUp.filter(workspace_id=workspace_id, publication_id=row.id, due_at__isnull=False)
    return [Task(one) for one in await open_.values_list("task", flat=True)]


def _not_below(open_tasks: Collection[Task]) -> str:
    """Say why nothing of a thread goes on once a deletion was begun: what it goes below may be gone."""
    if Task.DELETE in open_tasks:
        return _busy(open_tasks)
    return "a deletion was begun, and nothing goes below what it deleted; delete the rest, and publish anew"


async def _deletion_begun(row: models.Publication) -> bool:
    return await models.FollowUp.filter(publication_id=row.id, task=Task.DELETE).exists()


async def _parts_out(row: models.Publication) -> int:
    return len(still_out((await parts_out([row.id])).get(row.id, ()))) if row.thread else 0


async def _is_left(row: models.Publication) -> bool:
    """Whether anything of a thread is known to be out, be it a second copy."""
    return bool(await _parts_out(row) or await copies_of(row.id))


async def owned(workspace_id: UUID, publication_id: str) -> models.Publication:
    """Find a publication of a workspace.

    Raises:
        NotFoundError: no such publication there.
    """
    parsed = parse_id(Kind.PUBLICATION, publication_id)
    row = await models.Publication.get_or_none(workspace_id=workspace_id, id=parsed) if parsed else None
    if row is None:
        raise NotFoundError(publication_id, path=("publicationId",))
    return row
