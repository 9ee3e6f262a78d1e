"""The workers' way to write: what is asked for while one transaction runs goes into the next, together.

A lone write waits for nobody; two hundred at once share a transaction. Each caller gets its own answer after the
commit, so a mark that must stand before a call does stand.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from platforms.base import Platform
from publishing import figures, models, setwise, tracing
from publishing.changes import note_changes
from publishing.clock import Clock
from publishing.db import after_commit, connection, transaction
from publishing.ids import new_id
from publishing.late_parts import being_deleted, keep_late, keep_late_id, tell_copies
from publishing.lifecycle import Reason, Status, Step
from publishing.models import AttemptOutcome
from publishing.resting import Rest, let_rest, resting
from publishing.store import is_away
from publishing.threads import PartOut, keep_parts
from publishing.transitions import Advanced, Change, advance, lock_rows

_AttemptResult = tuple[UUID, AttemptOutcome, int | None, dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class AttemptStart:
    """A public call that is about to be made: its step and `METHOD path`, and the trace it is part of."""

    id: UUID
    step: Step
    request: str
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A public call that was made, and how long it took."""

    platform: Platform
    step: Step
    seconds: float


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """How a public call ended; `call` is None where the mark stood and no call was made."""

    id: UUID
    outcome: AttemptOutcome
    http_status: int | None = None
    error: dict[str, Any] | None = None
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one caller wants written: a change, handles, an attempt's start or end, a rest, in any combination.

    `part` is a part of a thread that is out: it is kept, and what was made for it is forgotten, also where the claim
    was lost (`publishing.late_parts`). `permalink` is the address of what is out already, `rest` a platform's wish:
    they are written whoever holds the publication, past the fence.
    """

    publication_id: UUID
    fence: int
    change: Change | None = None
    handles: dict[str, str] | None = None
    start: AttemptStart | None = None
    end: AttemptEnd | None = None
    permalink: str | None = None
    rest: Rest | None = None
    part: PartOut | None = None


_Waiting = tuple[Entry, asyncio.Future[Advanced | None]]


class Ledger:
    """Writes entries of one worker process in groups. Its transactions are the only ones a delivery makes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, entry: Entry) -> Advanced | None:
        """Write an entry and wait until it is committed.

        Returns:
            The publication as it is now; None when the claim was lost, or when the entry changes no status.

        Raises:
            Exception: the database's own, when it could not be written; nothing of the entry was.
        """
        answer: asyncio.Future[Advanced | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, answer))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.get_running_loop().create_task(self._drain())
        return await asyncio.shield(answer)

    async def close(self) -> None:
        """Wait until everything asked for is written."""
        if self._writer is not None:
            await self._writer

    async def _drain(self) -> None:
        while self._waiting:
            group, self._waiting = _one_of_each(self._waiting)
            await self._write_group(group)

    async def _write_group(self, group: list[_Waiting]) -> None:
        try:
            advanced = await self._commit([entry for entry, _ in group])
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the callers, who wait for it
            if is_away(error):
                for _, answer in group:
                    answer.set_exception(error)
            else:
                await self._write_singly(group)
        else:
            for entry, answer in group:
                answer.set_result(_own(entry, advanced))

    async def _write_singly(self, group: list[_Waiting]) -> None:
        """One of the group cannot be written: find out which, so that the others are."""
        for entry, answer in group:
            try:
                answer.set_result(await self._write_one(entry))
            except Exception as error:  # noqa: BLE001 - belongs to the caller, who waits for it
                answer.set_exception(error)

    async def _write_one(self, entry: Entry) -> Advanced | None:
        """Write one entry; one that lost the race for its channel is given back, without counting an attempt."""
        try:
            return _own(entry, await self._commit([entry]))
        except IntegrityError:
            if (mark := _mark_of(entry)) is None:
                raise
        change = _given_back(mark, Reason.CHANNEL_BUSY, timedelta(seconds=1))
        await self._commit([Entry(entry.publication_id, entry.fence, change=change)])
        return None

    async def _commit(self, entries: Sequence[Entry]) -> dict[UUID, Advanced]:
        now = await self._clock.now()
        async with transaction():
            await lock_rows([entry.publication_id for entry in entries])
            quiet = await resting([entry.publication_id for entry in entries if _mark_of(entry)], now=now)
            entries = [_put_off(entry, quiet, now=now) for entry in entries]
            await _save_handles(entries)
            advanced = await advance(await _changes(entries), now=now, locked=True)
            await _start_attempts(entries, advanced, now)
            await _end_attempts(entries, now)
            await _keep_parts(entries, advanced, now)
            await _keep_ids(entries, advanced, now)
            await _save_permalinks(entries, now)
            for entry in entries:
                if entry.rest is not None:
                    await let_rest(entry.publication_id, entry.rest, now=now)
        return advanced


