"""Publishing now to one channel: thin mutations for each platform over one use-case."""

from typing import Annotated, TypeVar

import strawberry

from api.context import Info
from api.media import MediaAttachmentInput, media_of
from api.options import FacebookOptionsInput, InstagramOptionsInput, facebook_options, instagram_options
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from api.scalars import URL
from api.validation import IssueSeverity, ValidationIssue, issues_of
from platforms.base import Platform
from publishing import posts
from publishing.records import Published, PublishRequest, Scope

_REPLAYED = "Whether an earlier call with the same idempotency key did the work."
_KEY = "A unique value, such as a UUID; repeating the call with it publishes nothing again."


@strawberry.input(description="Input of `publishToFacebook`.")
class PublishToFacebookInput:
    channel_id: strawberry.ID = strawberry.field(description="The Facebook Page.")
    text: str | None = strawberry.field(default=None, description="The text.")
    media: list[MediaAttachmentInput] | None = strawberry.field(
        default=None, description="Up to ten images, or one video."
    )
    link: URL | None = strawberry.field(default=None, description="A link shown as a preview.")
    options: FacebookOptionsInput | None = strawberry.field(default=None, description="Facebook's options.")
    first_comment: str | None = strawberry.field(
        default=None, description="A comment added right after publishing. A story has none."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="Input of `publishToInstagram`.")
class PublishToInstagramInput:
    channel_id: strawberry.ID = strawberry.field(description="The Instagram account.")
    media: list[MediaAttachmentInput] = strawberry.field(
        description="One to ten images or videos; more than one makes a carousel."
    )
    caption: str | None = strawberry.field(default=None, description="The caption.")
    options: InstagramOptionsInput | None = strawberry.field(default=None, description="Instagram's options.")
    first_comment: str | None = strawberry.field(
        default=None, description="A comment added right after publishing. A story has none."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.type(description="Result of `publishToFacebook`.")
class PublishToFacebookPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )
    warnings: list[ValidationIssue] = strawberry.field(
        default_factory=list[ValidationIssue], description="What was noticed and does not stop it."
    )
    replayed: bool = strawberry.field(default=False, description=_REPLAYED)


@strawberry.type(description="Result of `publishToInstagram`.")
class PublishToInstagramPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )
    warnings: list[ValidationIssue] = strawberry.field(
        default_factory=list[ValidationIssue], description="What was noticed and does not stop it."
    )
    replayed: bool = strawberry.field(default=False, description=_REPLAYED)


Payload = TypeVar("Payload", PublishToFacebookPayload, PublishToInstagramPayload)
FacebookInput = Annotated[PublishToFacebookInput, strawberry.argument(description="What to publish, and where.")]
InstagramInput = Annotated[PublishToInstagramInput, strawberry.argument(description="What to publish, and where.")]


@strawberry.type
class PublishMutation:
    @mutation(
        PublishToFacebookPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Publishes to one Facebook Page: text, a link, images, a video, a Reel or a story.",
    )
    async def publish_to_facebook(self, info: Info, input: FacebookInput) -> PublishToFacebookPayload | None:
        request = PublishRequest(
            platform=Platform.FACEBOOK,
            channel_id=input.channel_id,
            text=input.text or "",
            link=input.link,
            media=tuple(media_of(given) for given in input.media or ()),
            text_path="text",
            options=facebook_options(input.options),
            first_comment=input.first_comment,
            idempotency_key=input.idempotency_key,
        )
        return _payload(PublishToFacebookPayload, await posts.publish(info.context.deps, info.context.caller, request))

    @mutation(
        PublishToInstagramPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Publishes to one Instagram account: an image, a carousel, a reel or a story. A file is "
        "required, and the schema says so.",
    )
    async def publish_to_instagram(self, info: Info, input: InstagramInput) -> PublishToInstagramPayload | None:
        request = PublishRequest(
            platform=Platform.INSTAGRAM,
            channel_id=input.channel_id,
            text=input.caption or "",
            link=None,
            media=tuple(media_of(given) for given in input.media),
            text_path="caption",
            options=instagram_options(input.options),
            first_comment=input.first_comment,
            idempotency_key=input.idempotency_key,
        )
        return _payload(PublishToInstagramPayload, await posts.publish(info.context.deps, info.context.caller, request))


def _payload(payload: type[Payload], published: Published) -> Payload:
    return payload(
        publication=publication_of(published.publication),
        warnings=issues_of(published.warnings, IssueSeverity.WARNING),
        replayed=published.replayed,
    )
