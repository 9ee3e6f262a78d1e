"""Meta's headers about limits: percent of the budget that is used, in JSON.

Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting (read 2026-11-25). They come once enough
calls were made, so any of them may be missing.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, cast

import orjson

from platforms.usage import BudgetName, Usage

_SHARES = ("call_count", "total_time", "total_cputime")
_MOST_PERCENT = 1_000
_LONGEST_MINUTES = 7 * 24 * 60
_LONGEST_WAIT = timedelta(days=1)
_MOST_DIGITS = 9


def usages_of(headers: Mapping[str, str], *, app_id: str) -> list[Usage]:
    """Read every budget that an answer tells of; what makes no sense is left out."""
    return list(_usages(headers, app_id))


def regain_of(headers: Mapping[str, str]) -> timedelta | None:
    """Give the longest time until access is regained; None when nothing is used up."""
    regains = [usage.regain for usage in _business(_read(headers, "x-business-use-case-usage")) if usage.regain]
    return max(regains, default=None)


def wait_of(headers: Mapping[str, str]) -> timedelta | None:
    """Give how long an answer asks to wait by `Retry-After`; None when it does not, or in no way that can be read.

    A moment is counted from the answer's own `Date`. Source: RFC 9110, section 10.2.3.
    """
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:_MOST_DIGITS])), _LONGEST_WAIT)
    until, date = _moment(said), _moment(headers.get("date", ""))
    return min(max(until - date, timedelta()), _LONGEST_WAIT) if until and date else None


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _usages(headers: Mapping[str, str], app_id: str) -> Iterator[Usage]:
    if (app := _percent(_read(headers, "x-app-usage"))) is not None:
        yield Usage(BudgetName.APP, app, app=f"meta:{app_id}")
    if (page := _percent(_read(headers, "x-page-usage"))) is not None:
        yield Usage(BudgetName.PAGE, page)
    found = list(_business(_read(headers, "x-business-use-case-usage")))
    if found:
        regain = max((usage.regain for usage in found if usage.regain), default=None)
        yield Usage(BudgetName.ACCOUNT, max(usage.percent for usage in found), regain)


def _business(value: dict[str, Any]) -> Iterator[Usage]:
    """Read what each business, Page or account has used, by kind of call."""
    for entries in value.values():
        for entry in cast("list[Any]", entries) if isinstance(entries, list) else []:
            facts = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
            percent, minutes = _percent(facts), _number(facts.get("estimated_time_to_regain_access"), _LONGEST_MINUTES)
            if percent is not None or minutes:
                yield Usage(BudgetName.ACCOUNT, percent or 0, timedelta(minutes=minutes) if minutes else None)


def _percent(facts: dict[str, Any]) -> int | None:
    shares = [share for name in _SHARES if (share := _number(facts.get(name), _MOST_PERCENT)) is not None]
    return round(max(shares)) if shares else None


def _number(value: object, most: int) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return min(float(cast("float", value)), most) if is_number and cast("float", value) >= 0 else None


def _read(headers: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        value = orjson.loads(headers.get(name, "{}"))
    except orjson.JSONDecodeError:
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
