"""How many files and connections the process may have open."""

import resource
import sys

WANTED = 4096
"""Enough for two thousand callers at once; many systems give 1,024 until a process asks for more."""


def allow_files() -> None:
    """Raise this process's limit as far as the system lets it, to what is wanted at most; say so where that is less."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    possible = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < possible:
        resource.setrlimit(resource.RLIMIT_NOFILE, (possible, hard))
    if possible < WANTED:
        told = f"the system allows few open files: {possible} (ulimit -Hn), so that callers beyond these wait"
        sys.stderr.write(f"sandbox: {told}\n")
