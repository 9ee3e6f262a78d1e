"""What a code tells its caller: what happened, what to do, and whether the same call may be sent again.

The rows stand beside the codes. The schema's descriptions and `docs/errors.md` are made of them.
"""

from dataclasses import dataclass
from enum import Enum


class Again(Enum):
    """Whether the same call may be sent again as it is."""

    IN_VAIN = "in vain"
    """Nothing was done, and nothing will be: it is refused again."""

    AFTERWARDS = "once that is done"
    """Nothing was done, and it works afterwards."""

    NOW = "later"
    """Nothing was done; the cause passes by itself."""

    WITH_KEY = "with its key"
    """Something may have been done: only an idempotency key keeps it from being done twice."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One code for its caller, in sentences."""

    happened: str
    do: str
    again: Again

    @property
    def description(self) -> str:
        """What happened and what to do, as the schema says it."""
        return f"{self.happened} {self.do}"
