"""Where media bytes live: a port, and the folder on disk behind `file://`."""

import asyncio
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

_BUFFER = 1024 * 1024
_INCOMING = "incoming"
_DAY = 24 * 3600
_KEY = re.compile(r"[A-Za-z0-9_-]{1,128}")


class StorageError(Exception):
    """Bytes could not be kept or given."""


class MissingFileError(StorageError):
    """There is nothing under this key."""


class StorageNotSupportedError(StorageError):
    """AGM_STORAGE_URL names a kind of storage that is not built."""


class Storage(Protocol):
    """Keeps bytes under keys of our own making: letters, digits, `_` and `-`."""

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep bytes, whole or not at all; what was there before is replaced."""
        ...

    async def put_file(self, key: str, source: Path, content_type: str) -> None:
        """Keep the bytes of a file on disk, a little at a time; else as `put`."""
        ...

    async def read(self, key: str) -> bytes:
        """Give the bytes.

        Raises:
            MissingFileError: there are none.
        """
        ...

    async def read_part(self, key: str, start: int, size: int) -> bytes:
        """Give `size` bytes from `start`, fewer at the end.

        Raises:
            MissingFileError: there are none.
        """
        ...

    async def size(self, key: str) -> int:
        """Say how many there are.

        Raises:
            MissingFileError: there are none.
        """
        ...

    async def exists(self, key: str) -> bool:
        """Say whether there are any."""
        ...

    async def delete(self, key: str) -> None:
        """Forget them; nothing there is no error."""
        ...

    def scratch(self) -> AbstractContextManager[Path]:
        """Lend a folder on disk for a file that is on its way here; it is gone afterwards.

        Raises:
            StorageError: the disk does not take it.
        """
        ...


class LocalStorage:
    """A folder on disk. A file appears under its name only once it is complete and on the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, key: str, data: bytes, content_type: str) -> None:  # noqa: ARG002 - other stores keep the type
        """Keep bytes."""
        await asyncio.to_thread(self._write, self._path(key), data)

    async def read(self, key: str) -> bytes:
        """Give the bytes."""
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError as error:
            raise MissingFileError(f"there is no file {key!r} in the media storage") from error

    async def put_file(self, key: str, source: Path, content_type: str) -> None:  # noqa: ARG002 - as above
        """Keep the bytes of a file."""
        await asyncio.to_thread(self._copy, self._path(key), source)

    async def read_part(self, key: str, start: int, size: int) -> bytes:
        """Give some of the bytes."""
        try:
            return await asyncio.to_thread(_part, self._path(key), start, size)
        except FileNotFoundError as error:
            raise MissingFileError(f"there is no file {key!r} in the media storage") from error

    async def size(self, key: str) -> int:
        """Say how many there are."""
        try:
            return (await asyncio.to_thread(self._path(key).stat)).st_size
        except FileNotFoundError as error:
            raise MissingFileError(f"there is no file {key!r} in the media storage") from error

    async def exists(self, key: str) -> bool:
        """Say whether there are any."""
        return await asyncio.to_thread(self._path(key).is_file)

    async def delete(self, key: str) -> None:
        """Forget them."""
        path = self._path(key)
        await asyncio.to_thread(lambda: path.unlink(missing_ok=True))

    @contextmanager
    def scratch(self) -> Generator[Path]:
        """Lend a folder beside the files: the system's own for temporary files may be memory."""
        incoming = self._root / _INCOMING
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            _forget_old(incoming)
            folder = tempfile.TemporaryDirectory(dir=incoming)
        except OSError as error:
            raise StorageError("This server's disk takes no file that is fetched") from error
        with folder as name:
            yield Path(name)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise StorageError(f"{key[:40]!r} is no key of this storage")
        return self._root / key[-2:] / key

    def _write(self, path: Path, data: bytes) -> None:
        with _appearing(path) as file:
            file.write(data)

    def _copy(self, path: Path, source: Path) -> None:
        with source.open("rb") as given, _appearing(path) as file:
            shutil.copyfileobj(given, file, _BUFFER)


@contextmanager
def _appearing(path: Path) -> Generator[BinaryIO]:
    """Write a file beside its place and put it there whole, once it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _forget_old(incoming: Path) -> None:
    """Remove what processes that were killed have left."""
    for left in incoming.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left, ignore_errors=True)


def _part(path: Path, start: int, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(size)


def open_storage(url: str) -> Storage:
    """Open the storage of an address such as `file:///var/lib/agm/media`.

    Raises:
        StorageNotSupportedError: another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise StorageNotSupportedError(
            f"AGM_STORAGE_URL: {parts.scheme}:// storage is not built yet; use file:///folder"
        )
    return LocalStorage(Path(unquote(parts.path)))
