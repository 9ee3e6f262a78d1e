"""`agm key create`: API keys; the first key of a production server is made here."""

import asyncio
from datetime import timedelta

import typer

from cli.failures import CommandError, told_plainly
from publishing import schema
from publishing.clock import DatabaseClock
from publishing.db import open_database
from publishing.keys import create_key
from publishing.records import Scope
from publishing.schema import MigrationError
from publishing.settings import Settings, SettingsError, load_settings, secret_keys
from publishing.system import ensure_workspace


def create(*, name: str, scopes: str, workspace: str, expires_days: int | None) -> None:
    """Make a key and print its secret, and nothing else, on standard output."""
    with told_plainly(SettingsError, MigrationError):
        chosen = read_scopes(scopes)
        lifetime = timedelta(days=expires_days) if expires_days is not None else None
        secret = asyncio.run(new_key(load_settings(), name=name, scopes=chosen, workspace=workspace, lifetime=lifetime))
    typer.echo(secret)


async def new_key(
    settings: Settings, *, name: str, scopes: tuple[Scope, ...], workspace: str, lifetime: timedelta | None
) -> str:
    """Make a key in a workspace, which is made when missing, and give its secret.

    Raises:
        MigrationError: the database's schema is not this release's.
        SettingsError: AGM_SECRET_KEYS is missing or wrong.
    """
    keyring = secret_keys(settings)
    found = await schema.status(settings.database_url)  # before anything is opened, which would make a file
    if found.pending or found.unknown:
        raise MigrationError("The database has not this release's schema. Run: agm migrate up")
    async with open_database(settings.database_url):
        now = await DatabaseClock().now()
        made = await create_key(
            keyring,
            workspace_id=await ensure_workspace(name=workspace, now=now),
            name=name,
            scopes=scopes,
            expires_at=now + lifetime if lifetime is not None else None,
            now=now,
        )
    return made.secret


def read_scopes(text: str) -> tuple[Scope, ...]:
    """Read `all`, or scopes separated by commas.

    Raises:
        CommandError: an unknown scope.
    """
    if text == "all":
        return tuple(Scope)
    known = {scope.value: scope for scope in Scope}
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise CommandError(f"unknown scope {', '.join(map(repr, unknown))}: choose from {', '.join(known)}")
    return tuple(known[name] for name in names)
