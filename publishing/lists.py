"""Keyset pages: by id, which sorts by age, so that a page costs the same however deep it lies."""

from typing import TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

from publishing.records import PageRequest

Row = TypeVar("Row", bound=Model)
DEFAULT_SIZE, MOST = 20, 100


async def page_of(query: QuerySet[Row], page: PageRequest, *, newest_first: bool) -> tuple[list[Row], bool, bool]:
    """Read one page of rows.

    Returns:
        The rows in the list's order, whether more follow, whether more precede.
    """
    backwards = page.last is not None
    size = min(page.last if page.last is not None else page.first if page.first is not None else DEFAULT_SIZE, MOST)
    query = _within(query, page, newest_first=newest_first)
    descending = newest_first is not backwards
    rows = await query.order_by("-id" if descending else "id").limit(size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        return rows[::-1], page.before is not None, more
    return rows, more, page.after is not None


def _within(query: QuerySet[Row], page: PageRequest, *, newest_first: bool) -> QuerySet[Row]:
    if page.after is not None:
        query = query.filter(**{"id__lt" if newest_first else "id__gt": page.after})
    if page.before is not None:
        query = query.filter(**{"id__gt" if newest_first else "id__lt": page.before})
    return query
