"""Scopes: `Needs` prints `@requiresScope` on a field and enforces it, so that the two cannot differ."""

import inspect
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver
from strawberry.schema_directive import Location
from strawberry.types.field import StrawberryField

from api.context import Context, Info
from api.faults import FaultCode, fault
from publishing.records import Scope


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requiresScope",
    description="The API-key scope (or member permission) that a field needs.",
)
class RequiresScope:
    scope: Scope = strawberry.directive_field(name="scope")


class Needs(FieldExtension):
    """A field that only callers with this scope may select."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def apply(self, field: StrawberryField) -> None:
        """Print the directive; Strawberry calls this once for each schema it builds."""
        if not any(isinstance(directive, RequiresScope) for directive in field.directives):
            field.directives = [*field.directives, RequiresScope(scope=self.scope)]

    async def resolve_async(self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any) -> Any:
        """Check, then resolve.

        Raises:
            GraphQLError: UNAUTHENTICATED or PERMISSION_DENIED.
        """
        require(info.context, self.scope)
        answer = next_(source, info, **kwargs)
        return answer if inspect.isasyncgen(answer) else await answer


def require(context: Context, scope: Scope) -> None:
    """Check that the caller has a scope.

    Raises:
        GraphQLError: UNAUTHENTICATED without a key, PERMISSION_DENIED without the scope.
    """
    if scope not in context.caller.scopes:
        message = f"This key lacks the scope {scope.value}: use one that has it, or have it added."
        raise fault(FaultCode.PERMISSION_DENIED, message)
