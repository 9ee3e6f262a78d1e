"""Channels: the pages that were chosen, with what they accept and whether publishing would work."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from api.channel_health import ChannelHealth, health_of
from api.channel_limits import ChannelLimit
from api.context import Info
from api.nodes import Id, Node
from api.payloads import MutationPayload, mutation
from api.platforms import ChannelCapabilities, capabilities_of
from api.scalars import URL
from api.scopes import Needs
from platforms.base import ChannelKind, Environment, Platform
from platforms.registry import rules_for
from publishing import channels, records
from publishing.channels import ChannelFilter
from publishing.ids import Kind, parse_id, public_id
from publishing.records import Scope

if TYPE_CHECKING:
    from api.accounts import ConnectedAccount


@strawberry.type(description="A destination for posts.")
class Channel(Node):
    platform: Platform = strawberry.field(description="The platform it is on.")
    kind: ChannelKind = strawberry.field(description="What it is.")
    environment: Environment = strawberry.field(description="Real platform or sandbox.")
    name: str = strawberry.field(description="Its name at the platform.")
    handle: str | None = strawberry.field(description="Its handle, without an at sign.")
    avatar_url: URL | None = strawberry.field(description="Its picture.")
    profile_url: URL | None = strawberry.field(description="Its page at the platform.")
    platform_account_id: str = strawberry.field(description="The platform's own id for it.")
    paused: bool = strawberry.field(description="Whether it is paused; a paused channel holds its posts back.")
    record: strawberry.Private[records.Channel]

    @strawberry.field(description="The sign-in it uses.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def account(self, info: Info) -> Annotated["ConnectedAccount", strawberry.lazy("api.accounts")]:
        return await self._account(info)

    @strawberry.field(description="Whether publishing would work right now.")
    async def health(self, info: Info) -> ChannelHealth:
        return health_of(self.record, (await self._account(info)).record)

    @strawberry.field(description="What it accepts.")
    def capabilities(self) -> ChannelCapabilities:
        return capabilities_of(rules_for(self.kind, self.record.tier))

    @strawberry.field(description="How much of the platform's rate limits is used, as it last told; an hour at most.")
    async def limits(self, info: Info) -> list[ChannelLimit]:
        return await info.context.loaders.limits_of_channels.load(self.record.id)

    async def _account(self, info: Info) -> "ConnectedAccount":
        found = await info.context.loaders.accounts.load(self.record.account_id)
        if found is None:
            raise LookupError("the account of a channel is in its workspace")
        return found


def channel_of(record: records.Channel) -> Channel:
    """Map a record."""
    return Channel(
        id=strawberry.ID(public_id(Kind.CHANNEL, record.id)),
        platform=record.platform,
        kind=record.kind,
        environment=record.environment,
        name=record.name,
        handle=record.handle,
        avatar_url=URL(record.avatar_url) if record.avatar_url else None,
        profile_url=URL(record.profile_url) if record.profile_url else None,
        platform_account_id=record.platform_account_id,
        paused=record.paused,
        record=record,
    )


@strawberry.input(description="Narrows a list of channels.")
class ChannelFilterInput:
    platforms: list[Platform] | None = strawberry.field(default=None, description="Only these platforms.")
    kinds: list[ChannelKind] | None = strawberry.field(default=None, description="Only these kinds.")
    environment: Environment | None = strawberry.field(default=None, description="Only real or only sandbox ones.")


def channel_filter(given: ChannelFilterInput | None) -> ChannelFilter:
    """Read a filter."""
    if given is None:
        return ChannelFilter()
    return ChannelFilter(
        platforms=tuple(given.platforms) if given.platforms is not None else None,
        kinds=tuple(given.kinds) if given.kinds is not None else None,
        environment=given.environment,
    )


@strawberry.input(description="Input of `removeChannel`.")
class RemoveChannelInput:
    channel_id: strawberry.ID = strawberry.field(description="The channel.")


@strawberry.type(description="Result of `removeChannel`.")
class RemoveChannelPayload(MutationPayload):
    removed_channel_id: strawberry.ID | None = strawberry.field(default=None, description="The id of what was removed.")


@strawberry.type
class ChannelQuery:
    @strawberry.field(description="A channel.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def channel(self, info: Info, id: Id) -> Channel | None:
        value = parse_id(Kind.CHANNEL, id)
        return await info.context.loaders.channels.load(value) if value else None


@strawberry.type
class ChannelMutation:
    @mutation(
        RemoveChannelPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Removes a channel; its history stays readable.",
    )
    async def remove_channel(
        self, info: Info, input: Annotated[RemoveChannelInput, strawberry.argument(description="Which channel.")]
    ) -> RemoveChannelPayload | None:
        context = info.context
        removed = await channels.remove_channel(context.deps, context.caller, channel_id=input.channel_id)
        return RemoveChannelPayload(removed_channel_id=strawberry.ID(public_id(Kind.CHANNEL, removed)))
