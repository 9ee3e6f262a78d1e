"""Ids: UUIDv7 in the database, `post_01jd…` (kind, underscore, 26 characters of base32) everywhere else."""

import re
import secrets
import time
from enum import StrEnum
from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u to misread
_LENGTH = 26
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_DIGITS = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}")
_AS_PYTHON_READS = str.maketrans(_ALPHABET, "0123456789abcdefghijklmnopqrstuv")


class Kind(StrEnum):
    """The prefix that says what an id belongs to."""

    WORKSPACE = "ws"
    USER = "usr"
    MEMBER = "mem"
    API_KEY = "key"
    CONNECTION_ATTEMPT = "con"
    CONNECTED_ACCOUNT = "acc"
    SELECTABLE_PAGE = "page"
    CHANNEL = "chn"
    POST = "post"
    PUBLICATION = "pub"
    ATTEMPT = "att"
    MEDIA_ASSET = "med"
    EVENT = "evt"


_KINDS = {kind.value: kind for kind in Kind}


class _Last:
    tick = 0


def new_id() -> UUID:
    """Make a UUIDv7: 48 bits of milliseconds, 12 of their fraction, 62 random ones.

    Those of one process rise strictly, so what it writes in one millisecond still sorts by age.
    """
    _Last.tick = max(_Last.tick + 1, (time.time_ns() << 12) // 1_000_000)
    milliseconds, fraction = _Last.tick >> 12, _Last.tick & 0xFFF
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62))


def public_id(kind: Kind, value: UUID) -> str:
    """Write a row's id as callers see it."""
    number = value.int
    digits = [_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)]
    return f"{kind.value}_{''.join(digits)}"


def parse_id(kind: Kind, text: str) -> UUID | None:
    """Read an id of this kind; None when it is malformed or of another kind."""
    prefix, _, digits = text.partition("_")
    if prefix != kind.value or not _DIGITS.fullmatch(digits):
        return None
    number = int(digits.translate(_AS_PYTHON_READS), 32)
    return UUID(int=number) if number < 1 << 128 else None


def kind_of(text: str) -> Kind | None:
    """Say which kind of thing an id belongs to; None when its prefix is unknown."""
    prefix = text.partition("_")[0]
    return _KINDS.get(prefix)
