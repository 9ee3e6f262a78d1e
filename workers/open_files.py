"""Open files: a worker uses what the system lets it have, and takes on no more than these carry."""

import resource

import structlog

from workers.publications import LIMIT

log = structlog.get_logger(__name__)
FILES = 4096
"""Files and connections that a worker may have open: many systems give 1,024, fewer than it may have to platforms."""
_FOR_EACH = 4
"""A connection for one under way and for one that waits for its time, and as many for all else: those kept open, files
that are sent, the database, Redis."""


def allow_files() -> int:
    """Use what the system allows this process when it asks, up to what a worker needs; warn where that is less.

    Returns:
        How many publications these carry at once, and as many more that wait for their time.
    """
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if given != resource.RLIM_INFINITY and given < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    at_once = _carried_by(wanted)
    if wanted < FILES:
        remedy = f"let a process open {FILES} files (ulimit -Hn, LimitNOFILE=): it brings on {LIMIT} at once then"
        log.warning("few_files", allowed=wanted, at_once=at_once, remedy=remedy)
    return at_once


def _carried_by(files: int) -> int:
    return max(1, min(LIMIT, files // _FOR_EACH))
