"""Uploads to X: in one call, or initialised, appended to and finalised; their state; their alternative text.

Source: "Media" on docs.x.com and openapi.json 2.167, read 2026-11-22.
"""

from typing import Any, cast

from starlette.responses import Response

from sandbox.x import billing, facts
from sandbox.x.call import Call
from sandbox.x.errors import Refusal, invalid, invalid_media
from sandbox.x.media_bytes import finish, keep_segment
from sandbox.x.reading import decoded
from sandbox.x.schema import AppendWish, InitializeWish, MetadataWish, UploadWish, read
from sandbox.x.state import Media, MediaKind

LIMITS = {"image": facts.IMAGE_BYTES, "gif": facts.GIF_BYTES, "video": facts.VIDEO_BYTES, "subtitles": 1024**2}


async def upload(call: Call) -> dict[str, Any]:
    """POST /2/media/upload: a picture in one call, by multipart or as base64 in JSON."""
    if call.sent.kind == "json":
        wish = read(UploadWish, call.document())
        data, category, owners = decoded(wish.media), wish.media_category, wish.additional_owners
    else:
        data, category, owners = _file(call), call.sent.fields.get("media_category"), _owners(call)
    media = _new(call, category=category, media_type="", total_bytes=len(data), owners=owners)
    if media.kind == "video":
        raise invalid("Videos are uploaded in chunks: initialize, append, finalize.", media_category=[media.category])
    keep_segment(call, media, 0, data)
    finish(call, media)
    if media.failure is not None:
        del call.x.media[media.id]
        raise invalid(media.failure, media=[""])
    return {"data": _told(call, media)}


async def initialize(call: Call) -> dict[str, Any]:
    """POST /2/media/upload/initialize, or `command=INIT`."""
    if call.sent.kind == "json":
        wish = read(InitializeWish, call.document())
        kind, total, category, owners = wish.media_type, wish.total_bytes, wish.media_category, wish.additional_owners
    else:
        kind, category, owners = call.form("media_type"), call.form("media_category") or None, _owners(call)
        total = _whole(call.form("total_bytes"), "total_bytes")
    if kind not in facts.MEDIA_TYPES:
        raise invalid("media_type is not one that X takes.", media_type=[kind[:80]])
    category = category or ("tweet_image" if kind.startswith("image/") else "tweet_video")
    media = _new(call, category=category, media_type=kind, total_bytes=total, owners=owners)
    told = {"id": media.id, "media_key": media.key, "expires_after_secs": facts.MEDIA_SECONDS}
    return {"data": told}


async def append(call: Call) -> dict[str, Any]:
    """POST /2/media/upload/:id/append."""
    media = _append(call, call.ids[0])
    return {"data": {"expires_at": int(media.expires_at)}}


async def append_by_command(call: Call) -> Response:
    """POST /2/media/upload with `command=APPEND`: the older form, which answers nothing."""
    _append(call, call.form("media_id"))
    return Response(status_code=204)


async def finalize(call: Call) -> dict[str, Any]:
    """POST /2/media/upload/:id/finalize, or `command=FINALIZE`: the bytes are there, X looks at them."""
    if call.sent.kind == "other" or (call.sent.kind == "json" and not isinstance(call.sent.json, dict)):
        raise invalid("Request body must be a JSON object.")
    media = _own(call, call.ids[0] if call.ids else call.form("media_id"))
    if media.finished_at is None:
        finish(call, media)
    if media.failure is not None and media.kind in ("image", "subtitles"):
        raise invalid(media.failure, media_id=[media.id])
    return {"data": _told(call, media)}


async def status(call: Call) -> dict[str, Any]:
    """GET /2/media/upload with `command=STATUS`: how far X is with an upload."""
    if call.query.get("command", "STATUS") != "STATUS":
        raise invalid("command must be STATUS.", command=[call.query["command"][:20]])
    return {"data": _told(call, _own(call, call.query.get("media_id", "")))}


async def metadata(call: Call) -> dict[str, Any]:
    """POST /2/media/metadata: the alternative text of a picture."""
    wish = read(MetadataWish, call.document())
    media = _own(call, wish.id)
    if wish.metadata is None or wish.metadata.alt_text is None:
        raise invalid("metadata must have alt_text.", metadata=[""])
    billing.require(call, "metadata")
    billing.charge(call, "metadata", f"media {media.id}")
    media.alt_text = wish.metadata.alt_text.text
    call.x.media.touch(media.id)
    return {"data": {"id": media.id, "associated_metadata": {"alt_text": {"text": media.alt_text}}}}


