"""Rows to records: a read takes columns straight to the frozen copies the doors see, past Tortoise's objects.

An object is for rows that a use case changes; making one for each row of a list costs several times the read itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from tortoise.fields import BooleanField, CharField, DatetimeField, Field, IntField, JSONField, TextField, UUIDField
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.models import Model
from tortoise.queryset import QuerySet

from publishing.db import connection, is_postgres

Row = TypeVar("Row", bound=Model)
Record = TypeVar("Record")
Read = Callable[[Any], Any]


class Mapper(Generic[Row, Record]):
    """Copies rows of a model to a dataclass, each of whose fields is a column of that name.

    `beside` says, by field, which are columns of rows that foreign keys lead to, as `key__column` or
    `key__key__column`; they come with the same read. `convert` says, by field, what is made of a value that is not
    null; null stays None.
    """

    def __init__(
        self, model: type[Row], record: type[Record], *, beside: Mapping[str, str] | None = None, **convert: Read
    ) -> None:
        self._model, self._record, self._beside, self._convert = model, record, beside or {}, convert
        self._names = [field.name for field in fields(cast("Any", record))]

    def copy(self, row: Row, **beside: Any) -> Record:
        """Copy an object, such as one a use case has changed; what stands beside it is handed in."""
        values = [beside[name] if name in self._beside else getattr(row, name) for name in self._names]
        return self._record(*_converted(values, self._conversions))

    @property
    def columns(self) -> str:
        """The record's columns, as SQL selects them from the model's table."""
        return ", ".join(self._selected(name) for name in self._names)

    async def read(self, query: QuerySet[Row]) -> list[Record]:
        """Read what a query selects, in its order."""
        return self._records(await self._rows(query))

    async def read_by(self, statement: str, values: list[Any]) -> list[Record]:
        """Read what a statement that selects `columns` gives, in its order."""
        _, rows = await connection().execute_query(statement, values)
        return self._records(rows)

    async def first(self, query: QuerySet[Row]) -> Record | None:
        """Read the first of what a query selects; None when that is nothing."""
        return next(iter(await self.read(query.limit(1))), None)

    def _selected(self, name: str) -> str:
        return f'{_led_to(self._model, self._beside[name])} AS "{name}"' if name in self._beside else f'"{name}"'

    def _records(self, rows: Any) -> list[Record]:
        record, reads = self._record, self._reads_of_postgres if is_postgres() else self._reads_of_sqlite
        return [record(*_converted([*row], reads)) for row in rows]

    async def _rows(self, query: QuerySet[Row]) -> Any:
        """Fetch rows as the driver gives them; awaiting `values_list` would convert each value once more, slowly."""
        chosen = cast("Any", query.values_list(*(self._beside.get(name, name) for name in self._names)))
        chosen._choose_db_if_not_chosen()  # noqa: SLF001 - no public way from a query to its statement with parameters
        chosen._make_query()  # noqa: SLF001 - as above
        _, rows = await connection().execute_query(*chosen.query.get_parameterized_sql())
        return rows

    @cached_property
    def _conversions(self) -> list[tuple[int, Read]]:
        return [(self._names.index(name), convert) for name, convert in self._convert.items()]

    @cached_property
    def _reads_of_postgres(self) -> list[tuple[int, Read]]:
        return self._reads(_from_postgres)

    @cached_property
    def _reads_of_sqlite(self) -> list[tuple[int, Read]]:
        return self._reads(_from_sqlite)

    def _reads(self, reader: Callable[[Any], Read | None]) -> list[tuple[int, Read]]:
        """Name the places whose values the driver does not give as the record has them, and how those are read."""
        columns = [reader(_column(self._model, self._beside.get(name, name))) for name in self._names]
        both = [_both(read, self._convert.get(name)) for name, read in zip(self._names, columns, strict=True)]
        return [(place, read) for place, read in enumerate(both) if read is not None]


def _led_to(model: type[Model], path: str) -> str:
    """Write the SQL of what foreign keys lead to, from a row of the model's table."""
    own = cast("Any", model)._meta  # noqa: SLF001 - the only table of a model's columns
    key, _, rest = path.partition("__")
    if not rest:
        return f'"{own.db_table}"."{key}"'
    other = own.fields_map[key].related_model
    table = other._meta.db_table  # noqa: SLF001 - as above
    led_to = f'"{table}"."id" = "{own.db_table}"."{key}_id"'
    return f'(SELECT {_led_to(other, rest)} FROM "{table}" WHERE {led_to})'  # noqa: S608 - names are ours


def _column(model: type[Model], name: str) -> Field[Any]:
    key, _, rest = name.partition("__")
    found = cast("Any", model)._meta.fields_map[key]  # noqa: SLF001 - the only table of a model's columns
    return _column(found.related_model, rest) if rest else found


def _converted(values: list[Any], reads: list[tuple[int, Read]]) -> list[Any]:
    for place, read in reads:
        if (value := values[place]) is not None:
            values[place] = read(value)
    return values


def _both(read: Read | None, convert: Read | None) -> Read | None:
    if read is None or convert is None:
        return read or convert
    return lambda value: convert(read(value))


def _from_postgres(field: Field[Any]) -> Read | None:
    """Say how a value of asyncpg is read; None where it is what Python has for it."""
    if isinstance(field, CharEnumFieldInstance):
        return {member.value: member for member in cast("Any", field).enum_type}.__getitem__
    if isinstance(field, JSONField):
        return cast("Read", field.decoder)
    native = isinstance(field, (UUIDField, DatetimeField, BooleanField, CharField, TextField, IntField))
    return None if native else field.to_python_value


def _from_sqlite(field: Field[Any]) -> Read | None:
    """Say how a value of SQLite, which knows texts and numbers only, is read."""
    if isinstance(field, UUIDField):
        return UUID
    if isinstance(field, DatetimeField):
        return datetime.fromisoformat
    return bool if isinstance(field, BooleanField) else _from_postgres(field)
