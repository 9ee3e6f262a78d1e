"""Rows to begin with: a workspace, its sign-in, its channels, publications in any state. Written past the rules."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from platforms.base import Environment, Platform
from platforms.registry import rules_of
from publishing import models
from publishing.deps import Deps
from publishing.ids import Kind, new_id, public_id
from publishing.lifecycle import CLAIMABLE, LEASED, Reason, Status
from publishing.models import ConnectionStatus
from publishing.records import Caller, PublishRequest, Scope

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class StoppedClock:
    """A clock that stands still."""

    moment: datetime = NOW

    async def now(self) -> datetime:
        return self.moment


def at(deps: Deps, moment: datetime) -> Deps:
    """Give the same to a use-case at another time."""
    return replace(deps, clock=StoppedClock(moment))


@dataclass(frozen=True)
class Street:
    """A workspace with one sign-in and some channels."""

    workspace_id: UUID
    account: models.ConnectedAccount
    channels: list[models.Channel]

    @property
    def caller(self) -> Caller:
        return Caller(self.workspace_id, new_id(), "key_test", frozenset(Scope), None)

    def request(self, text: str = "Hello", *, key: str | None = None, **given: Any) -> PublishRequest:
        """Ask for a post on the first channel."""
        request = PublishRequest(
            platform=Platform.FACEBOOK,
            channel_id=public_id(Kind.CHANNEL, self.channels[0].id),
            text=text,
            link=None,
            media=(),
            text_path="text",
            idempotency_key=key,
        )
        return replace(request, **given)

    async def publish(self, status: Status, *, channel: int = 0, **columns: Any) -> models.Publication:
        """Put a publication into a state, whatever the table says."""
        (row,) = await self.publish_all([(status, channel)], **columns)
        return row

    async def publish_all(self, wanted: list[tuple[Status, int]], **columns: Any) -> list[models.Publication]:
        """Put one publication into each of these states and channels."""
        post = models.Post(workspace_id=self.workspace_id, text="Hello", media=[], created_by="key_test")
        post.created_at = post.updated_at = NOW
        await post.save(force_create=True)
        rows = [self._publication(post, status, self.channels[channel], columns) for status, channel in wanted]
        await models.Publication.bulk_create(rows)
        return rows

    def _publication(
        self, post: models.Post, status: Status, channel: models.Channel, columns: dict[str, Any]
    ) -> models.Publication:
        chosen = {
            "reason": Reason.ACCEPTED,
            "due_at": NOW if status in CLAIMABLE else None,
            "lease_until": NOW + 60 * SECOND if status in LEASED else None,
            "platform": channel.platform,
            "environment": Environment.SANDBOX,
            "text": post.text,
            "media": [],
            "handles": {},
            "created_at": NOW,
            "updated_at": NOW,
            **columns,
        }
        return models.Publication(
            id=new_id(),
            workspace_id=self.workspace_id,
            post_id=post.id,
            channel_id=channel.id,
            status=status,
            **chosen,
        )


async def open_street(
    channels: int = 1,
    *,
    name: str = "Default",
    platform: Platform = Platform.FACEBOOK,
    status: ConnectionStatus = ConnectionStatus.ACTIVE,
) -> Street:
    """Make a workspace with a sign-in and channels."""
    workspace = await models.Workspace.create(id=new_id(), name=name, created_at=NOW)
    account = await models.ConnectedAccount.create(
        id=new_id(),
        workspace_id=workspace.id,
        platform=Platform.FACEBOOK,
        environment=Environment.SANDBOX,
        platform_user_id="1",
        name="Sam",
        status=status,
        granted_permissions=[],
        missing_permissions=[],
        checked_at=NOW,
        created_at=NOW,
    )
    rows = [
        models.Channel(
            id=new_id(),
            workspace_id=workspace.id,
            account_id=account.id,
            platform=platform,
            kind=rules_of(platform)[0].kind,
            environment=Environment.SANDBOX,
            platform_account_id=str(number),
            name=f"Page {number}",
            created_at=NOW,
        )
        for number in range(channels)
    ]
    await models.Channel.bulk_create(rows)
    return Street(workspace.id, account, rows)


async def status_of(row: models.Publication) -> Status:
    return (await models.Publication.get(id=row.id)).status


async def history(row: models.Publication) -> list[tuple[Status | None, Status, Reason]]:
    """List what happened to a publication, the oldest first."""
    steps = await models.Transition.filter(publication_id=row.id).order_by("id")
    return [(step.before, step.after, step.reason) for step in steps]
