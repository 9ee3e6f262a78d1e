"""What every stand-in shares: clock, ledger, faults, request log, violations, pictures, videos, their fetcher."""

from dataclasses import dataclass
from pathlib import Path

import httpx

from sandbox.calls import CallLog
from sandbox.clock import SandboxClock
from sandbox.ledger import Ledger
from sandbox.pictures import PictureStore
from sandbox.rules import FaultRegistry
from sandbox.samples import Samples
from sandbox.state import FILE_NAME, State
from sandbox.videos import VideoStore
from sandbox.violations import Violations

FETCH_TIMEOUT_SECONDS = 10.0


@dataclass(slots=True)
class World:
    """The state of one sandbox.

    Attributes:
        state: What outlives the process, if there is a file.
        public_url: The sandbox's own origin for permalinks; None takes it from each request.
    """

    state: State
    clock: SandboxClock
    ledger: Ledger
    faults: FaultRegistry
    calls: CallLog
    violations: Violations
    pictures: PictureStore
    videos: VideoStore
    samples: Samples
    public_url: str | None = None
    _fetcher: httpx.AsyncClient | None = None

    @property
    def fetcher(self) -> httpx.AsyncClient:
        """Fetch the pictures and videos that publishers name by URL with it; the owner closes it with `aclose`."""
        if self._fetcher is None:
            self._fetcher = _picture_client()
        return self._fetcher

    def reset(self) -> None:
        """Forget everything, pictures and videos too; time is the host's again."""
        self.state.clear()
        self.clock, self.ledger, self.faults = SandboxClock(self.state), Ledger(self.state), FaultRegistry(self.state)
        self.calls.clear()
        self.violations.clear()
        self.pictures.clear()
        self.videos.clear()
        self.samples.clear()

    async def aclose(self) -> None:
        """Write what is left, close the state file and the fetcher's connections."""
        self.state.close()
        self.videos.close()
        if self._fetcher is not None:
            await self._fetcher.aclose()


def new_world(*, folder: Path | None = None, fetcher: httpx.AsyncClient | None = None) -> World:
    """Return a world: an empty one, or the one that is kept in a folder.

    Args:
        folder: Where state and picture bytes are kept; None keeps them in memory.
        fetcher: A client of the caller's choice, such as one that reaches an in-process application.

    Raises:
        StateError: If the folder's state file cannot be used.
    """
    state = State(folder and folder / FILE_NAME)
    return World(
        state=state,
        clock=SandboxClock(state),
        ledger=Ledger(state),
        faults=FaultRegistry(state),
        calls=CallLog(),
        violations=Violations(),
        pictures=PictureStore(folder and folder / "pictures"),
        videos=VideoStore(folder and folder / "videos"),
        samples=Samples(folder and folder / "samples"),
        _fetcher=fetcher,
    )


def _picture_client() -> httpx.AsyncClient:
    """Make the fetcher; the aiohttp transport stays quick with hundreds of fetches at once."""
    from httpx_aiohttp import AiohttpTransport  # noqa: PLC0415 - large, and a sandbox at rest fetches nothing

    return httpx.AsyncClient(
        transport=AiohttpTransport(limits=httpx.Limits(max_connections=500, max_keepalive_connections=500)),
        timeout=FETCH_TIMEOUT_SECONDS,
        headers={"user-agent": "facebookexternalhit/1.1 (sandbox)", "accept": "image/*,video/*,*/*;q=0.5"},
        follow_redirects=False,
        trust_env=False,
    )
