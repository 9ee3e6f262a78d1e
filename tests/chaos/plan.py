"""What goes wrong and when, all of it drawn from one seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A misfortune. Each member says what befalls whom."""

    KILL_WORKER = "a worker is killed"
    STOP_WORKER = "a worker is asked to stop, and another takes its place"
    FREEZE_WORKER = "a worker is frozen for longer than its lease"
    KILL_API = "an API is killed"
    RESTART_API = "an API is asked to stop, and started again"
    FLUSH_REDIS = "Redis is flushed"
    RESTART_REDIS = "Redis is killed and started empty"
    PAUSE_REDIS = "Redis is frozen for a while"
    CUT_DATABASE = "all connections to the database are cut"


_WEIGHTS = {
    Kind.KILL_WORKER: 8,
    Kind.STOP_WORKER: 3,
    Kind.FREEZE_WORKER: 2,
    Kind.KILL_API: 3,
    Kind.RESTART_API: 2,
    Kind.FLUSH_REDIS: 2,
    Kind.RESTART_REDIS: 2,
    Kind.PAUSE_REDIS: 1,
    Kind.CUT_DATABASE: 3,
}


@dataclass(frozen=True)
class Misfortune:
    """Something that happens `at` so many seconds after the start, to the `victim`-th of its kind."""

    at: float
    kind: Kind
    victim: int


def misfortunes(seed: int, seconds: float) -> Iterator[Misfortune]:
    """Yield what happens in the first so many seconds: something every second or two."""
    chance = random.Random(seed)
    at = chance.uniform(0.5, 1.5)
    while at < seconds:
        kind = chance.choices(list(_WEIGHTS), weights=list(_WEIGHTS.values()))[0]
        yield Misfortune(at=round(at, 2), kind=kind, victim=chance.randrange(100))
        at += chance.uniform(0.8, 2.0)
