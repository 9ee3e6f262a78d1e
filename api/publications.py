"""Publications: a post's delivery to one channel. Reading, calling off and watching them."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from api.attempts import PublicationAttempt, publication_attempt_of
from api.channels import Channel
from api.context import Info
from api.enums import expose
from api.faults import leads_nowhere
from api.follow_ups import FollowUp
from api.lists import After, Before, Connection, First, Last, connection_of, read_page
from api.nodes import Id, Node
from api.parts import PublicationPart, part_of
from api.posts import Post, PostContent, content_of
from api.scalars import URL
from api.scopes import Needs
from api.transitions import PublicationTransition
from api.user_errors import PlatformError, platform_error
from api.watching import watch
from platforms.base import Receipt
from platforms.following import Task
from publishing import decisions, publications, records
from publishing.changes import PUBLICATION_CHANGED
from publishing.decisions import Action
from publishing.ids import Kind, parse_id, public_id
from publishing.lifecycle import Status
from publishing.records import EventNote, Scope
from publishing.threads import PartOut

expose(
    Action,
    name="PublicationAction",
    description="What can be done with a publication.",
    values={
        "CANCEL": "Call it off.",
        "RETRY": "Try again.",
        "EDIT": "Change its text at the platform.",
        "DELETE": "Delete it at the platform.",
        "RESOLVE": "Say what became of it, when the server cannot find out.",
    },
)


@strawberry.type(
    description="A post's delivery to one channel: the unit that is scheduled, attempted, retried and measured."
)
class Publication(Node):
    status: Status = strawberry.field(description="Where it stands.")
    content: PostContent = strawberry.field(description="Exactly what is, or was, sent.")
    scheduled_at: datetime | None = strawberry.field(description="When it is due.")
    published_at: datetime | None = strawberry.field(description="When the platform confirmed it.")
    permalink: URL | None = strawberry.field(description="Its address at the platform.")
    platform_post_id: str | None = strawberry.field(description="The platform's id for it.")
    error: PlatformError | None = strawberry.field(description="The last failure, while there is one.")
    next_attempt_at: datetime | None = strawberry.field(
        description="While it waits: when it is taken up at the earliest, once due and once its channel has rested."
    )
    attempt_count: int = strawberry.field(description="How often the call that makes it public was made.")
    record: strawberry.Private[records.Publication]

    @strawberry.field(description="The post it belongs to.")
    async def post(self, info: Info) -> Post:
        found = await info.context.loaders.posts.load(self.record.post_id)
        if found is None:
            raise LookupError("the post of a publication is in its workspace")
        return found

    @strawberry.field(description="The channel it goes to.")
    async def channel(self, info: Info) -> Channel:
        found = await info.context.loaders.channels.load(self.record.channel_id)
        if found is None:
            raise LookupError("the channel of a publication is in its workspace")
        return found

    @strawberry.field(description="Every call made to the platform for it, the newest first.")
    async def attempts(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[PublicationAttempt]:
        owner, publication_id = info.context.workspace_id, self.record.id
        page = await publications.list_attempts(
            workspace_id=owner, publication_id=publication_id, page=read_page(first, after, last, before)
        )
        return connection_of(
            [publication_attempt_of(record) for record in page.items],
            has_next=page.has_next,
            has_previous=page.has_previous,
            count=lambda: publications.count_attempts(workspace_id=owner, publication_id=publication_id),
        )

    @strawberry.field(description="Every change of its state, the oldest first.")
    async def history(self, info: Info) -> list[PublicationTransition]:
        return await info.context.loaders.histories.load(self.record.id)

    @strawberry.field(description="What can be done with it now.")
    async def allowed_actions(self, info: Info) -> list[Action]:
        loaders, record = info.context.loaders, self.record
        out = len(await loaders.parts.load(record.id)) if record.thread else 0
        is_followed = record.thread or record.status is Status.PUBLISHED
        followed = await loaders.follow_ups.load(record.id) if is_followed else []
        open_tasks = [one.kind for one in followed if one.next_attempt_at is not None]
        begun = any(one.kind is Task.DELETE for one in followed)
        return list(decisions.actions_of(record, open_tasks, parts_out=out, deletion_begun=begun))

    @strawberry.field(description="What is done for it after its call, the oldest first: comment, edits, deletion.")
    async def follow_ups(self, info: Info) -> list[FollowUp]:
        return await info.context.loaders.follow_ups.load(self.record.id)

    @strawberry.field(description="Every piece the platform holds: the post, and further parts of a thread, in order.")
    async def parts(self, info: Info) -> list[PublicationPart]:
        record = self.record
        if record.thread:
            return await info.context.loaders.parts.load(record.id)
        if record.platform_post_id is None:
            return []
        return [part_of(PartOut(0, Receipt(record.platform_post_id, record.permalink), record.published_at))]


def publication_of(record: records.Publication) -> Publication:
    """Map a record."""
    return Publication(
        id=strawberry.ID(public_id(Kind.PUBLICATION, record.id)),
        status=record.status,
        content=content_of(record),
        scheduled_at=record.scheduled_at,
        published_at=record.published_at,
        permalink=URL(record.permalink) if record.permalink else None,
        platform_post_id=record.platform_post_id,
        error=platform_error(record.error) if record.error else None,
        next_attempt_at=publications.next_attempt_at(record),
        attempt_count=record.attempt_count,
        record=record,
    )


@strawberry.type
class PublicationQuery:
    @strawberry.field(description="A publication.", extensions=[Needs(Scope.POSTS_READ)])
    async def publication(self, info: Info, id: Id) -> Publication | None:
        value = parse_id(Kind.PUBLICATION, id)
        return await info.context.loaders.publications.load(value) if value else None


@strawberry.type
class PublicationSubscription:
    @strawberry.subscription(
        description="Publications as their state changes; the first message of one publication is the present state.",
        extensions=[Needs(Scope.POSTS_READ)],
    )
    async def publication_changed(
        self,
        info: Info,
        post_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only of this post.")] = None,
        publication_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only this publication.")
        ] = None,
        channel_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only on this channel.")] = None,
    ) -> AsyncGenerator[Publication | None, None]:
        loaders = info.context.loaders
        wanted = _Wanted(
            publication=await _given(Kind.PUBLICATION, publication_id, loaders.publications, "publicationId"),
            post=await _given(Kind.POST, post_id, loaders.posts, "postId"),
            channel=await _given(Kind.CHANNEL, channel_id, loaders.channels, "channelId"),
        )
        load = loaders.publications.load
        async for item in watch(info.context, wanted.publication, load, only=wanted.matches):
            yield item


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a subscription narrows itself to; None leaves a part open."""

    publication: UUID | None
    post: UUID | None
    channel: UUID | None

    def matches(self, note: EventNote) -> bool:
        return (
            note.type == PUBLICATION_CHANGED
            and self.publication in {None, note.subject_id}
            and self.post in {None, note.post_id}
            and self.channel in {None, note.channel_id}
        )


async def _given(kind: Kind, text: str | None, loader: DataLoader[UUID, Any], argument: str) -> UUID | None:
    if text is None:
        return None
    value = parse_id(kind, text)
    if value is None or await loader.load(value) is None:
        raise leads_nowhere(argument)
    return value
