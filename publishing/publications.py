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
from publishing.mapping import Mapper
from publishing.records import Caller, Page, PageRequest
from publishing.store import store_errors
from publishing.transitions import Change, advance

PUBLICATION = Mapper(models.Publication, records.Publication, media=media.attachments_of, error=failures.read)


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
    return await page_of(_narrowed(workspace_id, filter), PUBLICATION, page, newest_first=True)


@store_errors
async def count_publications(*, workspace_id: UUID, filter: PublicationFilter) -> int:  # noqa: A002 - the schema's word
    """Count what `list_publications` would list."""
    return await _narrowed(workspace_id, filter).count()


@store_errors
async def get_publications(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.Publication]:
    """Read publications of a workspace; ids that lead nowhere are left out."""
    query = models.Publication.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await PUBLICATION.read(query)}


@store_errors
async def publications_of_posts(
    *, workspace_id: UUID, post_ids: Iterable[UUID]
) -> dict[UUID, tuple[records.Publication, ...]]:
    """Read the publications of posts, the oldest first."""
    query = models.Publication.filter(workspace_id=workspace_id, post_id__in=list(post_ids)).order_by("id")
    found: defaultdict[UUID, list[records.Publication]] = defaultdict(list)
    for record in await PUBLICATION.read(query):
        found[record.post_id].append(record)
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
    return PUBLICATION.copy(row)


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
