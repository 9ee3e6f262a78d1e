"""`agm api` and `agm worker` as real processes, which tests may kill and start again."""

import contextlib
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.support.graphql import GraphQLClient
from tests.support.loopback import loopback
from tests.support.nursery import Nursery
from tests.support.programs import Program, start_program, until


@dataclass
class Stack:
    """An API and workers on one database, one Valkey and one sandbox."""

    folder: Path
    listener: socket.socket
    settings: dict[str, str]
    client: GraphQLClient
    nursery: Nursery | None = None
    api: Program | None = None
    workers: list[Program] = field(default_factory=list)
    started: list[Program] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.settings["AGM_PUBLIC_URL"]

    @property
    def worker(self) -> Program:
        """The worker that was started last."""
        return self.workers[-1]

    async def start_api(self, **settings: str) -> Program:
        """Start the API and wait until it is ready; connections made before wait in the listening socket."""
        descriptor = self.listener.fileno()
        self.api = self._start("api", "--listener", str(descriptor), settings=settings, sockets=(descriptor,))
        await until(self._api_is_ready, what="the API's start")
        return self.api

    async def start_worker(self, **settings: str) -> Program:
        """Start one more worker and wait until it is ready; `settings` are `AGM_*` variables for it alone."""
        ready = Path(self.settings["AGM_DATA_DIR"]) / "worker.ready"
        worker = self._start("worker", settings=settings)
        self.workers.append(worker)

        async def is_ready() -> bool:
            if not worker.is_running:  # a failpoint may end it right away
                return True
            return ready.is_file() and ready.read_text().strip() == str(worker.process.pid)

        await until(is_ready, what="the worker's start")
        return worker

    def kill_worker(self) -> None:
        """Kill the newest worker, as a power failure would."""
        self.workers.pop().kill()

    def logs(self) -> str:
        """Give everything that all processes wrote, the dead ones too."""
        return "\n".join(program.said() for program in self.started)

    async def stop(self) -> None:
        for program in [*self.workers, *([self.api] if self.api else [])]:
            if program.is_running:
                await program.stop(signal.SIGTERM)

    def kill(self) -> None:
        for program in self.started:
            program.kill()

    def _start(
        self, command: str, *arguments: str, settings: Mapping[str, str], sockets: tuple[int, ...] = ()
    ) -> Program:
        start = self.nursery.start if self.nursery else _start_from_nothing
        program = start(
            command,
            (command, *arguments),
            log=self.folder / f"{len(self.started)}-{command}.log",
            environment={**self.settings, **settings},
            sockets=sockets,
        )
        self.started.append(program)
        return program

    async def _api_is_ready(self) -> bool:
        assert self.api
        assert self.api.is_running, self.api.tail()
        try:
            return (await self.client.http.get("/readyz", timeout=5)).status_code == 200
        except httpx.TransportError:
            return False


@contextlib.asynccontextmanager
async def new_stack(
    folder: Path,
    *,
    database_url: str,
    redis_url: str,
    sandbox_url: str,
    settings: Mapping[str, str],
    nursery: Nursery | None = None,
) -> AsyncIterator[Stack]:
    """Make a stack whose parts are not started yet; all are killed in the end.

    Without a nursery each part starts from nothing, as an operator starts it.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        variables = {
            "AGM_DEV": "1",
            "AGM_DATA_DIR": str(folder),
            "AGM_DATABASE_URL": database_url,
            "AGM_REDIS_URL": redis_url,
            "AGM_SANDBOX_URL": sandbox_url,
            "AGM_PORT": str(listener.getsockname()[1]),
            "AGM_PUBLIC_URL": f"http://127.0.0.1:{listener.getsockname()[1]}",
            "AGM_ALLOW_PRIVATE_URLS": "127.0.0.0/8",
            **new_keys(),
            **settings,
        }
        key = await new_api_key(database_url, variables["AGM_SECRET_KEYS"])
        async with loopback(base_url=variables["AGM_PUBLIC_URL"], timeout=30) as http:
            client = GraphQLClient(http, key)
            stack = Stack(folder=folder, listener=listener, settings=variables, client=client, nursery=nursery)
            try:
                yield stack
            finally:
                stack.kill()


def _start_from_nothing(
    name: str, arguments: Sequence[str], *, log: Path, environment: Mapping[str, str], sockets: Sequence[int]
) -> Program:
    command = (sys.executable, "-m", "cli", *arguments)
    return start_program(name, command, log=log, environment=environment, sockets=sockets)


def new_keys() -> dict[str, str]:
    """Make the two keys that every process of a stack must share."""
    from base64 import b64encode

    return {name: f"t1:{b64encode(secrets.token_bytes(32)).decode()}" for name in ("AGM_TOKEN_KEYS", "AGM_SECRET_KEYS")}


async def new_api_key(database_url: str, secret_keys: str, *, workspace: str = "Default", scopes: Any = None) -> str:
    """Make an API key, with every scope unless some are named, and give its secret."""
    from tortoise.context import TortoiseContext

    from publishing.clock import DatabaseClock
    from publishing.db import tortoise_config
    from publishing.keyring import parse_keyring
    from publishing.keys import create_key
    from publishing.records import Scope
    from publishing.system import ensure_workspace

    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(database_url))
        now = await DatabaseClock().now()
        made = await create_key(
            parse_keyring(secret_keys),
            workspace_id=await ensure_workspace(name=workspace, now=now),
            name="test",
            scopes=tuple(Scope) if scopes is None else scopes,
            expires_at=None,
            now=now,
        )
    return made.secret


def without_settings() -> None:
    """Forget `AGM_*` variables of the person who runs the tests, and let the processes share what they compiled."""
    for name in [name for name in os.environ if name.startswith("AGM_")]:
        del os.environ[name]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
