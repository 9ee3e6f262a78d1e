"""What a sign-in at Instagram offers: the account itself.

Source: https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/get-started
(`user_id`, `account_type`; read 2026-11-26).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from platforms.base import ChannelKind
from platforms.instagram.login import id_in, unwrapped
from platforms.meta.fields import read_fields
from platforms.meta.graph import GraphClient
from platforms.sign_in import FoundPage, Offer

_FIELDS = "user_id,username,name,account_type,profile_picture_url"
_PUBLISH = "instagram_business_content_publish"
_PERSONAL = "PERSONAL"


class InstagramAccounts:
    """Finds the account that signed in."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:  # noqa: ARG002 - no ends
        """Describe the account; its own token publishes to it.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the token is gone.
            RejectedError: the platform refused.
        """
        facts = unwrapped(await read_fields(self._graph, "/me", token=token, fields=_FIELDS))
        account_id = id_in(facts.get("user_id"))
        if account_id is None:
            return Offer((), "Instagram did not say which account it is: connect again later.")
        handle = _text(facts.get("username"))
        page = FoundPage(
            kind=ChannelKind.INSTAGRAM_ACCOUNT,
            platform_account_id=account_id,
            name=_text(facts.get("name")) or handle or account_id,
            handle=handle,
            avatar_url=_text(facts.get("profile_picture_url")),
            profile_url=f"https://www.instagram.com/{handle}/" if handle else None,
            token=token,
            problem=_problem(facts, granted),
        )
        return Offer((page,))


def _problem(facts: dict[str, Any], granted: Collection[str]) -> str | None:
    if str(facts.get("account_type") or "").upper() == _PERSONAL:
        return "It is a personal account: make it a business or creator account in Instagram, then connect again."
    if _PUBLISH not in granted:
        return f"The sign-in lacks the permission {_PUBLISH}: connect again and allow it."
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