def _one_of_each(waiting: Sequence[_Waiting]) -> tuple[list[_Waiting], list[_Waiting]]:
    """Part who is written now from who comes after: one statement makes one change of a publication, whichever it is.

    Evidence goes first: what is out is not marked to be sent again.
    """
    now: dict[UUID, _Waiting] = {}
    asked = sorted(waiting, key=lambda one: not _is_evidence(one[0]))
    later = [one for one in asked if now.setdefault(one[0].publication_id, one) is not one]
    return list(now.values()), later


def _is_evidence(entry: Entry) -> bool:
    return entry.part is not None or (entry.change is not None and entry.change.proof)


def _own(entry: Entry, advanced: Mapping[UUID, Advanced]) -> Advanced | None:
    """Give what came of an entry; None where its change was not made, or another in its place."""
    row, change = advanced.get(entry.publication_id), entry.change
    return row if row is not None and change is not None and row.after is change.after else None


def _mark_of(entry: Entry) -> Change | None:
    return entry.change if entry.change is not None and entry.change.after is Status.PUBLISHING else None


def _put_off(entry: Entry, quiet: Mapping[UUID, datetime], *, now: datetime) -> Entry:
    """Give back, in place of its mark, what was claimed before its platform asked to be left alone."""
    mark, until = _mark_of(entry), quiet.get(entry.publication_id)
    if mark is None or until is None:
        return entry
    return Entry(entry.publication_id, entry.fence, change=_given_back(mark, Reason.RATE_LIMITED, until - now))


def _given_back(mark: Change, reason: Reason, due_in: timedelta) -> Change:
    return Change(
        publication_id=mark.publication_id,
        after=Status.QUEUED,
        reason=reason,
        actor=mark.actor,
        fence=mark.fence,
        before=frozenset({Status.PREPARING}),
        due_in=due_in,
    )


async def _changes(entries: Sequence[Entry]) -> list[Change]:
    """Give the changes to make; the last part of a thread that is being deleted makes it public no more."""
    last = [entry.publication_id for entry in entries if entry.part and entry.change and entry.change.proof]
    deleted = await being_deleted(last) if last else frozenset()
    return [
        entry.change
        for entry in entries
        if entry.change is not None and not (entry.change.proof and entry.publication_id in deleted)
    ]


_HANDLES = {"id": "uuid", "fence": "integer", "handles": "jsonb"}


async def _save_handles(entries: Sequence[Entry]) -> None:
    rows = [
        {"id": entry.publication_id, "fence": entry.fence, "handles": entry.handles}
        for entry in entries
        if entry.handles is not None
    ]
    if rows:
        await connection().execute_query(
            f"UPDATE publication SET handles = v.handles FROM {setwise.recordset(_HANDLES)} "  # noqa: S608 - columns are ours
            "WHERE publication.id = v.id AND publication.epoch = v.fence",
            [setwise.parameter(rows)],
        )


_ATTEMPT = {
    "id": "uuid",
    "workspace_id": "uuid",
    "publication_id": "uuid",
    "number": "integer",
    "epoch": "integer",
    "step": "text",
    "request": "text",
    "outcome": "text",
    "trace_id": "text",
    "started_at": "timestamptz",
}


