"""What the sandbox remembers: shelves of rows, in memory alone or in a file that a killed process leaves whole.

A change is noted when it is made and written, together with all others since, before the answer of its call goes out:
what was answered is there after `kill -9`, and nothing is there by halves.
"""

import functools
import sqlite3
from collections import UserDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILE_NAME = "sandbox.db"
FORMAT = 1
"""Of the rows; another number in the file means another release's."""
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
LAYOUT = "CREATE TABLE IF NOT EXISTS rows (shelf TEXT, key TEXT, value BLOB, PRIMARY KEY (shelf, key))"
PUT = "INSERT INTO rows VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
REMOVE = "DELETE FROM rows WHERE shelf = ? AND key = ?"
FETCH = "SELECT key, value FROM rows WHERE shelf = ? ORDER BY rowid"

Row = TypeVar("Row")


class StateError(Exception):
    """The file cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[Row]):
    """How rows of one kind become bytes and come back."""

    dump: Callable[[Row], bytes]
    load: Callable[[bytes], Row]


def codec_of(kind: type[Row]) -> Codec[Row]:
    """Return the codec of a plain dataclass, a pydantic model or a simple type."""
    adapter = _adapter(kind)
    return Codec(adapter.dump_json, adapter.validate_json)


class Shelf(UserDict[str, Row]):
    """Rows by key, in the order in which they were put there. Whoever changes one in place says `touch`."""

    def __init__(self, codec: Codec[Row], *, is_kept: bool = False) -> None:
        super().__init__()
        self._codec = codec
        self._is_kept = is_kept
        self._changed: dict[str, None] = {}

    def __setitem__(self, key: str, item: Row) -> None:
        self.data[key] = item
        self.touch(key)

    def __delitem__(self, key: str) -> None:
        del self.data[key]
        self.touch(key)

    def clear(self) -> None:
        """Remove all rows."""
        for key in self.data:
            self.touch(key)
        self.data.clear()

    def touch(self, key: str) -> None:
        """Note that a row is not as it was written last."""
        if self._is_kept:
            self._changed[key] = None

    def restore(self, key: str, text: bytes) -> None:
        """Put a row back as it was written."""
        self.data[key] = self._codec.load(text)

    def changes(self) -> list[tuple[str, bytes | None]]:
        """Return the changed rows as they are now; None for those that are gone."""
        return [(key, self._codec.dump(self.data[key]) if key in self.data else None) for key in self._changed]

    def settle(self) -> None:
        """Forget what was changed: it is written."""
        self._changed.clear()


@dataclass(slots=True)
class State:
    """All shelves of a sandbox, and the file behind them.

    Attributes:
        path: The file; without one, nothing outlives the process. Its folder is made.

    Raises:
        StateError: If the file cannot be used.
    """

    path: Path | None = None
    _file: sqlite3.Connection | None = field(init=False, default=None)
    _shelves: dict[str, Shelf[Any]] = field(init=False, default_factory=dict[str, Shelf[Any]])

    def __post_init__(self) -> None:
        """Open the file."""
        if self.path is not None:
            self._file = _open(self.path)

    def shelf(self, name: str, codec: Codec[Row]) -> Shelf[Row]:
        """Return the shelf of a name, with the rows that are in the file.

        Raises:
            StateError: If one of them cannot be read.
        """
        if name not in self._shelves:
            self._shelves[name] = Shelf(codec, is_kept=self._file is not None)
            self._restore(name)
        return cast("Shelf[Row]", self._shelves[name])

    def save(self) -> None:
        """Write what changed since the last time, all of it or, where that fails, nothing."""
        if self._file is None:
            return
        changed = [(name, *one) for name, shelf in self._shelves.items() for one in shelf.changes()]
        if not changed:
            return
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.executemany(REMOVE, [(name, key) for name, key, text in changed if text is None])
            self._file.executemany(PUT, [one for one in changed if one[2] is not None])
        for shelf in self._shelves.values():
            shelf.settle()

    def clear(self) -> None:
        """Empty all shelves; they stay the same objects."""
        for shelf in self._shelves.values():
            shelf.clear()

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self.save()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _restore(self, name: str) -> None:
        if self._file is None:
            return
        for key, text in self._file.execute(FETCH, (name,)):
            try:
                self._shelves[name].restore(key, text)
            except (ValueError, KeyError, TypeError) as error:
                self._file.close()
                why = f"it holds a row of {name} that this release cannot read"
                raise StateError(_useless(self.path, why)) from error


@dataclass(frozen=True, slots=True)
class SavedFirst:
    """ASGI middleware: what a call changed is written before the first byte of its answer is sent."""

    app: ASGIApp
    state: State

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call; where nothing is answered, what it did is written all the same."""

        async def send_saved(message: Message) -> None:
            self.state.save()
            await send(message)

        try:
            await self.app(scope, receive, send_saved)
        finally:
            self.state.save()


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _open(path: Path) -> sqlite3.Connection:
    """Open the file for this process alone; its owner alone may read it.

    Raises:
        StateError: If it is another sandbox's at the moment, another release's, or no such file.
    """
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path.touch(mode=PRIVATE_FILE)
        path.chmod(PRIVATE_FILE)
        file = sqlite3.connect(path, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StateError(f"The state file {path} cannot be opened: {error}.") from error
    try:
        _prepare(file, path)
    except sqlite3.OperationalError as error:
        file.close()
        raise StateError(f"Another sandbox uses {path} ({error}): stop it, or choose another folder.") from error
    except (sqlite3.DatabaseError, StateError) as error:
        file.close()
        raise error if isinstance(error, StateError) else StateError(_useless(path, str(error))) from error
    return file


def _prepare(file: sqlite3.Connection, path: Path) -> None:
    file.execute("PRAGMA locking_mode = EXCLUSIVE")
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")  # after a kill all is there; a power failure may take the last calls
    file.execute("BEGIN IMMEDIATE")
    (found,) = file.execute("PRAGMA user_version").fetchone()
    if found not in (0, FORMAT):
        raise StateError(_useless(path, f"it has format {found} and this release reads {FORMAT}"))
    if found != FORMAT:  # a file of no use is left as it is, and whether it is one is not known yet
        file.execute(LAYOUT)
        file.execute(f"PRAGMA user_version = {FORMAT}")
    file.execute("COMMIT")


def _useless(path: Path | None, why: str) -> str:
    return f"The state file {path} is of no use: {why}. Remove it to begin with an empty sandbox."
