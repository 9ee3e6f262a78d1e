"""Whether this process can do its work: its database, its queue, its storage."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from redis.exceptions import RedisError

from publishing.db import connection
from publishing.deps import Deps
from publishing.schema import MigrationError, check_reached
from publishing.store import away

_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class ReadyCheck:
    """One check: its name, whether it passed, and a sentence for an operator."""

    name: str
    ok: bool
    message: str


async def check_ready(deps: Deps) -> tuple[ReadyCheck, ...]:
    """Check everything at once."""
    return tuple(
        await asyncio.gather(
            _check("database", connection().execute_query("SELECT 1")),
            _check("migrations", check_reached()),
            _check("redis", deps.bell.ping()),
            _check("storage", deps.storage.exists("probe")),
        )
    )


async def _check(name: str, probe: Awaitable[object]) -> ReadyCheck:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await probe
    except MigrationError as error:
        return ReadyCheck(name, ok=False, message=str(error))
    except (*away(), RedisError, TimeoutError) as error:
        return ReadyCheck(name, ok=False, message=f"does not answer ({type(error).__name__})")
    return ReadyCheck(name, ok=True, message="as it should be")
