"""The guardian: outlives its supervisor by seconds and ends what that left behind.

`python -I -S guardian.py` reads `+pid` and `-pid` lines on its standard input. The end of the input means that the
supervisor is gone, however it went (SIGKILL included): every process still listed gets SIGTERM, and SIGKILL when that
did not help. Each listed process leads its own session, so its whole process group ends with it.
Runs on its own, without the product on its path.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterable

_GRACE_SECONDS = 3.0
_POLL_SECONDS = 0.05


def watch(lines: Iterable[str]) -> set[int]:
    """Follow the list until the input ends; return who is still on it."""
    listed: set[int] = set()
    for line in lines:
        change = listed.add if line.startswith("+") else listed.discard
        change(int(line[1:]))
    return listed


def end(listed: set[int]) -> None:
    """End these process groups: SIGTERM first, SIGKILL after the grace time."""
    left = {pid for pid in listed if _signal(pid, signal.SIGTERM)}
    waited, never = 0.0, threading.Event()
    while left and waited < _GRACE_SECONDS:
        never.wait(_POLL_SECONDS)
        waited += _POLL_SECONDS
        left = {pid for pid in left if _signal(pid, 0)}
    for pid in left:
        _signal(pid, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # gone; macOS says the latter of a zombie
        return False
    return True


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    end(watch(sys.stdin))
