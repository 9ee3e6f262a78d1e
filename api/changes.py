"""Changing and deleting what is out: asked for here, done by a worker."""

from typing import Annotated

import strawberry

from api.context import Info
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from publishing import follow_ups
from publishing.records import Scope

_KEY = "A unique value, such as a UUID; repeating the call with it does nothing again."


@strawberry.input(description="Input of `editPublication`.")
class EditPublicationInput:
    publication_id: strawberry.ID = strawberry.field(description="The publication.")
    text: str = strawberry.field(description="The new text.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.type(description="Result of `editPublication`.")
class EditPublicationPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )


@strawberry.input(description="Input of `deletePublication`.")
class DeletePublicationInput:
    publication_id: strawberry.ID = strawberry.field(description="The publication.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.type(description="Result of `deletePublication`.")
class DeletePublicationPayload(MutationPayload):
    publication: Publication | None = strawberry.field(
        default=None, description="The publication; null when there are errors."
    )


@strawberry.type
class ChangeMutation:
    @mutation(
        EditPublicationPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Changes the text of something already out, where the platform can do that. A worker does it; "
        "`followUps` shows how it goes.",
    )
    async def edit_publication(
        self,
        info: Info,
        input: Annotated[EditPublicationInput, strawberry.argument(description="Which one, and the new text.")],
    ) -> EditPublicationPayload | None:
        record = await follow_ups.edit_publication(
            info.context.deps,
            info.context.caller,
            publication_id=input.publication_id,
            text=input.text,
            idempotency_key=input.idempotency_key,
        )
        return EditPublicationPayload(publication=publication_of(record))

    @mutation(
        DeletePublicationPayload,
        scope=Scope.POSTS_PUBLISH,
        description="Deletes something at the platform, where the platform can do that; of a thread whose rest failed, "
        "was called off or waits for a person, the parts that are out, also one in doubt that is found there. A worker "
        "does it; `followUps` shows how it goes, and in the end it is DELETED, or NEEDS_ATTENTION where nobody can "
        "tell whether that was all.",
    )
    async def delete_publication(
        self, info: Info, input: Annotated[DeletePublicationInput, strawberry.argument(description="Which one.")]
    ) -> DeletePublicationPayload | None:
        record = await follow_ups.delete_publication(
            info.context.deps,
            info.context.caller,
            publication_id=input.publication_id,
            idempotency_key=input.idempotency_key,
        )
        return DeletePublicationPayload(publication=publication_of(record))
