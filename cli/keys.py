"""`agm key`: API keys; the first key of a production server is made here."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.failures import CommandError, told_plainly
from cli.store import announce, opened
from publishing.clock import DatabaseClock
from publishing.keys import create_key, list_keys, revoke_key, revoke_keys
from publishing.records import ApiKey, Scope
from publishing.schema import MigrationError
from publishing.settings import Settings, SettingsError, load_settings, secret_keys
from publishing.system import ensure_workspace, find_workspace

_LONGEST_NAME = 200
_WIDE = 240
"""Columns where nobody watches: a program reads whole lines."""


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
        for what, text in (("name", name), ("workspace", workspace)):
            _check_name(what, text)
        wanted = WantedKey(name=name, scopes=read_scopes(scopes), workspace=workspace, lifetime=lifetime)
        secret = asyncio.run(new_key(load_settings(), wanted))
    typer.echo(secret)


def show(*, workspace: str) -> None:
    """List the keys of a workspace, without their secrets."""
    with told_plainly(SettingsError, MigrationError):
        found, now = asyncio.run(_keys_of(load_settings(), workspace))
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("Key", "State", "Made", "Last used", "Name", "Scopes"):
        table.add_column(column, no_wrap=column not in {"Name", "Scopes"}, overflow="fold")
    for key in found:
        scopes = "all" if set(key.scopes) == set(Scope) else ", ".join(key.scopes)
        cells = (key.prefix, _state(key, now), _day(key.created_at), _day(key.last_used_at), key.name, scopes)
        table.add_row(*map(Text, cells))
    console = Console()
    console.width = console.width if console.is_terminal else _WIDE
    console.print(table)


def revoke(*, prefix: str, workspace: str) -> None:
    """End the key that begins like this."""
    with told_plainly(SettingsError, MigrationError):
        ended = asyncio.run(_end_key(load_settings(), prefix, workspace))
    typer.echo(f"The key {ended.prefix} ({ended.name}) is revoked.")


async def new_key(settings: Settings, wanted: WantedKey) -> str:
    """Make a key and give its secret.

    Raises:
        MigrationError: the database's schema is not this release's.
        SettingsError: AGM_SECRET_KEYS is missing or wrong.
    """
    keyring = secret_keys(settings)
    async with opened(settings):
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


async def _keys_of(settings: Settings, workspace: str) -> tuple[list[ApiKey], datetime]:
    async with opened(settings):
        return await list_keys(workspace_id=await _workspace(workspace)), await DatabaseClock().now()


async def _end_key(settings: Settings, prefix: str, workspace: str) -> ApiKey:
    async with opened(settings):
        workspace_id = await _workspace(workspace)
        key = next((key for key in await list_keys(workspace_id=workspace_id) if prefix.startswith(key.prefix)), None)
        if key is None:
            raise CommandError(f"the workspace {workspace!r} has no such key: see `agm key list`")
        if not await revoke_key(workspace_id=workspace_id, key_id=key.id, now=await DatabaseClock().now()):
            raise CommandError(f"the key {key.prefix} is revoked already")
        await announce(settings)
    return key


def _check_name(what: str, text: str) -> None:
    if not text.strip() or len(text) > _LONGEST_NAME or not text.isprintable():
        raise CommandError(f"the {what} has 1 to {_LONGEST_NAME} characters that can be printed")


async def _workspace(name: str) -> UUID:
    found = await find_workspace(name=name)
    if found is None:
        raise CommandError(f"there is no workspace {name!r}: name another (`agm dev` makes 'Development')")
    return found


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at is not None:
        return f"revoked {_day(key.revoked_at)}"
    if key.expires_at is None:
        return "works"
    return f"{'expired' if key.expires_at <= now else 'until'} {_day(key.expires_at)}"


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"


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
