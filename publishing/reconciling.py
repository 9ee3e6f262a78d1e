"""What to believe of a publication whose public call has an unknown outcome. Pure: reads and writes nothing.

A post that was seen wins at any time. That it is not there is believed only when everything could be read, after the
settle window: a platform may show late what it took. Whatever cannot be told by then goes to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from platforms.base import Receipt, Sighting
from publishing.settings import Settings

MOST_UNKNOWN = 3
"""After so many calls with an unknown outcome, none is made again without a person."""
MOST_REPEATS = 1
"""How often a platform that would refuse a second copy is sent the same again, to hear of the first."""


class Belief(Enum):
    """What follows from a look."""

    OUT = "it is public"
    ABSENT = "it is not there: it may be sent again"
    REFUSED = "the platform could not use it: it is not there, and will not be"
    UNTOLD = "nobody can tell: a person decides"
    OPEN = "look again later"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What to believe, with the post when it is known, and why in a sentence."""

    belief: Belief
    why: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """When to look, after the call: `offsets` in order, then at the last distance. `settle` is the settle window."""

    offsets: Sequence[float]
    settle: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Looks":
        """Read them from a process's settings."""
        return cls(settings.reconcile_seconds, timedelta(seconds=settings.settle_seconds))

    def settled(self, since: datetime, now: datetime) -> bool:
        """Whether the platform had the time it may need to show a post."""
        return now - since >= self.settle

    def next_in(self, since: datetime, now: datetime) -> timedelta:
        """Say how long to wait before looking again."""
        elapsed = (now - since).total_seconds()
        ahead = next((offset for offset in self.offsets if offset > elapsed), None)
        if ahead is not None:
            return timedelta(seconds=ahead - elapsed)
        last = self.offsets[-1]
        return timedelta(seconds=last - self.offsets[-2] if len(self.offsets) > 1 else last)


def conclude(
    sighting: Sighting, *, owned: frozenset[str], settled: bool, unknowns: int, patient: bool = False
) -> Conclusion:
    """Say what follows from what was seen.

    `owned` are ids of posts that other publications own; `unknowns` is how many calls ended in an unknown outcome.
    `patient`: a platform that says that it works on it is given more time than the settle window.
    """
    free = [match for match in sighting.matches if match.platform_post_id not in owned]
    if len(free) == 1:
        return Conclusion(Belief.OUT, "It was found at the platform.", free[0])
    if sighting.refusal is not None:
        return Conclusion(Belief.REFUSED, sighting.refusal)
    if sighting.repeatable and unknowns <= MOST_REPEATS:
        return Conclusion(Belief.ABSENT, "It is sent once more: the platform refuses a second copy.")
    if not settled or (sighting.working and patient):
        return Conclusion(Belief.OPEN, "It is not known yet.")
    return _in_the_end(sighting, len(free), unknowns)


def _in_the_end(sighting: Sighting, free: int, unknowns: int) -> Conclusion:
    """Say what follows once the platform had its time."""
    if sighting.out:
        return Conclusion(Belief.OUT, "The platform says that it is public, and not as which post.")
    doubt = _doubt(sighting, free, unknowns)
    if doubt is not None:
        return Conclusion(Belief.UNTOLD, doubt)
    return Conclusion(Belief.ABSENT, "Everything could be read, and it is not there.")


def _doubt(sighting: Sighting, free: int, unknowns: int) -> str | None:
    """Say why it must not be sent again; None when it may."""
    if free:
        return f"{free} posts at the platform look exactly like it."
    if sighting.working:
        return "The platform still works on it, for longer than anything is waited for."
    if sighting.out is None:
        others = " The posts like it belong to other publications." if sighting.matches else ""
        return f"The platform does not show whether it is public.{others}"
    if unknowns >= MOST_UNKNOWN:
        return f"It is not there, after {unknowns} calls that nobody answered clearly."
    return None
