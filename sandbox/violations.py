"""What callers did that the platform asked them not to do, such as calling before a throttle has passed."""

from collections import deque
from dataclasses import dataclass, field

MAX_RECORDS = 10_000


@dataclass(frozen=True, slots=True)
class Violation:
    """One call that should not have been made.

    Attributes:
        kind: `called_while_throttled`.
        at: Unix seconds of the sandbox's clock.
        told_at: When a caller was first told.
        until: Until when it should have waited.
        detail: In words.
    """

    kind: str
    request_id: str
    endpoint: str
    account_id: str | None
    at: float
    told_at: float
    until: float
    detail: str


@dataclass(slots=True)
class Violations:
    """The newest violations in order, bounded, and how many there ever were."""

    records: deque[Violation] = field(default_factory=lambda: deque[Violation](maxlen=MAX_RECORDS))
    count: int = 0

    def add(self, violation: Violation) -> None:
        """Put one on record."""
        self.records.append(violation)
        self.count += 1

    def clear(self) -> int:
        """Forget all and return how many there were."""
        count = self.count
        self.records.clear()
        self.count = 0
        return count
