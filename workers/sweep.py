"""The sweeper: a plain task, so that it also runs while Redis is away, and finds what nobody rang for."""

import asyncio
import random
from collections.abc import Sequence

import structlog

from publishing.deps import Deps
from publishing.store import away
from publishing.system import sweep_connections, sweep_publications
from publishing.uncut import uncut
from workers.runner import Runner

log = structlog.get_logger(__name__)
_jitter = random.SystemRandom()


async def sweep(deps: Deps, runners: Sequence[Runner]) -> None:
    """Sweep for ever, every AGM_SWEEP_SECONDS with some jitter, and wake the runners each time."""
    while True:
        for runner in runners:
            runner.wake()
        await asyncio.sleep(deps.settings.sweep_seconds * _jitter.uniform(0.8, 1.0))
        try:
            await uncut(sweep_publications(deps))
            await uncut(sweep_connections(deps))
        except away() as error:
            log.warning("store_away", use_case="sweep", error=type(error).__name__)
        except Exception as error:
            log.exception("sweep_fault", error=type(error).__name__)
