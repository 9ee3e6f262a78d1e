"""What a Bluesky sign-in offers: the one account that signed in.

Sources, read 2026-11-26:
https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/actor/profile.json (`displayName`, `avatar`)
https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/sync/getBlob.json
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from platforms.base import ChannelKind
from platforms.bluesky.records import Address, find_record, shown
from platforms.bluesky.text import is_handle
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.sign_in import FoundPage, Offer

_LONGEST_HANDLE = 200
_LONGEST_CID = 200


class BlueskyAccounts:
    """Finds the account of a session."""

    def __init__(self, client: XrpcClient) -> None:
        self._client = client

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:  # noqa: ARG002 - a session may all or nothing
        """Describe the account, with the name and picture of its profile.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the session is over.
            RejectedError: the server refused.
        """
        session = Session.read(token)
        answer = await self._client.query(session.service, "com.atproto.server.getSession", token=session.access)
        handle = shown(answer.get("handle"))
        profile = await find_record(self._client, session, Address(session.did, "app.bsky.actor.profile", "self"))
        value = _mapping((profile or {}).get("value"))
        page = FoundPage(
            kind=ChannelKind.BLUESKY_ACCOUNT,
            platform_account_id=session.did,
            name=shown(value.get("displayName")) or handle or session.did,
            handle=handle if is_handle(handle.lower()) and len(handle) <= _LONGEST_HANDLE else None,
            avatar_url=_avatar(session, value),
            profile_url=f"https://bsky.app/profile/{session.did}",
            token=token,
            token_expires_at=session.ends_at(now),
        )
        return Offer((page,))


def _avatar(session: Session, profile: dict[str, Any]) -> str | None:
    cid = _mapping(_mapping(profile.get("avatar")).get("ref")).get("$link")
    if not isinstance(cid, str) or len(cid) > _LONGEST_CID:
        return None
    return f"{session.service}/xrpc/com.atproto.sync.getBlob?{urlencode({'did': session.did, 'cid': cid})}"


def _mapping(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
