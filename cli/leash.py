"""A leash: `python -I -S leash.py <pipe> <parent> command…` ties itself to its parent and becomes the command.

Two knots, because neither holds everywhere: on Linux the kernel sends SIGTERM when the parent dies; on every system the
guardian is told the process id through its pipe. Both are tied before the command starts, so no moment is uncovered.
Runs on its own, without the product on its path, so that it costs milliseconds.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def become(pipe: int, parent: int, command: list[str]) -> None:
    """Tie this process to `parent` and replace it by `command`; does not return."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("the parent ended before the leash was on")
    os.write(pipe, b"+%d\n" % os.getpid())
    os.set_inheritable(pipe, False)  # noqa: FBT003 - os takes it by position only
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and an ignored signal survives exec
    os.execvp(command[0], command)  # noqa: S606 - the command is this product's own, never a user's text


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
