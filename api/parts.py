"""Parts of a publication: what the platform holds of it, and the parts of a thread as callers give them."""

from datetime import datetime
from enum import StrEnum

import strawberry

from api.enums import expose
from api.media import MediaAttachmentInput, media_of
from api.scalars import URL
from publishing.records import NewPart
from publishing.threads import PartOut


class PartKind(StrEnum):
    """What a piece is."""

    POST = "post"
    THREAD_PART = "thread_part"


expose(
    PartKind,
    name="PublicationPartKind",
    description="What a piece is.",
    values={"POST": "The post itself.", "THREAD_PART": "A further part of a thread."},
)


@strawberry.type(description="A piece of a publication that the platform holds.")
class PublicationPart:
    kind: PartKind = strawberry.field(description="What it is.")
    index: int = strawberry.field(description="Its place, from 0.")
    platform_id: str | None = strawberry.field(description="The platform's id for it.")
    permalink: URL | None = strawberry.field(description="Its address, when it is known.")
    published_at: datetime | None = strawberry.field(description="When it went out.")


@strawberry.input(description="One further part of a thread.")
class ThreadPartInput:
    text: str = strawberry.field(description="Its text.")
    media: list[MediaAttachmentInput] | None = strawberry.field(default=None, description="Its images and videos.")


def part_of(part: PartOut) -> PublicationPart:
    """Map a part that is out."""
    return PublicationPart(
        kind=PartKind.THREAD_PART if part.index else PartKind.POST,
        index=part.index,
        platform_id=part.receipt.platform_post_id,
        permalink=URL(part.receipt.permalink) if part.receipt.permalink else None,
        published_at=part.published_at,
    )


def thread_of(given: list[ThreadPartInput] | None) -> tuple[NewPart, ...]:
    """Read the further parts of a thread."""
    return tuple(NewPart(part.text, tuple(media_of(file) for file in part.media or ())) for part in given or ())
