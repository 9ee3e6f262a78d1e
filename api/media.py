"""Media: files of the library, their use in a post, and where they come from."""

from datetime import datetime
from enum import StrEnum

import strawberry

from api.context import Info
from api.enums import expose
from api.nodes import Node
from api.scalars import URL
from platforms.base import MediaKind, kind_of
from publishing import media, records
from publishing.ids import Kind, public_id
from publishing.records import Attachment, MediaInput, MediaStatus


class MediaOrigin(StrEnum):
    """How a file came here, as stored."""

    URL = "url"


expose(
    MediaStatus,
    description="Where a file stands.",
    values={
        "PROCESSING": "Being fetched or inspected.",
        "READY": "Ready to use.",
        "FAILED": "Cannot be used; see the error.",
    },
)
expose(
    MediaKind,
    description="What a file is.",
    values={"IMAGE": "A still image.", "VIDEO": "A moving image.", "DOCUMENT": "A PDF, Word or PowerPoint file."},
)
expose(MediaOrigin, description="How a file came here.", values={"URL": "Fetched from an address."})


@strawberry.type(description="An image, video or document in the library.")
class MediaAsset(Node):
    kind: MediaKind | None = strawberry.field(description="What it is; null until the file was looked into.")
    status: MediaStatus = strawberry.field(description="Whether it can be used.")
    origin: MediaOrigin = strawberry.field(description="How it came here.")
    file_name: str = strawberry.field(description="Its file name.")
    mime_type: str | None = strawberry.field(description="The type found by looking into the file, not by its name.")
    byte_size: int | None = strawberry.field(description="Size in bytes.")
    width: int | None = strawberry.field(description="Width in pixels.")
    height: int | None = strawberry.field(description="Height in pixels.")
    duration_seconds: float | None = strawberry.field(description="Length, for a video.")
    page_count: int | None = strawberry.field(description="Pages or slides of a document, where it tells.")
    sha256: str | None = strawberry.field(description="SHA-256 of the file, in hexadecimal.")
    alt_text: str | None = strawberry.field(description="Text for people who cannot see it.")
    error: str | None = strawberry.field(description="Why it failed, when it did.")
    created_at: datetime = strawberry.field(description="When it was added.")
    record: strawberry.Private[records.MediaAsset]

    @strawberry.field(description="A signed address of the original, for a short time.")
    async def url(self, info: Info) -> URL | None:
        address = media.media_url(info.context.deps, asset=self.record, now=await info.context.now())
        return URL(address) if address else None


@strawberry.type(description="A use of a file in a post.")
class MediaAttachment:
    alt_text: str | None = strawberry.field(description="Alternative text for this use; the file's own when left out.")
    record: strawberry.Private[Attachment]

    @strawberry.field(description="The file.")
    async def asset(self, info: Info) -> MediaAsset:
        found = await info.context.loaders.assets.load(self.record.asset_id)
        if found is None:
            raise LookupError("a file in use is in its workspace")
        return found


@strawberry.input(one_of=True, description="Where a file comes from: exactly one.")
class MediaSourceInput:
    media_id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="A file of the library.")
    url: strawberry.Maybe[URL] = strawberry.field(
        description="A public address; the file is fetched into the library first."
    )


@strawberry.input(description="A use of a file in a post.")
class MediaAttachmentInput:
    source: MediaSourceInput = strawberry.field(description="Where the file comes from.")
    alt_text: str | None = strawberry.field(default=None, description="Alternative text for this use.")


def asset_of(record: records.MediaAsset) -> MediaAsset:
    """Map a record."""
    return MediaAsset(
        id=strawberry.ID(public_id(Kind.MEDIA_ASSET, record.id)),
        kind=kind_of(record.mime_type) if record.mime_type else None,
        status=record.status,
        origin=MediaOrigin(record.origin),
        file_name=record.file_name,
        mime_type=record.mime_type,
        byte_size=record.byte_size,
        width=record.width,
        height=record.height,
        duration_seconds=record.duration_seconds,
        page_count=record.page_count,
        sha256=record.sha256,
        alt_text=record.alt_text,
        error=record.error,
        created_at=record.created_at,
        record=record,
    )


def attachment_of(record: Attachment) -> MediaAttachment:
    """Map a record."""
    return MediaAttachment(alt_text=record.alt_text, record=record)


def media_of(given: MediaAttachmentInput) -> MediaInput:
    """Read a file to publish."""
    source = given.source
    return MediaInput(
        url=source.url.value if source.url else None,
        media_id=source.media_id.value if source.media_id else None,
        alt_text=given.alt_text,
    )
