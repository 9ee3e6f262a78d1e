"""Crash points by name, for tests: `AGM_FAILPOINT=p7:3` ends the process at the third pass of point 7.

Off unless the setting is given, and the setting is refused without AGM_DEV=1. The process ends as a power cut would
end it: no handler runs, nothing is flushed. At three points (`publishing.freezing`) it is stopped instead.
"""

import os
from enum import StrEnum


class CrashPoint(StrEnum):
    """Where a process can be made to die, or to stop; numbered as in `docs/lifecycle.md`."""

    BEFORE_ACCEPT_COMMIT = "p1"
    AFTER_ACCEPT_COMMIT = "p2"
    BEFORE_RING = "p3"
    AFTER_CLAIM = "p4"
    HANDLE_NOT_KEPT = "p5"
    HANDLE_KEPT = "p6"
    BEFORE_SEND = "p7"
    ANSWER_NOT_RECORDED = "p10"
    RECORDED = "p11"
    TOKEN_NOT_KEPT = "p12"  # noqa: S105 - a point, not a secret
    MARKED = "p13"
    LOOKED = "p14"
    BEFORE_MARK = "p17"
    COMMENT_NOT_RECORDED = "p18"
    ANSWERED = "p19"


class _Armed:
    point: str | None = None
    passes_left: int = 0


def arm(failpoint: str | None) -> None:
    """Set the crash point of this process from the setting `point` or `point:pass`; None disarms."""
    point, _, passes = (failpoint or "").partition(":")
    _Armed.point = CrashPoint(point).value if point else None
    _Armed.passes_left = int(passes or 1)


def is_hit(point: CrashPoint) -> bool:
    """Whether this point is armed and this is the pass; counts the pass."""
    if _Armed.point != point.value:
        return False
    _Armed.passes_left -= 1
    return _Armed.passes_left == 0


def crash_here(point: CrashPoint) -> None:
    """End the process if this point is armed and this is the pass."""
    if is_hit(point):
        os._exit(137)
