"""`agm migrate new NAME`: make a migration from the models, offline, for SQLite and PostgreSQL at once.

aerich writes SQL of one dialect, so it runs once per dialect, each time in a process of its own because it keeps what
it has found in class attributes. Both results go into one file that executes statement by statement: a script would
end the open transaction on SQLite.

While the initial migration is the only one, `agm migrate new initial` replaces it: nobody has it applied before the
first release. Read what was made before committing it; where a dialect cannot do what the models ask for, the file
refuses to run there until a person has written those statements.
"""

import asyncio
import multiprocessing
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aerich import Command
from aerich.exceptions import NotSupportError
from aerich.utils import get_formatted_compressed_data, get_models_describe, import_py_file
from tortoise import Tortoise

from publishing.db import APP, tortoise_config
from publishing.models.indexes import PartialUniqueIndex
from publishing.schema import LOCATION, MigrationError, version_files

INITIAL = "0_initial.py"
DIALECTS = {"sqlite": "sqlite:///:memory:", "postgres": "postgresql://x:x@127.0.0.1:1/x"}
"""Each dialect with an address that is never connected to."""

TEMPLATE = '''"""{title}. Made by `agm migrate new {name}`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {upgrade}

DOWNGRADE: dict[str, list[str | Exception]] = {downgrade}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return await _execute(db, UPGRADE[db.capabilities.dialect])


async def downgrade(db: BaseDBAsyncClient) -> str:
    return await _execute(db, DOWNGRADE[db.capabilities.dialect])


async def _execute(db: BaseDBAsyncClient, statements: list[str | Exception]) -> str:
    for statement in statements:
        if isinstance(statement, Exception):
            raise statement
        await db.execute_query(statement)
    return "SELECT 1"


MODELS_STATE = (
    {state}
)
'''


@dataclass(frozen=True, slots=True)
class Part:
    """One dialect's share of a migration: its statements, and the models as they are now, as aerich stores them.

    `refusal` says what the dialect cannot do; there are no statements then.
    """

    upgrade: tuple[str, ...]
    downgrade: tuple[str, ...]
    state: str
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A written migration. `by_hand` says, by dialect, what a person has to write before it runs there."""

    path: Path
    by_hand: Mapping[str, str]


def make(name: str, *, location: Path = LOCATION, prepare: Callable[[], None] | None = None) -> Made | None:
    """Write the next migration, or the initial one again; None when the models have not changed.

    Args:
        name: lower-case words joined by underscores.
        location: the folder of the migrations.
        prepare: called in each process before the models are read.

    Raises:
        MigrationError: the name is not made of lower-case words.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise MigrationError("a migration is named in lower case: letters, digits and underscores")
    versions = version_files(location)
    initial = not versions or (versions == (INITIAL,) and name == "initial")
    file = INITIAL if initial else f"{int(versions[-1].split('_')[0]) + 1}_{name}.py"
    parts = _parts(None if initial else location, prepare)
    if not any(part.upgrade or part.refusal for part in parts.values()):
        return None
    path = location / APP / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_print(name, parts))
    return Made(path, {dialect: part.refusal for dialect, part in parts.items() if part.refusal})


def _parts(earlier: Path | None, prepare: Callable[[], None] | None) -> dict[str, Part]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        max_workers=len(DIALECTS), mp_context=spawn, initializer=prepare, max_tasks_per_child=1
    ) as processes:
        results = processes.map(_part, DIALECTS.values(), [earlier] * len(DIALECTS))
        return dict(zip(DIALECTS, results, strict=True))


def _part(url: str, earlier: Path | None) -> Part:
    with tempfile.TemporaryDirectory() as folder:
        location = Path(folder) / "migrations"
        if earlier is not None:
            shutil.copytree(earlier, location)
        return asyncio.run(_initial(url, location) if earlier is None else _next(url, location))


async def _initial(url: str, location: Path) -> Part:
    await Command(tortoise_config(url, migrating=True), app=APP, location=str(location)).init_migrations(safe=False)
    upgrade, _ = await _read(location)
    tables = [match[1] for statement in upgrade if (match := re.match(r'CREATE TABLE ("\w+")', statement))]
    # aerich's own table stays: the row that says what is applied is deleted after the downgrade.
    kept = '"aerich"'
    return Part(
        upgrade=tuple(
            statement.replace(f"CREATE TABLE {kept}", f"CREATE TABLE IF NOT EXISTS {kept}") for statement in upgrade
        ),
        downgrade=tuple(f"DROP TABLE {table};" for table in reversed(tables) if table != kept),
        state=_state(),
    )


async def _next(url: str, location: Path) -> Part:
    command = Command(tortoise_config(url, migrating=True), app=APP, location=str(location))
    await command.init(offline=True)
    try:
        if not await command.migrate("next", no_input=True, offline=True):
            return Part(upgrade=(), downgrade=(), state=_state())
    except NotSupportError as error:
        return Part(upgrade=(), downgrade=(), state=_state(), refusal=str(error))
    upgrade, downgrade = await _read(location)
    unique = _unique_indexes()
    return Part(
        upgrade=tuple(_keep_unique(statement, unique) for statement in upgrade),
        downgrade=tuple(_keep_unique(statement, unique) for statement in downgrade),
        state=_state(),
    )


async def _read(location: Path) -> tuple[list[str], list[str]]:
    module = import_py_file(location / APP / version_files(location)[-1])
    return list(_split(await module.upgrade(None))), list(_split(await module.downgrade(None)))


def _state() -> str:
    return get_formatted_compressed_data(get_models_describe(APP))


def _split(script: str) -> Iterator[str]:
    """Cut a script at the semicolons that end statements, not at those in texts and comments."""
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield "\n".join(line.rstrip() for line in statement.strip().splitlines())
            statement = ""


def _unique_indexes() -> frozenset[str]:
    models = (Tortoise.apps or {})[APP].values()
    indexes = (index for model in models for index in model._meta.indexes)  # noqa: SLF001 - Tortoise's only way to them
    return frozenset(str(index.name) for index in indexes if isinstance(index, PartialUniqueIndex))


def _keep_unique(statement: str, names: frozenset[str]) -> str:
    """Make an index unique again: aerich remembers indexes as plain ones."""
    match = re.match(r'CREATE INDEX (?:IF NOT EXISTS )?"(\w+)"', statement)
    return statement.replace("CREATE INDEX", "CREATE UNIQUE INDEX", 1) if match and match[1] in names else statement


def _print(name: str, parts: Mapping[str, Part]) -> str:
    return TEMPLATE.format(
        name=name,
        title=name.replace("_", " ").capitalize(),
        upgrade=_print_statements({dialect: _lines(part, part.upgrade) for dialect, part in parts.items()}),
        downgrade=_print_statements({dialect: _lines(part, part.downgrade) for dialect, part in parts.items()}),
        state=parts["sqlite"].state,
    )


def _lines(part: Part, statements: tuple[str, ...]) -> list[str]:
    if part.refusal:
        return [f"NotImplementedError({f'write this by hand: {part.refusal}'!r})"]
    return [_quote(statement) for statement in statements]


def _print_statements(written: Mapping[str, list[str]]) -> str:
    lines = [
        line
        for dialect, listed in written.items()
        for line in (f'    "{dialect}": [', *(f"        {one}," for one in listed), "    ],")
    ]
    return "\n".join(["{", *lines, "}"])


def _quote(statement: str) -> str:
    return repr(statement) if '"""' in statement or statement.endswith('"') else f'r"""{statement}"""'
