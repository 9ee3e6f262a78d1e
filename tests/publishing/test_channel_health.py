"""The verdict on a channel and the problems that callers read say the same."""

from datetime import UTC, datetime
from itertools import product
from typing import Any, cast

from api.channel_health import health_of
from publishing import models, records
from publishing.channel_health import ChannelHealthStatus
from publishing.records import ConnectionStatus

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_channel_is_healthy_without_problems_and_broken_by_what_stops_it():
    seen = set()
    for status, paused, removed, missing in product(ConnectionStatus, (False, True), (None, NOW), ([], ["a"])):
        channel = cast("records.Channel", models.Channel(name="Page", paused=paused, removed_at=removed))
        given: dict[str, Any] = {"name": "Sam", "status": status, "missing_permissions": missing, "checked_at": NOW}
        health = health_of(channel, cast("records.ConnectedAccount", models.ConnectedAccount(**given)))
        stopped = removed is not None or status in {ConnectionStatus.RECONNECT_REQUIRED, ConnectionStatus.DISCONNECTED}

        assert (health.status is ChannelHealthStatus.HEALTHY) is (health.problems == [])
        assert (health.status is ChannelHealthStatus.BROKEN) is stopped
        seen.add(health.status)

    assert seen == set(ChannelHealthStatus)
