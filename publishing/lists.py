"""Keyset pages: by id, which sorts by age, so that a page costs the same however deep it lies."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.queryset import QuerySet

from publishing.mapping import Mapper, Record, Row
from publishing.records import Page, PageRequest

DEFAULT_SIZE, MOST = 20, 100


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a list a page needs: the first ones by id, one more than it shows, between two ids or all."""

    rows: int
    descending: bool
    above: UUID | None
    below: UUID | None


async def page_of(
    query: QuerySet[Row], mapper: Mapper[Row, Record], page: PageRequest, *, newest_first: bool
) -> Page[Record]:
    """Read one page of what a query selects, in the list's order."""
    window = window_of(page, newest_first=newest_first)
    return page_from(await mapper.read(_within(query, window)), page)


def window_of(page: PageRequest, *, newest_first: bool) -> Window:
    """Say which rows a page of a list needs."""
    above, below = (page.before, page.after) if newest_first else (page.after, page.before)
    return Window(_size(page) + 1, newest_first is not _is_backwards(page), above, below)


def page_from(found: list[Record], page: PageRequest) -> Page[Record]:
    """Make the page of the rows that its window shows."""
    size = _size(page)
    more, items = len(found) > size, tuple(found[:size])
    if _is_backwards(page):
        return Page(items=items[::-1], has_next=page.before is not None, has_previous=more)
    return Page(items=items, has_next=more, has_previous=page.after is not None)


def _within(query: QuerySet[Row], window: Window) -> QuerySet[Row]:
    if window.below is not None:
        query = query.filter(id__lt=window.below)
    if window.above is not None:
        query = query.filter(id__gt=window.above)
    return query.order_by("-id" if window.descending else "id").limit(window.rows)


def _size(page: PageRequest) -> int:
    return min(page.last if page.last is not None else page.first if page.first is not None else DEFAULT_SIZE, MOST)


def _is_backwards(page: PageRequest) -> bool:
    return page.last is not None
