"""Keys by id: the first seals and signs, all open and verify, so that keys can be rotated while traffic runs."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

KEY_BYTES = 32
_FEWEST_DISTINCT_BYTES = 12  # 32 random bytes hold fewer with a chance below 1 in 10^17; typed-in keys hold fewer


class KeyringError(ValueError):
    """The text is no keyring; the message names the fault, never the text."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys of 32 bytes by id; `newest` seals."""

    newest: str
    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def newest_key(self) -> bytes:
        """The key that seals and signs."""
        return self.keys[self.newest]


def parse_keyring(text: str) -> Keyring:
    """Read `kid:base64,kid:base64`.

    Raises:
        KeyringError: malformed, a key that is not 32 bytes, a weak key, or the same id twice.
    """
    keys: dict[str, bytes] = {}
    for number, part in enumerate(text.split(","), start=1):
        key_id, _, encoded = part.strip().partition(":")
        if not key_id or not key_id.isalnum():
            raise KeyringError(f"entry {number} must look like kid:base64, with a kid of letters and digits")
        if key_id in keys:
            raise KeyringError(f"entry {number} repeats a key id")
        keys[key_id] = _key(encoded, number)
    if len(set(keys.values())) != len(keys):
        raise KeyringError("two ids have the same key")
    return Keyring(newest=next(iter(keys)), keys=keys)


def _key(encoded: str, number: int) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyringError(f"the key of entry {number} is not base64") from error
    if len(key) != KEY_BYTES:
        raise KeyringError(f"the key of entry {number} has {len(key)} bytes; it must have {KEY_BYTES}")
    if len(set(key)) < _FEWEST_DISTINCT_BYTES:
        raise KeyringError(
            f"the key of entry {number} is too regular to be random; make one with `openssl rand -base64 32`"
        )
    return key
