"""Publications: one post to one channel. Reading them, and calling one off."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from publishing import failures, media, models, records
from publishing.db import transaction
from publishing.deps import Deps
from publishing.errors import NotFoundError, StateError
from publishing.ids import Kind, parse_id
from publishing.lifecycle import Reason, Status, may_follow
from publishing.lists import page_of
from publishing.records import Caller, Page, PageRequest
from publishing.store import store_errors
from publishing.transitions import Change, advance


@dataclass(frozen=True, slots=True)
class PublicationFilter:
    """Narrows a list; None leaves a part open. `scheduled_until` is exclusive."""

    statuses: tuple[Status, ...] | None = None
    channel_ids: tuple[UUID, ...] | None = None
    post_id: UUID | None = None
    scheduled_since: datetime | None = None
    scheduled_until: datetime | None = None


@store_errors
async def list_publications(
    *,
    workspace_id: UUID,
    page: PageRequest,
    filter: PublicationFilter,  # noqa: A002 - the schema's word
) -> Page[records.Publication]:
    """List a workspace's publications, the newest first."""
    rows, more, before = await page_of(_narrowed(workspace_id, filter), page, newest_first=True)
    return Page(items=tuple(publication_record(row) for row in rows), has_next=more, has_previous=before)


@store_errors
async def count_publications(*, workspace_id: UUID, filter: PublicationFilter) -> int:  # noqa: A002 - the schema's word
    """Count what `list_publications` would list."""
    return await _narrowed(workspace_id, filter).count()


@store_errors
async def get_publications(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.Publication]:
    """Read publications of a workspace; ids that lead nowhere are left out."""
    rows = await models.Publication.filter(workspace_id=workspace_id, id__in=list(ids))
    return {row.id: publication_record(row) for row in rows}


@store_errors
async def publications_of_posts(
    *, workspace_id: UUID, post_ids: Iterable[UUID]
) -> dict[UUID, tuple[records.Publication, ...]]:
    """Read the publications of posts, the oldest first."""
    rows = await models.Publication.filter(workspace_id=workspace_id, post_id__in=list(post_ids)).order_by("id")
    found: defaultdict[UUID, list[records.Publication]] = defaultdict(list)
    for row in rows:
        found[row.post_id].append(publication_record(row))
    return {post_id: tuple(items) for post_id, items in found.items()}


@store_errors
async def cancel_publication(deps: Deps, caller: Caller, *, publication_id: str) -> records.Publication:
    """Call a publication off before it goes out.

    Raises:
        NotFoundError: no such publication for this caller.
        StateError: it is too late, or it is over already; `current` says where it stands.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await _owned(caller.workspace_id, publication_id)
    change = Change(row.id, Status.CANCELED, Reason.CANCELED_BY_CALLER, caller.actor)
    now = await deps.clock.now()
    async with transaction():
        done = await advance([change], now=now)
    row = await _owned(caller.workspace_id, publication_id)
    if not done:
        raise _too_late(row)
    deps.bell.announce()
    return publication_record(row)


def publication_record(row: models.Publication) -> records.Publication:
    """Copy a row for the doors."""
    return records.Publication(
        id=row.id,
        post_id=row.post_id,
        channel_id=row.channel_id,
        platform=row.platform,
        status=row.status,
        reason=row.reason,
        text=row.text,
        link=row.link,
        media=media.attachments_of(row.media),
        scheduled_at=row.scheduled_at,
        due_at=row.due_at,
        published_at=row.published_at,
        permalink=row.permalink,
        platform_post_id=row.platform_post_id,
        error=failures.read(row.error),
        attempt_count=row.attempt_count,
        created_at=row.created_at,
    )


def _narrowed(workspace_id: UUID, filter: PublicationFilter) -> QuerySet[models.Publication]:  # noqa: A002 - the schema's word
    query = models.Publication.filter(workspace_id=workspace_id)
    if filter.statuses is not None:
        query = query.filter(status__in=list(filter.statuses))
    if filter.channel_ids is not None:
        query = query.filter(channel_id__in=list(filter.channel_ids))
    if filter.post_id is not None:
        query = query.filter(post_id=filter.post_id)
    if filter.scheduled_since is not None:
        query = query.filter(scheduled_at__gte=filter.scheduled_since)
    if filter.scheduled_until is not None:
        query = query.filter(scheduled_at__lt=filter.scheduled_until)
    return query


async def _owned(workspace_id: UUID, publication_id: str) -> models.Publication:
    parsed = parse_id(Kind.PUBLICATION, publication_id)
    row = await models.Publication.get_or_none(workspace_id=workspace_id, id=parsed) if parsed else None
    if row is None:
        raise NotFoundError(publication_id, path=("publicationId",))
    return row


def _too_late(row: models.Publication) -> StateError:
    allowed = ("CANCEL",) if may_follow(row.status, Status.CANCELED) else ()
    message = f"The publication is {row.status.name} and cannot be called off any more."
    return StateError(message, current=row.status.name, allowed=allowed, path=("publicationId",))
