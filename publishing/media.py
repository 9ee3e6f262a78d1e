"""Media of the library: finding files, and the signed addresses under which platforms fetch them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from media.signing import sign_path
from publishing import models, records
from publishing.deps import Deps
from publishing.errors import NotFoundError
from publishing.ids import Kind, parse_id, public_id
from publishing.mapping import Mapper
from publishing.records import Attachment, MediaInput
from publishing.store import store_errors

_ASSET = Mapper(models.MediaAsset, records.MediaAsset)
URL_LIFE = timedelta(hours=24)
"""Platforms fetch minutes later and may fetch again; a container lives 24 hours."""


@store_errors
async def get_assets(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.MediaAsset]:
    """Read files of a workspace; ids that lead nowhere are left out."""
    query = models.MediaAsset.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await _ASSET.read(query)}


async def find_assets(
    *, workspace_id: UUID, files: Sequence[MediaInput], path: tuple[str, ...] = ()
) -> dict[int, models.MediaAsset]:
    """Find the library's files among those of a post, by their place; `path` leads to it in the caller's input.

    Raises:
        NotFoundError: an id leads nowhere for this workspace, or to a file that failed.
    """
    wanted = {number: file.media_id for number, file in enumerate(files) if file.media_id is not None}
    if not wanted:
        return {}
    parsed = {number: parse_id(Kind.MEDIA_ASSET, text) for number, text in wanted.items()}
    usable = models.MediaAsset.filter(workspace_id=workspace_id).exclude(status=models.MediaStatus.FAILED)
    known = {row.id: row for row in await usable.filter(id__in=_given(parsed))}
    found: dict[int, models.MediaAsset] = {}
    for number, asset_id in parsed.items():
        if asset_id is None or asset_id not in known:
            raise NotFoundError(wanted[number], path=(*path, "media", str(number), "source", "mediaId"))
        found[number] = known[asset_id]
    return found


def media_url(deps: Deps, *, asset: records.MediaAsset, now: datetime) -> str | None:
    """Sign the absolute address of a file's original; None while it is not there."""
    if asset.status is not models.MediaStatus.READY:
        return None
    return signed_url(deps, asset_id=asset.id, now=now)


def signed_url(deps: Deps, *, asset_id: UUID, now: datetime) -> str:
    """Sign the absolute address of a file that is there, for `URL_LIFE`."""
    keys = deps.secret_keys
    path = sign_path(
        public_id(Kind.MEDIA_ASSET, asset_id), expires_at=now + URL_LIFE, key_id=keys.newest, key=keys.newest_key
    )
    return f"{deps.settings.public_url}{path}"


def attachments_of(value: Any) -> tuple[Attachment, ...]:
    """Read a `media` column."""
    return tuple(Attachment(asset_id=UUID(item["asset_id"]), alt_text=item["alt_text"]) for item in value)


def stored_attachments(attachments: Iterable[Attachment]) -> list[dict[str, str | None]]:
    """Write a `media` column."""
    return [{"asset_id": str(use.asset_id), "alt_text": use.alt_text} for use in attachments]


def _given(parsed: dict[int, UUID | None]) -> list[UUID]:
    return [asset_id for asset_id in parsed.values() if asset_id is not None]
