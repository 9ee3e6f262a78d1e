"""An Instagram container's state, read as defensively as Instagram answers.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
(read 2026-11-22).
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from platforms.errors import RejectedError
from platforms.meta.codes import Row, Verdict, row_of_subcode
from platforms.meta.errors import fault_name
from platforms.meta.graph import GraphClient

CONTAINER = "container"
"""The handle under which a container's id is kept."""
CREATED = "container_created_at"
CHILD = "child:"
"""Handles of a carousel's items: `child:0`, `child:1` …, in order."""

FINISHED, PROCESSING, PUBLISHED = "FINISHED", "IN_PROGRESS", "PUBLISHED"
EXPIRED, FAILED = "EXPIRED", "ERROR"
_UNREADABLE = "100/33"


@dataclass(frozen=True, slots=True)
class ContainerState:
    """What Instagram says of a container: a code, None where it gives none, and its sentence."""

    code: str | None
    text: str


async def read_container(graph: GraphClient, container: str, *, token: str) -> ContainerState:
    """Read a container's state.

    A fresh container can be unreadable for days while publishing works, so "unreadable" is no answer.

    Raises:
        PlatformError: Instagram could not be asked.
    """
    try:
        answer = await graph.get(f"/{container}", token=token, params={"fields": "status_code,status"})
    except RejectedError as error:
        if fault_name(error) == _UNREADABLE:
            return ContainerState(None, "")
        raise
    text = str(answer.get("status") or "")
    code = answer.get("status_code") or text.partition(":")[0].strip().upper().replace(" ", "_")
    return ContainerState(str(code) or None, text)


_PATIENCE = {False: timedelta(minutes=15), True: timedelta(minutes=30)}
"""Whether it is a video, and for how long Instagram may work on it."""
_UNREADABLE_PATIENCE = timedelta(minutes=1)
"""A container can be unreadable for days while publishing works, and publishing too early is refused for certain
(9007), so that trying costs little."""
_PASSES = frozenset({Verdict.TRANSIENT, Verdict.AMBIGUOUS})
_NOT_FETCHED = "Error: Media download has failed"  # names no code; it passes, so public reports say
_CODE = re.compile(r"error code (\d+)")


class Stand(Enum):
    """What to do about a container."""

    READY = "use it"
    BUSY = "ask again later"
    OUT = "it is public"
    GONE = "make another"
    REFUSED = "the file cannot be used"


def stand_of(state: ContainerState, *, age: timedelta, video: bool) -> Stand:
    """Say what to do about a container of an age."""
    if state.code == FINISHED or (state.code is None and age > _UNREADABLE_PATIENCE):
        return Stand.READY
    if state.code == PUBLISHED:
        return Stand.OUT
    if state.code not in {FAILED, EXPIRED}:
        return Stand.BUSY if age <= _PATIENCE[video] else Stand.GONE
    row = row_in(state.text)
    passes = row is not None and row.verdict in _PASSES
    return Stand.GONE if passes or state.code == EXPIRED or state.text.startswith(_NOT_FETCHED) else Stand.REFUSED


def code_in(text: str) -> str | None:
    """Find the code that a container's sentence names."""
    match = _CODE.search(text)
    return match.group(1) if match else None


def row_in(text: str) -> Row | None:
    """Find what is known of the code that a container's sentence names."""
    code = code_in(text)
    return row_of_subcode(int(code)) if code else None
