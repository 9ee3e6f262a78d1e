"""What is wrong with a sign-in, or soon will be, made from what is stored; it asks no platform."""

from datetime import datetime

import strawberry

from api.error_codes import ErrorCode
from platforms.registry import refresh_terms, without
from publishing import records
from publishing.care import nears, warn_days
from publishing.channel_health import ENDED
from publishing.records import ConnectionStatus

_RENEW = "Renew it with `reconnectAccount`."


@strawberry.type(description="One thing that is wrong with a sign-in, or will be soon.")
class AccountProblem:
    code: ErrorCode = strawberry.field(description="Stable code.")
    message: str = strawberry.field(description="One sentence; for a missing permission, what does not work without.")
    remedy: str = strawberry.field(description="What to do.")
    permission: str | None = strawberry.field(description="The permission that is missing, when it is about one.")
    ends_at: datetime | None = strawberry.field(description="When it ends, when it is about an end.")


def problems_of(account: records.ConnectedAccount, now: datetime) -> list[AccountProblem]:
    """List what is wrong, the worst first."""
    if account.status in ENDED:
        ended = account.status is ConnectionStatus.DISCONNECTED
        message = f"The sign-in of {account.name} {'was ended' if ended else 'no longer works'}."
        return [_problem(ErrorCode.RECONNECT_REQUIRED, message)]
    return [*_ends(account, now), *_missing(account), *_diagnosis(account)]


def _ends(account: records.ConnectedAccount, now: datetime) -> list[AccountProblem]:
    ends = {
        f"The sign-in of {account.name}": account.expires_at,
        f"The access to the data of {account.name}": account.data_access_expires_at,
    }
    days = warn_days(refresh_terms(account.platform))
    return [
        _problem(ErrorCode.RECONNECT_REQUIRED, f"{what} {'has ended' if end <= now else 'ends soon'}.", ends_at=end)
        for what, end in ends.items()
        if end is not None and nears(end, now, days=days)
    ]


def _missing(account: records.ConnectedAccount) -> list[AccountProblem]:
    effects = without(account.platform)
    return [
        _problem(
            ErrorCode.RECONNECT_REQUIRED,
            f"The permission {name} is missing: {effects.get(name, 'what it is for does not work')}.",
            remedy="Sign in again with `reconnectAccount` and allow it.",
            permission=name,
        )
        for name in account.missing_permissions
    ]


def _diagnosis(account: records.ConnectedAccount) -> list[AccountProblem]:
    if account.diagnosis is None:
        return []
    remedy = "When something is missing here, sign in again with `reconnectAccount`."
    return [_problem(ErrorCode.NOT_FOUND, account.diagnosis, remedy=remedy)]


def _problem(
    code: ErrorCode,
    message: str,
    *,
    remedy: str = _RENEW,
    permission: str | None = None,
    ends_at: datetime | None = None,
) -> AccountProblem:
    return AccountProblem(code=code, message=message, remedy=remedy, permission=permission, ends_at=ends_at)
