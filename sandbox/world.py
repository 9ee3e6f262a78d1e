"""What every stand-in shares: clock, ledger, faults, request log, violations, pictures, their fetcher."""

from dataclasses import dataclass
from pathlib import Path

import httpx
from httpx_aiohttp import AiohttpTransport

from sandbox.calls import CallLog
from sandbox.clock import SandboxClock
from sandbox.ledger import Ledger
from sandbox.pictures import PictureStore
from sandbox.rules import FaultRegistry
from sandbox.samples import Samples
from sandbox.violations import Violations

FETCH_TIMEOUT_SECONDS = 10.0


@dataclass(slots=True)
class World:
    """The state of one sandbox. Everything in it is plain data, so that it can be kept in a file one day.

    Attributes:
        fetcher: Fetches the pictures that publishers name by URL; the owner closes it with `aclose`.
        public_url: The sandbox's own origin for permalinks; None takes it from each request.
    """

    clock: SandboxClock
    ledger: Ledger
    faults: FaultRegistry
    calls: CallLog
    violations: Violations
    pictures: PictureStore
    samples: Samples
    fetcher: httpx.AsyncClient
    public_url: str | None = None

    async def aclose(self) -> None:
        """Close the fetcher's connections."""
        await self.fetcher.aclose()


def new_world(*, folder: Path | None = None, fetcher: httpx.AsyncClient | None = None) -> World:
    """Return an empty world.

    Args:
        folder: Where picture bytes are kept; None keeps them in memory.
        fetcher: A client of the caller's choice, such as one that reaches an in-process application.
    """
    return World(
        clock=SandboxClock(),
        ledger=Ledger(),
        faults=FaultRegistry(),
        calls=CallLog(),
        violations=Violations(),
        pictures=PictureStore(folder and folder / "pictures"),
        samples=Samples(folder and folder / "samples"),
        fetcher=fetcher or _picture_client(),
    )


def _picture_client() -> httpx.AsyncClient:
    """Make the fetcher; the aiohttp transport stays quick with hundreds of fetches at once."""
    return httpx.AsyncClient(
        transport=AiohttpTransport(limits=httpx.Limits(max_connections=500, max_keepalive_connections=500)),
        timeout=FETCH_TIMEOUT_SECONDS,
        headers={"user-agent": "facebookexternalhit/1.1 (sandbox)", "accept": "image/*,*/*;q=0.5"},
        follow_redirects=False,
        trust_env=False,
    )