def _new(call: Call, *, category: str | None, media_type: str, total_bytes: int, owners: list[str]) -> Media:
    """Make an upload.

    Raises:
        Refusal: 400, where its category is missing or unknown, does not fit its type, or it is too large.
    """
    kind = facts.CATEGORIES.get(category or "")
    if category is None or kind is None:
        known = ", ".join(facts.CATEGORIES)
        raise invalid(f"media_category is required: one of {known}.", media_category=[(category or "")[:40]])
    if media_type and not _fits(kind, media_type):
        raise invalid("media_category does not fit media_type.", media_category=[category], media_type=[media_type])
    if not 0 < total_bytes <= LIMITS[kind]:
        raise invalid(f"The media has {total_bytes} bytes; {category} takes 1 to {LIMITS[kind]}.", total_bytes=[""])
    media_id = call.x.snowflake(call.now)
    expires_at = call.now + facts.MEDIA_SECONDS
    who = (call.account.id, *owners)
    media = Media(media_id, cast("MediaKind", kind), category, media_type, who, expires_at, total_bytes)
    call.x.media[media_id] = media
    return media


def _fits(kind: str, media_type: str) -> bool:
    if kind == "gif":
        return media_type in ("image/gif", "video/mp4")
    return media_type.partition("/")[0] == {"image": "image", "video": "video", "subtitles": "text"}[kind]


def _append(call: Call, media_id: str) -> Media:
    if call.sent.kind == "json":
        wish = read(AppendWish, call.document())
        data, segment = decoded(wish.media), wish.segment_index
    else:
        segment, data = _whole(call.form("segment_index"), "segment_index"), _file(call)
    if len(data) > call.x.settings.chunk_bytes:
        raise Refusal(413, None, "chunk-too-large")
    media = _own(call, media_id)
    if media.finished_at is not None or segment > facts.MAX_SEGMENT or not data:
        raise invalid(
            "segment_index must be 0 to 999, of an upload that is not finalised.", segment_index=[str(segment)]
        )
    keep_segment(call, media, segment, data)
    return media


def _own(call: Call, media_id: str) -> Media:
    """Return the caller's upload.

    Raises:
        Refusal: 400, where there is none, it is another's, or its day is over.
    """
    media = call.x.media.get(media_id)
    if media is None or call.account.id not in media.owners or call.now >= media.expires_at:
        raise invalid_media([media_id[:40]])
    return media


def _told(call: Call, media: Media) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": media.id,
        "media_key": media.key,
        "size": media.size or sum(media.segments.values()),
        "expires_after_secs": max(0, int(media.expires_at - call.now)),
    }
    if media.kind == "image" and media.hash:
        told["image"] = {"w": media.width, "h": media.height, "image_type": media.media_type}
    if media.kind in ("gif", "video") and media.finished_at is not None:
        told["processing_info"] = _processing(media, call.now)
    return told


def _processing(media: Media, now: float) -> dict[str, Any]:
    """Say how far X is: nothing at first, then a part, in the end success or failure."""
    started = media.finished_at or now
    if now >= media.ready_at:
        if media.failure is None:
            return {"state": "succeeded", "progress_percent": 100}
        error = {"code": 1, "name": "InvalidMedia", "message": media.failure}
        return {"state": "failed", "progress_percent": 100, "error": error}
    share = (now - started) / (media.ready_at - started)
    wait = max(1, round(media.ready_at - now))
    if share < 0.25:  # noqa: PLR2004 - a first quarter in which nothing is to be seen yet
        return {"state": "pending", "check_after_secs": wait}
    return {"state": "in_progress", "progress_percent": int(share * 100), "check_after_secs": wait}


def _file(call: Call) -> bytes:
    if "media" not in call.sent.files:
        raise invalid("media is required: a file of a multipart form, or base64 in JSON.", media=[""])
    return call.sent.files["media"]


def _owners(call: Call) -> list[str]:
    return [one for one in call.form("additional_owners").split(",") if one]


def _whole(text: str, name: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) <= facts.ID_MAX):
        raise invalid(f"{name} must be a whole number.", **{name: [text[:20]]})
    return int(text)
