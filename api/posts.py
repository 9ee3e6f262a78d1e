"""Posts: what is said."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.actors import Actor, find_actor
from api.context import Info
from api.media import MediaAttachment, attachment_of
from api.nodes import Node
from api.scalars import URL
from api.scopes import Needs
from publishing import records
from publishing.ids import Kind, parse_id, public_id
from publishing.records import Scope

if TYPE_CHECKING:
    from api.publications import Publication


@strawberry.type(description="A link shown as a preview.")
class LinkAttachment:
    url: URL = strawberry.field(description="The address.")


@strawberry.type(description="One further part of a thread.")
class ThreadPart:
    text: str = strawberry.field(description="Its text.")
    media: list[MediaAttachment] = strawberry.field(description="Its images and videos.")


@strawberry.type(description="What is said.")
class PostContent:
    text: str = strawberry.field(description="The text; for a thread, the first part.")
    media: list[MediaAttachment] = strawberry.field(description="Images, in order.")
    link: LinkAttachment | None = strawberry.field(description="A link shown as a preview.")
    first_comment: str | None = strawberry.field(description="A comment added right after publishing.")
    thread: list[ThreadPart] = strawberry.field(description="Further parts, each below the one before.")


@strawberry.type(
    description="Something to say, composed once for one or more channels.\n"
    "Each channel gets its own `Publication`, and each of those succeeds or fails by itself."
)
class Post(Node):
    content: PostContent = strawberry.field(description="What is said.")
    revision: int = strawberry.field(description="Rises with each change.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it was last changed.")
    record: strawberry.Private[records.Post]

    @strawberry.field(description="One for each chosen channel.")
    async def publications(self, info: Info) -> list[Annotated["Publication", strawberry.lazy("api.publications")]]:
        return await info.context.loaders.publications_of_posts.load(self.record.id)

    @strawberry.field(description="Who made it.")
    async def created_by(self, info: Info) -> Actor:
        return await find_actor(info.context, self.record.created_by)


@strawberry.input(one_of=True, description="How to find a post.")
class PostByInput:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="By its id.")


def content_of(said: records.Post | records.Publication) -> PostContent:
    """Put content together."""
    return PostContent(
        text=said.text,
        media=[attachment_of(record) for record in said.media],
        link=LinkAttachment(url=URL(said.link)) if said.link else None,
        first_comment=said.first_comment,
        thread=[
            ThreadPart(text=part.text, media=[attachment_of(use) for use in part.media]) for part in said.thread or ()
        ],
    )


def post_of(record: records.Post) -> Post:
    """Map a record."""
    return Post(
        id=strawberry.ID(public_id(Kind.POST, record.id)),
        content=content_of(record),
        revision=record.revision,
        created_at=record.created_at,
        updated_at=record.updated_at,
        record=record,
    )


@strawberry.type
class PostQuery:
    @strawberry.field(description="A post.", extensions=[Needs(Scope.POSTS_READ)])
    async def post(
        self, info: Info, by: Annotated[PostByInput, strawberry.argument(description="Which one.")]
    ) -> Post | None:
        value = parse_id(Kind.POST, by.id.value) if by.id else None
        return await info.context.loaders.posts.load(value) if value else None
