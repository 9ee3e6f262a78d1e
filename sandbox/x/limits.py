"""X's rate limits: calls in fifteen minutes and in a day, by account and by app, told in headers, then 429.

Source: "Rate limits" on docs.x.com, read 2026-11-22. A window begins with its first call.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from sandbox.violations import Violation
from sandbox.x import facts
from sandbox.x.call import Call
from sandbox.x.errors import too_many
from sandbox.x.state import Told, Window

POSTS = "POST /2/tweets"
_ALL = 1_000_000
"""More calls than any limit allows."""
LABELS = {"window": "x-rate-limit", "user-day": "x-user-limit-24hour", "app-day": "x-app-limit-24hour"}


@dataclass(frozen=True, slots=True)
class Limit:
    """How often an operation may be called: by an account in fifteen minutes, and by the app in a day."""

    per_window: int
    per_app_day: int | None = None


@dataclass(frozen=True, slots=True)
class _Bucket:
    kind: str
    key: str
    allowed: int
    seconds: int


def spend(call: Call, label: str, limit: Limit) -> None:
    """Count a call and note for its answer how many are left.

    Raises:
        Refusal: 429, where a limit is used up; who was told before is put on record.
    """
    buckets = list(_buckets(call, label, limit))
    windows = [_window(call, one) for one in buckets]
    spent = [(bucket, window) for bucket, window in zip(buckets, windows, strict=True) if window.used >= bucket.allowed]
    if not spent:
        for bucket, window in zip(buckets, windows, strict=True):
            window.used += 1
            call.x.windows.touch(bucket.key)
        call.x.told.pop(f"{label} {call.account.id}", None)
    for bucket, window in zip(buckets, windows, strict=True):
        _tell(call, bucket, window)
    if spent:
        _record(call, label, max(window.started_at + bucket.seconds for bucket, window in spent))
        raise too_many()


def use_up(call: Call, label: str, *, seconds: float) -> None:
    """Leave an account no call of an operation for so long, unless it has none for some time anyway."""
    token = call.x.tokens.find(call.token_text or "")
    if token is None:
        return
    key = f"{label} {token.account.id}"
    window = call.x.windows.get(key)
    if window is None or window.used < _ALL or call.now >= window.started_at + facts.WINDOW_SECONDS:
        call.x.windows[key] = Window(call.now + seconds - facts.WINDOW_SECONDS, _ALL)


def _buckets(call: Call, label: str, limit: Limit) -> Iterator[_Bucket]:
    account, settings = call.account, call.x.settings
    is_post = label == POSTS
    own = account.posts_per_window if is_post else None
    per_window = limit.per_window if own is None else own
    yield _Bucket("window", f"{label} {account.id}", per_window, facts.WINDOW_SECONDS)
    per_app_day = settings.posts_per_app_day if is_post else limit.per_app_day
    if per_app_day is not None:
        yield _Bucket("app-day", f"{label} app {call.caller.client_id}", per_app_day, facts.DAY_SECONDS)
    if is_post:
        per_day = settings.posts_per_user_day if account.posts_per_day is None else account.posts_per_day
        yield _Bucket("user-day", f"{label} day {account.id}", per_day, facts.DAY_SECONDS)


def _window(call: Call, bucket: _Bucket) -> Window:
    window = call.x.windows.get(bucket.key)
    if window is None or call.now >= window.started_at + bucket.seconds:
        window = call.x.windows[bucket.key] = Window(call.now)
    return window


def _tell(call: Call, bucket: _Bucket, window: Window) -> None:
    name = LABELS[bucket.kind]
    call.headers[f"{name}-limit"] = str(bucket.allowed)
    call.headers[f"{name}-remaining"] = str(max(0, bucket.allowed - window.used))
    call.headers[f"{name}-reset"] = str(ceil(window.started_at + bucket.seconds))


def _record(call: Call, label: str, until: float) -> None:
    key = f"{label} {call.account.id}"
    told = call.x.told.get(key)
    if told is None or call.now >= told.until:
        call.x.told[key] = Told(call.now, until)
        return
    call.x.told[key] = Told(told.at, max(told.until, until))
    call.x.world.violations.add(
        Violation(
            kind="called_while_throttled",
            request_id=call.trace_id,
            endpoint=label,
            account_id=call.account.id,
            at=call.now,
            told_at=told.at,
            until=until,
            detail=f"{label} was called again before its limit was over.",
        )
    )
