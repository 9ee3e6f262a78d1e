"""Loaders: what many items of one answer need is read in one go, always within the caller's workspace.

A WebSocket keeps its loaders for hours, so they gather reads but keep nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from api.accounts import ConnectedAccount, account_of
from api.attempts import PublicationAttempt, publication_attempt_of
from api.channel_limits import ChannelLimit, limit_of
from api.channels import Channel, channel_of
from api.connections import ConnectionAttempt, attempt_of
from api.follow_ups import FollowUp, follow_up_of
from api.keys import ApiKey, key_of
from api.media import MediaAsset, asset_of
from api.pages import SelectablePage, page_of
from api.parts import PublicationPart, part_of
from api.posts import Post, post_of
from api.publications import Publication, publication_of
from api.transitions import PublicationTransition, transition_of
from api.workspaces import Workspace, workspace_of
from publishing import (
    accounts,
    budgets,
    channels,
    connections,
    follow_ups,
    keys,
    media,
    pages,
    posts,
    publications,
    workspaces,
)

if TYPE_CHECKING:
    from api.context import Context

Shown = TypeVar("Shown")
Found = Callable[[UUID, Sequence[UUID]], Awaitable[dict[UUID, Any]]]


class Loaders:
    """All loaders of one request or one WebSocket; each is made when first used."""

    def __init__(self, context: "Context", *, keep: bool) -> None:
        self._context = context
        self._keep = keep

    @cached_property
    def attempts(self) -> DataLoader[UUID, ConnectionAttempt | None]:
        """Started sign-ins."""
        return self._one(lambda ws, ids: connections.get_attempts(workspace_id=ws, ids=ids), attempt_of)

    @cached_property
    def api_keys(self) -> DataLoader[UUID, ApiKey | None]:
        """Keys."""
        return self._one(lambda ws, ids: keys.get_keys(workspace_id=ws, ids=ids), key_of)

    @cached_property
    def accounts(self) -> DataLoader[UUID, ConnectedAccount | None]:
        """Connected accounts."""
        return self._one(lambda ws, ids: accounts.get_accounts(workspace_id=ws, ids=ids), account_of)

    @cached_property
    def channels(self) -> DataLoader[UUID, Channel | None]:
        """Channels."""
        return self._one(lambda ws, ids: channels.get_channels(workspace_id=ws, ids=ids), channel_of)

    @cached_property
    def parts(self) -> DataLoader[UUID, list[PublicationPart]]:
        """Parts of threads that are out."""
        return self._many(lambda ws, ids: publications.get_parts(workspace_id=ws, ids=ids), part_of)

    @cached_property
    def limits_of_channels(self) -> DataLoader[UUID, list[ChannelLimit]]:
        """Rate limits that reach channels."""
        deps = self._context.deps
        return self._many(lambda ws, ids: budgets.limits_of_channels(deps, workspace_id=ws, ids=ids), limit_of)

    @cached_property
    def posts(self) -> DataLoader[UUID, Post | None]:
        """Posts."""
        return self._one(lambda ws, ids: posts.get_posts(workspace_id=ws, ids=ids), post_of)

    @cached_property
    def publications(self) -> DataLoader[UUID, Publication | None]:
        """Publications."""
        return self._one(lambda ws, ids: publications.get_publications(workspace_id=ws, ids=ids), publication_of)

    @cached_property
    def publication_attempts(self) -> DataLoader[UUID, PublicationAttempt | None]:
        """Calls made for publications."""
        return self._one(lambda ws, ids: publications.get_attempts(workspace_id=ws, ids=ids), publication_attempt_of)

    @cached_property
    def histories(self) -> DataLoader[UUID, list[PublicationTransition]]:
        """Changes of publications, by publication."""
        return self._many(
            lambda ws, ids: publications.histories_of(workspace_id=ws, publication_ids=ids), transition_of
        )

    @cached_property
    def follow_ups(self) -> DataLoader[UUID, list[FollowUp]]:
        """What is done for publications after their calls."""
        return self._many(lambda ws, ids: follow_ups.follow_ups_of(workspace_id=ws, publication_ids=ids), follow_up_of)

    @cached_property
    def assets(self) -> DataLoader[UUID, MediaAsset | None]:
        """Media assets."""
        return self._one(lambda ws, ids: media.get_assets(workspace_id=ws, ids=ids), asset_of)

    @cached_property
    def pages_of_accounts(self) -> DataLoader[UUID, list[SelectablePage]]:
        """Selectable pages, by account."""
        return self._many(lambda ws, ids: pages.pages_of_accounts(workspace_id=ws, account_ids=ids), page_of)

    @cached_property
    def channels_of_accounts(self) -> DataLoader[UUID, list[Channel]]:
        """Channels, by account."""
        return self._many(lambda ws, ids: channels.channels_of_accounts(workspace_id=ws, account_ids=ids), channel_of)

    @cached_property
    def publications_of_posts(self) -> DataLoader[UUID, list[Publication]]:
        """Publications, by post."""
        return self._many(
            lambda ws, ids: publications.publications_of_posts(workspace_id=ws, post_ids=ids),
            publication_of,
        )

    async def workspace(self) -> Workspace:
        """The caller's workspace."""
        return workspace_of(await workspaces.get_workspace(workspace_id=self._context.workspace_id))

    def _one(self, find: Found, show: Callable[[Any], Shown]) -> DataLoader[UUID, Shown | None]:
        async def load(ids: list[UUID]) -> list[Shown | None]:
            found = await find(self._context.workspace_id, ids)
            return [show(found[wanted]) if wanted in found else None for wanted in ids]

        return DataLoader(load_fn=load, cache=self._keep)

    def _many(self, find: Found, show: Callable[[Any], Shown]) -> DataLoader[UUID, list[Shown]]:
        async def load(ids: list[UUID]) -> list[list[Shown]]:
            found = await find(self._context.workspace_id, ids)
            return [[show(record) for record in found.get(wanted, ())] for wanted in ids]

        return DataLoader(load_fn=load, cache=self._keep)
