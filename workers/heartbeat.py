"""Signs of life of a worker: a file that `agm worker --check` looks at, and an entry in Redis for `agm doctor`.

A worker whose loop hangs gives none. One whose database or Redis is away does: it may have an answer in hand, which
stopping it would lose.
"""

import asyncio
import math
from contextlib import suppress

import structlog

from publishing.deps import Deps
from publishing.system import Workplace, look_at_workplace
from workers.signs import own_file, patience

log = structlog.get_logger(__name__)
_LOOK_SECONDS = 1.0


class Heartbeat:
    """This worker's."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._file = own_file(deps.settings)
        self._look: asyncio.Task[Workplace] | None = None
        self._works_on = ""

    async def run(self) -> None:
        """Show that this worker lives, as often as it sweeps."""
        settings = self._deps.settings
        while True:
            self._touch()
            await self._show()
            if await self._look_anew():
                await self._show()
            await asyncio.sleep(settings.sweep_seconds)

    async def stop(self) -> None:
        """Say that it does no more."""
        if self._look is not None:
            self._look.cancel()
            await asyncio.wait({self._look})
        with suppress(OSError):  # `living` removes what a dead process left
            self._file.unlink(missing_ok=True)
        await self._deps.bell.forget_worker(self._file.name)

    async def _show(self) -> None:
        seconds = math.ceil(patience(self._deps.settings))
        await self._deps.bell.show_worker(self._file.name, seconds=seconds, works_on=self._works_on)

    async def _look_anew(self) -> bool:
        """Look on what this worker works, and say whether that is news; a look that hangs holds back no sign."""
        before = self._works_on
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(look_at_workplace(self._deps, leave_mark=True))
        done, _ = await asyncio.wait({self._look}, timeout=_LOOK_SECONDS)
        try:
            self._works_on = self._look.result().written() if done else before
        except Exception as error:  # noqa: BLE001 - whatever it is, this worker lives
            log.warning("no_workplace", error=type(error).__name__)
        return self._works_on != before

    def _touch(self) -> None:
        """A folder that is gone or full is no reason to end a worker: it goes on without a sign."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch()
        except OSError as error:
            log.warning("no_sign_of_life", error=type(error).__name__)
