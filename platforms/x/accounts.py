"""What an X sign-in offers: the one account that signed in."""

from collections.abc import Collection
from datetime import datetime

from platforms.base import ChannelKind
from platforms.sign_in import FoundPage, Offer
from platforms.x.api import XApi
from platforms.x.console import NEEDED_SCOPES
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
        lacking = [scope for scope in NEEDED_SCOPES if scope not in granted]
        page = FoundPage(
            kind=ChannelKind.X_ACCOUNT,
            platform_account_id=profile.id,
            name=profile.name,
            handle=profile.username,
            avatar_url=profile.picture,
            profile_url=f"{self._api.settings.auth_url}/{profile.username}",
            token=None if lacking else token,
            problem=f"The sign-in lacks {', '.join(lacking)}: connect again and allow it." if lacking else None,
            tier=PREMIUM if profile.is_premium else None,
        )
        return Offer((page,))
