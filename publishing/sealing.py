"""Secrets at rest: AES-256-GCM with a key id, bound to the row they belong to.

A sealed text is `v1.<key id>.<base64url of nonce and ciphertext>`. The table, column, workspace and row are
authenticated with it, so a sealed text copied into another row does not open.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from publishing.keyring import Keyring

_VERSION = "v1"
_NONCE_BYTES = 12
_PARTS = 3


class SealError(Exception):
    """A sealed text does not open; nothing about it is in the message but its key id."""


class UnknownKeyError(SealError):
    """The key that sealed it is not in AGM_TOKEN_KEYS: put the key back. Signing in again would not help."""


class BrokenSealError(SealError):
    """It was altered, or belongs to another row."""


@dataclass(frozen=True, slots=True)
class SealedIn:
    """Where a sealed text lives; it opens nowhere else."""

    table: str
    column: str
    workspace_id: UUID
    row_id: UUID

    def associated_data(self) -> bytes:
        """Write it as the bytes that the seal authenticates."""
        return "\x1f".join((self.table, self.column, str(self.workspace_id), str(self.row_id))).encode()


def seal(keys: Keyring, text: str, where: SealedIn) -> str:
    """Seal a text for one place, with the newest key."""
    nonce = os.urandom(_NONCE_BYTES)
    ciphertext = AESGCM(keys.newest_key).encrypt(nonce, text.encode(), where.associated_data())
    return f"{_VERSION}.{keys.newest}.{base64.urlsafe_b64encode(nonce + ciphertext).decode()}"


def unseal(keys: Keyring, sealed: str, where: SealedIn) -> str:
    """Open a sealed text.

    Raises:
        UnknownKeyError: the key that sealed it is missing from the keyring.
        BrokenSealError: it was altered, or sealed for another row.
    """
    key_id, encoded = _split(sealed)
    key = keys.keys.get(key_id)
    if key is None:
        raise UnknownKeyError(f"key {key_id!r} is missing from AGM_TOKEN_KEYS: add it back behind the newest")
    try:
        blob = base64.urlsafe_b64decode(encoded)
        return AESGCM(key).decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], where.associated_data()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise BrokenSealError("a stored secret does not open: it was altered or belongs to another row") from error


def key_of(sealed: str) -> str:
    """Tell the id of the key that sealed a text.

    Raises:
        BrokenSealError: it is no sealed text.
    """
    return _split(sealed)[0]


def _split(sealed: str) -> tuple[str, str]:
    parts = sealed.split(".")
    if len(parts) != _PARTS or parts[0] != _VERSION:
        raise BrokenSealError("a stored secret is malformed: restore the row from a backup, or have it connected again")
    return parts[1], parts[2]
