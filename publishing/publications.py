"""Publications: one post to one channel. Reading them, with their attempts and their history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from publishing import failures, media, models, records, threads
from publishing.db import connection
from publishing.lifecycle import CLAIMABLE, Status, Step
from publishing.lists import page_from, page_of, window_of
from publishing.mapping import Mapper
from publishing.records import Page, PageRequest
from publishing.status_lists import Wanted, count_of_statuses, page_of_statuses
from publishing.store import store_errors

PUBLICATION = Mapper(
    models.Publication,
    records.Publication,
    media=media.attachments_of,
    thread=threads.parts_of,
    error=failures.read,
    beside={"rests_until": "channel__rests_until"},
)
_ATTEMPT = Mapper(models.Attempt, records.Attempt, step=Step, error=failures.read)
_TRANSITION = Mapper(models.Transition, records.Transition)


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
    if (wanted := _by_status(workspace_id, filter)) is not None:
        window = window_of(page, newest_first=True)
        return page_from(
            await PUBLICATION.read_by(*page_of_statuses(wanted, window, columns=PUBLICATION.columns)), page
        )
    return await page_of(_narrowed(workspace_id, filter), PUBLICATION, page, newest_first=True)


@store_errors
async def count_publications(*, workspace_id: UUID, filter: PublicationFilter) -> int:  # noqa: A002 - the schema's word
    """Count what `list_publications` would list."""
    if (wanted := _by_status(workspace_id, filter)) is not None:
        return (await connection().execute_query_dict(*count_of_statuses(wanted)))[0]["total"]
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
    query = models.Publication.filter(workspace_id=workspace_id, post_id__in=list(post_ids))
    found: defaultdict[UUID, list[records.Publication]] = defaultdict(list)
    # Asked for in this order, SQLite would read the whole workspace in it.
    for record in sorted(await PUBLICATION.read(query), key=lambda record: record.id):
        found[record.post_id].append(record)
    return {post_id: tuple(items) for post_id, items in found.items()}


async def shown(row: models.Publication, *, workspace_id: UUID) -> records.Publication:
    """Copy a publication of a workspace that a use case holds."""
    channel = models.Channel.filter(workspace_id=workspace_id, id=row.channel_id)
    rests = await channel.values_list("rests_until", flat=True) if row.status in CLAIMABLE else []
    return PUBLICATION.copy(row, rests_until=next(iter(rests), None))


def next_attempt_at(record: records.Publication) -> datetime | None:
    """Say when a worker takes a publication up at the earliest; None where it waits for none, or for a person.

    That is its own time or, where that is later, when the rest is over that the platform wants for its channel.
    """
    if record.status not in CLAIMABLE or record.due_at is None:
        return None
    return max(record.due_at, record.rests_until or record.due_at)


@store_errors
async def list_attempts(*, workspace_id: UUID, publication_id: UUID, page: PageRequest) -> Page[records.Attempt]:
    """List the calls made to a platform for a publication, the newest first."""
    query = models.Attempt.filter(workspace_id=workspace_id, publication_id=publication_id)
    return await page_of(query, _ATTEMPT, page, newest_first=True)


@store_errors
async def count_attempts(*, workspace_id: UUID, publication_id: UUID) -> int:
    """Count what `list_attempts` would list."""
    return await models.Attempt.filter(workspace_id=workspace_id, publication_id=publication_id).count()


@store_errors
async def get_attempts(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.Attempt]:
    """Read calls of a workspace; ids that lead nowhere are left out."""
    query = models.Attempt.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await _ATTEMPT.read(query)}


@store_errors
async def histories_of(
    *, workspace_id: UUID, publication_ids: Iterable[UUID]
) -> dict[UUID, tuple[records.Transition, ...]]:
    """Read the changes of publications, the oldest first."""
    query = models.Publication.filter(workspace_id=workspace_id, id__in=list(publication_ids))
    owned = await query.values_list("id", flat=True)
    found: defaultdict[UUID, list[records.Transition]] = defaultdict(list)
    for record in await _TRANSITION.read(models.Transition.filter(publication_id__in=list(owned)).order_by("id")):
        found[record.publication_id].append(record)
    return {publication_id: tuple(steps) for publication_id, steps in found.items()}


def _by_status(workspace_id: UUID, filter: PublicationFilter) -> Wanted | None:  # noqa: A002 - the schema's word
    """Say what is wanted where states narrow it most; those of a post or of channels are found by these."""
    if not filter.statuses or filter.post_id is not None or filter.channel_ids is not None:
        return None
    return Wanted(workspace_id, filter.statuses, filter.scheduled_since, filter.scheduled_until)


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


@store_errors
async def get_parts(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[threads.PartOut, ...]]:
    """Read which parts of threads are out, in order, by publication of a workspace."""
    wanted = models.Publication.filter(workspace_id=workspace_id, id__in=list(ids))
    found = await threads.parts_out([UUID(str(one)) for one in await wanted.values_list("id", flat=True)])
    return {publication_id: threads.still_out(parts) for publication_id, parts in found.items()}
