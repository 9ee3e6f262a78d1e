"""Many rows in one statement, on SQLite and PostgreSQL alike: rows travel as one JSON parameter.

A statement per row costs a round trip and a commit's worth of latency each; a set of 200 costs what two rows do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import orjson
from tortoise.fields import (
    BigIntField,
    BooleanField,
    CharField,
    DatetimeField,
    Field,
    IntField,
    JSONField,
    TextField,
    UUIDField,
)
from tortoise.models import Model

from publishing.db import connection, is_postgres

Columns = Mapping[str, str]
"""Column names with their PostgreSQL types: uuid, text, boolean, integer, bigint, timestamptz, jsonb."""


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


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to append to a table; a column a row does not name becomes NULL."""

    table: str
    columns: Columns
    rows: Sequence[Mapping[str, Any]]


def rows_of(*objects: Model) -> Rows:
    """Take new objects of one model as rows, past Tortoise's own way of one statement for each."""
    meta = cast("Any", type(objects[0]))._meta  # noqa: SLF001 - the only table of a model's columns
    columns = _columns(type(objects[0]))
    rows = [{name: getattr(one, name) for name in columns} for one in objects]
    return Rows(cast("str", meta.db_table), columns, rows)


async def insert(*parts: Rows) -> None:
    """Append rows to tables; those of one may refer to those of another that is named before it.

    PostgreSQL does it in one statement, whose references are checked at its end.
    """
    given = [part for part in parts if part.rows]
    if is_postgres() and len(given) > 1:
        first = ", ".join(f"w{number} AS ({_insert(part, number)})" for number, part in enumerate(given[:-1], start=1))
        statement = f"WITH {first} {_insert(given[-1], len(given))}"
        await connection().execute_query(statement, [parameter(part.rows) for part in given])
        return
    for part in given:
        await connection().execute_query(_insert(part, 1), [parameter(part.rows)])


def _insert(part: Rows, number: int) -> str:
    names = ", ".join(f'"{name}"' for name in part.columns)
    values = ", ".join(f'v."{name}"' for name in part.columns)
    source = recordset(part.columns).replace("$1", f"${number}")
    return f'INSERT INTO "{part.table}" ({names}) SELECT {values} FROM {source}'  # noqa: S608 - names are ours


@cache
def _columns(model: type[Model]) -> Columns:
    meta = cast("Any", model)._meta  # noqa: SLF001 - as above
    fields = {name: meta.fields_map[name] for name in meta.db_fields}
    return {name: _type_of(field) for name, field in fields.items()}


_TYPES: tuple[tuple[type[Field[Any]], str], ...] = (
    (UUIDField, "uuid"),
    (DatetimeField, "timestamptz"),
    (JSONField, "jsonb"),
    (BooleanField, "boolean"),
    (BigIntField, "bigint"),
    (IntField, "integer"),
    (CharField, "text"),
    (TextField, "text"),
)
"""The first that a column is; a bigint is an integer too."""


def _type_of(field: Field[Any]) -> str:
    return next(name for kind, name in _TYPES if isinstance(field, kind))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be a column")
