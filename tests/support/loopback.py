"""HTTP to servers of the tests' own."""

from typing import Any

import httpx


def loopback(**options: Any) -> httpx.AsyncClient:
    """Make a client that reads no certificates: that takes longer than most tests, and nobody here speaks TLS."""
    return httpx.AsyncClient(verify=False, trust_env=False, **options)
