"""Where media bytes live: a port, and the folder on disk behind `file://`."""

import asyncio
import os
import re
import secrets
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

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

    async def read(self, key: str) -> bytes:
        """Give the bytes.

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

    async def exists(self, key: str) -> bool:
        """Say whether there are any."""
        return await asyncio.to_thread(self._path(key).is_file)

    async def delete(self, key: str) -> None:
        """Forget them."""
        path = self._path(key)
        await asyncio.to_thread(lambda: path.unlink(missing_ok=True))

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise StorageError(f"{key[:40]!r} is no key of this storage")
        return self._root / key[-2:] / key

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


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
