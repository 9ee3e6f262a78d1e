"""HTTP to servers of the tests' own."""

from typing import Any

import httpx

_LIMITS = httpx.Limits(max_connections=None, keepalive_expiry=2)
"""uvicorn closes a connection that was idle for five seconds: a call must not meet it just then."""


def loopback(**options: Any) -> httpx.AsyncClient:
    """Make a client that reads no certificates: that takes longer than most tests, and nobody here speaks TLS."""
    return httpx.AsyncClient(**{"verify": False, "trust_env": False, "limits": _LIMITS, **options})
