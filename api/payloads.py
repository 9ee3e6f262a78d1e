"""Mutations: every payload implements `MutationPayload`, and what a use-case refuses becomes its `userErrors`."""

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver

from api.context import Info
from api.errors import user_error
from api.scopes import Needs
from api.user_errors import UserError
from publishing.errors import DomainError
from publishing.records import Scope


@strawberry.interface(
    description="What every mutation returns, so that one fragment can read the errors of any of them."
)
class MutationPayload:
    user_errors: list[UserError] = strawberry.field(
        default_factory=list[UserError], description="What to fix; empty when all went well."
    )


class AnswersRefusals(FieldExtension):
    """A mutation whose refusals become the `userErrors` of its payload."""

    def __init__(self, payload: Callable[..., MutationPayload]) -> None:
        self._payload = payload

    async def resolve_async(self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any) -> Any:
        """Run the mutation; a `DomainError` is an answer, anything else is not caught."""
        try:
            return await next_(source, info, **kwargs)
        except DomainError as error:
            return self._payload(user_errors=[user_error(error)])


def mutation(payload: Callable[..., MutationPayload], *, scope: Scope, description: str) -> Any:
    """Declare a mutation: its payload for refusals, the scope it needs, and its description."""
    return strawberry.mutation(description=description, extensions=[AnswersRefusals(payload), Needs(scope)])
