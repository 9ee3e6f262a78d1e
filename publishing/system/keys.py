"""Who is calling: from a presented key to its workspace and scopes."""

from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from publishing import models
from publishing.deps import Deps
from publishing.events import API_KEY_REVOKED
from publishing.ids import Kind, new_id, public_id
from publishing.keys import PresentedKey, proves, read_presented
from publishing.records import Caller, EventNote, Scope
from publishing.store import store_errors

_CACHE_SECONDS = 5.0
_CACHE_SIZE = 10_000
_USED_EVERY = timedelta(minutes=1)
_cache: dict[str, tuple[float, Caller]] = {}


@store_errors
async def look_up_key(deps: Deps, *, presented: str) -> Caller | None:
    """Find the caller of an API key; None when the key is malformed, unknown, expired or revoked.

    A good answer is kept for five seconds, so a revoked key works for at most that long; mostly it is over at once,
    by `forget_revoked`.
    """
    key = read_presented(presented)
    if key is None:
        return None
    hit = _cache.get(key.text)
    if hit is not None and monotonic() - hit[0] < _CACHE_SECONDS:
        return hit[1]
    caller = await _prove(deps, key)
    if caller is None:
        _cache.pop(key.text, None)
        return None
    if len(_cache) >= _CACHE_SIZE:
        _cache.clear()
    _cache[key.text] = (monotonic(), caller)
    return caller


@store_errors
async def has_keys() -> bool:
    """Whether anybody has been given a key yet."""
    return await models.ApiKey.all().exists()


def forget_revoked(note: EventNote) -> None:
    """Take a key that was revoked, maybe by another process, from this one's memory."""
    if note.type == API_KEY_REVOKED:
        for text in [text for text, (_, caller) in _cache.items() if caller.key_id == note.subject_id]:
            del _cache[text]


@store_errors
async def find_workspace(*, name: str) -> UUID | None:
    """Find the workspace of this name; None when there is none. For the command line of a server's operator."""
    row = await models.Workspace.filter(name=name).order_by("id").first()
    return row.id if row else None


@store_errors
async def ensure_workspace(*, name: str, now: datetime) -> UUID:
    """Find the workspace of this name, or make it; for the command line of a server's operator."""
    found = await find_workspace(name=name)
    return found or (await models.Workspace.create(id=new_id(), name=name, created_at=now)).id


async def _prove(deps: Deps, key: PresentedKey) -> Caller | None:
    row = await models.ApiKey.get_or_none(prefix=key.prefix)
    if row is None or not proves(key, row, deps.secret_keys):
        return None
    now = await deps.clock.now()
    if row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    if row.last_used_at is None or now - row.last_used_at > _USED_EVERY:
        await models.ApiKey.filter(id=row.id).update(last_used_at=now)
    return Caller(
        workspace_id=row.workspace_id,
        key_id=row.id,
        actor=public_id(Kind.API_KEY, row.id),
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        expires_at=row.expires_at,
    )
