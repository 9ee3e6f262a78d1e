"""API keys: `agm_<8 id>_<32 secret><6 checksum>`, stored as an HMAC, shown once.

The prefix lets secret scanners find a leaked key, the checksum refuses a mistyped one without a look at the database.
A secret of 190 random bits needs no slow hash.
"""

import hashlib
import hmac
import secrets
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from publishing import models, records
from publishing.db import transaction
from publishing.events import API_KEY_REVOKED, note_event
from publishing.ids import new_id
from publishing.keyring import Keyring
from publishing.mapping import Mapper

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_LENGTH, _SECRET_LENGTH, _CHECKSUM_LENGTH = 8, 32, 6
_KEY = Mapper(
    models.ApiKey,
    records.ApiKey,
    prefix=lambda prefix: f"agm_{prefix}",
    scopes=lambda scopes: tuple(map(records.Scope, scopes)),
)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; `secret` is shown once and stored nowhere."""

    key: records.ApiKey
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PresentedKey:
    """What a caller presented, in the right form: the id to look up and the whole text to prove."""

    prefix: str
    text: str = field(repr=False)


async def create_key(
    secret_keys: Keyring,
    *,
    workspace_id: UUID,
    name: str,
    scopes: Sequence[records.Scope],
    expires_at: datetime | None,
    now: datetime,
) -> NewKey:
    """Make a key for a workspace and store its HMAC."""
    prefix, text = _new_text()
    row = await models.ApiKey.create(
        id=new_id(),
        workspace_id=workspace_id,
        name=name,
        prefix=prefix,
        secret_hash=_hash(secret_keys.newest_key, text),
        hash_key_id=secret_keys.newest,
        scopes=[scope.value for scope in scopes],
        created_at=now,
        expires_at=expires_at,
    )
    return NewKey(key=_KEY.copy(row), secret=text)


async def revoke_keys(*, workspace_id: UUID, name: str, now: datetime) -> int:
    """End every key of this name and say how many there were; ring `announce` afterwards."""
    rows = await models.ApiKey.filter(workspace_id=workspace_id, name=name, revoked_at=None)
    return sum([await revoke_key(workspace_id=workspace_id, key_id=row.id, now=now) for row in rows])


async def revoke_key(*, workspace_id: UUID, key_id: UUID, now: datetime) -> bool:
    """End a key; False when it has ended already.

    The event that goes with it takes the key from the memory of every API process; one that hears nothing forgets it
    after five seconds. Ring `announce` afterwards.
    """
    async with transaction():
        ended = await models.ApiKey.filter(workspace_id=workspace_id, id=key_id, revoked_at=None).update(revoked_at=now)
        if ended:
            await note_event(API_KEY_REVOKED, workspace_id=workspace_id, subject_id=key_id, now=now)
    return bool(ended)


async def list_keys(*, workspace_id: UUID) -> list[records.ApiKey]:
    """List the keys of a workspace, the ended ones too, oldest first."""
    return await _KEY.read(models.ApiKey.filter(workspace_id=workspace_id).order_by("id"))


async def get_keys(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.ApiKey]:
    """Read keys of a workspace, the ended ones too; ids that lead nowhere are left out."""
    query = models.ApiKey.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await _KEY.read(query)}


def read_presented(text: str) -> PresentedKey | None:
    """Check the form and the checksum of what a caller presented; None when it cannot be a key."""
    head, _, tail = text.removeprefix("agm_").partition("_")
    if not text.startswith("agm_") or len(head) != _ID_LENGTH or len(tail) != _SECRET_LENGTH + _CHECKSUM_LENGTH:
        return None
    body, checksum = text[:-_CHECKSUM_LENGTH], text[-_CHECKSUM_LENGTH:]
    if not text.isascii() or not hmac.compare_digest(_checksum(body), checksum):
        return None
    return PresentedKey(prefix=head, text=text)


def proves(presented: PresentedKey, row: models.ApiKey, secret_keys: Keyring) -> bool:
    """Say whether the presented text is the secret of this row, in constant time."""
    key = secret_keys.keys.get(row.hash_key_id)
    return key is not None and hmac.compare_digest(_hash(key, presented.text), row.secret_hash)


def _new_text() -> tuple[str, str]:
    prefix = "".join(secrets.choice(_BASE62) for _ in range(_ID_LENGTH))
    body = f"agm_{prefix}_" + "".join(secrets.choice(_BASE62) for _ in range(_SECRET_LENGTH))
    return prefix, body + _checksum(body)


def _checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits: list[str] = []
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, len(_BASE62))
        digits.append(_BASE62[digit])
    return "".join(reversed(digits))


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
