"""The one source of time: read once per operation, then passed down."""

from datetime import UTC, datetime
from typing import Protocol, cast

from publishing.db import connection, is_postgres


class Clock(Protocol):
    """Something that tells the time, aware and in UTC."""

    async def now(self) -> datetime:
        """Tell the time."""
        ...


class DatabaseClock:
    """PostgreSQL's clock, so that many hosts agree; the host's on SQLite, which has one host only."""

    async def now(self) -> datetime:
        """Tell the time."""
        if not is_postgres():
            return host_now()
        rows = await connection().execute_query_dict("SELECT clock_timestamp() AS now")
        return cast("datetime", rows[0]["now"])


def host_now() -> datetime:
    """Tell the time of this host, to compare it with the database's."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place that reads the host's clock
