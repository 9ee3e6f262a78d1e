"""Selectable pages: what a sign-in offers, and choosing some of it."""

from typing import Annotated

import strawberry

from api.channels import Channel, channel_of
from api.context import Info
from api.errors import page_error
from api.payloads import MutationPayload, mutation
from api.scalars import URL
from platforms.base import ChannelKind
from publishing import channels, records
from publishing.ids import Kind, public_id
from publishing.records import Scope


@strawberry.type(description="A Page, Instagram account or profile that can be chosen as a channel.")
class SelectablePage:
    id: strawberry.ID = strawberry.field(description="Pass it to `selectPages`.")
    kind: ChannelKind = strawberry.field(description="What it is.")
    name: str = strawberry.field(description="Its name at the platform.")
    handle: str | None = strawberry.field(description="Its handle, without an at sign.")
    avatar_url: URL | None = strawberry.field(description="Its picture.")
    publishable: bool = strawberry.field(description="Whether this sign-in may publish to it.")
    problem: str | None = strawberry.field(description="Why not, when not; and what to do.")
    record: strawberry.Private[records.SelectablePage]

    @strawberry.field(
        description="For a Facebook Page: the Instagram professional account linked to it, found by itself."
    )
    async def linked_instagram(self, info: Info) -> "SelectablePage | None":
        wanted = self.record.linked_instagram_id
        if wanted is None:
            return None
        offered = await info.context.loaders.pages_of_accounts.load(self.record.account_id)
        return next((page for page in offered if page.record.id == wanted), None)

    @strawberry.field(description="The channel made from it, when it is selected already.")
    async def channel(self, info: Info) -> Channel | None:
        value = self.record.channel_id
        return await info.context.loaders.channels.load(value) if value else None


def page_of(record: records.SelectablePage) -> SelectablePage:
    """Map a record."""
    return SelectablePage(
        id=strawberry.ID(public_id(Kind.SELECTABLE_PAGE, record.id)),
        kind=record.kind,
        name=record.name,
        handle=record.handle,
        avatar_url=URL(record.avatar_url) if record.avatar_url else None,
        publishable=record.publishable,
        problem=record.problem,
        record=record,
    )


@strawberry.input(description="Input of `selectPages`.")
class SelectPagesInput:
    account_id: strawberry.ID = strawberry.field(description="The connected account.")
    page_ids: list[strawberry.ID] = strawberry.field(description="Ids of `ConnectedAccount.pages`.")
    include_linked_instagram: bool = strawberry.field(
        default=True,
        description="Whether the Instagram account linked to a chosen Facebook Page becomes a channel too.",
    )
    replace: bool = strawberry.field(
        default=False, description="Whether pages chosen before and not named now are removed."
    )


@strawberry.type(description="Result of `selectPages`. Pages without a problem become channels all the same.")
class SelectPagesPayload(MutationPayload):
    channels: list[Channel] = strawberry.field(default_factory=list[Channel], description="The channels made or kept.")


@strawberry.type
class PageMutation:
    @mutation(
        SelectPagesPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Chooses the Pages, Instagram accounts and profiles of a connected account that become channels.",
    )
    async def select_pages(
        self, info: Info, input: Annotated[SelectPagesInput, strawberry.argument(description="Which pages.")]
    ) -> SelectPagesPayload | None:
        context = info.context
        selection = await channels.select_pages(
            context.deps,
            context.caller,
            account_id=input.account_id,
            page_ids=input.page_ids,
            include_linked_instagram=input.include_linked_instagram,
            replace=input.replace,
        )
        return SelectPagesPayload(
            channels=[channel_of(record) for record in selection.channels],
            user_errors=[page_error(problem) for problem in selection.problems],
        )
