"""The matrix of a platform, and the places in which its cells are filled."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.matrix.cells import PostKind, Row
from tests.matrix.town import Town


class Place(Protocol):
    """An account on which nothing but one cell is published."""

    async def publish(self, row: Row, kind: PostKind) -> str:
        """Put a row's faults in force and publish; gives the publication's id."""
        ...

    async def was_struck(self) -> bool:
        """Whether every fault has struck."""
        ...

    async def copies(self) -> int:
        """Count what the public sees now."""
        ...


@dataclass(frozen=True)
class Matrix:
    """A platform's faults and kinds of posts.

    `places` makes as many places as there are cells, in their order; what is to be closed in the end goes on the stack
    it is given. `missing` says why nothing can be published; None where it can.
    """

    name: str
    page: Path
    head: str
    rows: Sequence[Row]
    kinds: Sequence[PostKind]
    places: Callable[[Town, AsyncExitStack], Awaitable[Sequence[Place]]]
    missing: Callable[[], str | None] = lambda: None

    def cells(self) -> list[tuple[Row, PostKind]]:
        """List every pair that can happen, row by row."""
        return [(row, kind) for row in self.rows for kind in self.kinds if row.befalls(kind)]
