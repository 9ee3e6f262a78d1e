"""The one writer of a publication's status: by compare-and-set, through the one table, with history and event.

`advance` takes a set of changes that are known row by row; `advance_found` takes a query that finds the rows in the
same statement (a claim, a sweep). Both write nothing that `lifecycle.TRANSITIONS` does not allow, and append one
transition and one event for every row they did change.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from platforms.base import Platform
from publishing import figures, models, setwise
from publishing.changes import changed_rows
from publishing.db import after_commit, connection, is_postgres
from publishing.ids import new_id
from publishing.lifecycle import STARTS, Reason, Status, listed, may_follow, sources
from publishing.planning import plan
from publishing.thread_ends import tell_what_is_out, tell_what_stopped


@dataclass(frozen=True, slots=True)
class Change:
    """One step of one publication.

    `fence` is the epoch the writer claimed it with; None for changes by a person or on proof. `before` narrows the
    states that the table allows. `due_in` and `lease_in` count from the time of the write; with `leeway` it may become
    due later by so much, together with others. `error` is a stored failure; it stays until the publication is public,
    called off, deleted, or held for a reason of its own. `starts_anew` forgets failures and lost leases: a person wants
    it tried as if it were new. They are counted anew as well, by the reason, for what follows a part of a thread that
    is out. `wanted_when_due`: its caller chose that it waits until then, so that it is late only from then on.
    """

    publication_id: UUID
    after: Status
    reason: Reason
    actor: str
    fence: int | None = None
    before: frozenset[Status] | None = None
    proof: bool = False
    due_in: timedelta | None = None
    leeway: timedelta = timedelta()
    lease_in: timedelta | None = None
    error: dict[str, Any] | None = None
    platform_post_id: str | None = None
    permalink: str | None = None
    adds_failures: int = 0
    counts_attempt: bool = False
    starts_anew: bool = False
    wanted_when_due: bool = False


@dataclass(frozen=True, slots=True)
class Advanced:
    """A publication that did change, as it is now.

    `expected_at` is when it was to go out, or was accepted; `comments` says that it has a first comment.
    """

    id: UUID
    workspace_id: UUID
    post_id: UUID
    channel_id: UUID
    before: Status
    after: Status
    epoch: int
    attempt_count: int
    platform: Platform
    expected_at: datetime
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A step for all rows that a query finds: SQL after WHERE, about the alias `c`, with its parameters.

    Placeholders are written `{0}`, `{1}` … for the parameters in order.
    """

    where: str
    parameters: tuple[Any, ...]
    before: frozenset[Status]
    after: Status
    reason: Reason
    actor: str
    limit: int
    order: str = "c.due_at, c.id"
    due_in: timedelta | None = None
    lease_in: timedelta | None = None
    error: dict[str, Any] | None = None
    counts_claim: bool = False
    counts_lost_lease: bool = False


_STOPPED = frozenset({Reason.OVERDUE, Reason.WORKER_CRASHED})
"""What waits for a person, and would be told that it is not public."""
_COLUMNS = {
    "id": "uuid",
    "after": "text",
    "allowed": "text",
    "reason": "text",
    "fence": "integer",
    "due_at": "timestamptz",
    "lease_until": "timestamptz",
    "error": "jsonb",
    "platform_post_id": "text",
    "permalink": "text",
    "published_at": "timestamptz",
    "failure": "integer",
    "attempt": "integer",
    "claim": "integer",
    "lost_lease": "integer",
    "kept": "integer",
    "asked": "text",
    "at": "timestamptz",
}
_RETURNING = ", ".join(
    f"publication.{name} AS {name}"
    for name in (
        *("id", "workspace_id", "post_id", "channel_id", "previous_status", "status", "epoch", "attempt_count"),
        "platform",
    )
)
_EXPECTED = (
    "COALESCE(publication.scheduled_at, publication.created_at) AS expected_at, "
    "length(publication.first_comment) AS comments"
)
"""SQLite 3.40 says of a column that was added later, in RETURNING, that it is not null where it is."""


async def advance(changes: Sequence[Change], *, now: datetime, locked: bool = False) -> dict[UUID, Advanced]:
    """Write a set of steps in the open transaction; at most one for each publication.

    `locked` says that the transaction holds their rows already (`lock_rows`).

    Returns:
        The publications that did change, by id. One that is missing was fenced off, or not in a state from which the
        table allows the step: whoever asked has lost its claim.

    Raises:
        IntegrityError: another publication of the channel is being published, or owns that platform post.
    """
    if not changes:
        return {}
    if not locked:
        await lock_rows([change.publication_id for change in changes])
    rows = [_row(change, now) for change in sorted(changes, key=lambda change: change.publication_id)]
    advanced = await _update(setwise.recordset(_COLUMNS), [setwise.parameter(rows)])
    why = {change.publication_id: (change.reason, change.actor) for change in changes}
    await _record([(row, *why[row.id]) for row in advanced], now)
    await tell_what_is_out([row.id for row in advanced if row.after is Status.CANCELED])
    await tell_what_stopped([row.id for row in advanced if why[row.id][0] in _STOPPED])
    return {row.id: row for row in advanced}


