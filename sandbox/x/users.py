"""Who an account is, as X tells it.

Source: "Get my User" on docs.x.com, read 2026-11-22.
"""

from typing import Any

from sandbox.x import billing, facts
from sandbox.x.call import Call
from sandbox.x.errors import invalid
from sandbox.x.personas import Account

ALWAYS = ("id", "name", "username")
FIELDS = frozenset(
    {
        *ALWAYS,
        "confirmed_email",
        "created_at",
        "description",
        "entities",
        "location",
        "pinned_tweet_id",
        "most_recent_tweet_id",
        "profile_banner_url",
        "profile_image_url",
        "protected",
        "public_metrics",
        "receives_your_dm",
        "subscription_type",
        "url",
        "verified",
        "verified_type",
        "withheld",
    }
)


async def me(call: Call) -> dict[str, Any]:
    """GET /2/users/me."""
    wanted = fields_of(call)
    billing.require(call, "user_read")
    billing.charge(call, "user_read", f"user {call.account.id}")
    has_email = facts.EMAIL in call.caller.scopes
    return {"data": describe(call.account, wanted, origin=call.origin, has_email=has_email)}


def fields_of(call: Call) -> list[str]:
    """Return the fields of a user that a call asks for.

    Raises:
        Refusal: 400, for one that there is not.
    """
    wanted = call.names("user.fields")
    if unknown := set(wanted) - FIELDS:
        raise invalid(
            f"The `user.fields` query parameter value [{','.join(sorted(unknown))}] is not one of "
            f"[{','.join(sorted(FIELDS))}]",
            **{"user.fields": sorted(unknown)},
        )
    return wanted


def describe(account: Account, wanted: list[str], *, origin: str, has_email: bool = False) -> dict[str, Any]:
    """Return a user with the fields that are asked for; those that are empty are left out."""
    known: dict[str, Any] = {
        "id": account.id,
        "name": account.name,
        "username": account.username,
        "created_at": "2020-01-01T00:00:00.000Z",
        "description": "",
        "profile_image_url": f"{origin}/samples/{account.username}.jpg?width=48&height=48",
        "protected": account.is_protected,
        "public_metrics": {"followers_count": 3, "following_count": 2, "tweet_count": 0, "listed_count": 0},
        "subscription_type": account.subscription,
        "verified": account.is_premium,
        "verified_type": "blue" if account.is_premium else "none",
    }
    if has_email:
        known["confirmed_email"] = f"{account.username}@example.com"
    return {name: known[name] for name in (*ALWAYS, *(one for one in wanted if one not in ALWAYS)) if name in known}
