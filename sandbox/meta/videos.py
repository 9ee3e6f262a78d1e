"""Videos on Pages: `/videos` from an address, in one piece or in chunks; edits, deletion and the list."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.identifiers import random_number
from sandbox.meta import nodes
from sandbox.meta.call import Call, require_page, require_page_token
from sandbox.meta.errors import GraphError, invalid_parameter, unsupported
from sandbox.meta.fields import Node
from sandbox.meta.graph import Video, VideoState
from sandbox.meta.paging import answer_edge
from sandbox.meta.params import is_web_address
from sandbox.meta.personas import Page
from sandbox.meta.processing import bytes_arrived
from sandbox.meta.publishing import settle, take_down
from sandbox.meta.times import scheduled_time
from sandbox.pictures import FetchError
from sandbox.videos import fetch_video

WRITE = ("pages_read_engagement", "pages_manage_posts")
CHUNK_PROBLEM = "There was a problem uploading your video file. Please try again."


async def create_video(call: Call) -> dict[str, Any]:
    """POST /{page}/videos: the phases of a chunked upload, or a video in one call."""
    page = page_of(call)
    require_page_token(call, page, *WRITE)
    match call.params.text("upload_phase"):
        case None | "":
            return await _in_one_call(call, page)
        case "start":
            return _start(call, page)
        case "transfer":
            return _transfer(call, page)
        case "finish":
            return _finish(call, page)
        case "cancel":
            return _cancel(call, page)
        case _:
            raise invalid_parameter("Param upload_phase must be one of {start, transfer, finish, cancel}")


async def update_video(call: Call) -> dict[str, Any]:
    """POST /{video}: another title or description; the post that shows it changes with it."""
    video = video_of(call)
    require_page_token(call, video.page, *WRITE)
    title, description = call.params.text("title"), call.params.text("description")
    video.title = video.title if title is None else title
    if description is not None:
        video.description = description
        call.meta.graph.reword(video.post_id or "", description)
    call.meta.graph.objects.touch(video.id)
    return {"success": True}


async def delete_video(call: Call) -> dict[str, Any]:
    """DELETE /{video}: forget it, and take its post down."""
    video = video_of(call)
    require_page_token(call, video.page, *WRITE)
    discard(call, video)
    if post := call.meta.graph.post(video.post_id):
        take_down(call.meta, post)
    return {"success": True}


async def list_videos(call: Call) -> dict[str, Any]:
    """GET /{page}/videos: newest first; reels and stories are not among them."""
    return list_of(call, lambda video: video.kind == "video" and video.uploaded_at is not None)


def list_of(call: Call, shown: Callable[[Video], bool]) -> dict[str, Any]:
    """Answer a Page's videos of some kind, newest first; `since` and `until` in unix seconds."""
    page = page_of(call)
    require_page(call, page, "pages_read_engagement")
    since, until = call.params.number("since"), call.params.number("until")
    found = (
        video
        for video in reversed(call.meta.graph.videos[page.id])
        if not video.deleted
        and shown(video)
        and nodes.is_listed(video, call)
        and (since is None or int(video.created_at) >= since)
        and (until is None or int(video.created_at) <= until)
    )
    return answer_edge(call, found, lambda video: Node(nodes.VIDEO, video), total=None)


def page_of(call: Call) -> Page:
    """Return the Page that the path names.

    Raises:
        GraphError: 100/33.
    """
    if not isinstance(call.target, Page):
        raise unsupported(call.method, call.target_id)
    return call.target


def video_of(call: Call) -> Video:
    """Return the video that the path names.

    Raises:
        GraphError: 100/33.
    """
    if not isinstance(call.target, Video) or call.target.deleted:
        raise unsupported(call.method, call.target_id)
    return call.target


def new_video(call: Call, page: Page, **given: Any) -> Video:
    """Make a video that has no bytes yet."""
    return Video(id=random_number("13", 16), page=page, created_at=call.meta.world.clock.now(), **given)


def discard(call: Call, video: Video) -> None:
    """Forget a video and what is there of its bytes."""
    video.deleted = True
    call.meta.graph.objects.touch(video.id)
    call.meta.world.videos.drop(video.id)


def wish_public(call: Call, video: Video, state: VideoState, publish_at: float | None = None) -> None:
    """Note what the publisher wants to become of a video, by which call; what can be public at once is."""
    video.state, video.publish_at = state, publish_at
    video.lag_seconds = call.mishap.lag_seconds
    video.request_id, video.fingerprint = call.trace_id, call.fingerprint
    call.meta.graph.objects.touch(video.id)
    call.meta.graph.expect(video)
    settle(call.meta)


