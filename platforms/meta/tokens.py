"""What Meta says a token is good for.

Source: https://developers.facebook.com/docs/graph-api/reference/debug_token (read 2026-11-22).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def instant(value: object) -> datetime | None:
    """Read a Unix time; None for 0, which means never, and for what is no time."""
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None


def targets(facts: Mapping[str, Any], permission: str) -> tuple[str, ...] | None:
    """Say for which ids a permission was given; None when it is for all of them, or not given one by one."""
    for entry in facts.get("granular_scopes") or ():
        if isinstance(entry, dict) and entry.get("scope") == permission:
            ids = entry.get("target_ids")
            return tuple(map(str, ids)) if isinstance(ids, list) else None
    return None


def allows(facts: Mapping[str, Any], permission: str) -> bool:
    """Say whether a permission was given at all."""
    return permission in (facts.get("scopes") or ())
