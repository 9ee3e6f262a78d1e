"""`agm key create`: API keys; the first key of a production server is made here."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import typer

from cli.failures import CommandError, told_plainly
from publishing import schema
from publishing.clock import DatabaseClock
from publishing.db import open_database
from publishing.keys import create_key, revoke_keys
from publishing.records import Scope
from publishing.schema import MigrationError
from publishing.settings import Settings, SettingsError, load_settings, secret_keys
from publishing.system import ensure_workspace


@dataclass(frozen=True, slots=True)
class WantedKey:
    """A key to make: in a workspace, made when missing; `replaces` ends the keys of the same name there."""

    name: str
    scopes: tuple[Scope, ...]
    workspace: str
    lifetime: timedelta | None
    replaces: bool = False


def create(*, name: str, scopes: str, workspace: str, expires_days: int | None) -> None:
    """Make a key and print its secret, and nothing else, on standard output."""
    with told_plainly(SettingsError, MigrationError):
        lifetime = timedelta(days=expires_days) if expires_days is not None else None
        wanted = WantedKey(name=name, scopes=read_scopes(scopes), workspace=workspace, lifetime=lifetime)
        secret = asyncio.run(new_key(load_settings(), wanted))
    typer.echo(secret)


async def new_key(settings: Settings, wanted: WantedKey) -> str:
    """Make a key and give its secret.

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
        workspace_id = await ensure_workspace(name=wanted.workspace, now=now)
        if wanted.replaces:
            await revoke_keys(workspace_id=workspace_id, name=wanted.name, now=now)
        made = await create_key(
            keyring,
            workspace_id=workspace_id,
            name=wanted.name,
            scopes=wanted.scopes,
            expires_at=now + wanted.lifetime if wanted.lifetime is not None else None,
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
