"""A Page's video once its bytes are there: what it is, whether it will do, how long it takes, what its status says."""

from typing import Any

from sandbox.meta import facts
from sandbox.meta.call import Call
from sandbox.meta.graph import Video
from sandbox.videos import VideoFile

NO_VIDEO = (1363026, "The video file you selected is in a format that we don't support.")
BAD_RATIO = (
    1363040,
    (
        "The video you tried to upload has an aspect ratio that isn't supported on Facebook. Aspect ratios for videos "
        "need to be between 16x9 and 9x16. Please try uploading a video in a supported aspect ratio."
    ),
)
TOO_SMALL = (
    1363127,
    (
        "The video you tried to upload has resolution that isn't supported on Facebook for this product. Please try "
        "uploading a video with a supported resolution"
    ),
)
BAD_LENGTH = (
    1363128,
    (
        "The video you tried to upload has a duration that isn't supported on Facebook for this product. Please try "
        "uploading a video with a supported duration."
    ),
)
BAD_RATE = (
    1363129,
    (
        "The video you tried to upload has a frame rate that isn't supported on Facebook for this product. Please try "
        "uploading a video with a supported frame rate."
    ),
)
TOLERANCE = 0.01


def bytes_arrived(call: Call, video: Video) -> None:
    """Take note that all bytes of a video are there: processing begins, on the sandbox's clock."""
    video.file = call.meta.world.videos.finish(video.id)
    video.failure = _failure(video.kind, video.file)
    video.uploaded_at = call.meta.world.clock.now()
    video.ready_at = video.uploaded_at + call.meta.settings.processing.draw(call.meta.chance)
    call.meta.graph.objects.touch(video.id)
    call.meta.graph.expect(video)


def video_status(video: Video, call: Call) -> dict[str, Any]:
    """Return the `status` field, with the platform's spelling of it."""
    processed = video.ready_at is not None and call.now >= video.ready_at
    failed = processed and video.failure is not None
    return {
        "video_status": _overall(video, call, processed=processed, failed=failed),
        "uploading_phase": _uploading(video, call),
        "processing_phase": _processing(video, processed=processed, failed=failed),
        "publishing_phase": _publishing(video),
    }


def _overall(video: Video, call: Call, *, processed: bool, failed: bool) -> str:
    if failed:
        return "error"
    if processed:
        return "ready"
    if video.uploaded_at is not None:
        return "processing"
    there = call.meta.world.videos.uploaded(video.id)
    return "upload_complete" if there and there == video.file_size else "uploading"


def _uploading(video: Video, call: Call) -> dict[str, Any]:
    if video.uploaded_at is not None:
        size = video.file.size_bytes if video.file else video.file_size
        return {"status": "complete", **({} if size is None else {"bytes_transfered": size})}
    there = call.meta.world.videos.uploaded(video.id)
    return {"status": "in_progress" if there else "not_started", "bytes_transfered": there}


def _processing(video: Video, *, processed: bool, failed: bool) -> dict[str, Any]:
    if failed and video.failure is not None:
        error = {"code": video.failure[0], "message": video.failure[1]}
        return {"status": "error", "errors": [error], "error": {"message": video.failure[1]}}
    if processed:
        return {"status": "complete"}
    return {"status": "not_started" if video.uploaded_at is None else "in_progress"}


def _publishing(video: Video) -> dict[str, Any]:
    if video.published_at is not None:
        return {"status": "complete", "publish_status": "published", "publish_time": int(video.published_at)}
    match video.state:
        case "draft":
            return {"status": "not_started", "publish_status": "draft"}
        case "scheduled":
            scheduled = int(video.publish_at or 0)
            return {"status": "not_started", "publish_status": "scheduled", "publish_time": scheduled}
        case "published" if video.failure is None:
            return {"status": "in_progress"}
        case _:
            return {"status": "not_started"}


def _failure(kind: str, file: VideoFile | None) -> tuple[int, str] | None:
    """Return why the platform does not take a file; what is posted as an ordinary video may have any shape."""
    if file is None:
        return NO_VIDEO
    if kind == "video":
        return None
    shortest, longest = facts.REEL_SECONDS
    if kind == "story":
        longest = facts.STORY_MAX_SECONDS
    slowest, fastest = facts.REEL_FRAME_RATES
    narrowest, widest = facts.REEL_RATIOS
    checks = (
        (narrowest - TOLERANCE <= file.ratio <= widest + TOLERANCE, BAD_RATIO),
        (_is_large(file), TOO_SMALL),
        (shortest <= file.seconds <= longest + TOLERANCE, BAD_LENGTH),
        (not file.frame_rate or slowest <= file.frame_rate <= fastest + TOLERANCE, BAD_RATE),
    )
    return next((failure for fine, failure in checks if not fine), None)


def _is_large(file: VideoFile) -> bool:
    short, long = facts.REEL_MIN_SIZE
    return min(file.width, file.height) >= short and max(file.width, file.height) >= long
