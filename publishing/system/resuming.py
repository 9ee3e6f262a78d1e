"""What was held back goes on by itself once its sign-in works: now, at its time, or, when that is long past, not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from publishing import failures, models, setwise
from publishing.channels import USABLE
from publishing.db import connection, is_postgres, transaction
from publishing.deps import Deps
from publishing.lateness import wanted_at
from publishing.lifecycle import Reason, Status
from publishing.transitions import Change, advance

_MOST = 500
_HELD = frozenset({Status.HELD})
_GRACE = timedelta(seconds=5)
"""A worker holds the publication first and its sign-in a moment later: what was held just now is not let go between."""


async def resume_held(deps: Deps, rows: Sequence[models.Publication], *, actor: str, now: datetime) -> int:
    """Let publications go on, in the open transaction; what is overdue by too much asks for a person.

    Returns:
        How many moved.
    """
    lateness = timedelta(seconds=deps.settings.max_lateness_seconds)
    return len(await advance([_step(row, actor, lateness, now) for row in rows], now=now))


async def resume_freed(deps: Deps, *, actor: str, now: datetime) -> int:
    """Let go what is held although its sign-in works: it was renewed, or another one took the channel over.

    A channel waits on whose page a renewed sign-in left out: its token is an old one, and a worker would hold it again.

    Returns:
        How many moved.
    """
    usable = ", ".join(f"'{status.value}'" for status in sorted(USABLE))
    mark = "$1" if is_postgres() else "?1"
    found = await connection().execute_query_dict(
        f"""SELECT c.id FROM publication AS c JOIN channel AS h ON h.id = c.channel_id
        JOIN connected_account AS a ON a.id = h.account_id
        WHERE c.status = 'held' AND c.updated_at <= {mark}
            AND h.removed_at IS NULL AND NOT h.paused AND a.status IN ({usable})
            AND EXISTS (SELECT 1 FROM credential AS k WHERE k.owner_id = h.page_id)
            AND EXISTS (SELECT 1 FROM selectable_page AS s WHERE s.id = h.page_id AND s.publishable)
        ORDER BY c.created_at, c.id LIMIT {_MOST}""",  # noqa: S608 - statuses are ours
        [setwise.moment(now - _GRACE)],
    )
    if not found:
        return 0
    rows = await models.Publication.filter(id__in=[UUID(str(row["id"])) for row in found])
    async with transaction():
        return await resume_held(deps, rows, actor=actor, now=now)


def _step(row: models.Publication, actor: str, lateness: timedelta, now: datetime) -> Change:
    wanted = wanted_at(asked_again_at=row.asked_again_at, scheduled_at=row.scheduled_at, created_at=row.created_at)
    if wanted < now - lateness:
        error = failures.stored(failures.overdue(row.platform), retryable=False)
        return Change(row.id, Status.NEEDS_ATTENTION, Reason.OVERDUE, actor, before=_HELD, error=error)
    after = Status.SCHEDULED if wanted > now else Status.QUEUED
    due_in = max(wanted - now, timedelta())
    return Change(row.id, after, Reason.RECONNECTED, actor, before=_HELD, due_in=due_in)
