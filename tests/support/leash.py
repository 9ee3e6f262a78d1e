"""`python -I -S leash.py <parent> <signal> <user or -> <command>…`: become the command, and end with the parent.

The kernel forgets the promise when a process changes its user, so the user is changed first.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def become(parent: int, signal: int, user: str, command: list[str]) -> None:
    if user != "-":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    end_with_parent(parent, signal)
    os.execvp(command[0], command)


def end_with_parent(parent: int, signal: int) -> None:
    """Let the kernel send a signal when the parent is gone, or end when it is already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal)
    if os.getppid() != parent:
        sys.exit("the parent is gone already")


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
