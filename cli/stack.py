"""The parts of a development stack as child processes: sandbox and Valkey first, then API and worker."""

import errno
import functools
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli import valkey
from cli.children import ChildSpec
from cli.failures import CommandError
from cli.programs import import_path, python_module
from cli.readiness import answers_ok, answers_ping, file_exists, origin_on_this_machine
from cli.supervisor import Supervisor, together

LOOPBACK = "127.0.0.1"
ALLOW_LOOPBACK: Mapping[str, str] = {"AGM_ALLOW_PRIVATE_URLS": "127.0.0.0/8,::1/128"}
"""Lets media be fetched from the sandbox on this machine."""
PRIVATE_UMASK = 0o077
"""What a development stack writes is for its owner only."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What runs where.

    Attributes:
        data_dir: absolute; database, media, keys, logs and sockets live in it.
        listener: the API's listening socket; held here, so that connections wait while the API restarts.
        sandbox_url: where the sandbox is.
        sandbox_port: where our own sandbox listens; None when another one is used.
        own_valkey: whether Valkey is started here; AGM_REDIS_URL is used as set otherwise.
        drain_seconds: how long the worker may take to finish what it has begun.
        settings: `AGM_*` variables for the children, on top of the present ones.
        figures: addresses where API and worker show their figures; empty when that is off.
    """

    data_dir: Path
    listener: socket.socket
    sandbox_url: str
    sandbox_port: int | None
    own_valkey: bool
    drain_seconds: float
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    figures: tuple[tuple[str, int], ...] = ()

    @property
    def url(self) -> str:
        """The API's origin on this machine."""
        address = self.listener.getsockname()
        return origin_on_this_machine(str(address[0]), int(address[1]))

    @property
    def graphql_url(self) -> str:
        """The GraphQL endpoint on this machine."""
        return f"{self.url}/graphql"

    @property
    def ws_url(self) -> str:
        """The same for subscriptions over WebSocket."""
        return f"ws{self.graphql_url.removeprefix('http')}"

    @property
    def log_dir(self) -> Path:
        """Where the children's logs are."""
        return self.data_dir / "logs"


def development_settings(stack: Stack) -> dict[str, str]:
    """Give the variables that every child of a development stack gets."""
    return {"AGM_DEV": "1", "AGM_DATA_DIR": str(stack.data_dir), "AGM_SANDBOX_URL": stack.sandbox_url}


async def start_stack(supervisor: Supervisor, stack: Stack) -> str:
    """Start everything and give the secret of a new API key with every scope.

    Raises:
        ChildError: a part did not start.
    """
    early = [*([_valkey(stack)] if stack.own_valkey else []), *([_sandbox(stack)] if stack.sandbox_port else [])]
    _, secret = await together(supervisor.start(*early), supervisor.run(_prepare(stack)))
    await supervisor.start(_api(stack), _worker(stack))
    return str(secret, "ascii").strip()


def listen(host: str, port: int, *, setting: str) -> socket.socket:
    """Open a listening socket, which is also the check that the port is free.

    Raises:
        CommandError: it is taken, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        reason = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be listened on ({error.strerror})"
        raise CommandError(f"port {port} on {host} {reason}: free it, or set {setting} to another") from None


def free_port(preferred: int = 0) -> int:
    """Find a free loopback port: the preferred one when it is free."""
    for port in (preferred, 0):
        try:
            with socket.create_server((LOOPBACK, port)) as found:
                return int(found.getsockname()[1])
        except OSError:
            continue
    raise CommandError("no free port on this machine")


def _valkey(stack: Stack) -> ChildSpec:
    ready = functools.partial(answers_ping, valkey.socket_path(stack.data_dir))
    return ChildSpec(name="valkey", command=valkey.command(stack.data_dir), ready=ready)


def _sandbox(stack: Stack) -> ChildSpec:
    ready_file = stack.data_dir / "sandbox.ready"
    where = ("--host", LOOPBACK, "--port", str(stack.sandbox_port), "--ready-file", str(ready_file))
    kept = ("--state", str(stack.data_dir / "sandbox"))
    return ChildSpec(
        name="sandbox",
        command=python_module("sandbox", *where, *kept),
        ready=functools.partial(file_exists, ready_file),
        ready_file=ready_file,
        environment=import_path(),
    )


def _prepare(stack: Stack) -> ChildSpec:
    return ChildSpec(
        name="prepare",
        command=python_module("cli.prepare"),
        ready=functools.partial(file_exists, stack.data_dir),
        environment={**stack.settings, **import_path()},
    )


def _api(stack: Stack) -> ChildSpec:
    listener = stack.listener.fileno()
    return ChildSpec(
        name="api",
        command=python_module("cli", "api", "--listener", str(listener)),
        ready=functools.partial(answers_ok, f"{stack.url}/readyz"),
        environment={**stack.settings, **import_path()},
        sockets=(listener,),
    )


def _worker_figures(stack: Stack) -> dict[str, str]:
    return {"AGM_METRICS_PORT": str(stack.figures[-1][1])} if stack.figures else {}


def _worker(stack: Stack) -> ChildSpec:
    ready_file = stack.data_dir / "worker.ready"
    return ChildSpec(
        name="worker",
        command=python_module("cli", "worker"),
        ready=functools.partial(file_exists, ready_file),
        ready_file=ready_file,
        environment={**stack.settings, **_worker_figures(stack), **import_path()},
        stop_seconds=stack.drain_seconds,
    )
