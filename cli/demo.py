"""`agm demo`: the whole product once, through its public GraphQL API, beside whatever else runs on this machine."""

import asyncio
import contextlib
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import typer

from cli import local_keys, valkey
from cli.children import ChildError, log_tail
from cli.failures import CommandError
from cli.screen import Screen
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
from cli.story import StoryError, tell
from cli.supervisor import supervising

_DRAIN_SECONDS = 15
_INTERRUPTED = 130  # what a shell says of a program ended by Ctrl-C
_PREFIXES = ("AGM_", "OTEL_")


def run_demo(*, keep: bool) -> None:
    """Run the demo in a temporary data folder, which is removed unless `keep`.

    Raises:
        CommandError: something went wrong; the message ends with the last lines of the logs.
    """
    os.umask(PRIVATE_UMASK)
    with _data_folder(keep=keep) as folder, _stack(folder) as stack:
        try:
            asyncio.run(_demo(stack))
        except asyncio.CancelledError:
            raise typer.Exit(_INTERRUPTED) from None
        except ChildError as error:
            raise CommandError(str(error)) from None


async def _demo(stack: Stack) -> None:
    clock, screen = asyncio.get_running_loop(), Screen()
    began = clock.time()
    local_keys.ensure_local_keys(stack.data_dir)
    screen.step("Starting sandbox, Valkey, API and worker")
    async with supervising(log_dir=stack.log_dir, notice=screen.detail) as supervisor:
        api_key = await start_stack(supervisor, stack)
        screen.detail(f"{stack.graphql_url} is up after {clock.time() - began:.1f} s")
        await supervisor.during(_story(screen, stack, api_key))
    screen.step(f"Done in {clock.time() - began:.1f} s: each post is public exactly once")
    typer.echo("  The addresses above ended with the demo; `make dev` starts a stack that stays.")


async def _story(screen: Screen, stack: Stack, api_key: str) -> None:
    try:
        await tell(screen, stack, api_key)
    except StoryError as error:
        tails = "\n".join(f"{name}:\n{log_tail(stack.log_dir / f'{name}.log')}" for name in ("api", "worker"))
        raise CommandError(f"{error}\n{tails}\nRun `agm demo --keep` to keep everything.") from None


@contextlib.contextmanager
def _stack(folder: Path) -> Generator[Stack]:
    for name in [name for name in os.environ if name.startswith(_PREFIXES)]:
        del os.environ[name]  # settings meant for a real server must not reach the demo
    sandbox_port = free_port()
    with listen(LOOPBACK, 0, setting="nothing") as listener:
        stack = Stack(
            data_dir=folder,
            listener=listener,
            sandbox_url=f"http://{LOOPBACK}:{sandbox_port}",
            sandbox_port=sandbox_port,
            own_valkey=True,
            drain_seconds=_DRAIN_SECONDS,
        )
        own = {"AGM_PUBLIC_URL": stack.url, "AGM_REDIS_URL": valkey.url(folder)}
        yield dataclasses.replace(stack, settings={**development_settings(stack), **ALLOW_LOOPBACK, **own})


@contextlib.contextmanager
def _data_folder(*, keep: bool) -> Generator[Path]:
    _remove_left_behind()
    folder = Path(tempfile.mkdtemp(prefix=f"agm-demo-{'kept' if keep else os.getpid()}-"))
    try:
        with contextlib.chdir(folder):  # out of reach of a `.env` in the working folder
            yield folder
    finally:
        valkey.remove_private_folder(folder)
        if keep:
            typer.echo(f"  kept {folder}")
        else:
            shutil.rmtree(folder)


def _remove_left_behind() -> None:
    """Remove what demos that were killed could not: their keys lie in it."""
    for folder in Path(tempfile.gettempdir()).glob("agm-demo-*-*"):
        process = folder.name.split("-")[2]
        if process.isdigit() and folder.stat().st_uid == os.getuid() and not _lives(int(process)):
            valkey.remove_private_folder(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
