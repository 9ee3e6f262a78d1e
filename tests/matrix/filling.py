"""Filling the cells of all matrices at once: nearly all of it is waiting."""

import asyncio
import contextlib
import time
import traceback
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace

from tests.matrix.cells import Cell, PostKind, Results, Row
from tests.matrix.place import Matrix, Place
from tests.matrix.town import Town

_AT_ONCE = 40
_PROCESSING_SECONDS = 3.0
"""Longer than the sandbox works on a video that is accepted."""


@dataclass
class Filling:
    """One run over some matrices."""

    town: Town
    held: AsyncExitStack
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def fill_all(self, matrices: Sequence[Matrix]) -> list[Results]:
        """Fill matrices side by side, once all places are open: a person who signs in does not wait for the load."""
        places = await asyncio.gather(*(matrix.places(self.town, self.held) for matrix in matrices))
        return await asyncio.gather(*map(self._fill_one, matrices, places))

    async def _fill_one(self, matrix: Matrix, places: Sequence[Place]) -> Results:
        """Fill every cell of a matrix; copies that come late are counted in the end."""
        pairs = matrix.cells()
        cells = await asyncio.gather(
            *(self._fill(row, kind, place) for (row, kind), place in zip(pairs, places, strict=True))
        )
        await asyncio.sleep(_PROCESSING_SECONDS)
        late = [replace(cell, copies=await place.copies()) for cell, place in zip(cells, places, strict=True)]
        return {(row.title, kind.title): cell for (row, kind), cell in zip(pairs, late, strict=True)}

    async def _fill(self, row: Row, kind: PostKind, place: Place) -> Cell:
        """Fill a cell; one that cannot be filled is false and says why, and the others are filled all the same."""
        async with contextlib.nullcontext() if row.long else self._room:
            started = time.monotonic()
            try:
                cell = await self._see(row, kind, place)
            except Exception as error:  # noqa: BLE001 - whatever it was, it makes this cell false
                traceback.print_exception(error)
                said = str(error).partition("\n")[0]
                cell = Cell(0, f"{type(error).__name__} {said}".strip(), time.monotonic() - started)
        print(f"{'ok ' if cell.is_true(row, kind) else 'NOT'}  {kind.title:22} {row.title:52} {cell}", flush=True)
        return cell

    async def _see(self, row: Row, kind: PostKind, place: Place) -> Cell:
        """Publish once under the fault and see what comes of it."""
        started = time.monotonic()
        status = await self.town.ending(await place.publish(row, kind))
        seconds = time.monotonic() - started
        assert await place.was_struck(), f"not every fault did strike, and it is {status}"
        return Cell(await _copies(place, row.wanted(kind)[0]), status, seconds)


async def fill_all(town: Town, matrices: Sequence[Matrix]) -> list[Results]:
    """Fill some matrices side by side."""
    async with AsyncExitStack() as held:
        filling = Filling(town, held)
        watch = asyncio.create_task(town.watch())
        work = asyncio.create_task(filling.fill_all(matrices))
        await asyncio.wait([watch, work], return_when=asyncio.FIRST_COMPLETED)
        if watch.done():
            watch.result()
        watch.cancel()
        return await work


async def _copies(place: Place, wanted: int) -> int:
    """Count live copies; a video that is accepted is seen once it is processed."""
    waited, found = time.monotonic(), await place.copies()
    while found < wanted and time.monotonic() - waited < _PROCESSING_SECONDS:
        await asyncio.sleep(0.2)
        found = await place.copies()
    return found
