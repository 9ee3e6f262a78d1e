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
    while await connection().execute_query_dict(_ANY):  # a look that finds nothing keeps no writer waiting
        count = await (_number_found() if is_postgres() else _number_in_one_statement())
        numbered += count
        if count < _BATCH:
            break
    return numbered


async def _number_found() -> int:
    """Find them first and write by id: in one statement PostgreSQL would read the whole table."""
    async with transaction():
        await connection().execute_query_dict("SELECT pg_advisory_xact_lock($1)", [_LOCK])
        rows = await connection().execute_query_dict(_UNNUMBERED)
        if rows:
            await _number([row["id"] for row in rows], above=rows[0]["highest"])
    return len(rows)


async def _number_in_one_statement() -> int:
    """SQLite has one writer at a time; a transaction of several statements would hold it up for longer."""
    numbered, _ = await connection().execute_query(
        f"""UPDATE event SET position = v.position FROM (
            SELECT id, highest + row_number() OVER (ORDER BY id) AS position FROM ({_UNNUMBERED})
        ) AS v WHERE event.id = v.id"""  # noqa: S608 - one constant
    )
    return numbered


_ANY = "SELECT 1 AS found FROM event WHERE position IS NULL LIMIT 1"
_UNNUMBERED = f"""
    SELECT id, (SELECT COALESCE(MAX(position), 0) FROM event) AS highest
    FROM event WHERE position IS NULL ORDER BY id LIMIT {_BATCH}
"""  # noqa: S608 - one constant
_COLUMNS = {"id": "uuid", "position": "bigint"}


async def _number(ids: Sequence[UUID | str], *, above: int) -> None:
    rows = [{"id": event_id, "position": position} for position, event_id in enumerate(ids, start=above + 1)]
    await connection().execute_query(
        f"UPDATE event SET position = v.position FROM {setwise.recordset(_COLUMNS)} WHERE event.id = v.id",  # noqa: S608 - columns are ours
        [setwise.parameter(rows)],
    )
