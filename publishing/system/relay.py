"""The relay: gives each committed event its position, one relay at a time.

Ids of concurrent transactions commit out of order; a reader that goes by id would step over the late one. Positions
are given after the commit, under one lock, so that a reader that goes by position misses nothing.
"""

from publishing.db import connection, is_postgres, transaction

_LOCK = 0x61676D31  # any number; the same in every relay
_BATCH = 1000


async def number_events() -> int:
    """Number what is committed and has no position yet.

    Returns:
        How many events got one.
    """
    numbered = 0
    while True:
        async with transaction():
            if is_postgres():
                await connection().execute_query_dict("SELECT pg_advisory_xact_lock($1)", [_LOCK])
            rows = await connection().execute_query_dict(_NUMBER)
        numbered += len(rows)
        if len(rows) < _BATCH:
            return numbered


_NUMBER = f"""
    UPDATE event SET position = v.position
    FROM (
        SELECT e.id, (SELECT COALESCE(MAX(position), 0) FROM event) + ROW_NUMBER() OVER (ORDER BY e.id) AS position
        FROM event AS e WHERE e.position IS NULL ORDER BY e.id LIMIT {_BATCH}
    ) AS v
    WHERE event.id = v.id
    RETURNING event.id
"""  # noqa: S608 - one constant
