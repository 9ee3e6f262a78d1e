"""Permalinks: nice to have. Whatever goes wrong here changes nothing about a publication that is out."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from platforms.base import Environment, Platform
from platforms.errors import PlatformError
from publishing.ledger import Entry
from publishing.resting import rest_of
from publishing.store import away
from workers.deps import WorkerDeps

log = structlog.get_logger(__name__)
_AT_ONCE = 20
_MANY, _WAIT, _WAITS = 50, 0.25, 8
"""A worker that has more in hand goes on with that first: an address waits two seconds for it at most, then goes on."""
_BREATH = 0.2
"""Between two writes: the first address is stored at once, those of a burst together."""


@dataclass(frozen=True, slots=True)
class Unaddressed:
    """What is out and whose address is not known. `token` opens the channel; never log it."""

    publication_id: UUID
    platform: Platform
    environment: Environment
    sign_in: Platform
    platform_post_id: str
    token: str = field(repr=False)


async def fetch_permalink(worker: WorkerDeps, post: Unaddressed) -> None:
    """Read the address of what is out and store it; what fails is logged, and there is no address."""
    permalink = await _read(worker, post)
    if permalink is not None:
        await _store(worker, [_entry(post, permalink)])


class Permalinks:
    """Fetches addresses for one worker process aside, a few at a time, behind its publishing.

    `busy` says how many publications the worker has in hand: while they are many, addresses wait a while.
    """

    def __init__(self, worker: WorkerDeps, busy: Callable[[], int]) -> None:
        self._worker = worker
        self._busy = busy
        self._wanted: deque[Unaddressed] = deque()
        self._fetchers: set[asyncio.Task[None]] = set()
        self._found: list[Entry] = []
        self._writer: asyncio.Task[None] | None = None

    def want(self, post: Unaddressed) -> None:
        """Ask for the address of a post some time soon."""
        self._wanted.append(post)
        if len(self._fetchers) < _AT_ONCE:
            task = asyncio.get_running_loop().create_task(self._fetch())
            self._fetchers.add(task)
            task.add_done_callback(self._fetchers.discard)

    async def drain(self, *, seconds: float) -> None:
        """Finish what was asked for."""
        if self._fetchers:
            await asyncio.wait(self._fetchers, timeout=seconds)
        if self._writer is not None:
            await asyncio.wait([self._writer], timeout=seconds)

    async def _fetch(self) -> None:
        while self._wanted:
            await self._let_publishing_pass()
            if not self._wanted:
                return
            post = self._wanted.popleft()
            permalink = await _read(self._worker, post)
            if permalink is not None:
                self._found.append(_entry(post, permalink))
                if self._writer is None or self._writer.done():
                    self._writer = asyncio.get_running_loop().create_task(self._write())

    async def _let_publishing_pass(self) -> None:
        for _ in range(_WAITS):
            if self._busy() <= _MANY:
                return
            await asyncio.sleep(_WAIT)

    async def _write(self) -> None:
        while self._found:
            found, self._found = self._found, []
            await _store(self._worker, found)
            await asyncio.sleep(_BREATH)


async def _read(worker: WorkerDeps, post: Unaddressed) -> str | None:
    route = worker.deps.networks.route(post.platform, post.environment, sign_in=post.sign_in)
    try:
        return await route.publisher.permalink(platform_post_id=post.platform_post_id, token=post.token)
    except PlatformError as error:
        log.info("permalink_missing", error=type(error).__name__)
        if (rest := rest_of(error)) is not None:
            await _store(worker, [Entry(post.publication_id, fence=0, rest=rest)])
        return None


async def _store(worker: WorkerDeps, entries: list[Entry]) -> None:
    try:
        await asyncio.gather(*map(worker.ledger.write, entries))
        worker.deps.bell.announce()
    except away() as error:
        log.info("permalink_missing", error=type(error).__name__)


def _entry(post: Unaddressed, permalink: str) -> Entry:
    return Entry(post.publication_id, fence=0, permalink=permalink)
