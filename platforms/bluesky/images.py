"""Images of a post: uploaded before it, each once, and shown by what the server answered.

Sources, read 2026-11-26:
https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json
https://atproto.com/specs/blob (what no record shows is removed after a while)
"""

from collections.abc import Mapping
from typing import Any

import orjson

from platforms.base import DraftMedia, Platform, Work
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import Failure, FailureCode, TransientError

IMAGE = "image:"
"""Handles of uploaded images: `image:0`, `image:1` …, each what the record shows it by."""


async def embed_of(client: XrpcClient, session: Session, work: Work) -> dict[str, Any] | None:
    """Upload what is not there yet and give the part of the record that shows it; None without images.

    Raises:
        PlatformError: its class says what to do.
    """
    if not work.draft.media:
        return None
    images = [await _image(client, session, work, number, file) for number, file in enumerate(work.draft.media)]
    return {"$type": "app.bsky.embed.images", "images": images}


async def forget_images(work: Work) -> None:
    """Have the images uploaded again: the server threw them away."""
    await work.keep({name: "" for name in work.handles if name.startswith(IMAGE)})


async def _image(client: XrpcClient, session: Session, work: Work, number: int, file: DraftMedia) -> Mapping[str, Any]:
    name = f"{IMAGE}{number}"
    if name not in work.handles:

        async def read() -> bytes:
            return await work.read(number, 0, file.byte_size)

        answer = await client.upload(session.service, read, file.mime_type, token=session.access)
        await work.keep({name: orjson.dumps(_blob(answer)).decode()})
    shown: dict[str, Any] = {"image": orjson.loads(work.handles[name]), "alt": file.alt_text or ""}
    if file.width and file.height:
        shown["aspectRatio"] = {"width": file.width, "height": file.height}
    return shown


def _blob(answer: Mapping[str, Any]) -> Any:
    if isinstance(blob := answer.get("blob"), dict):
        return blob
    message = "The server took an image and did not say how to show it."
    raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.BLUESKY, message, "It is tried again."))
