"""What calls find out about limits, gathered from this worker's tasks and written once a second."""

import asyncio
from contextlib import AbstractContextManager

import structlog

from platforms.base import Environment, Platform
from platforms.usage import Usage, metering
from publishing.budgets import Met, is_scarce
from publishing.deps import Deps
from publishing.store import away
from publishing.system import note_usages

log = structlog.get_logger(__name__)
_BREATH = 1.0
_STEP = 5
"""Percent by which a budget has to move to be written again; what slows calls down is always written."""


class Budgets:
    """One worker's."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._waiting: dict[object, Met] = {}
        self._written: dict[object, int] = {}

    def metering(
        self, platform: Platform, environment: Environment, platform_account_id: str, *, sign_in: Platform
    ) -> AbstractContextManager[None]:
        """Listen to what calls for a channel find out."""

        def note(usage: Usage) -> None:
            met = Met(platform, environment, platform_account_id, usage, sign_in)
            moved = abs(usage.percent - self._written.get(met.key, -_STEP)) >= _STEP
            if moved or is_scarce(usage):
                self._waiting[met.key] = met

        return metering(note)

    async def run(self) -> None:
        """Write for ever; what a database that is away cannot take is told again by the next call."""
        while True:
            await asyncio.sleep(_BREATH)
            await self.flush()

    async def flush(self) -> None:
        """Write what was gathered."""
        met, self._waiting = self._waiting, {}
        if not met:
            return
        try:
            await note_usages(self._deps, met=met.values())
        except away() as error:
            log.warning("store_away", use_case="note_usages", error=type(error).__name__)
        else:
            self._written |= {key: one.usage.percent for key, one in met.items()}
