"""Whether an installation is as it should be, and what to do where it is not: `agm doctor` and `server { checks }`."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from redis.exceptions import RedisError

from platforms.base import Environment
from publishing.checks import (
    Check,
    failed,
    is_inner,
    passed,
    public_host,
    settings_checks,
    skipped,
    sorted_checks,
    warned,
)
from publishing.clock import host_now
from publishing.db import connection, is_postgres
from publishing.deps import Deps
from publishing.store import away
from publishing.system.readiness import check_ready
from publishing.system.workplace import Workplace, look_at_workplace

_PATIENCE_SECONDS = 3.0
_SKEW_WARN, _SKEW_FAIL = 1.0, 30.0
_READY = {
    "database": ("The database answers.", "Start the database, or correct AGM_DATABASE_URL."),
    "migrations": ("The database has this release's schema.", "Run: agm migrate up"),
    "redis": (
        "Redis answers.",
        "Start Redis or Valkey, or correct AGM_REDIS_URL. Publishing goes on by sweeps meanwhile.",
    ),
    "storage": (
        "The media storage answers.",
        "Give this user the folder of AGM_STORAGE_URL.",
    ),
}
"""What readiness asks: what is said of it when all is well, and what to do when it is not."""
_KEYS = "SELECT DISTINCT split_part(sealed_token, '.', 2) AS key FROM credential"
_KEYS_SQLITE = "SELECT DISTINCT substr(sealed_token, 4, instr(substr(sealed_token, 4), '.') - 1) AS key FROM credential"


async def run_checks(deps: Deps) -> tuple[Check, ...]:
    """Check everything at once; the failing ones come first."""
    asked = await asyncio.gather(*(_asked(name, ask, deps) for name, ask in _CHECKS.items()))
    ready = [
        passed(found.name, _READY[found.name][0])
        if found.ok
        else failed(found.name, f"{found.name.capitalize()}: {found.message}", _READY[found.name][1])
        for found in await check_ready(deps)
    ]
    known = settings_checks(deps.settings, deps.networks, today=host_now().date())
    return sorted_checks([*ready, *asked, *known])


async def _asked(name: str, ask: Callable[[str, Deps], Awaitable[Check]], deps: Deps) -> Check:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await ask(name, deps)
    except (*away(), RedisError, TimeoutError) as error:
        return skipped(name, f"Not checked: what it asks does not answer ({type(error).__name__}).")


async def _workers(name: str, deps: Deps) -> Check:
    count = len(await deps.bell.living_workers())
    if count:
        return passed(name, f"{count} worker(s) showed themselves lately.")
    return failed(name, "No worker shows itself: nothing is published.", "Run: agm worker")


async def _workplaces(name: str, deps: Deps) -> Check:
    """Compare what this process works on with what each living worker shows."""
    own, living = await look_at_workplace(deps), await deps.bell.living_workers()
    shown = {worker: theirs for worker, text in living.items() if (theirs := Workplace.read(text)) is not None}
    if not shown:
        return skipped(name, "No worker tells on what it works.")
    found = [(worker, *one) for worker, theirs in sorted(shown.items()) for one in own.differences(theirs)]
    if not found:
        return passed(name, f"{len(shown)} worker(s) share database, media folder and keys with this process.")
    remedies = dict.fromkeys(remedy for _, _, remedy in found)
    said = ", ".join(f"{worker} {what}" for worker, what, _ in found)
    return failed(name, f"Workers that do not share what this process has: {said}.", " ".join(remedies))


async def _eviction(name: str, deps: Deps) -> Check:
    policy = await deps.bell.eviction_policy()
    if policy in {"noeviction", None}:
        return passed(name, "Redis evicts nothing." if policy else "Redis does not tell what it evicts.")
    message = f"Redis evicts keys when its memory is full ({policy}): rings are lost, and work is late by a sweep."
    return warned(name, message, "Set its maxmemory-policy to noeviction.")


async def _skew(name: str, deps: Deps) -> Check:
    """Compare this host's clock with the database's; on SQLite they are one."""
    before = host_now()
    there = await deps.clock.now()
    skew = abs((there - (before + (host_now() - before) / 2)).total_seconds())
    message = f"This host's clock and the database's are {skew:.1f} s apart."
    if skew <= _SKEW_WARN:
        return passed(name, message)
    remedy = "Synchronise the clocks (NTP): leases, signed addresses and sign-ins end by time."
    return warned(name, message, remedy) if skew <= _SKEW_FAIL else failed(name, message, remedy)


async def _token_keys(name: str, deps: Deps) -> Check:
    """Look at the keys that sealed what is stored; one that is gone opens nothing any more."""
    rows = await connection().execute_query_dict(_KEYS if is_postgres() else _KEYS_SQLITE)
    used = {str(row["key"]) for row in rows}
    if lost := sorted(used - set(deps.token_keys.keys)):
        message = f"Tokens are sealed with {', '.join(lost)}, missing from AGM_TOKEN_KEYS: they do not open."
        return failed(name, message, "Add the key back behind the newest, then run: agm tokens rotate")
    if used - {deps.token_keys.newest}:
        return warned(name, "Some stored tokens are sealed with an older key.", "Run: agm tokens rotate")
    return passed(name, "Every stored token is sealed with the newest key.")


async def _reachable(name: str, deps: Deps) -> Check:
    """Look at AGM_PUBLIC_URL, from which platforms fetch images; what a firewall does is not seen from here."""
    host, remedy = public_host(deps.settings), "Set AGM_PUBLIC_URL to an https address that the internet reaches."
    if is_inner(host):
        message = f"{host} is reached from this network only: no platform but the sandbox can fetch images from it."
        sandbox = deps.networks.has(Environment.SANDBOX)
        return warned(name, message, remedy) if sandbox else failed(name, message, remedy)
    if not deps.settings.public_url.startswith("https://"):
        return failed(name, "AGM_PUBLIC_URL is plain http: platforms fetch images over https.", remedy)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return failed(name, f"{host} is not found in the DNS from here.", remedy)
    if inner := [str(address[4][0]) for address in found if is_inner(str(address[4][0]))]:
        message = f"{host} leads to {inner[0]} from here, which the internet does not reach."
        return warned(name, message, f"{remedy} If only this host sees it so, all is well.")
    return passed(name, f"{host} has a public address; whether a firewall lets platforms in is not seen from here.")


_CHECKS: dict[str, Callable[[str, Deps], Awaitable[Check]]] = {
    "workers.living": _workers,
    "workers.workplace": _workplaces,
    "redis.eviction": _eviction,
    "clock.skew": _skew,
    "tokens.keys": _token_keys,
    "media.publicly_reachable": _reachable,
}
