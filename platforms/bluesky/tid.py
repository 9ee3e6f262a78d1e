"""Record keys that sort by time, chosen before a post is sent, so that the same post sent twice is one.

Source: https://atproto.com/specs/tid (read 2026-11-26): 64 bits in 13 characters: one that is 0, 53 of microseconds
since 1970, 10 that tell clocks apart.
"""

import secrets
from datetime import UTC, datetime, timedelta

_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13
_CLOCK_BITS = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def new_tid(now: datetime) -> str:
    """Make a key of this millisecond that no other call makes: its last twenty bits are random."""
    moment = now.replace(microsecond=now.microsecond // 1000 * 1000 + secrets.randbelow(1000))
    number = (moment - _EPOCH) // _MICROSECOND << _CLOCK_BITS | secrets.randbits(_CLOCK_BITS)
    return "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def moment_of(tid: str) -> datetime:
    """Give the time in a key."""
    number = 0
    for sign in tid:
        number = number << 5 | _SIGNS.index(sign)
    return _EPOCH + (number >> _CLOCK_BITS) * _MICROSECOND
