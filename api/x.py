"""X: publishing to an account, as a thread when parts are given."""

from typing import Annotated

import strawberry

from api.context import Info
from api.media import MediaAttachmentInput, media_of
from api.options import XOptionsInput, x_options
from api.parts import ThreadPartInput, thread_of
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from api.validation import IssueSeverity, ValidationIssue, issues_of
from platforms.base import Platform
from publishing import posts
from publishing.records import PublishRequest, Scope


@strawberry.input(description="Input of `publishToX`.")
class PublishToXInput:
    channel_id: strawberry.ID = strawberry.field(description="The X account.")
    text: str | None = strawberry.field(
        default=None, description="The text; for a thread, the first part. Web addresses belong in it."
    )
    media: list[MediaAttachmentInput] | None = strawberry.field(
        default=None, description="Up to four images, one GIF or one video."
    )
    thread: list[ThreadPartInput] | None = strawberry.field(
        default=None, description="Further parts, each below the one before."
    )
    options: XOptionsInput | None = strawberry.field(default=None, description="X's options.")
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="A unique value, such as a UUID; repeating the call with it publishes nothing again.",
    )


@strawberry.type(description="Result of `publishToX`. The work goes on in the background: watch `publication.status`.")
class PublishToXPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )
    warnings: list[ValidationIssue] = strawberry.field(
        default_factory=list[ValidationIssue],
        description="What was noticed and does not stop it, such as what X charges for it.",
    )
    replayed: bool = strawberry.field(
        default=False, description="Whether an earlier call with the same idempotency key did the work."
    )


PublishInput = Annotated[PublishToXInput, strawberry.argument(description="What to publish, and where.")]


@strawberry.type
class XMutation:
    @mutation(
        PublishToXPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Publishes to one X account: text, images, a GIF, a video or a poll, as a thread when parts are "
        "given.",
    )
    async def publish_to_x(self, info: Info, input: PublishInput) -> PublishToXPayload | None:
        request = PublishRequest(
            platform=Platform.X,
            channel_id=input.channel_id,
            text=input.text or "",
            link=None,
            media=tuple(media_of(given) for given in input.media or ()),
            text_path="text",
            options=x_options(input.options),
            thread=thread_of(input.thread),
            idempotency_key=input.idempotency_key,
        )
        published = await posts.publish(info.context.deps, info.context.caller, request)
        return PublishToXPayload(
            publication=publication_of(published.publication),
            warnings=issues_of(published.warnings, IssueSeverity.WARNING),
            replayed=published.replayed,
        )
