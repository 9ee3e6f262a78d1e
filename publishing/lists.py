"""Keyset pages: by id, which sorts by age, so that a page costs the same however deep it lies."""

from tortoise.queryset import QuerySet

from publishing.mapping import Mapper, Record, Row
from publishing.records import Page, PageRequest

DEFAULT_SIZE, MOST = 20, 100


async def page_of(
    query: QuerySet[Row], mapper: Mapper[Row, Record], page: PageRequest, *, newest_first: bool
) -> Page[Record]:
    """Read one page of what a query selects, in the list's order."""
    backwards = page.last is not None
    size = min(page.last if page.last is not None else page.first if page.first is not None else DEFAULT_SIZE, MOST)
    query = _within(query, page, newest_first=newest_first)
    descending = newest_first is not backwards
    found = await mapper.read(query.order_by("-id" if descending else "id").limit(size + 1))
    more, items = len(found) > size, tuple(found[:size])
    if backwards:
        return Page(items=items[::-1], has_next=page.before is not None, has_previous=more)
    return Page(items=items, has_next=more, has_previous=page.after is not None)


def _within(query: QuerySet[Row], page: PageRequest, *, newest_first: bool) -> QuerySet[Row]:
    if page.after is not None:
        query = query.filter(**{"id__lt" if newest_first else "id__gt": page.after})
    if page.before is not None:
        query = query.filter(**{"id__gt" if newest_first else "id__lt": page.before})
    return query
