"""Images and documents: an upload is begun, its bytes are put in one piece, then LinkedIn works on it."""

import hashlib
import io
import secrets
from typing import Any

from starlette.responses import Response

from sandbox.linkedin import facts, restli, shapes
from sandbox.linkedin.call import ORGANISATION, Call, authenticate, require_author
from sandbox.linkedin.errors import Refusal, access_denied, not_found, unpermitted
from sandbox.linkedin.state import Asset, AssetKind
from sandbox.pictures import Picture, inspect

DOCUMENTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How PDF, the Office files since 2007, and the older ones begin."""


async def initialize(call: Call) -> dict[str, Any]:
    """POST /rest/images or /rest/documents?action=initializeUpload."""
    kind: AssetKind = "image" if call.path.endswith("/images") else "document"
    wish = wish_of(call, ("owner",))
    asset = begin(call, kind, wish["owner"])
    value = {
        "uploadUrlExpiresAt": int(asset.expires_at * 1000),
        "uploadUrl": f"{call.origin}/linkedin/dms-uploads/{kind}/{asset.upload_key}",
        kind: asset.urn,
    }
    return {"value": value}


async def upload(call: Call) -> Response:
    """PUT the bytes, by the token: 201."""
    authenticate(call)
    asset = asset_of_upload(call)
    if call.caller.author != asset.owner and call.caller.member.role_on(asset.owner) is None:
        raise unpermitted("/owner")
    if call.upload is None or asset.uploaded_at is not None:
        raise Refusal(400, "UPDATING_ASSET_FAILED", "The upload was used already")
    data = call.upload.read_bytes()
    asset.hash = hashlib.sha256(data).hexdigest()
    asset.failure = _look_at(call, asset.kind, data)
    begin_processing(call, asset)
    return Response(status_code=201)


async def read(call: Call) -> dict[str, Any]:
    """GET /rest/images|videos|documents/{urn}: how far it is. A token that may only write is refused."""
    kind = call.path.split("/")[2].removesuffix("s")
    urn = restli.key_of(call.keys[0])
    asset = call.linkedin.assets.get(urn) if urn.startswith(f"urn:li:{kind}:") else None
    if not {"r_organization_social", "w_organization_social"} & set(call.caller.scopes):
        raise access_denied(f"{kind}s.GET.{call.version}01")
    if asset is None:
        raise not_found(f"There is no {kind} {urn[:80]}")
    if asset.owner.startswith(ORGANISATION) and call.caller.member.role_on(asset.owner) is None:
        raise access_denied(f"{kind}s.GET.{call.version}01")
    return _shown(call, asset)


def wish_of(call: Call, allowed: tuple[str, ...]) -> dict[str, Any]:
    """Return what is asked for, with an owner for whom the token may act.

    Raises:
        Refusal: 400 or 403.
    """
    name = "initializeUploadRequest"
    body = shapes.record(restli.json_of(call.headers, call.body), "", (name,), (name,))
    wish = shapes.record(body[name], f"/{name}", allowed, ("owner",))
    resource = f"{call.path.split('/')[2]}.ACTION-initializeUpload"
    require_author(call, wish["owner"], f"/{name}/owner", resource)
    return wish


def begin(call: Call, kind: AssetKind, owner: str, size_bytes: int = 0) -> Asset:
    """Make an asset that waits for its bytes."""
    asset = Asset(
        urn=f"urn:li:{kind}:C4E{secrets.token_hex(12).upper()}",
        kind=kind,
        owner=owner,
        upload_key=secrets.token_urlsafe(24),
        expires_at=call.now + facts.UPLOAD_URL_SECONDS,
        size_bytes=size_bytes,
    )
    call.linkedin.assets[asset.urn] = asset
    call.linkedin.uploads[asset.upload_key] = asset.urn
    return asset


def asset_of_upload(call: Call) -> Asset:
    """Return the asset that an upload address is for.

    Raises:
        Refusal: 404, or 400 where its day is over.
    """
    asset = call.linkedin.assets.get(call.linkedin.uploads.get(call.keys[0], ""))
    if asset is None or call.path.split("/")[2] != asset.kind:
        raise not_found()
    if call.now >= asset.expires_at:
        raise Refusal(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
    return asset


def begin_processing(call: Call, asset: Asset) -> None:
    """Note that all bytes are there: from now on LinkedIn works on them."""
    call.asset, asset.uploaded_at = asset, call.now
    asset.ready_at = call.now + call.linkedin.settings.processing_seconds
    call.linkedin.assets.touch(asset.urn)


def _look_at(call: Call, kind: AssetKind, data: bytes) -> str | None:
    """Keep the bytes of a picture, and return why an asset will not do."""
    if kind == "document":
        if len(data) > facts.MAX_DOCUMENT_BYTES:
            return "The document is larger than 100 MB"
        return None if data.startswith(DOCUMENTS) else "The document is none of PDF, PPT, PPTX, DOC, DOCX"
    picture = inspect(data)
    if picture is None or picture.format not in facts.PICTURE_FORMATS:
        return "The image is none of JPG, PNG, GIF"
    call.linkedin.world.pictures.keep(picture, data)
    if picture.width * picture.height >= facts.MAX_PIXELS:
        return f"The image has {facts.MAX_PIXELS} pixels or more"
    return _frames(picture, data)


def _frames(picture: Picture, data: bytes) -> str | None:
    if picture.format != "GIF":
        return None
    from PIL import Image  # noqa: PLC0415 - Pillow is large, and a sandbox at rest looks at no picture

    with Image.open(io.BytesIO(data)) as image:
        frames = getattr(image, "n_frames", 1)
    return f"The animation has more than {facts.MAX_FRAMES} frames" if frames > facts.MAX_FRAMES else None


def _shown(call: Call, asset: Asset) -> dict[str, Any]:
    status = asset.status(call.now)
    shown: dict[str, Any] = {"id": asset.urn, "owner": asset.owner, "status": status}
    if status == "AVAILABLE" and asset.kind != "document":
        place = "pictures" if asset.kind == "image" else "videos"
        ends = int((call.now + facts.DAY) * 1000)
        shown |= {"downloadUrl": f"{call.origin}/{place}/{asset.hash}", "downloadUrlExpiresAt": ends}
    if status == "PROCESSING_FAILED" and asset.kind == "video":
        shown["processingFailureReason"] = asset.failure
    return shown
