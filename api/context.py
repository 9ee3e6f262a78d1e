"""What a resolver is handed: who calls, what use-cases need, and the loaders of this operation."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry

from api.faults import unauthenticated
from publishing.deps import Deps
from publishing.events import EventHub
from publishing.records import Caller

if TYPE_CHECKING:
    from api.loaders import Loaders


@dataclass(slots=True)
class Context:
    """One per HTTP request or WebSocket connection. `known` is None for a caller without a key.

    `operation` is the type and the outcome of the last operation that came to its end.
    """

    deps: Deps
    hub: EventHub
    request_id: str
    loaders: "Loaders"
    known: Caller | None = None
    connection_params: dict[str, Any] | None = field(default=None, repr=False)
    operation: tuple[str, str] | None = None

    @property
    def caller(self) -> Caller:
        """Who calls.

        Raises:
            GraphQLError: UNAUTHENTICATED; no key was sent.
        """
        if self.known is None:
            raise unauthenticated()
        return self.known

    @property
    def workspace_id(self) -> UUID:
        """The workspace of the caller; raises as `caller` does."""
        return self.caller.workspace_id

    async def now(self) -> datetime:
        """Tell the time."""
        return await self.deps.clock.now()


Info = strawberry.Info[Context, None]
