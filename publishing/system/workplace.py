"""What a process works on, for comparing processes of several hosts: they must share database, media and keys.

Each is told by a mark that tells two of a kind apart and gives nothing away. A worker shows its workplace with its
sign of life; `agm doctor` and `server { checks }` compare it with their own.
"""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from media.storage import Storage, StorageError
from platforms.base import Environment
from publishing import models
from publishing.deps import Deps
from publishing.keyring import Keyring

_MARK = "agm-storage"
_MARK_BYTES = 8
_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Workplace:
    """Marks of the database, of the media storage, and of each key, the newest first; empty where there is none.

    `sandbox` says whether sandbox channels can be published to.
    """

    database: str
    storage: str
    secret_keys: tuple[str, ...]
    token_keys: tuple[str, ...]
    sandbox: bool

    def written(self) -> str:
        """Write it as text."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def read(cls, text: str) -> "Workplace | None":
        """Read what a worker showed; None when it is of a release that shows something else."""
        try:
            found: Any = orjson.loads(text)
            return cls(
                database=str(found["database"]),
                storage=str(found["storage"]),
                secret_keys=tuple(map(str, found["secret_keys"])),
                token_keys=tuple(map(str, found["token_keys"])),
                sandbox=bool(found["sandbox"]),
            )
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return None

    def differences(self, theirs: "Workplace") -> Iterator[tuple[str, str]]:
        """Say what a worker does not share with this process: what is wrong, and what to do."""
        if theirs.database != self.database:
            yield "works on another database", "Give every API and worker the same AGM_DATABASE_URL."
        if not theirs.storage or theirs.storage != self.storage:
            where = "sees another media folder" if theirs.storage else "cannot use its media folder"
            yield where, "Mount one folder on every host, and let AGM_STORAGE_URL of every API and worker name it."
        if not set(theirs.secret_keys[:1]) <= set(self.secret_keys):
            yield "signs media addresses with a key unknown here", "Give every API and worker the same AGM_SECRET_KEYS."
        if not (
            set(theirs.token_keys[:1]) <= set(self.token_keys) and set(self.token_keys[:1]) <= set(theirs.token_keys)
        ):
            yield "seals tokens with other keys", "Give every API and worker the same AGM_TOKEN_KEYS."
        if theirs.sandbox != self.sandbox:
            state = "on" if theirs.sandbox else "off"
            yield f"has the sandbox switched {state}", "Give every API and worker the same AGM_SANDBOX_URL, or none."


async def look_at_workplace(deps: Deps, *, leave_mark: bool = False) -> Workplace:
    """Tell on what this process works; a worker leaves a mark in a media storage that has none."""
    first = await models.Workspace.all().order_by("id").first().values_list("id", flat=True)
    return Workplace(
        database=_fingerprint(str(first).encode()) if first else "",
        storage=await _storage(deps.storage, leave_mark=leave_mark),
        secret_keys=_fingerprints(deps.secret_keys),
        token_keys=_fingerprints(deps.token_keys),
        sandbox=deps.networks.has(Environment.SANDBOX),
    )


async def _storage(storage: Storage, *, leave_mark: bool) -> str:
    """Read the storage's mark; of workers that begin together the last one's stays, and all see it the next time."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            if leave_mark and not await storage.exists(_MARK):
                await storage.put(_MARK, secrets.token_hex(_MARK_BYTES).encode(), "text/plain")
            return (await storage.read(_MARK)).decode(errors="replace")
    except (StorageError, OSError):  # there is none, or no storage; TimeoutError is one, too
        return ""


def _fingerprints(keys: Keyring) -> tuple[str, ...]:
    ids = [keys.newest, *(key_id for key_id in keys.keys if key_id != keys.newest)]
    return tuple(hmac.new(keys.keys[key_id], b"agm workplace", hashlib.sha256).hexdigest()[:16] for key_id in ids)


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
