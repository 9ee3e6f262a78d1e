"""`agm dev`: the whole stack on this machine, until Ctrl-C."""

import asyncio
import fcntl
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import typer

from cli import local_keys, valkey
from cli.beside import LOCK, mark_of
from cli.children import ChildError
from cli.failures import CommandError
from cli.local_keys import DevFile
from cli.stack import (
    ALLOW_LOOPBACK,
    LOOPBACK,
    PRIVATE_UMASK,
    Stack,
    development_settings,
    free_port,
    listen,
    start_stack,
)
from cli.supervisor import supervising
from cli.welcome import welcome
from publishing.settings import Settings, SettingsError, load_settings

_SANDBOX_PORT = 9400
_LAST_PORT = 65_535
_DEFAULT_PUBLIC_URL = str(Settings.model_fields["public_url"].default)


def run_dev() -> None:
    """Run the stack until it is asked to stop.

    Raises:
        CommandError: it cannot start; the message says why.
    """
    os.umask(PRIVATE_UMASK)
    with ExitStack() as held:
        try:
            settings = load_settings(dev=True)
            held.enter_context(_alone(settings))
            asyncio.run(_dev(held.enter_context(_stack(settings))))
        except asyncio.CancelledError:
            typer.echo("Stopped.")
        except (ChildError, SettingsError) as error:
            raise CommandError(str(error)) from None


async def _dev(stack: Stack) -> None:
    typer.echo("Starting sandbox, Valkey, API and worker …")
    local_keys.ensure_local_keys(stack.data_dir)
    async with supervising(log_dir=stack.log_dir, notice=typer.echo) as supervisor:
        api_key = await start_stack(supervisor, stack)
        with _dev_file(stack, api_key) as path:
            typer.echo(welcome(stack, path))
            await supervisor.keep()


@contextmanager
def _alone(settings: Settings) -> Generator[None]:
    """Hold the data folder: two stacks on one would share a queue and a database with different ideas of time.

    A stack that was killed leaves its file, whose addresses would be taken for those of this one.
    """
    data_dir = settings.data_dir
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"another `agm dev` runs on {data_dir}: stop it, or set AGM_DATA_DIR") from None
        local_keys.dev_file_path(data_dir).unlink(missing_ok=True)
        lock.truncate(0)
        lock.write(mark_of(settings))
        lock.flush()
        yield


@contextmanager
def _stack(settings: Settings) -> Generator[Stack]:
    own_sandbox = free_port(_SANDBOX_PORT) if settings.sandbox_url is None else None
    sandbox_url = settings.sandbox_url or f"http://{LOOPBACK}:{own_sandbox}"
    with listen(settings.host, settings.port, setting="AGM_PORT") as listener, _redis_pointer(settings):
        stack = Stack(
            data_dir=settings.data_dir,
            listener=listener,
            sandbox_url=sandbox_url,
            sandbox_port=own_sandbox,
            own_valkey=settings.redis_url is None,
            drain_seconds=settings.lease_seconds,
            figures=_figures(settings),
        )
        yield replace(stack, settings=_child_settings(settings, stack))


def _figures(settings: Settings) -> tuple[tuple[str, int], ...]:
    """Say where API and worker show their figures: the worker on the next port that is free."""
    host, port = settings.metrics_host, settings.metrics_port
    if not port:
        return ()
    with listen(host, port, setting="AGM_METRICS_PORT"):  # the API opens it again; here a taken one is told at once
        return (host, port), (host, free_port(port + 1 if port < _LAST_PORT else 0))


def _child_settings(settings: Settings, stack: Stack) -> dict[str, str]:
    chosen = {"AGM_PUBLIC_URL": stack.url} if settings.public_url == _DEFAULT_PUBLIC_URL else {}
    if settings.allow_private_urls:  # the operator's own list holds, and reaches the children as it is
        return development_settings(stack) | chosen
    return {**development_settings(stack), **ALLOW_LOOPBACK, **chosen}


@contextmanager
def _redis_pointer(settings: Settings) -> Generator[None]:
    """Say in the data folder where its Valkey is, for an `agm worker` started beside this stack."""
    if settings.redis_url is not None:
        yield
        return
    pointer = settings.data_dir / "valkey.url"
    pointer.write_text(valkey.url(settings.data_dir))
    try:
        yield
    finally:
        pointer.unlink(missing_ok=True)
        valkey.remove_private_folder(settings.data_dir)


@contextmanager
def _dev_file(stack: Stack, api_key: str) -> Generator[Path]:
    """Leave the addresses, and the only copy of the key, for programs on this machine, while the stack runs."""
    content = DevFile(
        graphql_url=stack.graphql_url,
        ws_url=stack.ws_url,
        api_key=api_key,
        sandbox_url=stack.sandbox_url,
        console_url=None,
    )
    path = local_keys.write_dev_file(stack.data_dir, content)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
