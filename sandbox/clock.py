"""The sandbox's own time: the host's time plus an offset that an administrator can move."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sandbox.state import State, codec_of


class SandboxClock:
    """Host time plus a movable offset; all times are unix seconds as floats.

    Args:
        state: Where the offset is kept, and when this sandbox began.
        host: Where real time comes from; tests may pass a constant.
    """

    def __init__(self, state: State, host: Callable[[], float] = time.time) -> None:
        self._host = host
        self._kept = state.shelf("clock", codec_of(float))
        self._kept.setdefault("started_at", host())

    @property
    def started_at(self) -> float:
        """When this sandbox began; its time is never before that."""
        return self._kept["started_at"]

    @property
    def offset_seconds(self) -> float:
        """How far the sandbox is ahead of the host, in seconds."""
        return self._kept.get("offset_seconds", 0.0)

    def host_now(self) -> float:
        """Return the host's present moment in unix seconds."""
        return self._host()

    def now(self) -> float:
        """Return the sandbox's present moment in unix seconds."""
        return self._host() + self.offset_seconds

    def advance(self, seconds: float) -> None:
        """Move time, at once, for tokens, codes, containers and whatever else ages.

        Args:
            seconds: How far; a negative number moves it back.

        Raises:
            ValueError: If it would be before the sandbox began; nothing moves then.
        """
        if self.now() + seconds < self.started_at:
            raise ValueError(f"The clock does not go back beyond {iso(self.started_at)}, when this sandbox began.")
        self._kept["offset_seconds"] = self.offset_seconds + seconds


def iso(moment: float) -> str:
    """Write unix seconds as an ISO 8601 timestamp in UTC with milliseconds."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
