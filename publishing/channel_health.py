"""The verdict on a channel, for callers and for figures. Made from what is stored; it asks no platform."""

from enum import StrEnum

from publishing.records import ConnectionStatus


class ChannelHealthStatus(StrEnum):
    """From best to worst."""

    HEALTHY = "healthy"
    ATTENTION = "attention"
    BROKEN = "broken"


ENDED = frozenset({ConnectionStatus.RECONNECT_REQUIRED, ConnectionStatus.DISCONNECTED})
"""Sign-ins with which nothing can be published."""


def verdict(
    *, removed: bool, paused: bool, account: ConnectionStatus, permissions_missing: bool
) -> ChannelHealthStatus:
    """Judge a channel by itself and by the sign-in it uses."""
    if removed or account in ENDED:
        return ChannelHealthStatus.BROKEN
    if paused or permissions_missing or account is ConnectionStatus.EXPIRING:
        return ChannelHealthStatus.ATTENTION
    return ChannelHealthStatus.HEALTHY
