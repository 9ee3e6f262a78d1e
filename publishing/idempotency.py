"""Idempotency keys: the same key with the same input gives the same answer, also to fifty callers at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from platforms.options import stored_options
from publishing import models, records, setwise
from publishing.db import connection, is_postgres
from publishing.errors import ConflictError
from publishing.ids import new_id
from publishing.records import MediaInput

_LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Claim:
    """What a caller asks under a key: the key and the hash of its input."""

    key: str
    request_hash: str


def claim_of(request: records.PublishRequest) -> Claim | None:
    """Read the key of a call; None when it has none.

    Raises:
        ConflictError: the key is empty or too long to be one.
    """
    content: dict[str, Any] = {
        "platform": request.platform.value,
        "channel": request.channel_id,
        "text": request.text,
        "link": request.link,
        "images": _files(request.media),
    }
    if request.options is not None and (options := stored_options(request.options)):
        content["options"] = options
    if request.first_comment is not None:
        content["first_comment"] = request.first_comment
    if request.thread:
        content["thread"] = [[part.text, _files(part.media)] for part in request.thread]
    return claim_for(request.idempotency_key, content)


def _files(media: Sequence[MediaInput]) -> list[list[str | None]]:
    return [[file.url, file.media_id, file.alt_text] for file in media]


def claim_for(key: str | None, content: Mapping[str, Any]) -> Claim | None:
    """Make a claim of a key for an input; None when there is no key.

    Raises:
        ConflictError: the key is empty or too long to be one.
    """
    if key is None:
        return None
    if not key.strip() or len(key) > _LONGEST_KEY or "\x00" in key:
        message = f"An idempotency key has 1 to {_LONGEST_KEY} characters, NUL not among them: give a UUID."
        raise ConflictError(message, path=("idempotencyKey",))
    return Claim(key=key, request_hash=hashlib.sha256(orjson.dumps(content)).hexdigest())


async def earlier_answer(claim: Claim | None, *, workspace_id: UUID) -> UUID | None:
    """Find the publication that an earlier call with this key made.

    Raises:
        ConflictError: the earlier call had another input.
    """
    if claim is None:
        return None
    row = await models.IdempotencyKey.get_or_none(workspace_id=workspace_id, key=claim.key)
    if row is None:
        return None
    if row.request_hash != claim.request_hash:
        message = "This idempotency key was used before with another input: use a new key for a new post."
        raise ConflictError(message, path=("idempotencyKey",))
    return row.publication_id


async def take(claim: Claim | None, *, workspace_id: UUID, publication_id: UUID, now: datetime) -> bool:
    """Take the key in the open transaction; False when another call has it.

    On PostgreSQL this waits for a call that is under way with the same key, so its answer is there afterwards.
    """
    if claim is None:
        return True
    marks = "$1, $2, $3, $4, $5, $6" if is_postgres() else "?, ?, ?, ?, ?, ?"
    rows = await connection().execute_query_dict(
        "INSERT INTO idempotency_key (id, workspace_id, key, request_hash, publication_id, created_at) "  # noqa: S608 - only marks are put in
        f"VALUES ({marks}) ON CONFLICT (workspace_id, key) DO NOTHING RETURNING id",
        [
            *_uuids(new_id(), workspace_id),
            claim.key,
            claim.request_hash,
            *_uuids(publication_id),
            setwise.moment(now),
        ],
    )
    return bool(rows)


def _uuids(*values: UUID) -> list[UUID | str]:
    return [value if is_postgres() else str(value) for value in values]
