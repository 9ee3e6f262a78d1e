"""What each kind of Instagram container is made from.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
(read 2026-11-22).
"""

from collections.abc import Sequence
from typing import Any

import orjson

from platforms.base import Draft, DraftMedia, MediaKind
from platforms.instagram.options import InstagramOptions, VideoTransfer
from platforms.instagram.rules import CAROUSEL, FED_CAROUSEL, IMAGE_STORY, VIDEO_STORY

CAROUSELS = frozenset({CAROUSEL.name, FED_CAROUSEL.name})
STORIES = frozenset({IMAGE_STORY.name, VIDEO_STORY.name})


def is_sent(draft: Draft) -> bool:
    """Whether this server sends the video, instead of Instagram fetching it."""
    options: InstagramOptions = draft.options
    return len(draft.media) == 1 and options.video_transfer is VideoTransfer.SEND and _is_video(draft.media[0])


def child_form(draft: Draft, number: int) -> dict[str, str]:
    """Write what an item of a carousel is made from."""
    file, form = draft.media[number], {"is_carousel_item": "true"}
    if _is_video(file):
        return form | {"media_type": "VIDEO", "video_url": file.url} | _tags(draft.options, number)
    return form | _image(file) | _tags(draft.options, number)


def parent_form(draft: Draft, children: Sequence[str]) -> dict[str, str]:
    """Write what a carousel is made from."""
    return {"media_type": "CAROUSEL", "children": ",".join(children)} | _shared(draft)


def single_form(draft: Draft) -> dict[str, str]:
    """Write what a post with one file is made from."""
    file, options = draft.media[0], draft.options
    if draft.post in STORIES:
        form = {"media_type": "STORIES"} | (_video(draft) if _is_video(file) else {"image_url": file.url})
        return form | _tags(options, 0)
    if _is_video(file):
        return {"media_type": "REELS"} | _video(draft) | _shared(draft) | _tags(options, 0) | _reel(options)
    return _image(file) | _shared(draft) | _tags(options, 0)


def _image(file: DraftMedia) -> dict[str, str]:
    return {"image_url": file.url, **({"alt_text": file.alt_text} if file.alt_text else {})}


def _video(draft: Draft) -> dict[str, str]:
    return {"upload_type": "resumable"} if is_sent(draft) else {"video_url": draft.media[0].url}


def _shared(draft: Draft) -> dict[str, str]:
    options: InstagramOptions = draft.options
    form = {"caption": draft.text}
    if options.location_id:
        form["location_id"] = options.location_id
    if options.collaborators:
        form["collaborators"] = _json([name.lstrip("@") for name in options.collaborators])
    return form


def _reel(options: InstagramOptions) -> dict[str, str]:
    form = {"share_to_feed": "true" if options.share_to_feed else "false"}
    if options.cover_url:
        form["cover_url"] = options.cover_url
    elif options.cover_offset is not None:
        form["thumb_offset"] = str(options.cover_offset)
    return form


def _tags(options: InstagramOptions, number: int) -> dict[str, str]:
    tags = [
        {"username": tag.handle.strip().lstrip("@"), **{n: v for n, v in (("x", tag.x), ("y", tag.y)) if v is not None}}
        for tag in options.user_tags
        if tag.media == number
    ]
    return {"user_tags": _json(tags)} if tags else {}


def _is_video(file: DraftMedia) -> bool:
    return file.kind is MediaKind.VIDEO


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
