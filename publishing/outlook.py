"""The outlook of a worker: whether anything can be claimed now, and when else it is worth a look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from publishing import claiming, setwise
from publishing.db import connection, is_postgres
from publishing.lifecycle import CLAIMABLE, listed


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether something is due, or soon to be claimed ahead, and how long until it is worth looking again otherwise."""

    due: bool
    ahead: bool
    next_in: timedelta | None


async def look_out(now: datetime) -> Outlook:
    """Look without a lock: most looks find nothing, and lock nobody out."""
    first = "SELECT c.due_at FROM publication AS c WHERE c.status IN ({}) AND {} ORDER BY c.due_at LIMIT 1"
    claimable, (mark, horizon) = listed(CLAIMABLE), ("$1", "$2") if is_postgres() else ("?1", "?2")
    rows = await connection().execute_query_dict(
        f"""SELECT
            ({first.format(claimable, f"c.due_at <= {mark}")}) AS due,
            ({first.format(claimable, claiming.is_ahead(mark, horizon))}) AS ahead,
            ({first.format(claimable, f"c.due_at > {mark}")}) AS next,
            ({first.format(claimable, f"c.due_at > {horizon}")}) AS later""",
        [setwise.moment(now), setwise.moment(now + claiming.AHEAD)],
    )
    found = rows[0]
    coming, later = (setwise.read_moment(found[name]) if found[name] else None for name in ("next", "later"))
    moments = [moment for moment in (coming, later - claiming.AHEAD if later else None) if moment is not None]
    return Outlook(found["due"] is not None, found["ahead"] is not None, min(moments) - now if moments else None)
