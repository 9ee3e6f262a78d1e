"""Who an account is, and whether its posts may be long.

Source: https://docs.x.com/x-api/users/get-my-user (read 2026-11-22): `subscription_type` is None, Basic, Premium or
PremiumPlus.
"""

from datetime import datetime
from typing import Any

from platforms.errors import FailureCode
from platforms.x.api import XApi, data_of
from platforms.x.errors import refused
from platforms.x.tokens import Profile

_FIELDS = "profile_image_url,subscription_type"


async def read_profile(api: XApi, *, access: str, now: datetime) -> Profile:
    """Ask X who signed in; each question is paid for.

    Raises:
        PlatformError: its class says what to do.
    """
    told = data_of(await api.get("/2/users/me", access=access, params={"user.fields": _FIELDS}))
    own, username = _text(told, "id"), _text(told, "username")
    if own is None or username is None or not own.isdigit():
        raise refused("X did not say who signed in.", "Start the sign-in again.", FailureCode.AUTHORIZATION_FAILED)
    return Profile(
        id=own,
        username=username,
        name=_text(told, "name") or username,
        subscription=_text(told, "subscription_type") or "None",
        picture=_text(told, "profile_image_url"),
        told_at=int(now.timestamp()),
    )


def _text(told: dict[str, Any], name: str) -> str | None:
    value = told.get(name)
    return value.replace("\x00", "") if isinstance(value, str) and value else None
