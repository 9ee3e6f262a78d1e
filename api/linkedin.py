"""LinkedIn: publishing to a member's profile or an organisation's Page."""

from typing import Annotated

import strawberry

from api.context import Info
from api.media import MediaAttachmentInput, media_of
from api.options import LinkedInOptionsInput, linkedin_options
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from api.scalars import URL
from api.validation import IssueSeverity, ValidationIssue, issues_of
from platforms.base import Platform
from publishing import posts
from publishing.records import PublishRequest, Scope


@strawberry.input(description="Input of `publishToLinkedIn`.")
class PublishToLinkedInInput:
    channel_id: strawberry.ID = strawberry.field(description="The LinkedIn member or organisation Page.")
    text: str | None = strawberry.field(
        default=None,
        description="The text. Hashtags come alive, and mentions written as `@[Name](urn:li:organization:123)`.",
    )
    media: list[MediaAttachmentInput] | None = strawberry.field(
        default=None,
        description="Up to twenty images, one video or one document. One image beside a link is the picture of its "
        "preview.",
    )
    link: URL | None = strawberry.field(default=None, description="A link shown as a preview.")
    options: LinkedInOptionsInput | None = strawberry.field(default=None, description="LinkedIn's options.")
    first_comment: str | None = strawberry.field(
        default=None,
        description="A comment added right after publishing, where the sign-in may: LinkedIn lets few apps comment.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="A unique value, such as a UUID; repeating the call with it publishes nothing again.",
    )


@strawberry.type(
    description="Result of `publishToLinkedIn`. The work goes on in the background: watch `publication.status`."
)
class PublishToLinkedInPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )
    warnings: list[ValidationIssue] = strawberry.field(
        default_factory=list[ValidationIssue], description="What was noticed and does not stop it."
    )
    replayed: bool = strawberry.field(
        default=False, description="Whether an earlier call with the same idempotency key did the work."
    )


PublishInput = Annotated[PublishToLinkedInInput, strawberry.argument(description="What to publish, and where.")]


@strawberry.type
class LinkedInMutation:
    @mutation(
        PublishToLinkedInPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Publishes to one LinkedIn member or organisation Page: text, a link, images, a video, a document "
        "or a poll.",
    )
    async def publish_to_linked_in(self, info: Info, input: PublishInput) -> PublishToLinkedInPayload | None:
        request = PublishRequest(
            platform=Platform.LINKEDIN,
            channel_id=input.channel_id,
            text=input.text or "",
            link=input.link,
            media=tuple(media_of(given) for given in input.media or ()),
            text_path="text",
            options=linkedin_options(input.options),
            first_comment=input.first_comment,
            idempotency_key=input.idempotency_key,
        )
        published = await posts.publish(info.context.deps, info.context.caller, request)
        return PublishToLinkedInPayload(
            publication=publication_of(published.publication),
            warnings=issues_of(published.warnings, IssueSeverity.WARNING),
            replayed=published.replayed,
        )
