"""Media bytes for whoever holds a signed address."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import structlog

from media.signing import SignatureRefusedError, verify
from media.storage import Storage, StorageError
from publishing import models
from publishing.deps import Deps
from publishing.errors import NotFoundError
from publishing.ids import Kind, parse_id
from publishing.store import store_errors

_PIECE = 256 * 1024
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file: its size in bytes, the type that was found by looking into it, and a way to its bytes."""

    size: int
    mime_type: str
    _storage: Storage
    _key: str

    async def part(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Read from `start` up to `end`, a little at a time."""
        while start < end and (piece := await self._storage.read_part(self._key, start, min(_PIECE, end - start))):
            yield piece
            start += len(piece)


@store_errors
async def serve_media(deps: Deps, *, asset_id: str, exp: str, kid: str, sig: str) -> ServedFile:
    """Find a file for a signed address.

    Raises:
        NotFoundError: the signature is wrong or over, or there is no such file; the three look the same.
    """
    keys: Mapping[str, bytes] = deps.secret_keys.keys
    try:
        verify(asset_id, exp, kid, sig, keys=keys, now=await deps.clock.now())
    except SignatureRefusedError:
        raise NotFoundError(asset_id) from None
    parsed = parse_id(Kind.MEDIA_ASSET, asset_id)
    row = await models.MediaAsset.get_or_none(id=parsed) if parsed else None
    if row is None or row.status is not models.MediaStatus.READY or row.mime_type is None:
        raise NotFoundError(asset_id)
    try:
        size = await deps.storage.size(asset_id)
    except StorageError as error:  # a worker stored it: this process sees another folder, or the file was lost
        log.error("media_missing", asset=asset_id, error=type(error).__name__)  # noqa: TRY400 - the address is public
        raise NotFoundError(asset_id) from None
    return ServedFile(size, row.mime_type, deps.storage, asset_id)
