"""An Instagram container's state, read as defensively as Instagram answers.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
(read 2026-11-22).
"""

from dataclasses import dataclass

from platforms.errors import RejectedError
from platforms.meta.errors import fault_name
from platforms.meta.graph import GraphClient

CONTAINER = "container"
"""The handle under which a container's id is kept."""

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
