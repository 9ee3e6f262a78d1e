"""What a person decides about a publication: to call it off, to try it again, or what became of it."""

from typing import Annotated

import strawberry

from api.context import Info
from api.faults import FaultCode, fault
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from api.scalars import URL
from publishing import decisions
from publishing.records import Scope


@strawberry.input(description="Input of `cancelPublication`.")
class CancelPublicationInput:
    publication_id: strawberry.ID = strawberry.field(description="The publication.")


@strawberry.type(description="Result of `cancelPublication`.")
class CancelPublicationPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )


@strawberry.input(description="Input of `retryPublication`.")
class RetryPublicationInput:
    publication_id: strawberry.ID = strawberry.field(description="The publication.")
    idempotency_key: str | None = strawberry.field(
        default=None, description="A unique value, such as a UUID; repeating the call with it does nothing again."
    )


@strawberry.type(description="Result of `retryPublication`.")
class RetryPublicationPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )


@strawberry.input(one_of=True, description="What became of an unconfirmed publication: exactly one.")
class ResolutionInput:
    published_at: strawberry.Maybe[URL] = strawberry.field(description="It is out, at this address.")
    not_published: strawberry.Maybe[bool] = strawberry.field(
        description="It is not out, and is sent again, unless it is being deleted. Only `true` is allowed."
    )


@strawberry.input(description="Input of `resolvePublication`.")
class ResolvePublicationInput:
    publication_id: strawberry.ID = strawberry.field(description="The publication.")
    outcome: ResolutionInput = strawberry.field(description="What became of it.")


@strawberry.type(description="Result of `resolvePublication`.")
class ResolvePublicationPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )


@strawberry.type
class DecisionMutation:
    @mutation(CancelPublicationPayload, scope=Scope.POSTS_PUBLISH, description="Calls off one publication.")
    async def cancel_publication(
        self, info: Info, input: Annotated[CancelPublicationInput, strawberry.argument(description="Which one.")]
    ) -> CancelPublicationPayload | None:
        context = info.context
        record = await decisions.cancel_publication(context.deps, context.caller, publication_id=input.publication_id)
        return CancelPublicationPayload(publication=publication_of(record))

    @mutation(
        RetryPublicationPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Tries a failed publication again, from the step at which it failed.",
    )
    async def retry_publication(
        self, info: Info, input: Annotated[RetryPublicationInput, strawberry.argument(description="Which one.")]
    ) -> RetryPublicationPayload | None:
        context = info.context
        record = await decisions.retry_publication(
            context.deps,
            context.caller,
            publication_id=input.publication_id,
            idempotency_key=input.idempotency_key,
        )
        return RetryPublicationPayload(publication=publication_of(record))

    @mutation(
        ResolvePublicationPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Says what became of an unconfirmed publication, when the server could not find out.",
    )
    async def resolve_publication(
        self,
        info: Info,
        input: Annotated[ResolvePublicationInput, strawberry.argument(description="Which one, and what became of it.")],
    ) -> ResolvePublicationPayload | None:
        context = info.context
        record = await decisions.resolve_publication(
            context.deps, context.caller, publication_id=input.publication_id, url=_address(input.outcome)
        )
        return ResolvePublicationPayload(publication=publication_of(record))


def _address(outcome: ResolutionInput) -> str | None:
    if outcome.published_at is not None:
        return outcome.published_at.value
    if outcome.not_published is not None and not outcome.not_published.value:
        raise fault(FaultCode.BAD_USER_INPUT, "`notPublished` is only ever true; give `publishedAt` if it is out.")
    return None
