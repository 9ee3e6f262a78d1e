"""Many rows in one statement, on SQLite and PostgreSQL alike: rows travel as one JSON parameter.

A statement per row costs a round trip and a commit's worth of latency each; a set of 200 costs what two rows do.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from publishing.db import connection, is_postgres

Columns = Mapping[str, str]
"""Column names with their PostgreSQL types: uuid, text, integer, bigint, timestamptz, jsonb."""


def recordset(columns: Columns, *, alias: str = "v") -> str:
    """Write the FROM item that unpacks the JSON parameter (the statement's first) into rows."""
    if is_postgres():
        typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        return f"jsonb_to_recordset($1::text::jsonb) AS {alias}({typed})"
    extracted = ", ".join(f"json_extract(value, '$.{name}') AS \"{name}\"" for name in columns)
    return f"(SELECT {extracted} FROM json_each(?1)) AS {alias}"  # noqa: S608 - names are ours


def parameter(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows as the JSON parameter; datetimes in the form in which the database compares them."""
    return orjson.dumps(list(rows), default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def moment(value: datetime) -> Any:
    """Give a datetime as a bare parameter of a raw statement."""
    return value if is_postgres() else _plain(value)


def read_moment(value: Any) -> datetime:
    """Read a datetime of a raw statement's row."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


async def insert(table: str, columns: Columns, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a table; a column a row does not name becomes NULL."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f'v."{name}"' for name in columns)
    statement = f'INSERT INTO "{table}" ({names}) SELECT {values} FROM {recordset(columns)}'  # noqa: S608 - names are ours
    await connection().execute_query(statement, [parameter(rows)])


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be a column")