async def fetch_into(call: Call, url: str, path: Path) -> None:
    """Get the bytes behind `file_url`.

    Raises:
        GraphError: 100 for what is no address, 389 where nothing comes; the number is from practice.
    """
    if not is_web_address(url):
        raise invalid_parameter("file_url should represent a valid URL")
    try:
        await fetch_video(call.meta.world.fetcher, url, path)
    except FetchError as error:
        raise GraphError(389, "(#389) Unable to fetch video file from URL.", user_message=str(error)) from error


def bytes_missing() -> GraphError:
    """Code 6000: it was finished before its bytes arrived."""
    return GraphError(
        6000,
        "(#6000) There was a problem uploading your video file. Please try uploading it again.",
        title="Problem with file",
        user_message="Video Upload Is Missing",
    )


async def _in_one_call(call: Call, page: Page) -> dict[str, Any]:
    state, publish_at = _wanted(call)
    video = new_video(call, page, kind="video")
    path = call.meta.world.videos.spool()
    try:
        if url := call.params.text("file_url"):
            await fetch_into(call, url, path)
        elif call.params.files:
            path.write_bytes(call.params.files.get("source") or next(iter(call.params.files.values())))
        else:
            raise GraphError(100, "(#100) Missing parameter: source or file_url")
        call.meta.world.videos.append(video.id, path)
    finally:
        path.unlink(missing_ok=True)
    _describe(call, video)
    call.meta.graph.add(video)
    bytes_arrived(call, video)
    wish_public(call, video, state, publish_at)
    return {"id": video.id}


def _start(call: Call, page: Page) -> dict[str, Any]:
    size = call.params.number("file_size")
    if size is None or size < 1:
        raise invalid_parameter("Missing parameter: file_size")
    video = new_video(call, page, kind="video", file_size=size, session_id=random_number("14", 16))
    call.meta.graph.add(video)
    return {"video_id": video.id, "upload_session_id": video.session_id, **_next_chunk(call, video)}


def _transfer(call: Call, page: Page) -> dict[str, Any]:
    """Take one chunk; it has to begin where the last one ended, and to end where the file does at the latest."""
    video = _session(call, page)
    expected = _next_chunk(call, video)
    chunk = call.params.files.get("video_file_chunk") or next(iter(call.params.files.values()), b"")
    there = call.meta.world.videos.uploaded(video.id)
    if call.params.number("start_offset") != there or not chunk or there + len(chunk) > (video.file_size or 0):
        raise GraphError(
            6001, f"(#6001) {CHUNK_PROBLEM}", subcode=1363037, title="Problem with chunk", error_data=expected
        )
    path = call.meta.world.videos.spool()
    try:
        path.write_bytes(chunk)
        call.meta.world.videos.append(video.id, path)
    finally:
        path.unlink(missing_ok=True)
    return _next_chunk(call, video)


def _finish(call: Call, page: Page) -> dict[str, Any]:
    video = _session(call, page)
    state, publish_at = _wanted(call)
    if call.meta.world.videos.uploaded(video.id) != video.file_size:
        raise bytes_missing()
    _describe(call, video)
    bytes_arrived(call, video)
    wish_public(call, video, state, publish_at)
    return {"success": True}


def _cancel(call: Call, page: Page) -> dict[str, Any]:
    discard(call, _session(call, page))
    return {"success": True}


def _session(call: Call, page: Page) -> Video:
    """Return the video of an upload session that is open; no other Page's, none that is over."""
    wanted = call.params.text("upload_session_id")
    for video in reversed(call.meta.graph.videos[page.id]):
        if wanted and video.session_id == wanted and video.uploaded_at is None and not video.deleted:
            return video
    raise invalid_parameter("Invalid upload_session_id: there is no such open upload session")


def _next_chunk(call: Call, video: Video) -> dict[str, str]:
    there, size = call.meta.world.videos.uploaded(video.id), video.file_size or 0
    return {"start_offset": str(there), "end_offset": str(min(size, there + call.meta.settings.chunk_bytes))}


def _describe(call: Call, video: Video) -> None:
    video.title = call.params.text("title") or ""
    video.description = call.params.text("description") or ""


def _wanted(call: Call) -> tuple[VideoState, float | None]:
    """Return what shall become of a video: published, unpublished, or published at a time."""
    moment = scheduled_time(call)
    if moment is not None:
        if call.params.flag("published", default=False):
            raise invalid_parameter("You cannot specify a scheduled publish time on a published video")
        return "scheduled", moment
    return ("published" if call.params.flag("published", default=True) else "draft"), None
