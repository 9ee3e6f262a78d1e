"""`agm migrate`: the database's schema, up and down, and what changes it."""

import asyncio
from collections.abc import Sequence

import typer

from cli.failures import told_plainly
from cli.store import plainly_away
from publishing import schema
from publishing.schema import MigrationError
from publishing.settings import SettingsError, load_settings


def migrate_new(name: str) -> None:
    """Write the next migration from the models and say what is left to do."""
    from publishing.new_migration import make  # noqa: PLC0415 - an operator's commands need none of it

    with told_plainly(MigrationError):
        made = make(name)
    if made is None:
        typer.echo("The models are as the last migration left them: nothing to write.")
        return
    typer.echo(f"Wrote {made.path}. Read it before you commit it.")
    for dialect, what in made.by_hand.items():
        typer.echo(f"Write its statements for {dialect} by hand: {what}")


def migrate_up() -> None:
    """Apply what is missing and name it."""
    with told_plainly(SettingsError, MigrationError), plainly_away():
        applied = asyncio.run(schema.upgrade(load_settings().database_url))
    _tell("applied", applied, otherwise="The database is at head already.")


def migrate_down() -> None:
    """Take the last migration back and name it."""
    with told_plainly(SettingsError, MigrationError), plainly_away():
        reverted = asyncio.run(schema.downgrade(load_settings().database_url))
    _tell("reverted", reverted, otherwise="No migration is applied.")


def migrate_status() -> None:
    """List the migrations; exit code 1 when the database is not at this release's."""
    with told_plainly(SettingsError), plainly_away():
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
