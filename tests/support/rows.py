"""A look at the rows, from outside the product."""

import sqlite3
from contextlib import closing
from typing import Any

import asyncpg


async def rows_of(database_url: str, query: str) -> list[dict[str, Any]]:
    """Run a query without parameters on either database."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite://"))) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]
    connection = await asyncpg.connect(database_url)
    try:
        return [dict(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def tables_of(database_url: str) -> list[str]:
    """Name the tables."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if database_url.startswith("sqlite")
        else "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    return sorted(row["name"] for row in await rows_of(database_url, query))


async def count_rows(database_url: str, table: str) -> int:
    """Count the rows of a table."""
    return (await rows_of(database_url, f'SELECT count(*) AS n FROM "{table}"'))[0]["n"]


async def change_rows(database_url: str, statement: str) -> None:
    """Run a statement without parameters on either database, behind the product's back."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite://"), timeout=10)) as connection, connection:
            connection.execute(statement)
        return
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