async def lock_rows(ids: Sequence[UUID]) -> None:
    """Lock publications in the order of their ids, so that two who write many of the same rows cannot wait in a ring.

    One row needs none, and SQLite has one writer at a time.
    """
    if len(ids) > 1 and is_postgres():
        await connection().execute_query(
            "SELECT id FROM publication WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", [sorted(set(ids))]
        )


async def advance_found(found: Found, *, now: datetime) -> list[Advanced]:
    """Write one step for all rows that a query finds, in one statement; rows locked by others are left to them."""
    values: dict[str, Any] = {
        "after": found.after.value,
        "allowed": _written(found.before),
        "reason": found.reason.value,
        "due_at": now + found.due_in if found.due_in is not None else None,
        "lease_until": now + found.lease_in if found.lease_in is not None else None,
        "error": found.error,
        "claim": int(found.counts_claim),
        "lost_lease": int(found.counts_lost_lease),
        "kept": 1,
        "asked": None,
        "at": now,
    }
    if not all(may_follow(before, found.after) for before in found.before):
        raise ValueError(f"the table does not allow {found.after} from all of {sorted(found.before)}")
    advanced = await _update(_finding(found), [setwise.parameter([values]), *found.parameters])
    await _record([(row, found.reason, found.actor) for row in advanced], now)
    if found.reason in _STOPPED:
        await tell_what_stopped([row.id for row in advanced])
    return advanced


async def start(
    publication: models.Publication, *, reason: Reason, actor: str, now: datetime, after: Sequence[setwise.Rows] = ()
) -> None:
    """Insert a new publication in the open transaction, with its first transition and event.

    `after` are new rows that it refers to; they are inserted with it.

    Raises:
        ValueError: a publication cannot start in that status.
    """
    if publication.status not in STARTS:
        raise ValueError(f"a publication cannot start as {publication.status}")
    row = Advanced(
        id=publication.id,
        workspace_id=publication.workspace_id,
        post_id=publication.post_id,
        channel_id=publication.channel_id,
        before=publication.status,
        after=publication.status,
        epoch=publication.epoch,
        attempt_count=publication.attempt_count,
        platform=publication.platform,
        expected_at=publication.scheduled_at or publication.created_at,
    )
    new = (*after, setwise.rows_of(publication))
    await setwise.insert(*new, *_history([(row, reason, actor)], now, first=True))


def _row(change: Change, now: datetime) -> dict[str, Any]:
    return {
        "id": change.publication_id,
        "after": change.after.value,
        "allowed": _sources(change),
        "reason": change.reason.value,
        "fence": change.fence,
        "due_at": _together(now + change.due_in, change.leeway) if change.due_in is not None else None,
        "lease_until": now + change.lease_in if change.lease_in is not None else None,
        "error": change.error,
        "platform_post_id": change.platform_post_id,
        "permalink": change.permalink,
        "published_at": now if change.after is Status.PUBLISHED else None,
        "failure": change.adds_failures,
        "attempt": int(change.counts_attempt),
        "claim": 0,
        "lost_lease": 0,
        "kept": int(not change.starts_anew and change.reason is not Reason.PART_PUBLISHED),
        "asked": "now" if change.starts_anew else "when due" if change.wanted_when_due else None,
        "at": now,
    }


_EPOCH = datetime.fromtimestamp(0, UTC)


def _together(due: datetime, leeway: timedelta) -> datetime:
    """Round up to a tick of the clock: the largest power of two, in seconds and at most one, within the leeway.

    A thousand that are due one by one would be claimed one by one, each with statements of its own.
    """
    if not leeway:
        return due
    tick = timedelta(seconds=min(1.0, 2.0 ** math.floor(math.log2(leeway.total_seconds()))))
    return due + (_EPOCH - due) % tick


def _sources(change: Change) -> str:
    """From where a change may go: what the table allows, within what its writer expects.

    Who holds no claim and has no proof never ends a PUBLISHING: the call may be on its way, and only its worker, or
    the end of its lease, says what came of it.
    """
    return _written_sources(change.after, change.before, fenced=change.fence is not None, proof=change.proof)


@cache
def _written_sources(after: Status, before: frozenset[Status] | None, *, fenced: bool, proof: bool) -> str:
    found = sources(after, proof=proof) & (before or frozenset(Status))
    return _written(found if fenced or proof else found - {Status.PUBLISHING})


def _written(statuses: frozenset[Status]) -> str:
    return "," + ",".join(sorted(status.value for status in statuses)) + ","


