"""`agm migrate`: the database's schema, up and down."""

import asyncio
from collections.abc import Sequence

import typer

from cli.failures import told_plainly
from publishing import schema
from publishing.schema import MigrationError
from publishing.settings import SettingsError, load_settings


def migrate_up() -> None:
    """Apply what is missing and name it."""
    with told_plainly(SettingsError, MigrationError):
        applied = asyncio.run(schema.upgrade(load_settings().database_url))
    _tell("applied", applied, otherwise="The database is at head already.")


def migrate_down() -> None:
    """Take the last migration back and name it."""
    with told_plainly(SettingsError, MigrationError):
        reverted = asyncio.run(schema.downgrade(load_settings().database_url))
    _tell("reverted", reverted, otherwise="No migration is applied.")


def migrate_status() -> None:
    """List the migrations; exit code 1 when the database is not at this release's."""
    with told_plainly(SettingsError):
        found = asyncio.run(schema.status(load_settings().database_url))
    _tell("applied", found.applied)
    _tell("missing", found.pending)
    _tell("unknown", found.unknown)
    if found.pending or found.unknown:
        raise typer.Exit(1)
    typer.echo("The database is at head.")


def _tell(word: str, versions: Sequence[str], *, otherwise: str = "") -> None:
    lines = [f"{word}  {version}" for version in versions] or ([otherwise] if otherwise else [])
    for line in lines:
        typer.echo(line)
