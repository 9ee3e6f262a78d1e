"""The relay: gives each committed event its position, one relay at a time.

Ids of concurrent transactions commit out of order; a reader that goes by id would step over the late one. Positions
are given after the commit, under one lock, so that a reader that goes by position misses nothing.
"""

from collections.abc import Sequence
from uuid import UUID

from publishing import setwise
from publishing.db import connection, is_postgres, transaction

_LOCK = 0x61676D31  # any number; the same in every relay
_BATCH = 1000


async def number_events() -> int:
    """Number what is committed and has no position yet.

    Returns:
        How many events got one.
    """
    numbered = 0
    while await connection().execute_query_dict(_ANY):  # on SQLite a transaction keeps all other writers waiting
        async with transaction():
            if is_postgres():
                await connection().execute_query_dict("SELECT pg_advisory_xact_lock($1)", [_LOCK])
            rows = await connection().execute_query_dict(_UNNUMBERED)
            await _number([row["id"] for row in rows], above=rows[0]["highest"] if rows else 0)
        numbered += len(rows)
        if len(rows) < _BATCH:
            break
    return numbered


_ANY = "SELECT 1 AS found FROM event WHERE position IS NULL LIMIT 1"
_UNNUMBERED = f"""
    SELECT id, (SELECT COALESCE(MAX(position), 0) FROM event) AS highest
    FROM event WHERE position IS NULL ORDER BY id LIMIT {_BATCH}
"""  # noqa: S608 - one constant
_COLUMNS = {"id": "uuid", "position": "bigint"}


async def _number(ids: Sequence[UUID | str], *, above: int) -> None:
    """Give positions in order. Found first and written by id: in one statement PostgreSQL reads the whole table."""
    if ids:
        rows = [{"id": event_id, "position": position} for position, event_id in enumerate(ids, start=above + 1)]
        await connection().execute_query(
            f"UPDATE event SET position = v.position FROM {setwise.recordset(_COLUMNS)} WHERE event.id = v.id",  # noqa: S608 - columns are ours
            [setwise.parameter(rows)],
        )
