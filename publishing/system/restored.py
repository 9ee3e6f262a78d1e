"""What an operator has to know after a restore, before workers start: `agm restore-check`. It changes nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from redis.exceptions import RedisError

from media.storage import StorageError
from publishing import models
from publishing.checks import Check, failed, passed, skipped, sorted_checks, warned
from publishing.db import connection
from publishing.deps import Deps
from publishing.ids import Kind, public_id
from publishing.lifecycle import Reason, Status
from publishing.media import attachments_of
from publishing.system.restoring import find_in_doubt, newest_record
from publishing.system.rotation import find_shut_tokens

_SHOWN = 5
_AT_ONCE = 200
_OVER = (Status.PUBLISHED, Status.CANCELED, Status.DELETED, Status.FAILED)
HOLD = "agm restore-check --hold"

NOT_SEEN = (
    "Calls made after the backup are forgotten, with their idempotency keys: one that is repeated publishes again.",
    "API keys revoked after the backup work again: revoke them (agm key revoke). Those made after it are gone.",
    "Accounts and channels removed after the backup are back; sign-ins renewed after it may be over.",
)
"""What no look at a restored database can tell, in sentences for an operator."""


@dataclass(frozen=True, slots=True)
class Finding(Check):
    """A check with the number of rows that it is about."""

    count: int = 0


async def check_restored(deps: Deps) -> tuple[Check, ...]:
    """Look for what is dangerous; what must be decided before workers start fails, and comes first."""
    found = [check for look in _LOOKS for check in await look(deps)]
    return sorted_checks(found)


def _counted(check: Check, count: int) -> Finding:
    return Finding(check.name, check.status, check.message, check.remedy, count)


async def _workers(deps: Deps) -> list[Check]:
    name = "workers.stopped"
    try:
        living = await deps.bell.living_workers()
    except (RedisError, OSError):
        return [skipped(name, "Redis does not answer, so it cannot be told whether a worker runs.")]
    if not living:
        return [passed(name, "No worker shows itself.")]
    message = f"Workers showed themselves lately: {', '.join(sorted(living))}. They publish what is due."
    remedy = "Stop every worker and API, and run this again; one that was killed is forgotten within half a minute."
    return [_counted(failed(name, message, remedy), len(living))]


async def _clock(deps: Deps) -> list[Check]:
    name, newest, now = "clock", await newest_record(), await deps.clock.now()
    if newest is None:
        return [passed(name, "Nothing has happened in this database yet.")]
    if newest > now:
        ahead = (
            f"The newest record is of {newest:%Y-%m-%d %H:%M:%S} UTC, {(newest - now).total_seconds():,.0f} s ahead."
        )
        return [
            failed(name, ahead, "Set this host's clock (NTP) before anything starts: leases and due times rely on it.")
        ]
    age = str(now - newest).partition(".")[0]
    return [passed(name, f"The newest record is of {newest:%Y-%m-%d %H:%M:%S} UTC, {age} ago.")]


async def _publications(deps: Deps) -> list[Check]:
    doubt = await find_in_doubt(deps)
    count, name = sum(doubt.held.values()), "publications.in_doubt"
    checks: list[Check] = [passed(name, "Nothing was due or under way.")]
    if count:
        states = ", ".join(f"{number:,} {status.name}" for status, number in doubt.held.items())
        message = f"{count:,} publications were due or under way and may be public since the backup: {states}."
        if doubt.threads:
            message += f" {doubt.threads:,} are threads with parts out, which a person may have sent on."
        checks = [_counted(failed(name, message, f"Put them before a person: {HOLD}"), count)]
    if doubt.leased:
        message = f"{doubt.leased:,} calls were on their way, under leases that have not ended."
        remedy = "See that no worker runs, and look again when the lease has ended (AGM_LEASE_SECONDS)."
        checks.append(_counted(failed("publications.leased", message, remedy), doubt.leased))
    if doubt.decided:
        message = f"{doubt.decided:,} publications wait for a person, because they may be public since the backup."
        remedy = "Look at each channel, and say with resolvePublication what you see, or call it off."
        checks.append(_counted(warned("publications.held_back", message, remedy), doubt.decided))
    if doubt.ahead:
        message = f"{doubt.ahead:,} publications are due later and go out when they are."
        checks.append(_counted(passed("publications.ahead", message), doubt.ahead))
    return [*checks, *await _for_a_person()]


async def _for_a_person() -> list[Check]:
    waiting = models.Publication.filter(status__in=[Status.NEEDS_ATTENTION, Status.FAILED, Status.PENDING])
    count = await waiting.exclude(reason=Reason.RESTORED).count()
    if not count:
        return []
    message = f"{count:,} publications wait for a person, who may have sent them after the backup."
    remedy = "Nothing sends them by itself. Look at the channel before you try one again."
    return [_counted(warned("publications.for_a_person", message, remedy), count)]


async def _rows(_: Deps) -> list[Check]:
    """Look for the marks of a backup that was not made in one piece."""
    checks: list[Check] = []
    for name, (query, whole, torn) in _TORN.items():
        (row,) = await connection().execute_query_dict(query)
        count = int(row["n"])
        remedy = "The backup was not made in one piece: restore another one (docs/operations.md says how to make it)."
        checks.append(_counted(failed(name, f"{count:,} {torn}.", remedy), count) if count else passed(name, whole))
    unnumbered = await models.Event.filter(position=None).count()
    said = f"{unnumbered:,} events wait for their position." if unnumbered else "Every event has its position."
    return [*checks, _counted(passed("events.numbered", said), unnumbered)]


_TORN = {
    "history": (
        """SELECT count(*) AS n FROM publication AS p LEFT JOIN (
            SELECT publication_id, after, row_number() OVER (PARTITION BY publication_id ORDER BY id DESC) AS newest
            FROM transition) AS t ON t.publication_id = p.id AND t.newest = 1
        WHERE t.after IS NULL OR t.after <> p.status""",
        "The history of every publication ends where it stands.",
        "publications stand where their history does not end",
    ),
    "events": (
        """SELECT count(*) AS n FROM publication AS p LEFT JOIN event AS e ON e.subject_id = p.id
        WHERE e.id IS NULL
            AND p.created_at >= COALESCE((SELECT min(occurred_at) FROM event), p.created_at)""",
        "Events tell of every publication.",
        "publications are told of by no event",
    ),
    "idempotency": (
        """SELECT count(*) AS n FROM idempotency_key AS k LEFT JOIN publication AS p ON p.id = k.publication_id
        WHERE p.id IS NULL""",
        "Every idempotency key leads to its publication.",
        "idempotency keys lead to no publication",
    ),
}


async def _keys(deps: Deps) -> list[Check]:
    shut = await find_shut_tokens(deps.token_keys)
    tokens: Check = passed("tokens.keys", "Every stored token opens.")
    if shut:
        more = f" … and {len(shut) - _SHOWN:,} more" if len(shut) > _SHOWN else ""
        message = f"{len(shut):,} stored tokens do not open: {'; '.join(shut[:_SHOWN])}{more}."
        remedy = "Add the keys of the backup's time to AGM_TOKEN_KEYS, behind the newest, then run: agm tokens rotate"
        tokens = _counted(failed("tokens.keys", message, remedy), len(shut))
    living = models.ApiKey.filter(revoked_at=None).exclude(hash_key_id__in=list(deps.secret_keys.keys))
    count = await living.count()
    if not count:
        return [tokens, passed("api_keys.keys", "Every API key can be checked.")]
    message = f"{count:,} API keys were made under keys that are missing from AGM_SECRET_KEYS: they are refused."
    remedy = "Add the keys of the backup's time to AGM_SECRET_KEYS, behind the newest, or make new API keys."
    return [tokens, _counted(warned("api_keys.keys", message, remedy), count)]


async def _media(deps: Deps) -> list[Check]:
    """Look for every file of the library; those that an open publication needs must be there."""
    name, missing = "media.bytes", [asset_id async for asset_id in _missing(deps)]
    if not missing:
        return [passed(name, "Every file of the media library is in the storage.")]
    needed = await _needed() & set(missing)
    message = f"{len(missing):,} files of the media library are not in the storage"
    remedy = "Restore the folder of AGM_STORAGE_URL, of the backup's time or later: files are never changed."
    if not needed:
        return [_counted(warned(name, f"{message}; no open publication uses them.", remedy), len(missing))]
    message = f"{message}; open publications use {len(needed):,} of them, and fail."
    return [_counted(failed(name, message, remedy), len(missing))]


async def _missing(deps: Deps) -> AsyncIterator[UUID]:
    last = UUID(int=0)
    ready = models.MediaAsset.filter(status=models.MediaStatus.READY)
    while ids := await ready.filter(id__gt=last).order_by("id").limit(_AT_ONCE).values_list("id", flat=True):
        for asset_id, there in zip(ids, await asyncio.gather(*(_is_there(deps, one) for one in ids)), strict=True):
            if not there:
                yield UUID(str(asset_id))
        last = UUID(str(ids[-1]))


async def _is_there(deps: Deps, asset_id: object) -> bool:
    try:
        return await deps.storage.exists(public_id(Kind.MEDIA_ASSET, UUID(str(asset_id))))
    except (StorageError, OSError):
        return False


async def _needed() -> set[UUID]:
    rows = await models.Publication.exclude(status__in=list(_OVER)).values_list("media", flat=True)
    return {use.asset_id for row in rows for use in attachments_of(row)}


_LOOKS: tuple[Callable[[Deps], Awaitable[list[Check]]], ...] = (_workers, _clock, _publications, _rows, _keys, _media)
