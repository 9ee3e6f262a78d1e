"""Lists: cursor connections over keyset pages. A cursor is the id of its item, in opaque letters."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import strawberry

from api.faults import FaultCode, fault
from api.nodes import Node
from publishing.ids import kind_of, parse_id
from publishing.records import PageRequest

Item = TypeVar("Item", bound=Node)
MOST = 100

First = Annotated[
    int | None, strawberry.argument(description="How many items from the start; 20 when left out, 100 at most.")
]
After = Annotated[str | None, strawberry.argument(description="The cursor of the item before the page.")]
Last = Annotated[int | None, strawberry.argument(description="How many items from the end, instead of `first`.")]
Before = Annotated[str | None, strawberry.argument(description="The cursor of the item after the page.")]


@strawberry.type(description="Where a page of a connection stands in the whole list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more items follow when paging forwards.")
    has_previous_page: bool = strawberry.field(description="Whether more items precede when paging backwards.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item of this page.")
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last item of this page; pass it as `after` for the next page."
    )


@strawberry.type(description="An item in a list.")
class Edge(Generic[Item]):
    cursor: str = strawberry.field(description="Its place in the list.")
    node: Item = strawberry.field(description="The item.")


def _edges(self: strawberry.Parent[Any]) -> Any:
    """Make a page's edges, where they are selected: cursors cost more than the rest of an item."""
    return [Edge(cursor=_cursor_of(item), node=item) for item in self.nodes]


@strawberry.type(description="A list, a page at a time.")
class Connection(Generic[Item]):
    edges: list[Edge[Item]] = strawberry.field(resolver=_edges, description="The page's items, each with its cursor.")
    nodes: list[Item] = strawberry.field(description="The page's items.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="How many there are in all; counted only when selected.")
    async def total_count(self) -> int:
        return await self.count()


def read_page(first: int | None, after: str | None, last: int | None, before: str | None) -> PageRequest:
    """Read the arguments of a list.

    Raises:
        GraphQLError: BAD_USER_INPUT; a size beyond 1 to 100, both sizes, or a cursor of no list.
    """
    if first is not None and last is not None:
        raise fault(FaultCode.BAD_USER_INPUT, "Give `first` or `last`, not both.")
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 1 <= size <= MOST:
            raise fault(FaultCode.BAD_USER_INPUT, f"`{name}` lies between 1 and {MOST}; {size} was given.")
    return PageRequest(first=first, after=read_cursor("after", after), last=last, before=read_cursor("before", before))


def connection_of(
    items: list[Item], *, has_next: bool, has_previous: bool, count: Callable[[], Awaitable[int]]
) -> Connection[Item]:
    """Put a page of items together; `count` is called when the total is selected."""
    return Connection(
        nodes=items,
        page_info=PageInfo(
            has_next_page=has_next,
            has_previous_page=has_previous,
            start_cursor=_cursor_of(items[0]) if items else None,
            end_cursor=_cursor_of(items[-1]) if items else None,
        ),
        count=count,
    )


def write_cursor(value: UUID) -> str:
    """Write the cursor of a row's id."""
    return base64.urlsafe_b64encode(value.bytes).decode().rstrip("=")


def read_cursor(name: str, text: str | None) -> UUID | None:
    """Read a cursor; None stays None.

    Raises:
        GraphQLError: BAD_USER_INPUT; no list gave this cursor.
    """
    if text is None:
        return None
    try:
        return UUID(bytes=base64.b64decode(f"{text}==", altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise fault(FaultCode.BAD_USER_INPUT, f"`{name}` is not a cursor that a list gave.") from None


def _cursor_of(item: Node) -> str:
    kind = kind_of(item.id)
    value = parse_id(kind, item.id) if kind else None
    if value is None:
        raise TypeError("an item of a list has an id of its own kind")
    return write_cursor(value)
