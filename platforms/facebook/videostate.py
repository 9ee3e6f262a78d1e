"""What Facebook says of a video: how much of it has arrived, and whether it is out.

Source: https://developers.facebook.com/docs/video-api/guides/reels-publishing (`status`; read 2026-11-22)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urljoin

from platforms.base import Receipt, Sent, Sighting
from platforms.errors import Failure, FailureCode, OutcomeUnknownError, PlatformError, RejectedError
from platforms.meta.errors import fault_name
from platforms.meta.graph import GraphClient

VIDEO = "video"
"""The handle under which a video's id is kept, from before its first byte is sent."""

_UNREADABLE = "100/33"
_COMPLETE, _PUBLISHED, _PROCESSING = "complete", "published", "processing"
_UNTOUCHED = frozenset({"", "not_started"})


@dataclass(frozen=True, slots=True)
class VideoState:
    """A video: how many bytes are there, whether all are, whether it is out and as which post.

    `working`: Facebook is not done with what it was told to do; `problem` is what it found wrong with it.
    """

    arrived: int = 0
    complete: bool = False
    out: bool = False
    working: bool = False
    problem: str | None = None
    post_id: str | None = None
    permalink: str | None = None


async def read_video(graph: GraphClient, video: str, *, token: str) -> VideoState | None:
    """Ask for a video's state; None when it cannot be read, which says nothing about it.

    Raises:
        PlatformError: Facebook could not be asked.
    """
    try:
        answer = await graph.get(f"/{video}", token=token, params={"fields": "status,published,post_id,permalink_url"})
    except RejectedError as error:
        if fault_name(error) == _UNREADABLE:
            return None
        raise
    status = _mapping(answer.get("status"))
    uploading, publishing = _mapping(status.get("uploading_phase")), _mapping(status.get("publishing_phase"))
    told = str(publishing.get("publish_status") or "")
    return VideoState(
        arrived=_bytes(uploading),
        complete=uploading.get("status") == _COMPLETE,
        out=answer.get("published") is True or (publishing.get("status") == _COMPLETE and told in {"", _PUBLISHED}),
        working=status.get("video_status") == _PROCESSING or str(publishing.get("status") or "") not in _UNTOUCHED,
        problem=_problem(status),
        post_id=_text(answer.get("post_id")),
        permalink=address_of(graph, answer.get("permalink_url")),
    )


def address_of(graph: GraphClient, told: object) -> str | None:
    """Complete a permalink: of a video Facebook gives it from the root of its site, such as `/reel/123/`."""
    return urljoin(graph.settings.dialog_url, told) if isinstance(told, str) and told else None


async def taken(graph: GraphClient, video: str, *, token: str) -> Receipt:
    """Say as which post a video is out that Facebook has just taken: it answers before it is done with it.

    Raises:
        OutcomeUnknownError: it is not out yet, or Facebook cannot be asked.
    """
    try:
        state = await read_video(graph, video, token=token)
    except PlatformError:
        state = None
    if state is not None and state.out:
        return Receipt(state.post_id or video, state.permalink)
    message, hint = (
        "Facebook has taken the video and works on it.",
        "Nothing to do: it is looked for until it is public.",
    )
    raise OutcomeUnknownError(Failure(FailureCode.OUTCOME_UNKNOWN, graph.platform, message, hint))


async def look_at_video(graph: GraphClient, sent: Sent, video: str) -> Sighting:
    """Ask a video whether it is out.

    The same video cannot go out twice, so that one whose publishing has not begun may be published again.

    Raises:
        PlatformError: Facebook could not be asked.
    """
    state = await read_video(graph, video, token=sent.token)
    if state is None:
        return Sighting(out=None)
    if state.out:
        return Sighting(out=True, matches=(Receipt(state.post_id or video, state.permalink),))
    if state.problem:
        return Sighting(out=None, refusal=state.problem)
    return Sighting(out=None, working=True) if state.working else Sighting(out=False)


def _problem(status: Mapping[str, Any]) -> str | None:
    if status.get("video_status") not in {"error", "expired"}:
        return None
    for phase in ("uploading_phase", "processing_phase", "publishing_phase"):
        errors = _mapping(status.get(phase)).get("errors") or _mapping(status.get(phase)).get("error")
        for one in cast("list[Any]", errors) if isinstance(errors, list) else [errors]:
            if isinstance(one, dict):
                return str(cast("dict[str, Any]", one).get("message") or "")[:300]
    return f"the video is {status.get('video_status')}"


def _bytes(uploading: Mapping[str, Any]) -> int:
    """Read how many bytes have arrived; Meta writes the name with one `r`."""
    value = uploading.get("bytes_transfered", uploading.get("bytes_transferred", 0))
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}
