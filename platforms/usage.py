"""How much of a platform's limits a call found used: told on the side, for the answer itself is about something else.

Whoever makes calls for a channel listens with `metering`; without a listener nothing is kept.
"""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class BudgetName(StrEnum):
    """What a budget is of."""

    APP = "app"
    PAGE = "page"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Usage:
    """A budget as a platform told it: `percent` used, and how long until access is regained when it is used up.

    `app` is whose budget it is when it is the app's; None for that of the channel the call was made for.
    """

    name: BudgetName
    percent: int
    regain: timedelta | None = None
    app: str | None = None


Meter = Callable[[Usage], None]
_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metering(meter: Meter) -> Generator[None]:
    """Be told of every usage that calls of this task find."""
    token = _meter.set(meter)
    try:
        yield
    finally:
        _meter.reset(token)


def report(usages: Iterable[Usage]) -> None:
    """Tell the listener, if there is one."""
    if (meter := _meter.get()) is not None:
        for usage in usages:
            meter(usage)
