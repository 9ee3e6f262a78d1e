"""The bytes of X's uploads: segments as they arrive, what they make together, and what that is.

Source: "Media best practices" on docs.x.com, read 2026-11-22. Of videos the sandbox reads MP4 and QuickTime alone.
"""

from sandbox.pictures import inspect
from sandbox.x import facts
from sandbox.x.call import Call
from sandbox.x.state import Media

FORMATS = {
    "image": frozenset({"JPEG", "MPO", "PNG", "WEBP", "BMP", "TIFF", "GIF"}),
    "gif": frozenset({"GIF"}),
}
MIN_SECONDS = 0.5


def keep_segment(call: Call, media: Media, index: int, data: bytes) -> None:
    """Keep a segment; one that is sent again takes the place of the first."""
    store = call.x.world.videos
    arrived = store.spool()
    arrived.write_bytes(data)
    store.drop(_segment(media, index))
    store.append(_segment(media, index), arrived)
    arrived.unlink()
    media.segments[index] = len(data)
    call.x.media.touch(media.id)


def finish(call: Call, media: Media) -> None:
    """Put the segments together and look at what they are; a bad upload has a `failure` from then on."""
    media.finished_at = media.ready_at = call.now
    media.failure = _gap(media) or _take(call, media)
    if media.kind in ("gif", "video"):
        media.ready_at += call.x.settings.processing_seconds
    for index in media.segments:
        call.x.world.videos.drop(_segment(media, index))
    call.x.media.touch(media.id)


def _gap(media: Media) -> str | None:
    if sorted(media.segments) != list(range(len(media.segments))):
        return "Segments do not add up to provided total file size."
    if sum(media.segments.values()) != media.total_bytes:
        return "Segments do not add up to provided total file size."
    return None


def _take(call: Call, media: Media) -> str | None:
    """Keep the whole, and return why it will not do."""
    if media.kind == "subtitles":
        media.hash, media.size = "0" * 64, media.total_bytes
        return None
    store, name = call.x.world.videos, f"x-{media.id}"
    store.join(name, [_segment(media, index) for index in sorted(media.segments)])
    if media.kind == "video":
        return _take_video(call, media, name)
    data = store.content(name)
    store.drop(name)
    return _take_picture(call, media, data)


def _take_picture(call: Call, media: Media, data: bytes) -> str | None:
    picture = inspect(data)
    if picture is None or picture.format not in FORMATS[media.kind]:
        return "media type unrecognized."
    call.x.world.pictures.keep(picture, data)
    media.hash, media.size, media.media_type = picture.hash, picture.size_bytes, picture.mime_type
    media.width, media.height = picture.width, picture.height
    return None


def _take_video(call: Call, media: Media, name: str) -> str | None:
    video = call.x.world.videos.finish(name)
    if video is None:
        return "Unsupported video format"
    media.hash, media.size, media.seconds = video.hash, video.size_bytes, video.seconds
    media.width, media.height = video.width, video.height
    return None if video.seconds >= MIN_SECONDS else "Video is too short"


def _segment(media: Media, index: int) -> str:
    return f"x-{media.id}-{index:0{len(str(facts.MAX_SEGMENT))}d}"
