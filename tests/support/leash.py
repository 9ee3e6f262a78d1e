"""`python -I -S leash.py <parent> <signal> <user or -> <network or -> <command>…`: become the command, on a leash.

It ends with its parent. The kernel forgets that promise when a process changes its user, so the user is changed first;
another network is entered before, while that is still allowed.
"""

import ctypes
import os
import sys
from pathlib import Path

_CLONE_NEWNET = 0x40000000  # linux/sched.h
_NETWORKS = Path("/run/netns")
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def become(parent: int, signal: int, user: str, network: str, command: list[str]) -> None:
    if network != "-":
        enter(network)
    if user != "-":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    end_with_parent(parent, signal)
    os.execvp(command[0], command)


def enter(network: str) -> None:
    """Move this process, of one thread, into a network namespace that `ip netns` made."""
    with (_NETWORKS / network).open() as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"cannot enter the network {network}")


def end_with_parent(parent: int, signal: int) -> None:
    """Let the kernel send a signal when the parent is gone, or end when it is already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal)
    if os.getppid() != parent:
        sys.exit("the parent is gone already")


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5:])
