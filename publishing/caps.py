"""Caps of a channel, counted here because its platform does not tell: each use is counted before its call is made.

Uses are counted by the hour, so that a use may stay counted for up to an hour longer than the platform counts it, and
never shorter. Who counts for the same channel at the same time counts one after another.
"""

from datetime import datetime, timedelta

from platforms.base import Cap, Environment
from publishing import models, setwise
from publishing.db import connection, is_postgres, transaction
from publishing.ids import new_id

_HOUR = timedelta(hours=1)


async def spend(environment: Environment, subject: str, cap: Cap, *, of: int, now: datetime) -> datetime | None:
    """Count one use, if there is room for `of` uses; else count none and give the time from when there is.

    `subject` is the platform's own id of the Page or account.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    async with transaction():
        await _alone(subject)
        await _add(environment, subject, cap, hour, 1)
        uses = models.CapUse.filter(environment=environment, name=cap.name, subject=subject)
        await uses.filter(hour__lte=now - cap.window - _HOUR).delete()
        rows = await uses.order_by("hour")
        missing = sum(row.uses for row in rows) - 1 + of - cap.most
        if missing <= 0:
            return None
        await _add(environment, subject, cap, hour, -1)
        await uses.filter(uses=0).delete()
    return _room_at(rows, missing, cap, now)


def _room_at(rows: list[models.CapUse], missing: int, cap: Cap, now: datetime) -> datetime:
    """Say when so many of the oldest uses count no longer."""
    for row in rows:
        missing -= row.uses
        if missing <= 0:
            return row.hour + _HOUR + cap.window
    return now + cap.window


async def _alone(subject: str) -> None:
    """Wait until nobody else counts for a channel; SQLite has one writer at a time."""
    if is_postgres():
        await connection().execute_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [f"cap:{subject}"])


async def _add(environment: Environment, subject: str, cap: Cap, hour: datetime, uses: int) -> None:
    marks = ", ".join(f"${number}" if is_postgres() else f"?{number}" for number in range(1, 7))
    await connection().execute_query(
        f"""INSERT INTO cap_use (id, environment, name, subject, hour, uses) VALUES ({marks})
            ON CONFLICT (environment, name, subject, hour) DO UPDATE SET uses = cap_use.uses + excluded.uses""",  # noqa: S608 - the marks are ours, values are parameters
        [str(new_id()), environment.value, cap.name, subject, setwise.moment(hour), uses],
    )
