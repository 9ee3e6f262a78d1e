"""Crash points at which a process is stopped instead of ended, as a paused virtual machine is; SIGCONT wakes it."""

import os
import signal

from publishing.db import connection
from publishing.failpoints import CrashPoint, is_hit


async def freeze_here(point: CrashPoint) -> None:
    """Stop the process if this point is armed and this is the pass.

    It stops between two statements: SQLite has one lock, and one who is stopped within a transaction would keep all
    others from finding out what this point is there to show.
    """
    if is_hit(point):
        async with connection().acquire_connection():
            os.kill(os.getpid(), signal.SIGSTOP)
