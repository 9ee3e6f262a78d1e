"""Workspaces and the caller."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.accounts import ConnectedAccount, account_of
from api.actors import Actor
from api.channels import Channel, ChannelFilterInput, channel_filter, channel_of
from api.context import Info
from api.lists import After, Before, Connection, First, Last, connection_of, read_page
from api.nodes import Node
from api.publication_filters import PublicationFilterInput, publication_filter
from api.publications import Publication, publication_of
from api.scalars import TimeZone
from api.scopes import Needs
from platforms.base import Platform
from publishing import accounts, channels, publications, records
from publishing.ids import Kind, parse_id, public_id
from publishing.records import Scope

_NARROW = strawberry.argument(description="Narrows the list.")


@strawberry.type(description="The owner of connected accounts, posts and media. An API key belongs to exactly one.")
class Workspace(Node):
    name: str = strawberry.field(description="Name for people.")
    time_zone: TimeZone = strawberry.field(description="The time zone used when none is given.")
    created_at: datetime = strawberry.field(description="When it was made.")
    record: strawberry.Private[records.Workspace]

    @strawberry.field(description="Accounts signed in to at platforms.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def connected_accounts(
        self,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        platforms: Annotated[list[Platform] | None, strawberry.argument(description="Only these platforms.")] = None,
    ) -> Connection[ConnectedAccount]:
        workspace_id, only = self.record.id, tuple(platforms) if platforms is not None else None
        page = await accounts.list_accounts(
            workspace_id=workspace_id, page=read_page(first, after, last, before), platforms=only
        )
        return connection_of(
            [account_of(record) for record in page.items],
            has_next=page.has_next,
            has_previous=page.has_previous,
            count=lambda: accounts.count_accounts(workspace_id=workspace_id, platforms=only),
        )

    @strawberry.field(description="The channels that can be posted to.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def channels(
        self,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[ChannelFilterInput | None, _NARROW] = None,
    ) -> Connection[Channel]:
        workspace_id, only = self.record.id, channel_filter(filter)
        page = await channels.list_channels(
            workspace_id=workspace_id, page=read_page(first, after, last, before), filter=only
        )
        return connection_of(
            [channel_of(record) for record in page.items],
            has_next=page.has_next,
            has_previous=page.has_previous,
            count=lambda: channels.count_channels(workspace_id=workspace_id, filter=only),
        )

    @strawberry.field(description="Publications, the newest first.", extensions=[Needs(Scope.POSTS_READ)])
    async def publications(
        self,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[PublicationFilterInput | None, _NARROW] = None,
    ) -> Connection[Publication]:
        workspace_id, only = self.record.id, publication_filter(filter)
        page = await publications.list_publications(
            workspace_id=workspace_id, page=read_page(first, after, last, before), filter=only
        )
        return connection_of(
            [publication_of(record) for record in page.items],
            has_next=page.has_next,
            has_previous=page.has_previous,
            count=lambda: publications.count_publications(workspace_id=workspace_id, filter=only),
        )


def workspace_of(record: records.Workspace) -> Workspace:
    """Map a record."""
    return Workspace(
        id=strawberry.ID(public_id(Kind.WORKSPACE, record.id)),
        name=record.name,
        time_zone=TimeZone(record.time_zone),
        created_at=record.created_at,
        record=record,
    )


@strawberry.type(description="The caller.")
class Viewer:
    scopes: list[Scope] = strawberry.field(description="What the caller may do.")

    @strawberry.field(description="Who is calling.")
    async def actor(self, info: Info) -> Actor:
        key = await info.context.loaders.api_keys.load(info.context.caller.key_id)
        if key is None:
            raise LookupError("the key of a caller is in its workspace")
        return key

    @strawberry.field(description="The workspace that is meant when an operation names none.")
    async def workspace(self, info: Info) -> Workspace | None:
        return await info.context.loaders.workspace()


@strawberry.type
class WorkspaceQuery:
    @strawberry.field(description="The caller.")
    async def viewer(self, info: Info) -> Viewer | None:
        return Viewer(scopes=sorted(info.context.caller.scopes))

    @strawberry.field(description="A workspace; the caller's own when no id is given.")
    async def workspace(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, strawberry.argument(description="The opaque global id.")] = None,
    ) -> Workspace | None:
        own = info.context.workspace_id
        if id is not None and parse_id(Kind.WORKSPACE, id) != own:
            return None
        return await info.context.loaders.workspace()
