"""Media bytes for whoever holds a signed address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from media.signing import SignatureRefusedError, verify
from media.storage import StorageError
from publishing import models
from publishing.deps import Deps
from publishing.errors import NotFoundError
from publishing.ids import Kind, parse_id
from publishing.store import store_errors

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file with the type that was found by looking into it."""

    body: bytes = field(repr=False)
    mime_type: str


@store_errors
async def serve_media(deps: Deps, *, asset_id: str, exp: str, kid: str, sig: str) -> ServedFile:
    """Read a file for a signed address.

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
        return ServedFile(body=await deps.storage.read(asset_id), mime_type=row.mime_type)
    except StorageError as error:  # a worker stored it: this process sees another folder, or the file was lost
        log.error("media_missing", asset=asset_id, error=type(error).__name__)  # noqa: TRY400 - the address is public
        raise NotFoundError(asset_id) from None
