"""What the database knows of all workspaces together, for Prometheus: a few counts, asked for at each scrape.

Every API process shows the same numbers. The statements read partial indexes, or tables as long as there are sign-ins.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prometheus_client.core import GaugeMetricFamily

from publishing import setwise
from publishing.channel_health import ChannelHealthStatus, verdict
from publishing.channels import USABLE
from publishing.clock import DatabaseClock
from publishing.db import connection, is_postgres
from publishing.lifecycle import CLAIMABLE, LEASED, Status, listed
from publishing.models import ConnectionAttemptStatus, ConnectionStatus
from publishing.queue import Queue

_COMPLETING = ConnectionAttemptStatus.COMPLETING.value
_NAMES = {Queue.PUBLISHING: "publishing", Queue.INTERACTIVE: "interactive"}
_STUCK = (Status.HELD, Status.UNCONFIRMED, Status.NEEDS_ATTENTION)


async def read_figures() -> tuple[GaugeMetricFamily, ...]:
    """Count what waits, judge the channels, and find the sign-in that runs out next.

    Raises:
        Exception: whatever the database raises when it is away.
    """
    now = await DatabaseClock().now()
    return (await _jobs(now), await _health(), await _expiry(now))


async def _jobs(now: datetime) -> GaugeMetricFamily:
    family = GaugeMetricFamily("agm_queue_jobs", "Work in the database, by queue and state.", labels=("queue", "state"))
    counts = [*_publications(), *_connections()]
    statement = " UNION ALL ".join(
        f"SELECT '{queue}' AS queue, '{state}' AS state, count(*) AS jobs FROM {rows}"  # noqa: S608 - all of it is ours
        for queue, state, rows in counts
    )
    for row in await _rows(statement, now):
        family.add_metric((row["queue"], row["state"]), row["jobs"])
    return family


def _publications() -> list[tuple[str, str, str]]:
    queue, claimable = _NAMES[Queue.PUBLISHING], listed(CLAIMABLE)
    due, ahead = f"status IN ({claimable}) AND due_at <= {_now()}", f"status IN ({claimable}) AND due_at > {_now()}"
    return [
        (queue, "due", f"publication WHERE {due}"),
        (queue, "waiting", f"publication WHERE {ahead}"),
        (queue, "running", f"publication WHERE status IN ({listed(LEASED)})"),
        *((queue, status.value, f"publication WHERE status = '{status.value}'") for status in _STUCK),
    ]


def _connections() -> list[tuple[str, str, str]]:
    """Sign-ins whose code is to be exchanged, and those that are to be ended at their platform."""
    queue = _NAMES[Queue.INTERACTIVE]
    completing = f"SELECT due_at, lease_until FROM connection_attempt WHERE status = '{_COMPLETING}'"  # noqa: S608 - ours
    revoking = "SELECT revoke_due_at, NULL FROM connected_account WHERE revoke_due_at IS NOT NULL"
    work = f"({completing} UNION ALL {revoking}) AS work"
    free = f"(lease_until IS NULL OR lease_until < {_now()})"
    return [
        (queue, "due", f"{work} WHERE {free} AND due_at <= {_now()}"),
        (queue, "waiting", f"{work} WHERE {free} AND due_at > {_now()}"),
        (queue, "running", f"{work} WHERE lease_until >= {_now()}"),
    ]


async def _health() -> GaugeMetricFamily:
    family = GaugeMetricFamily("agm_channel_health", "Channels, by the verdict on them.", labels=("status",))
    counts = dict.fromkeys(ChannelHealthStatus, 0)
    for row in await connection().execute_query_dict(
        """SELECT c.paused AS paused, a.status AS account,
            CAST(a.missing_permissions AS TEXT) <> '[]' AS permissions_missing, count(*) AS channels
        FROM channel AS c JOIN connected_account AS a ON a.id = c.account_id
        WHERE c.removed_at IS NULL GROUP BY 1, 2, 3"""
    ):
        counts[_verdict(row)] += row["channels"]
    for status, count in counts.items():
        family.add_metric((status.value,), count)
    return family


def _verdict(row: dict[str, Any]) -> ChannelHealthStatus:
    return verdict(
        removed=False,
        paused=bool(row["paused"]),
        account=ConnectionStatus(row["account"]),
        permissions_missing=bool(row["permissions_missing"]),
    )


async def _expiry(now: datetime) -> GaugeMetricFamily:
    """Absent when no sign-in runs out; below zero when one has, and no platform has said so yet."""
    family = GaugeMetricFamily("agm_token_expiry_seconds", "Until the next sign-in runs out.")
    usable = ", ".join(f"'{status.value}'" for status in USABLE)
    (row,) = await connection().execute_query_dict(
        f"SELECT min(expires_at) AS next FROM connected_account WHERE status IN ({usable})"  # noqa: S608 - statuses are ours
    )
    if row["next"] is not None:
        family.add_metric((), (setwise.read_moment(row["next"]) - now).total_seconds())
    return family


async def _rows(statement: str, now: datetime) -> Sequence[dict[str, Any]]:
    return await connection().execute_query_dict(statement, [setwise.moment(now)])


def _now() -> str:
    return "$1" if is_postgres() else "?1"