async def _start_attempts(entries: Sequence[Entry], advanced: dict[UUID, Advanced], now: Any) -> None:
    rows = [
        {
            "id": entry.start.id,
            "workspace_id": row.workspace_id,
            "publication_id": row.id,
            "number": row.attempt_count,
            "epoch": row.epoch,
            "step": entry.start.step.value,
            "request": entry.start.request,
            "outcome": AttemptOutcome.IN_FLIGHT.value,
            "trace_id": entry.start.trace_id,
            "started_at": now,
        }
        for entry in entries
        if entry.start is not None and (row := _own(entry, advanced)) is not None
    ]
    await setwise.insert(setwise.Rows("attempt", _ATTEMPT, rows))


_ATTEMPT_END = {
    "id": "uuid",
    "outcome": "text",
    "http_status": "integer",
    "error": "jsonb",
    "finished_at": "timestamptz",
}


async def _end_attempts(entries: Sequence[Entry], now: Any) -> None:
    rows = [
        {
            "id": entry.end.id,
            "outcome": entry.end.outcome.value,
            "http_status": entry.end.http_status,
            "error": entry.end.error,
            "finished_at": now,
        }
        for entry in entries
        if entry.end is not None
    ]
    if rows:
        await connection().execute_query(
            "UPDATE attempt SET outcome = v.outcome, http_status = v.http_status, error = v.error, "  # noqa: S608 - columns are ours
            f"finished_at = v.finished_at FROM {setwise.recordset(_ATTEMPT_END)} WHERE attempt.id = v.id",
            [setwise.parameter(rows)],
        )
        after_commit(partial(_count, [entry.end for entry in entries if entry.end is not None]))


def _count(ends: Sequence[AttemptEnd]) -> None:
    for end in ends:
        if end.call is not None:
            figures.attempt_ended(end.call.platform, end.call.step, end.outcome, seconds=end.call.seconds)


async def _keep_parts(entries: Sequence[Entry], advanced: dict[UUID, Advanced], now: Any) -> None:
    parts = {
        entry.publication_id: entry.part
        for entry in entries
        if entry.part is not None and _own(entry, advanced) is not None
    }
    if parts:
        await keep_parts(parts, now)
        await models.Publication.filter(id__in=list(parts)).update(handles={})
    for entry in entries:
        if entry.publication_id in parts and entry.change and entry.change.after is Status.PUBLISHED:
            await tell_copies(await models.Publication.get(id=entry.publication_id), entry.change.actor, now)
        if entry.part is not None and entry.change is not None and _own(entry, advanced) is None:
            kept = await keep_late(entry.publication_id, entry.part, entry.change.actor, now)
            if not kept and entry.end is not None:  # the other call may come to nothing, and the part is out
                await models.Attempt.filter(id=entry.end.id).update(outcome=AttemptOutcome.UNKNOWN)


async def _keep_ids(entries: Sequence[Entry], advanced: dict[UUID, Advanced], now: Any) -> None:
    for entry in entries:
        if entry.part is None and entry.change is not None and entry.change.proof and not _own(entry, advanced):
            await keep_late_id(entry.change, now)


_PERMALINK = {"id": "uuid", "permalink": "text", "updated_at": "timestamptz"}


async def _save_permalinks(entries: Sequence[Entry], now: Any) -> None:
    """Store the addresses of what is out, each with an event; no status is touched."""
    rows = [
        {"id": entry.publication_id, "permalink": entry.permalink, "updated_at": now}
        for entry in entries
        if entry.permalink is not None
    ]
    if rows:
        found = await connection().execute_query_dict(
            "UPDATE publication SET permalink = v.permalink, updated_at = v.updated_at "  # noqa: S608 - columns are ours
            f"FROM {setwise.recordset(_PERMALINK)} WHERE publication.id = v.id RETURNING publication.id AS id, "
            "publication.workspace_id AS workspace_id, publication.post_id AS post_id, "
            "publication.channel_id AS channel_id",
            [setwise.parameter(rows)],
        )
        await note_changes(found, now=now)


def new_attempt(step: Step, request: str) -> AttemptStart:
    """Name a public call that is about to be made."""
    return AttemptStart(id=new_id(), step=step, request=request, trace_id=tracing.trace_id())
