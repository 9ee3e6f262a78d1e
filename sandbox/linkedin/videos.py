"""Videos: parts of four MiB, each to an address of its own, then a finish that names their ETags in order."""

import secrets
from typing import Any

from starlette.responses import Response

from sandbox.linkedin import facts, restli, shapes
from sandbox.linkedin.call import Call, require_author
from sandbox.linkedin.errors import Refusal, invalid_value
from sandbox.linkedin.media import asset_of_upload, begin, begin_processing, wish_of
from sandbox.linkedin.state import Asset
from sandbox.videos import VideoFile


async def initialize(call: Call) -> dict[str, Any]:
    """POST /rest/videos?action=initializeUpload: an address for each part."""
    wish = wish_of(call, ("owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"))
    path = "/initializeUploadRequest/fileSizeBytes"
    size = wish.get("fileSizeBytes")
    if not isinstance(size, int) or not facts.MIN_VIDEO_BYTES <= size <= facts.MAX_VIDEO_BYTES:
        raise invalid_value(path, f"is no number from {facts.MIN_VIDEO_BYTES} to {facts.MAX_VIDEO_BYTES}")
    if wish.get("uploadCaptions") or wish.get("uploadThumbnail"):
        raise invalid_value("/initializeUploadRequest", "captions and thumbnails are not there in the sandbox")
    asset = begin(call, "video", wish["owner"], size)
    where = f"{call.origin}/linkedin/dms-uploads/video/{asset.upload_key}"
    instructions = [
        {"uploadUrl": f"{where}/{number}", "firstByte": first, "lastByte": last}
        for number, (first, last) in enumerate(_ranges(size))
    ]
    return {
        "value": {
            "uploadUrlsExpireAt": int(asset.expires_at * 1000),
            "video": asset.urn,
            "uploadInstructions": instructions,
            "uploadToken": "",
        }
    }


async def upload(call: Call) -> Response:
    """PUT one part: exactly its bytes, to its own address; the answer's ETag names it."""
    asset = asset_of_upload(call)
    ranges = _ranges(asset.size_bytes)
    number = int(call.keys[1]) if call.keys[1].isdecimal() and len(call.keys[1]) <= len(str(len(ranges))) else -1
    if not 0 <= number < len(ranges) or call.upload is None or asset.uploaded_at is not None:
        raise Refusal(400, "UPDATING_ASSET_FAILED", "The upload has no such part, or is finished")
    first, last = ranges[number]
    size = call.upload.stat().st_size
    if size != last - first + 1:
        message = f"The part is bytes {first} to {last}, {last - first + 1} of them, and {size} came"
        raise Refusal(400, "UPDATING_ASSET_FAILED", message)
    videos = call.linkedin.world.videos
    videos.drop(_part(asset, number))
    videos.append(_part(asset, number), call.upload)
    asset.parts[number] = f"/ambry-videoei/signedId/{secrets.token_urlsafe(24)}"
    call.linkedin.assets.touch(asset.urn)
    return Response(status_code=200, headers={"etag": asset.parts[number]})


async def finalize(call: Call) -> Response:
    """POST /rest/videos?action=finalizeUpload: the parts' ETags, all of them, in order."""
    name = "finalizeUploadRequest"
    body = shapes.record(restli.json_of(call.headers, call.body), "", (name,), (name,))
    wanted = ("video", "uploadToken", "uploadedPartIds")
    wish = shapes.record(body[name], f"/{name}", wanted, wanted)
    asset = call.linkedin.assets.get(str(wish["video"]))
    if asset is None or asset.kind != "video":
        raise Refusal(400, "INVALID_VIDEO_ID", f"There is no video {str(wish['video'])[:80]}")
    require_author(call, asset.owner, f"/{name}/video", "videos.ACTION-finalizeUpload")
    ranges = _ranges(asset.size_bytes)
    given = [str(one).strip('"') for one in shapes.items(wish["uploadedPartIds"], f"/{name}/uploadedPartIds", 1, 999)]
    if wish["uploadToken"] != "" or given != [asset.parts.get(number) for number in range(len(ranges))]:
        raise Refusal(400, "UPDATING_ASSET_FAILED", "The uploadedPartIds are not the ETags of all parts in their order")
    if asset.uploaded_at is None:
        _join(call, asset, len(ranges))
    return Response(status_code=200)


def _join(call: Call, asset: Asset, count: int) -> None:
    videos, parts = call.linkedin.world.videos, [_part(asset, number) for number in range(count)]
    videos.join(asset.upload_key, parts)
    for part in parts:
        videos.drop(part)
    found = videos.finish(asset.upload_key)
    asset.hash, asset.failure = found.hash if found else None, _failure(found)
    begin_processing(call, asset)


def _failure(found: VideoFile | None) -> str | None:
    if found is None:
        return "The file is no MP4 video"
    if not facts.MIN_VIDEO_SECONDS <= found.seconds <= facts.MAX_VIDEO_SECONDS:
        return f"The video plays {found.seconds:.1f} seconds; it is 3 seconds to 30 minutes"
    return None


def _ranges(size: int) -> list[tuple[int, int]]:
    return [(first, min(first + facts.PART_BYTES, size) - 1) for first in range(0, size, facts.PART_BYTES)]


def _part(asset: Asset, number: int) -> str:
    return f"{asset.upload_key}.{number}"
