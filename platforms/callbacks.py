"""What a platform tells this server of its own accord: a person took the app away, or news of a Page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from platforms.base import ChannelKind


class CallbackRefusedError(Exception):
    """What came is not the platform's: not signed by it, too old, or not to be read. Nothing follows from it."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A person removed the app, or wants their data deleted; `issued_at` is when the platform says so."""

    platform_user_id: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class PostNews:
    """A post of a channel appeared at the platform, or is `gone` from it."""

    kind: ChannelKind
    platform_account_id: str
    platform_post_id: str
    gone: bool


@dataclass(frozen=True, slots=True)
class PersonNews:
    """What a person allows has changed."""

    platform_user_id: str


News = PostNews | PersonNews


class Listener(Protocol):
    """Has a platform tell this server what happens on pages that are published to."""

    @property
    def permission(self) -> str:
        """Without which it cannot be done."""
        ...

    async def listen(self, *, platform_account_id: str, token: str) -> bool:
        """Subscribe to the posts of a page; False when that was so already.

        Raises:
            PlatformError: it could not be done; what was published is found out without.
        """
        ...


class Callbacks(Protocol):
    """Reads one app's callbacks. `names` are what their addresses may begin with, such as `meta`."""

    @property
    def names(self) -> frozenset[str]:
        """What the addresses may begin with."""
        ...

    def removal(self, signed: str, *, now: datetime) -> Removal:
        """Read who removed the app.

        Raises:
            CallbackRefusedError: it is not the platform's, or too old.
        """
        ...

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Answer the platform's question whether its news are wanted here; None when it is not the platform's."""
        ...

    def news(self, body: bytes, headers: Mapping[str, str]) -> tuple[News, ...]:
        """Read what is new; what is of no use here is left out. The names of `headers` are lower-case.

        Raises:
            CallbackRefusedError: it is not the platform's.
        """
        ...
