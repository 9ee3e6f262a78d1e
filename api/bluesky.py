"""Bluesky: connecting an account by its app password, and publishing to it."""

from typing import TYPE_CHECKING, Annotated

import orjson
import strawberry

from api.connections import ConnectionAttempt, attempt_of
from api.context import Info
from api.errors import failure_error
from api.media import MediaAttachmentInput, media_of
from api.parts import ThreadPartInput, thread_of
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from api.scalars import URL
from api.validation import IssueSeverity, ValidationIssue, issues_of
from platforms.base import Environment, Platform
from publishing import connections, posts
from publishing.records import ConnectionAttemptStatus, PublishRequest, Scope

if TYPE_CHECKING:
    from api.accounts import ConnectedAccount


@strawberry.input(description="Input of `connectBluesky`.")
class ConnectBlueskyInput:
    handle: str = strawberry.field(description="The handle, such as `name.example.com`.")
    app_password: str = strawberry.field(
        description="An app password made in Bluesky's settings; it is exchanged at once and never stored beyond that."
    )
    service_url: URL | None = strawberry.field(
        default=None, description="The account's server, by its origin; the configured one when left out."
    )


@strawberry.input(description="Input of `publishToBluesky`.")
class PublishToBlueskyInput:
    channel_id: strawberry.ID = strawberry.field(description="The Bluesky account.")
    text: str | None = strawberry.field(
        default=None,
        description="The text; for a thread, the first part. Links, mentions and hashtags in it come alive.",
    )
    media: list[MediaAttachmentInput] | None = strawberry.field(default=None, description="Up to four images.")
    thread: list[ThreadPartInput] | None = strawberry.field(
        default=None, description="Further parts, each below the one before."
    )
    link: URL | None = strawberry.field(default=None, description="A link shown as a card, instead of images.")
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="A unique value, such as a UUID; repeating the call with it publishes nothing again.",
    )


@strawberry.type(description="Result of `connectBluesky`.")
class ConnectBlueskyPayload(MutationPayload):
    attempt: ConnectionAttempt | None = strawberry.field(
        default=None,
        description="The sign-in; when its status is COMPLETING the account follows, and `connectionAttemptChanged` "
        "tells.",
    )

    @strawberry.field(description="The connected account, with its one page to choose; null when there are errors.")
    async def account(self, info: Info) -> Annotated["ConnectedAccount", strawberry.lazy("api.accounts")] | None:
        record = self.attempt.record if self.attempt else None
        if record is None or record.status is not ConnectionAttemptStatus.COMPLETED or record.account_id is None:
            return None
        return await info.context.loaders.accounts.load(record.account_id)


@strawberry.type(
    description="Result of `publishToBluesky`. The work goes on in the background: watch `publication.status`."
)
class PublishToBlueskyPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )
    warnings: list[ValidationIssue] = strawberry.field(
        default_factory=list[ValidationIssue], description="What was noticed and does not stop it."
    )
    replayed: bool = strawberry.field(
        default=False, description="Whether an earlier call with the same idempotency key did the work."
    )


ConnectInput = Annotated[ConnectBlueskyInput, strawberry.argument(description="Who signs in, and where.")]
PublishInput = Annotated[PublishToBlueskyInput, strawberry.argument(description="What to publish, and where.")]


@strawberry.type
class BlueskyMutation:
    @mutation(
        ConnectBlueskyPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Connects a Bluesky account by handle and app password, or renews its sign-in; no browser is "
        "involved.",
    )
    async def connect_bluesky(self, info: Info, input: ConnectInput) -> ConnectBlueskyPayload | None:
        secret = {"identifier": input.handle, "password": input.app_password, "service": input.service_url}
        record = await connections.connect_by_password(
            info.context.deps,
            info.context.caller,
            platform=Platform.BLUESKY,
            environment=Environment.LIVE,
            secret=orjson.dumps(secret).decode(),
        )
        errors = [failure_error(record.error)] if record.error else []
        return ConnectBlueskyPayload(attempt=attempt_of(record), user_errors=errors)

    @mutation(
        PublishToBlueskyPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Publishes to one Bluesky account: text, a link or images, as a thread when parts are given.",
    )
    async def publish_to_bluesky(self, info: Info, input: PublishInput) -> PublishToBlueskyPayload | None:
        request = PublishRequest(
            platform=Platform.BLUESKY,
            channel_id=input.channel_id,
            text=input.text or "",
            link=input.link,
            media=tuple(media_of(given) for given in input.media or ()),
            text_path="text",
            thread=thread_of(input.thread),
            idempotency_key=input.idempotency_key,
        )
        published = await posts.publish(info.context.deps, info.context.caller, request)
        return PublishToBlueskyPayload(
            publication=publication_of(published.publication),
            warnings=issues_of(published.warnings, IssueSeverity.WARNING),
            replayed=published.replayed,
        )
