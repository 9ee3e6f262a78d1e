"""The sign-in's token as this server keeps it: X's pair of tokens and who signed in, as one JSON text.

Who signed in is kept because each question about it is paid for:
https://docs.x.com/x-api/getting-started/pricing (read 2026-11-22).
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta

import orjson

_KNOWN_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who signed in, as X told it at `told_at`, in seconds; `subscription` is "None" where there is none."""

    id: str
    username: str
    name: str
    subscription: str
    picture: str | None
    told_at: int

    @property
    def is_premium(self) -> bool:
        """Whether its posts may be long."""
        return self.subscription != "None"

    def is_recent(self, now: datetime) -> bool:
        """Whether it was told so lately that X need not be asked again."""
        return now - datetime.fromtimestamp(self.told_at, UTC) < _KNOWN_FOR


@dataclass(frozen=True, slots=True)
class Token:
    """What X gave; `refresh` works once and is None where the person did not allow renewing."""

    access: str = field(repr=False)
    refresh: str | None = field(repr=False)
    scopes: tuple[str, ...]
    profile: Profile

    @classmethod
    def read(cls, packed: str) -> "Token":
        """Read it back."""
        given = orjson.loads(packed)
        return cls(given["access"], given["refresh"], tuple(given["scopes"]), Profile(**given["profile"]))

    def packed(self) -> str:
        """Give it as the one opaque text."""
        return orjson.dumps(asdict(self)).decode()

    def renewed(self, access: str, refresh: str | None, scopes: tuple[str, ...]) -> "Token":
        """Give it with another pair; the refresh token that was used is of no more use."""
        return replace(self, access=access, refresh=refresh, scopes=scopes)
