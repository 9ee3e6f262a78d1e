"""Reels and stories on Pages: start, bytes at the upload host, finish; photo stories; their lists."""

from typing import Any, Literal

from sandbox.meta import facts, nodes
from sandbox.meta.call import Call, require_page, require_page_token
from sandbox.meta.errors import GraphError, invalid_parameter
from sandbox.meta.fields import Node
from sandbox.meta.graph import Photo, Video, VideoState, use, used
from sandbox.meta.paging import answer_edge
from sandbox.meta.personas import Page
from sandbox.meta.publishing import add_post, new_post_id
from sandbox.meta.times import scheduled_time
from sandbox.meta.videos import WRITE, bytes_missing, list_of, new_video, page_of, wish_public

STATES: dict[str, VideoState] = {"DRAFT": "draft", "PUBLISHED": "published", "SCHEDULED": "scheduled"}


async def create_reel(call: Call) -> dict[str, Any]:
    """POST /{page}/video_reels: `upload_phase` start or finish."""
    page = page_of(call)
    require_page_token(call, page, *WRITE)
    if _phase(call) == "start":
        return _start(call, page, "reel")
    video = _uploaded(call, page, "reel")
    state, publish_at = _wanted(call)
    if used(call.meta.graph.reels_made, page.id, call.now) >= call.meta.settings.reels_per_day:
        raise GraphError(
            613,
            "(#613) Calls to this api have exceeded the rate limit.",
            subcode=1390008,
            title="You're posting too fast",
            user_message=f"At most {call.meta.settings.reels_per_day} reels are published in 24 hours.",
        )
    if state != "draft":
        use(call.meta.graph.reels_made, page.id, call.now)
    _describe(call, video)
    wish_public(call, video, state, publish_at)
    return {"success": True, **({"post_id": video.post_id} if video.published_at is not None else {})}


async def create_video_story(call: Call) -> dict[str, Any]:
    """POST /{page}/video_stories: `upload_phase` start or finish."""
    page = page_of(call)
    require_page_token(call, page, *WRITE)
    if _phase(call) == "start":
        return _start(call, page, "story")
    video = _uploaded(call, page, "story")
    video.post_id = new_post_id(page)
    _describe(call, video)
    wish_public(call, video, "published")
    return {"success": True, "post_id": video.post_id}


async def create_photo_story(call: Call) -> dict[str, Any]:
    """POST /{page}/photo_stories: a photo that was uploaded unpublished and is in no post."""
    page = page_of(call)
    require_page_token(call, page, *WRITE)
    photo = call.meta.graph.objects.get(call.params.text("photo_id") or "")
    if not isinstance(photo, Photo) or photo.page is not page or photo.is_gone(call.now):
        raise invalid_parameter("Invalid id.")
    if photo.post_id is not None:
        raise invalid_parameter("The photo was used in a published post already.")
    post = add_post(call, page, message="", photos=(photo,), place="story")
    return {"success": True, "post_id": post.id}


async def list_reels(call: Call) -> dict[str, Any]:
    """GET /{page}/video_reels: the published ones, newest first."""
    return list_of(call, lambda video: video.kind == "reel" and video.published_at is not None)


async def list_stories(call: Call) -> dict[str, Any]:
    """GET /{page}/stories: newest first; those older than a day are in the archive, which this Page has turned on."""
    page = page_of(call)
    require_page(call, page, "pages_read_engagement")
    wanted = set(call.params.names("status"))
    found = (
        post
        for post in reversed(call.meta.graph.stories[page.id])
        if not post.deleted and nodes.is_listed(post, call) and (not wanted or nodes.story_status(post, call) in wanted)
    )
    return answer_edge(call, found, lambda post: Node(nodes.STORY, post), total=None)


def _phase(call: Call) -> str:
    phase = call.params.text("upload_phase")
    if not phase:
        raise invalid_parameter("Missing parameter: upload_phase")
    if phase not in ("start", "finish"):
        raise invalid_parameter("Param upload_phase must be one of {start, finish}")
    return phase


def _start(call: Call, page: Page, kind: Literal["reel", "story"]) -> dict[str, Any]:
    video = new_video(call, page, kind=kind)
    call.meta.graph.add(video)
    return {
        "video_id": video.id,
        "upload_url": f"{call.origin}/meta/{facts.UPLOAD_HOST}/{call.version}/{video.id}",
    }


def _uploaded(call: Call, page: Page, kind: str) -> Video:
    """Return the video that is finished here.

    Raises:
        GraphError: 100 for one that this Page does not have or that is finished already, or that will not do; 6000
            where its bytes have not arrived.
    """
    video = call.meta.graph.objects.get(call.params.text("video_id") or "")
    if not isinstance(video, Video) or video.page is not page or video.kind != kind or video.deleted:
        raise invalid_parameter("Invalid video_id: this Page has no such upload")
    if video.state != "open":
        # what a second finish is answered is not documented; that it publishes nothing is all that is assumed
        raise invalid_parameter("The upload session of this video_id is finished already")
    if video.uploaded_at is None:
        raise bytes_missing()
    if video.failure is not None and call.now >= (video.ready_at or 0):
        code, message = video.failure
        raise GraphError(100, "Invalid parameter", subcode=code, title="Video not supported", user_message=message)
    return video


def _wanted(call: Call) -> tuple[VideoState, float | None]:
    state = (call.params.text("video_state") or "").upper()
    if state not in STATES:
        raise invalid_parameter("Param video_state must be one of {DRAFT, PUBLISHED, SCHEDULED}")
    moment = scheduled_time(call)
    if (state == "SCHEDULED") != (moment is not None):
        raise invalid_parameter("scheduled_publish_time and video_state=SCHEDULED go together")
    return STATES[state], moment


def _describe(call: Call, video: Video) -> None:
    video.title = call.params.text("title") or ""
    video.description = call.params.text("description") or ""
