"""Posts as records: their addresses, and reading them.

Sources, read 2026-11-26:
https://atproto.com/specs/at-uri-scheme (`at://` authority, collection, key)
https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/repo/getRecord.json
"""

import unicodedata
from dataclasses import dataclass
from typing import Any, cast

from platforms.base import Platform
from platforms.bluesky.errors import GONE, name_of
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import Failure, FailureCode, RejectedError, TransientError

POSTS = "app.bsky.feed.post"
_SCHEME = "at://"
_PARTS = 3
_LONGEST_SHOWN = 300
_CONTROLS = frozenset({"Cc", "Cs"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where a record is: whose, in which collection, under which key."""

    repo: str
    collection: str
    key: str

    @classmethod
    def read(cls, uri: str) -> "Address":
        """Take an `at://` address apart.

        Raises:
            RejectedError: it is none.
        """
        parts = uri.removeprefix(_SCHEME).split("/")
        if not uri.startswith(_SCHEME) or len(parts) != _PARTS or not all(parts):
            message = f"{uri[:100]} is no address of a Bluesky post."
            raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.BLUESKY, message, "Publish it anew."))
        return cls(*parts)

    @property
    def uri(self) -> str:
        """It in one text."""
        return f"{_SCHEME}{self.repo}/{self.collection}/{self.key}"

    @property
    def page(self) -> str:
        """The web page on which a post is seen."""
        return f"https://bsky.app/profile/{self.repo}/post/{self.key}"

    @property
    def params(self) -> dict[str, str]:
        """It as calls take it."""
        return {"repo": self.repo, "collection": self.collection, "rkey": self.key}


async def find_record(client: XrpcClient, session: Session, address: Address) -> dict[str, Any] | None:
    """Read a record with its `uri`, `cid` and `value`; None when it is not there.

    Records are public: they are read without a token, so that one that is over keeps nobody from looking.

    Raises:
        PlatformError: the server could not be asked.
    """
    name = "com.atproto.repo.getRecord"
    try:
        return await client.query(session.service, name, params=address.params)
    except RejectedError as error:
        if name_of(error) == GONE:
            return None
        raise


def shown(value: object) -> str:
    """Give a text of an answer as it can be stored and shown, 300 characters at most; "" when it is none."""
    text = value if isinstance(value, str) else ""
    return "".join(sign for sign in text if unicodedata.category(sign) not in _CONTROLS)[:_LONGEST_SHOWN]


def text_of(answer: dict[str, Any], name: str) -> str:
    """Give a text of an answer to a call that makes nothing public.

    Raises:
        TransientError: there is none.
    """
    value = cast("object", answer.get(name))
    if isinstance(value, str) and value:
        return value
    message = f"The server answered without {name}."
    raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.BLUESKY, message, "It is tried again."))
