"""A session of one account in one opaque text: its server, its account, and the pair of tokens.

Source: https://atproto.com/specs/xrpc (read 2026-11-26): an access token for hours and a refresh token for months, both
JSON Web Tokens; each refresh gives a new pair.
"""

import base64
import binascii
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import orjson

_SHORTEST_LIFE = timedelta(minutes=30)
"""What an access token is taken to live whose own words cannot be read."""


@dataclass(frozen=True, slots=True)
class Session:
    """`service` is the server's origin, `did` the account's lasting id."""

    service: str
    did: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)

    @classmethod
    def read(cls, token: str) -> "Session":
        """Unpack a token."""
        return cls(**orjson.loads(token))

    def packed(self) -> str:
        """Pack it into one text."""
        return orjson.dumps(asdict(self)).decode()

    def ends_at(self, now: datetime) -> datetime:
        """Say when the access token ends, by its own words."""
        return expiry_of(self.access) or now + _SHORTEST_LIFE


def expiry_of(token: str) -> datetime | None:
    """Read when a JSON Web Token ends, without believing its signature; None when it does not say."""
    try:
        middle = token.split(".")[1]
        claims = orjson.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        ends = cast("dict[str, Any]", claims).get("exp") if isinstance(claims, dict) else None
        return datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) else None
    except (IndexError, binascii.Error, ValueError, OverflowError, OSError):
        return None
