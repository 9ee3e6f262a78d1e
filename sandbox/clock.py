"""The sandbox's own time: the host's time plus an offset that an administrator can move forward."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class SandboxClock:
    """Host time plus a movable offset; all times are unix seconds as floats.

    Args:
        host: Where real time comes from; tests may pass a constant.
    """

    def __init__(self, host: Callable[[], float] = time.time) -> None:
        self._host = host
        self._offset_seconds = 0.0

    @property
    def offset_seconds(self) -> float:
        """How far the sandbox is ahead of the host, in seconds."""
        return self._offset_seconds

    def now(self) -> float:
        """Return the sandbox's present moment in unix seconds."""
        return self._host() + self._offset_seconds

    def advance(self, seconds: float) -> None:
        """Move time forward.

        Args:
            seconds: Zero or more; tokens, codes and containers age by it at once.

        Raises:
            ValueError: If `seconds` is negative: time does not run backwards.
        """
        if seconds < 0:
            raise ValueError("Time only moves forward: advance_seconds must be zero or more.")
        self._offset_seconds += seconds


def iso(moment: float) -> str:
    """Write unix seconds as an ISO 8601 timestamp in UTC with milliseconds."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
