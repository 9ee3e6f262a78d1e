"""Follow-ups: a worker takes what is due after publications' calls, and writes what came of it.

A claim moves `due_at` a lease ahead and raises the epoch: a worker that dies is followed by another, and what one that
was overtaken has to say is written only where it is proof.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from platforms.base import DOUBTED
from platforms.errors import Failure, FailureCode
from platforms.following import Following, Task
from publishing import credentials, failures, models, setwise, threads
from publishing.changes import note_changes
from publishing.channels import USABLE
from publishing.db import connection, is_postgres, transaction
from publishing.deps import Deps
from publishing.following import Case, Verdict, given_up, left_in_doubt, put_off, short_of
from publishing.lifecycle import ON_PART, Reason, Status
from publishing.looking import find_doubt
from publishing.models import FollowUpState
from publishing.planning import ENDED, leftovers
from publishing.reconciling import Looks
from publishing.resting import let_rest, resting
from publishing.store import is_away
from publishing.transitions import Change, advance

log = structlog.get_logger(__name__)
MOST = 50
_OPERATOR_PAUSE = timedelta(seconds=60)
_UNKNOWN = frozenset({Reason.OUTCOME_UNKNOWN, Reason.RESTORED})


async def claim_follow_ups(deps: Deps, *, limit: int) -> tuple[Case, ...]:
    """Claim follow-ups that are due; what cannot be done now, or any more, is put off or ended here."""
    now = await deps.clock.now()
    if not await models.FollowUp.filter(due_at__lte=now).exists():  # a claim takes SQLite's write lock
        return ()
    async with transaction():
        ids = await _claim(now, now + timedelta(seconds=deps.settings.lease_seconds), min(limit, MOST))
    rows = await models.FollowUp.filter(id__in=ids).order_by("id")
    found = [await _load(deps, row, now) for row in rows]
    return tuple(case for case in found if case is not None)


async def rest_before(deps: Deps, case: Case) -> timedelta | None:
    """Say for how long the channel of a follow-up rests by now: it may have been claimed, with others, before that."""
    now = await deps.clock.now()
    until = (await resting([case.publication_id], now=now)).get(case.publication_id)
    return until - now if until is not None else None


async def mark_follow_up(deps: Deps, case: Case) -> datetime | None:
    """Write that a call is about to be made which must not be made twice; None when the claim is lost."""
    now = await deps.clock.now()
    until = now + timedelta(seconds=deps.settings.lease_seconds)
    marked = await models.FollowUp.filter(id=case.id, epoch=case.epoch, due_at__isnull=False).update(
        state=FollowUpState.UNCONFIRMED,
        sent_at=now,
        unknowns=case.unknowns + 1,
        due_at=until,
    )
    return now if marked else None


async def settle_follow_up(deps: Deps, case: Case, verdict: Verdict) -> bool:
    """Write what came of a follow-up; False when another worker has it. That it was done is written by anybody."""
    now = await deps.clock.now()
    async with transaction():
        if verdict.state is FollowUpState.DONE and case.following.task is Task.DELETE:
            verdict = await _all_told(deps, case, verdict)
        if verdict.rest is not None:
            await let_rest(case.publication_id, verdict.rest, now=now)
        written = await _write(case, verdict, now)
        if written:
            if verdict.state is FollowUpState.DONE:
                await _apply(case, now)
            elif verdict.state is FollowUpState.FAILED and case.doubt is not None:
                await _leave_in_doubt(case, verdict, now)
            await _note(case.publication_id, now)
    if written:
        deps.bell.announce()
    return written


async def _all_told(deps: Deps, case: Case, verdict: Verdict) -> Verdict:
    """Write down what was deleted, and say whether that is all: a part may have come late, or be in doubt."""
    await models.Publication.filter(id=case.publication_id).select_for_update().get()
    await threads.note_deleted(case.publication_id, case.following.parts)
    if await _known_parts(case.publication_id):
        return put_off(case, timedelta())
    return short_of(case, Looks.of(deps.settings)) or verdict


async def _leave_in_doubt(case: Case, verdict: Verdict, now: datetime) -> None:
    """All that is known is deleted, and a part may be public: a person has to look, and DELETED is not told."""
    if await _known_parts(case.publication_id):
        return
    change = Change(
        case.publication_id,
        Status.NEEDS_ATTENTION,
        Reason.OUTCOME_UNKNOWN,
        case.actor,
        before=ON_PART - {Status.DELETED},
        proof=True,
        error=verdict.error,
    )
    await advance([change], now=now)


async def _known_parts(publication_id: UUID) -> tuple[str, ...]:
    """Give the ids of the parts of a thread that are out, in order, and then of second copies of them."""
    out = (await threads.parts_out([publication_id])).get(publication_id, ())
    known = (*threads.still_out(out), *await threads.copies_of(publication_id))
    return tuple(part.receipt.platform_post_id for part in known)


async def _claim(now: datetime, until: datetime, limit: int) -> list[UUID]:
    first, second, third = ("$1", "$2", "$3") if is_postgres() else ("?1", "?2", "?3")
    rows = await connection().execute_query_dict(
        f"""UPDATE follow_up SET due_at = {second}, epoch = epoch + 1 WHERE id IN (
            SELECT c.id FROM follow_up AS c WHERE c.due_at <= {first} AND NOT EXISTS (
                SELECT 1 FROM publication AS p JOIN channel AS quiet ON quiet.id = p.channel_id
                WHERE p.id = c.publication_id AND quiet.rests_until > {first})
            ORDER BY c.due_at LIMIT {third} {"FOR UPDATE OF c SKIP LOCKED" if is_postgres() else ""}
        ) RETURNING id""",  # noqa: S608 - the marks are ours, values are parameters
        [setwise.moment(now), setwise.moment(until), limit],
    )
    return [UUID(str(row["id"])) for row in rows]


async def _load(deps: Deps, row: models.FollowUp, now: datetime) -> Case | None:
    """Load one; what cannot be loaded waits for the end of its lease, and stops no other."""
    try:
        return await _case(deps, row, now)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("load_fault", follow_up=str(row.id), error=type(error).__name__)
        return None


async def _case(deps: Deps, row: models.FollowUp, now: datetime) -> Case | None:
    """Load what a follow-up needs; None when there is nothing to do for it now."""
    publication = await models.Publication.get(id=row.publication_id)
    channel = await models.Channel.get(id=publication.channel_id)
    account = await models.ConnectedAccount.get(id=channel.account_id)
    token = await _token(deps, channel, account)
    case = _as_case(row, publication, channel, account, token or "", now)
    if publication.thread and row.task is Task.DELETE:
        case = await _of_thread(deps, case, publication, now)
    verdict = _hopeless(deps, case, publication, row.created_at)
    if verdict is None and case.following.task is Task.CLEAN_UP:
        taken, verdict = await _take_over(deps, case, row, publication)
        case = _as_case(taken, publication, channel, account, token or "", now)
    if verdict is None and token is None:
        verdict = put_off(case, _OPERATOR_PAUSE)
    if verdict is None:
        return case
    await settle_follow_up(deps, case, verdict)
    return None


async def _of_thread(deps: Deps, case: Case, publication: models.Publication, now: datetime) -> Case:
    """Say which parts of a thread are to be deleted, and which may be out as well."""
    parts = await _known_parts(publication.id)
    following = replace(case.following, parts=parts)
    is_done = publication.status in ON_PART and not parts
    return replace(case, following=following, doubt=await find_doubt(deps, publication, now), is_done=is_done)


def _as_case(  # noqa: PLR0917 - the rows it is made of
    row: models.FollowUp,
    publication: models.Publication,
    channel: models.Channel,
    account: models.ConnectedAccount,
    token: str,
    now: datetime,
) -> Case:
    following = Following(
        task=row.task,
        channel_id=channel.platform_account_id,
        token=token,
        platform_post_id=publication.platform_post_id,
        text=row.text or "",
        handles=dict(row.handles),
        sent_at=row.sent_at,
        since=row.created_at,
    )
    return Case(
        id=row.id,
        publication_id=row.publication_id,
        workspace_id=row.workspace_id,
        account_id=account.id,
        platform=publication.platform,
        environment=publication.environment,
        sign_in=account.platform,
        epoch=row.epoch,
        failures=row.failures,
        unknowns=row.unknowns,
        actor=row.actor,
        following=following,
        now=now,
        error=row.error,
        traceparent=publication.traceparent,
    )


async def _token(deps: Deps, channel: models.Channel, account: models.ConnectedAccount) -> str | None:
    is_on = channel.removed_at is None and deps.networks.has(channel.environment) and account.status in USABLE
    if channel.page_id is None or not is_on:
        return None
    opened, _ = await credentials.open_each(
        deps.token_keys, workspace_id=channel.workspace_id, owner_ids=[channel.page_id]
    )
    return opened.get(channel.page_id)


def _hopeless(deps: Deps, case: Case, publication: models.Publication, since: datetime) -> Verdict | None:
    """Say why it can never be done; None when it may be."""
    settings = deps.settings
    patience = timedelta(seconds=max(settings.max_lateness_seconds, 2 * settings.settle_seconds))
    if case.following.task is not Task.CLEAN_UP:
        if (case.following.task, publication.status) == (Task.DELETE, Status.DELETED):
            return Verdict(FollowUpState.DONE)
        remains = case.following.task is Task.DELETE and publication.status in ON_PART
        if publication.status is not Status.PUBLISHED and not remains:
            hint = "There is nothing to do it to."
            return given_up(case, f"The publication is {publication.status.name}.", hint)
        if case.following.platform_post_id is None and not remains:
            hint = "Do it at the platform; where the post is, a person said."
            return given_up(case, "The platform's id of the post is not known.", hint)
    if case.now - since > patience and case.doubt is not None and case.is_done:
        return left_in_doubt(case, case.doubt, "The platform could not be asked for too long.")
    if case.now - since > patience:
        return given_up(case, "It could not be done for longer than AGM_MAX_LATENESS_SECONDS allows.", "Ask again.")
    return None


async def _take_over(
    deps: Deps, case: Case, row: models.FollowUp, publication: models.Publication
) -> tuple[models.FollowUp, Verdict | None]:
    """Take from an ended publication what it left, so that it cannot use it again; nothing of what may be public.

    A late answer may prove that it is public after all, so that the settle window has to pass first. What goes on
    without files of its own meanwhile may be public with those that were taken: they are left, and in the end given up.
    """
    settle = timedelta(seconds=deps.settings.settle_seconds)
    if (early := publication.updated_at + settle - case.now) > timedelta() and publication.status in ENDED:
        return row, put_off(case, early)
    if publication.status not in ENDED and row.handles and not leftovers(publication.platform, publication.handles):
        return row, put_off(case, settle)
    async with transaction():
        found = await _ended(publication)
        if found is not None:
            left = leftovers(found.platform, found.handles)
            kept = {name: value for name, value in found.handles.items() if name not in left}
            row.handles = {**row.handles, **left}
            if left:
                await models.Publication.filter(id=found.id).update(handles=kept)
                await models.FollowUp.filter(id=row.id, epoch=row.epoch).update(handles=row.handles)
    return row, None if row.handles else Verdict(FollowUpState.DONE)


async def _ended(publication: models.Publication) -> models.Publication | None:
    """Read a publication that ended without a doubt that it is not public; locked until the transaction's end.

    Its epoch is written to itself: whoever would move it on waits, and finds the handles gone.
    """
    locked = await models.Publication.filter(id=publication.id, status__in=list(ENDED), epoch=publication.epoch).update(
        epoch=publication.epoch
    )
    if not locked:
        return None
    found = await models.Publication.get(id=publication.id)
    steps = models.Transition.filter(publication_id=publication.id)
    doubted = DOUBTED in found.handles or await steps.filter(after=Status.UNCONFIRMED).exists()
    doubted = doubted or await steps.filter(reason__in=list(_UNKNOWN)).exists()
    return None if doubted else found


async def _write(case: Case, verdict: Verdict, now: datetime) -> bool:
    over = verdict.wait is None
    columns: dict[str, Any] = {
        "state": verdict.state,
        "due_at": None if over else now + (verdict.wait or timedelta()),
        "error": verdict.error,
        "failures": verdict.failures,
        "sent_at": verdict.sent_at,
        "unknowns": verdict.unknowns,
        "platform_id": verdict.platform_id,
        "finished_at": now if over else None,
    }
    rows = models.FollowUp.filter(id=case.id).exclude(state=FollowUpState.DONE)
    if verdict.state is not FollowUpState.DONE:
        rows = rows.filter(epoch=case.epoch, due_at__isnull=False)
    return bool(await rows.update(**columns))


async def _apply(case: Case, now: datetime) -> None:
    """Write what a follow-up that was done means for its publication."""
    if case.following.task is Task.EDIT:
        await models.Publication.filter(id=case.publication_id).update(text=case.following.text, updated_at=now)
    if case.following.task is Task.DELETE:
        change = Change(case.publication_id, Status.DELETED, Reason.DELETED_AT_PLATFORM, case.actor)
        await advance([change], now=now)
        await _end_others(case, now)


async def _end_others(case: Case, now: datetime) -> None:
    hint = "There is nothing to do it to."
    failure = Failure(FailureCode.PLATFORM_REJECTED, case.platform, "The post was deleted.", hint)
    others = models.FollowUp.filter(publication_id=case.publication_id, due_at__isnull=False).exclude(id=case.id)
    await others.update(
        state=FollowUpState.FAILED,
        due_at=None,
        finished_at=now,
        error=failures.stored(failure, retryable=False),
    )


async def _note(publication_id: UUID, now: datetime) -> None:
    row = await models.Publication.get(id=publication_id)
    note = {
        "id": row.id,
        "workspace_id": row.workspace_id,
        "post_id": row.post_id,
        "channel_id": row.channel_id,
    }
    await note_changes([note], now=now)
