"""`agm tokens rotate`: seal every stored token again with the newest key of AGM_TOKEN_KEYS."""

import asyncio

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.failures import CommandError, told_plainly
from cli.store import opened
from publishing.keyring import Keyring
from publishing.schema import MigrationError
from publishing.settings import Settings, SettingsError, load_settings, token_keys
from publishing.system import Rotated, rotate_tokens

_SHOWN = 10


def rotate() -> None:
    """Seal again while the servers run, show how far it is, and say which keys may go.

    Raises:
        CommandError: some tokens do not open; the message says which and why.
    """
    with told_plainly(SettingsError, MigrationError):
        settings = load_settings()
        keys = token_keys(settings)
        done = asyncio.run(_rotate(settings, keys))
        if done.shut:
            raise CommandError(_problem(done))
    typer.echo(f"{done.resealed:,} of {done.total:,} stored tokens are sealed again with key {keys.newest!r}.")
    if old := [key_id for key_id in keys.keys if key_id != keys.newest]:
        typer.echo(f"When every API and worker runs with this AGM_TOKEN_KEYS, remove from it: {', '.join(old)}.")


async def _rotate(settings: Settings, keys: Keyring) -> Rotated:
    columns = (TextColumn("Sealing tokens"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    done = Rotated(0, 0, 0, ())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        async with opened(settings):
            async for done in rotate_tokens(keys):
                progress.update(task, completed=done.seen, total=done.total)
    return done


def _problem(done: Rotated) -> str:
    lines = [
        f"{len(done.shut):,} of {done.total:,} stored tokens do not open and stay as they are:",
        *done.shut[:_SHOWN],
    ]
    if len(done.shut) > _SHOWN:
        lines.append(f"... and {len(done.shut) - _SHOWN:,} more")
    return "\n  ".join([*lines, f"{done.resealed:,} others were sealed again."])
