"""What an X sign-in offers: the one account that signed in."""

from collections.abc import Collection
from datetime import datetime

from platforms.base import ChannelKind
from platforms.sign_in import FoundPage, Offer
from platforms.x.api import XApi
from platforms.x.console import WRITE_SCOPE
from platforms.x.profiles import read_profile
from platforms.x.rules import PREMIUM
from platforms.x.tokens import Token


class XAccounts:
    """Finds the account of a sign-in."""

    def __init__(self, api: XApi) -> None:
        self._api = api

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:
        """Describe the account; X is asked only where it has told nothing for an hour.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the token is over.
            RejectedError: X refused.
        """
        held = Token.read(token)
        profile = held.profile
        if not profile.is_recent(now):
            profile = await read_profile(self._api, access=held.access, now=now)
        allowed = WRITE_SCOPE in granted
        page = FoundPage(
            kind=ChannelKind.X_ACCOUNT,
            platform_account_id=profile.id,
            name=profile.name,
            handle=profile.username,
            avatar_url=profile.picture,
            profile_url=f"{self._api.settings.auth_url}/{profile.username}",
            token=token if allowed else None,
            problem=None if allowed else f"The sign-in lacks {WRITE_SCOPE}: connect again and allow it.",
            tier=PREMIUM if profile.is_premium else None,
        )
        return Offer((page,))
