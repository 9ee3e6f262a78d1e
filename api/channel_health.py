"""The verdict on a channel, made from what is stored; it asks no platform."""

from datetime import datetime

import strawberry

from api.enums import expose
from api.error_codes import ErrorCode
from publishing import records
from publishing.channel_health import ENDED, ChannelHealthStatus, verdict
from publishing.records import ConnectionStatus

expose(
    ChannelHealthStatus,
    description="The verdict on a channel.",
    values={
        "HEALTHY": "Publishing works.",
        "ATTENTION": "Publishing works, and something needs attention soon.",
        "BROKEN": "Publishing does not work.",
    },
)


@strawberry.type(description="One thing that is wrong with a channel.")
class ChannelProblem:
    code: ErrorCode = strawberry.field(description="Stable code.")
    message: str = strawberry.field(description="One sentence.")
    remedy: str = strawberry.field(description="What to do.")


@strawberry.type(description="Whether publishing to a channel would work, and what to do when not.")
class ChannelHealth:
    status: ChannelHealthStatus = strawberry.field(description="The verdict.")
    checked_at: datetime = strawberry.field(description="When it was found out.")
    problems: list[ChannelProblem] = strawberry.field(description="What is wrong, the worst first.")


def health_of(channel: records.Channel, account: records.ConnectedAccount) -> ChannelHealth:
    """Judge a channel by itself and by the sign-in it uses."""
    status = verdict(
        removed=channel.removed_at is not None,
        paused=channel.paused,
        account=account.status,
        permissions_missing=bool(account.missing_permissions),
    )
    problems = [*_broken(channel, account), *_attention(channel, account)]
    return ChannelHealth(status=status, checked_at=account.checked_at, problems=problems)


def _broken(channel: records.Channel, account: records.ConnectedAccount) -> list[ChannelProblem]:
    problems: list[ChannelProblem] = []
    if channel.removed_at is not None:
        message = f"{channel.name} was removed and takes no posts."
        problems.append(
            ChannelProblem(
                code=ErrorCode.INVALID_STATE, message=message, remedy="Choose its page again with `selectPages`."
            )
        )
    if account.status in ENDED:
        ended = account.status is ConnectionStatus.DISCONNECTED
        message = f"The sign-in of {account.name} {'was ended' if ended else 'no longer works'}."
        problems.append(
            ChannelProblem(
                code=ErrorCode.RECONNECT_REQUIRED, message=message, remedy="Renew it with `reconnectAccount`."
            )
        )
    return problems


def _attention(channel: records.Channel, account: records.ConnectedAccount) -> list[ChannelProblem]:
    problems: list[ChannelProblem] = []
    if channel.paused:
        message = f"{channel.name} is paused: its posts are held back."
        problems.append(
            ChannelProblem(code=ErrorCode.INVALID_STATE, message=message, remedy="Resume it when posts are to go out.")
        )
    if account.status is ConnectionStatus.EXPIRING:
        message = f"The sign-in of {account.name} runs out soon."
        remedy = "Renew it with `reconnectAccount` before `ConnectedAccount.expiresAt`."
        problems.append(ChannelProblem(code=ErrorCode.RECONNECT_REQUIRED, message=message, remedy=remedy))
    if account.missing_permissions:
        names = ", ".join(account.missing_permissions)
        remedy = "Sign in again with `reconnectAccount` and leave every permission ticked."
        problems.append(
            ChannelProblem(code=ErrorCode.RECONNECT_REQUIRED, message=f"Not granted: {names}.", remedy=remedy)
        )
    return problems
