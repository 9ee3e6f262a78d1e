"""What a live database has, as plain values that can be compared: tables, columns, keys, indexes."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from tortoise import Model, fields
from tortoise.context import TortoiseContext

from publishing.clock import DatabaseClock
from publishing.db import APP, connection, is_postgres, tortoise_config
from publishing.ids import new_id

_POSTGRES_COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, character_maximum_length, column_default
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name"""
_POSTGRES_INDEXES = """
    SELECT t.relname AS "table", i.relname AS name, x.indisunique AS is_unique,
        pg_get_indexdef(x.indexrelid) AS definition
    FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid
    JOIN pg_namespace AS n ON n.oid = t.relnamespace WHERE n.nspname = 'public'"""
_POSTGRES_KEYS = """
    SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f'"""


@dataclass(frozen=True)
class Index:
    name: str
    is_unique: bool
    definition: str


@dataclass(frozen=True)
class Schema:
    columns: frozenset[tuple[Any, ...]]
    indexes: frozenset[Index]
    keys: frozenset[tuple[Any, ...]]

    @property
    def tables(self) -> set[str]:
        return {column[0] for column in self.columns}


@asynccontextmanager
async def beside(database_url: str) -> AsyncIterator[TortoiseContext]:
    """Open a database for this task only, whether or not its schema is at head."""
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(database_url, migrating=True))
        yield context


async def live_schema() -> Schema:
    """Read what the open database has; aerich's own table aside."""
    return await (_postgres_schema() if is_postgres() else _sqlite_schema())


def models(context: TortoiseContext) -> Iterator[type[Model]]:
    """List the models, a referenced one before those that refer to it."""
    known = {name: model for name, model in context.apps[APP].items() if name != "Aerich"}
    done: set[type[Model]] = set()
    while waiting := [model for model in known.values() if model not in done]:
        ready = [model for model in waiting if _referenced(model) <= done]
        yield from ready
        done.update(ready)


async def fill(context: TortoiseContext) -> dict[str, UUID]:
    """Put a row into every table, with every optional column empty, and give its id by table."""
    ids: dict[str, UUID] = {}
    now = await DatabaseClock().now()
    for model in models(context):
        meta = model._meta
        values: dict[str, Any] = {}
        for name, field in meta.fields_map.items():
            if isinstance(field, fields.relational.ForeignKeyFieldInstance) and not field.null:
                values[f"{name}_id"] = ids[field.related_model._meta.db_table]
            elif name in meta.fields_db_projection and not field.null and name not in {"id", *meta.fk_fields}:
                values.setdefault(name, _value(field, now))
        values = {name: value for name, value in values.items() if value is not None}
        ids[meta.db_table] = (await model.create(id=new_id(), **values)).pk
    return ids


def _value(field: Any, now: Any) -> Any:
    if field.reference is not None or field.default is not None:
        return None
    if enum := getattr(field, "enum_type", None):
        return next(iter(enum)) if issubclass(enum, Enum) else None
    by_type = {str: "x", int: 1, bool: True, UUID: new_id(), bytes: b"x"}
    return now if isinstance(field, fields.DatetimeField) else by_type.get(field.field_type, [])


def _referenced(model: type[Model]) -> set[Any]:
    return {model._meta.fields_map[name].related_model for name in model._meta.fk_fields} - {model}


async def _postgres_schema() -> Schema:
    columns = await connection().execute_query_dict(_POSTGRES_COLUMNS)
    indexes = await connection().execute_query_dict(_POSTGRES_INDEXES)
    keys = await connection().execute_query_dict(_POSTGRES_KEYS)
    return Schema(
        columns=frozenset(tuple(row.values()) for row in columns if row["table_name"] != "aerich"),
        indexes=frozenset(
            Index(row["name"], row["is_unique"], row["definition"]) for row in indexes if row["table"] != "aerich"
        ),
        keys=frozenset(tuple(row.values()) for row in keys),
    )


async def _sqlite_schema() -> Schema:
    named = await connection().execute_query_dict("SELECT type, name, tbl_name, sql FROM sqlite_master")
    texts = {row["name"]: re.sub(r"\s+|IF NOT EXISTS ", " ", row["sql"] or "") for row in named}
    columns, indexes, keys = set[Any](), set[Index](), set[Any]()
    for table in (row["name"] for row in named if row["type"] == "table" and row["name"] not in _INTERNAL):
        for row in await _pragma("table_info", table):
            columns.add((table, row["name"], row["type"], row["notnull"], row["pk"], row["dflt_value"]))
        for row in await _pragma("index_list", table):
            inside = ", ".join(str(column["name"]) for column in await _pragma("index_info", row["name"]))
            where = texts[row["name"]].partition(" WHERE ")[2]
            indexes.add(Index(_own_name(row["name"]), bool(row["unique"]), f"{table} ({inside}) {where}"))
        for row in await _pragma("foreign_key_list", table):
            keys.add((table, row["from"], row["table"], row["to"], row["on_delete"]))
    return Schema(columns=frozenset(columns), indexes=frozenset(indexes), keys=frozenset(keys))


_INTERNAL = {"aerich", "sqlite_sequence"}


def _own_name(name: str) -> str:
    """SQLite numbers the indexes behind constraints in the order of the statement, which says nothing."""
    return "" if name.startswith("sqlite_autoindex") else name


async def _pragma(name: str, argument: str) -> list[dict[str, Any]]:
    return await connection().execute_query_dict(f'PRAGMA {name}("{argument}")')
