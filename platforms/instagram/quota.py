"""How much an account may still publish, read when it matters: Instagram's pages disagree about the number.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit
(`quota_usage`, `config`, `since`; read 2026-11-22)
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from platforms.base import Cap, Work
from platforms.errors import Failure, FailureCode, PlatformError, RejectedError, TransientError
from platforms.instagram.options import QuotaChoice
from platforms.meta.errors import entries_of
from platforms.meta.graph import GraphClient
from platforms.rules import Fact

CONTAINERS = Fact(
    Cap("containers", 400, timedelta(hours=24)),
    "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media",
    date(2026, 11, 22),
)
"""Containers that an account may make, the items of carousels among them; Instagram does not tell how many it has."""
_LONGEST = timedelta(hours=24)
_QUESTIONS = 6
"""Each halves the time in which the window may have room again: six tell it to within twenty-two minutes."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many posts there were in the window, how many there may be, and how long the window is."""

    used: int
    total: int
    window: timedelta


async def read_quota(graph: GraphClient, channel_id: str, *, token: str, since: datetime | None = None) -> Quota | None:
    """Ask for an account's quota; None when Instagram does not say it.

    Raises:
        PlatformError: Instagram could not be asked.
    """
    params = {"fields": "quota_usage,config"}
    if since is not None:
        params["since"] = str(int(since.timestamp()))
    answer = await graph.get(f"/{channel_id}/content_publishing_limit", token=token, params=params)
    entry: dict[str, Any] = next(iter(entries_of(answer)), {})
    config = entry.get("config")
    told: dict[str, Any] = cast("dict[str, Any]", config) if isinstance(config, dict) else {}
    used, total, seconds = entry.get("quota_usage"), told.get("quota_total"), told.get("quota_duration")
    if not isinstance(used, int) or not isinstance(total, int):
        return None
    return Quota(used, total, timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else _LONGEST)


async def refuse_if_used_up(graph: GraphClient, work: Work) -> None:
    """Go on only if the account's quota has room; a quota that cannot be read holds nothing up.

    Raises:
        TransientError, RejectedError: it has none; waiting or refused, as the caller chose.
    """
    try:
        quota = await read_quota(graph, work.channel_id, token=work.token)
    except PlatformError:
        return
    if quota is not None and quota.total < 1:
        raise RejectedError(_none_at_all(graph))
    if quota is not None and quota.used >= quota.total:
        raise await used_up(graph, work, quota)


async def refuse_if_too_many_containers(graph: GraphClient, work: Work, *, of: int) -> None:
    """Count a container that is about to be made, of so many that the post still needs.

    Raises:
        TransientError, RejectedError: the account may not make so many now; waiting or refused, as the caller chose.
    """
    cap = CONTAINERS.value
    if (room_at := await work.spend(cap, of=of)) is not None:
        hours = cap.window.total_seconds() / 3600
        message = f"The account may make {cap.most} containers in {hours:g} hours: there is no room for {of} more."
        raise put_off(graph, work, room_at, message)


async def used_up(
    graph: GraphClient, work: Work, quota: Quota | None = None, *, said: Failure | None = None
) -> PlatformError:
    """Say that the quota has no room, and from when on it has; as the caller chose, it waits or is refused.

    `said` is how the platform refused, when it was asked to publish.
    """
    room_at = await _room_at(graph, work, quota)
    many = f"{quota.total} posts in {quota.window.total_seconds() / 3600:g} hours" if quota else "posts it may publish"
    return put_off(graph, work, room_at, f"The account has used up the {many}.", said=said)


def put_off(
    graph: GraphClient, work: Work, room_at: datetime, message: str, *, said: Failure | None = None
) -> PlatformError:
    """Let a post wait for room in a quota, or refuse it with the time, as its caller chose."""
    waits = work.draft.options.when_quota_is_used_up is QuotaChoice.WAIT
    hint = "Nothing to do: it goes out once there is room." if waits else "Publish again at retryAt."
    failure = Failure(FailureCode.QUOTA_EXCEEDED, graph.platform, message, hint, retry_at=room_at)
    if said is not None:
        failure = replace(said, code=failure.code, message=message, hint=hint, retry_at=room_at)
    return TransientError(failure, retry_after=room_at - work.now) if waits else RejectedError(failure)


def _none_at_all(graph: GraphClient) -> Failure:
    message = "Instagram lets this account publish nothing through its API: its quota is 0."
    hint = "Look at the account at instagram.com, where Instagram says why; then try again with retryPublication."
    return Failure(FailureCode.QUOTA_EXCEEDED, graph.platform, message, hint)


async def _room_at(graph: GraphClient, work: Work, quota: Quota | None) -> datetime:
    """Find when the oldest post leaves the window, by asking for the usage since moments within it."""
    window = quota.window if quota else _LONGEST
    if quota is None or window > _LONGEST:
        return work.now + timedelta(hours=1)
    early, late = work.now - window, work.now
    for _ in range(_QUESTIONS):
        middle = early + (late - early) / 2
        try:
            part = await read_quota(graph, work.channel_id, token=work.token, since=middle)
        except PlatformError:
            break
        if part is not None and part.used >= quota.total:
            early = middle
        else:
            late = middle
    return late + window
