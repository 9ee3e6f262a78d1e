"""Global ids: the `Node` interface, and how an id becomes a thing. All ids that lead nowhere answer the same: null."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

import strawberry

from api.context import Context, Info
from api.faults import FaultCode, fault
from api.scopes import require
from publishing.ids import Kind, kind_of, parse_id
from publishing.records import Scope

MOST_IDS = 100


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = strawberry.field(description="The opaque global id.")


Id = Annotated[strawberry.ID, strawberry.argument(description="The opaque global id.")]
Find = Callable[[Context, UUID], Awaitable[Node | None]]


async def _workspace(context: Context, value: UUID) -> Node | None:
    return await context.loaders.workspace() if value == context.workspace_id else None


async def _api_key(context: Context, value: UUID) -> Node | None:
    if value != context.caller.key_id:
        require(context, Scope.WORKSPACE_ADMIN)
    return await context.loaders.api_keys.load(value)


_FINDERS: dict[Kind, tuple[Scope | None, Find]] = {
    Kind.WORKSPACE: (None, _workspace),
    Kind.API_KEY: (None, _api_key),
    Kind.CONNECTION_ATTEMPT: (Scope.ACCOUNTS_READ, lambda context, value: context.loaders.attempts.load(value)),
    Kind.CONNECTED_ACCOUNT: (Scope.ACCOUNTS_READ, lambda context, value: context.loaders.accounts.load(value)),
    Kind.CHANNEL: (Scope.ACCOUNTS_READ, lambda context, value: context.loaders.channels.load(value)),
    Kind.POST: (Scope.POSTS_READ, lambda context, value: context.loaders.posts.load(value)),
    Kind.PUBLICATION: (Scope.POSTS_READ, lambda context, value: context.loaders.publications.load(value)),
    Kind.ATTEMPT: (Scope.POSTS_READ, lambda context, value: context.loaders.publication_attempts.load(value)),
    Kind.MEDIA_ASSET: (Scope.MEDIA_READ, lambda context, value: context.loaders.assets.load(value)),
}


async def find_node(context: Context, text: str) -> Node | None:
    """Find what an id belongs to; None when it leads nowhere for this caller.

    Raises:
        GraphQLError: UNAUTHENTICATED, or PERMISSION_DENIED for a kind that the key may not read, whether it is
            there or not.
    """
    context.caller  # noqa: B018 - an id that leads nowhere needs a key too
    kind = kind_of(text)
    if kind is None or kind not in _FINDERS:
        return None
    scope, find = _FINDERS[kind]
    if scope is not None:
        require(context, scope)
    value = parse_id(kind, text)
    return await find(context, value) if value is not None else None


@strawberry.type
class NodeQuery:
    @strawberry.field(description="Anything, by its id.")
    async def node(self, info: Info, id: Id) -> Node | None:
        return await find_node(info.context, id)

    @strawberry.field(description="Several things, by their ids, in the same order; at most 100.")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="The opaque global ids.")],
    ) -> list[Node | None]:
        if len(ids) > MOST_IDS:
            raise fault(FaultCode.BAD_USER_INPUT, f"At most {MOST_IDS} ids at once; {len(ids)} were given.")
        info.context.caller  # noqa: B018 - an empty list needs a key too
        return await asyncio.gather(*(find_node(info.context, text) for text in ids))
