"""Pictures and videos for Instagram: fetched as the platform does, looked into, kept, or refused with its code."""

from sandbox.meta import instagram_facts as facts
from sandbox.meta.call import Call
from sandbox.meta.instagram_errors import publishing_error
from sandbox.pictures import FetchError, Picture, fetch, inspect
from sandbox.videos import VideoFile, fetch_video


async def take_picture(call: Call, url: str, *, any_ratio: bool = False) -> Picture:
    """Fetch a picture and keep it.

    Raises:
        GraphError: 9004, 36000, 36001 or 36003.
    """
    check_address(url)
    try:
        data = await fetch(call.meta.world.fetcher, url)
    except FetchError as error:
        raise publishing_error(2207052) from error
    picture = inspect(data)
    if picture is None:
        raise publishing_error(2207052)
    if picture.size_bytes > facts.IMAGE_MAX_BYTES:
        raise publishing_error(2207004)
    if picture.format not in facts.IMAGE_FORMATS:
        raise publishing_error(2207005, f"The image format {picture.format} is not supported. Supported: JPEG.")
    low, high = facts.IMAGE_MIN_RATIO - facts.RATIO_TOLERANCE, facts.IMAGE_MAX_RATIO + facts.RATIO_TOLERANCE
    if not any_ratio and not low <= picture.ratio <= high:
        raise publishing_error(2207009)
    call.meta.world.pictures.keep(picture, data)
    return picture


async def take_video(call: Call, url: str, name: str) -> VideoFile:
    """Fetch a video and keep it.

    Args:
        call: The call that wants it.
        url: Where it is.
        name: What to call it until it is there.

    Raises:
        GraphError: 9004 or 352.
    """
    check_address(url)
    store = call.meta.world.videos
    arriving = store.spool()
    try:
        await fetch_video(call.meta.world.fetcher, url, arriving)
        store.append(name, arriving)
    except FetchError as error:
        raise publishing_error(2207052) from error
    finally:
        arriving.unlink(missing_ok=True)
    return whole_video(call, name)


def whole_video(call: Call, name: str) -> VideoFile:
    """Return the video whose bytes are all there.

    Raises:
        GraphError: 352, if it is none.
    """
    found = call.meta.world.videos.finish(name)
    if found is None:
        raise publishing_error(2207026)
    return found


def check_video(video: VideoFile, *, is_story: bool, thumb_offset: int | None) -> None:
    """Compare a video with what the platform takes.

    Raises:
        GraphError: 352, or 1/2207057 for a thumbnail after its end.
    """
    ratios = (
        (facts.STORY_MIN_RATIO, facts.STORY_MAX_RATIO) if is_story else (facts.REEL_MIN_RATIO, facts.REEL_MAX_RATIO)
    )
    seconds, size = (
        (facts.STORY_MAX_SECONDS, facts.STORY_MAX_BYTES) if is_story else (facts.REEL_MAX_SECONDS, facts.REEL_MAX_BYTES)
    )
    rates = (
        facts.VIDEO_MIN_FRAME_RATE - facts.FRAME_RATE_TOLERANCE,
        facts.VIDEO_MAX_FRAME_RATE + facts.FRAME_RATE_TOLERANCE,
    )
    problems = {
        "codec": video.codec not in facts.VIDEO_CODECS,
        "position of the moov atom": not video.moov_first,
        "duration": not facts.VIDEO_MIN_SECONDS <= video.seconds <= seconds,
        "size": video.size_bytes > size,
        "width": video.width > facts.VIDEO_MAX_WIDTH,
        "aspect ratio": not ratios[0] <= video.ratio <= ratios[1],
        "frame rate": bool(video.frame_rate) and not rates[0] <= video.frame_rate <= rates[1],
    }
    if wrong := [name for name, is_wrong in problems.items() if is_wrong]:
        raise publishing_error(2207026, f"The video format is not supported: {', '.join(wrong)}.")
    if thumb_offset is not None and thumb_offset > video.seconds * 1000:
        raise publishing_error(2207057)


def check_address(url: str) -> None:
    """Demand a plain address.

    Raises:
        GraphError: 9004.
    """
    if not url.isascii() or not url.startswith(("http://", "https://")):
        raise publishing_error(2207052)