def _finding(found: Found) -> str:
    """Write the FROM item of a step whose rows are found: the values joined with the ids, locked where that exists."""
    marks = [f"${number}" if is_postgres() else f"?{number}" for number in range(2, 2 + len(found.parameters))]
    lock = "FOR UPDATE OF c SKIP LOCKED" if is_postgres() else ""
    rest = {name: kind for name, kind in _COLUMNS.items() if name != "id"}
    return f"""(
        SELECT found.id, {", ".join(f's."{name}"' for name in rest)}
        FROM {setwise.recordset(rest, alias="s")}, (
            SELECT c.id FROM publication AS c
            WHERE c.status IN ({listed(found.before)}) AND {found.where.format(*marks)}
            ORDER BY {found.order} LIMIT {int(found.limit)} {lock}
        ) AS found
    ) AS v"""  # noqa: S608 - statuses and columns are ours, values are parameters


_OWN_ERROR = ", ".join(
    f"'{status.value}'" for status in (Status.PUBLISHED, Status.CANCELED, Status.DELETED, Status.HELD)
)


async def _update(source: str, parameters: list[Any]) -> list[Advanced]:
    contains = "strpos" if is_postgres() else "instr"
    rows = await connection().execute_query_dict(
        f"""UPDATE publication SET
            status = v.after,
            previous_status = publication.status,
            reason = v.reason,
            due_at = COALESCE(v.due_at, publication.due_at),
            lease_until = v.lease_until,
            error = CASE WHEN v.after IN ({_OWN_ERROR}) THEN v.error ELSE COALESCE(v.error, publication.error) END,
            platform_post_id = COALESCE(v.platform_post_id, publication.platform_post_id),
            permalink = COALESCE(v.permalink, publication.permalink),
            published_at = COALESCE(v.published_at, publication.published_at),
            failures = v.kept * publication.failures + COALESCE(v.failure, 0),
            attempt_count = publication.attempt_count + COALESCE(v.attempt, 0),
            epoch = publication.epoch + COALESCE(v.claim, 0),
            lost_leases = v.kept * publication.lost_leases + COALESCE(v.lost_lease, 0),
            asked_again_at = CASE v.asked WHEN 'now' THEN v.at WHEN 'when due' THEN v.due_at
                ELSE publication.asked_again_at END,
            updated_at = v.at
        FROM {source}
        WHERE publication.id = v.id
            AND (v.fence IS NULL OR publication.epoch = v.fence)
            AND {contains}(v.allowed, ',' || publication.status || ',') > 0
        RETURNING {_RETURNING}, {_EXPECTED}""",  # noqa: S608 - the source is built above, values are parameters
        parameters,
    )
    return [_advanced(row) for row in rows]


def _advanced(row: dict[str, Any]) -> Advanced:
    return Advanced(
        id=_uuid(row["id"]),
        workspace_id=_uuid(row["workspace_id"]),
        post_id=_uuid(row["post_id"]),
        channel_id=_uuid(row["channel_id"]),
        before=Status(row["previous_status"]),
        after=Status(row["status"]),
        epoch=row["epoch"],
        attempt_count=row["attempt_count"],
        platform=Platform(row["platform"]),
        expected_at=setwise.read_moment(row["expected_at"]),
        comments=bool(row["comments"]),
    )


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


_TRANSITION = {
    "id": "uuid",
    "publication_id": "uuid",
    "before": "text",
    "after": "text",
    "reason": "text",
    "actor": "text",
    "epoch": "integer",
    "at": "timestamptz",
}


async def _record(steps: Sequence[tuple[Advanced, Reason, str]], now: datetime) -> None:
    await setwise.insert(*_history(steps, now))
    await plan([row for row, _, _ in steps], now=now)
    if decided := [row for row, _, _ in steps if row.after in figures.OUTCOMES]:
        after_commit(partial(_count, decided, now))


def _count(decided: Sequence[Advanced], now: datetime) -> None:
    for row in decided:
        figures.publication_came_to(row.platform, row.after, lateness=now - row.expected_at)


def _history(
    steps: Sequence[tuple[Advanced, Reason, str]], now: datetime, *, first: bool = False
) -> tuple[setwise.Rows, setwise.Rows]:
    """Write down a transition and an event for each step."""
    transitions = [
        {
            "id": new_id(),
            "publication_id": row.id,
            "before": None if first else row.before.value,
            "after": row.after.value,
            "reason": reason.value,
            "actor": actor,
            "epoch": row.epoch,
            "at": now,
        }
        for row, reason, actor in steps
    ]
    changed = [
        {"id": row.id, "workspace_id": row.workspace_id, "post_id": row.post_id, "channel_id": row.channel_id}
        for row, _, _ in steps
    ]
    return setwise.Rows("transition", _TRANSITION, transitions), changed_rows(changed, now)
