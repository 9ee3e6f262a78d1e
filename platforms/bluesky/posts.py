"""The record of a post: its text with marks, what it shows, and what it answers.

Sources, read 2026-11-26:
https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json (`reply`)
https://docs.bsky.app/docs/advanced-guides/posts (replies: root and parent, each with `uri` and `cid`)
"""

from typing import Any

from platforms.base import Platform, ReplyTo, Work
from platforms.bluesky.card import card_of
from platforms.bluesky.images import embed_of
from platforms.bluesky.mentions import facets_of
from platforms.bluesky.records import POSTS, Address, find_record, text_of
from platforms.bluesky.tid import moment_of
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import Failure, FailureCode, RejectedError

KEY = "rkey"
"""The handle that holds the key of the post's record."""


async def post_of(client: XrpcClient, session: Session, work: Work) -> dict[str, Any]:
    """Write the record; the same whenever it is written again, for its time is that of its key.

    Raises:
        PlatformError: its class says what to do.
    """
    moment = moment_of(work.handles[KEY])
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": work.draft.text,
        "createdAt": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z",
    }
    if facets := await facets_of(client, session, work.draft.text):
        record["facets"] = facets
    if embed := await embed_of(client, session, work) or card_of(work.draft.link):
        record["embed"] = embed
    if work.draft.reply_to is not None:
        record["reply"] = await _reply_to(client, session, work.draft.reply_to)
    return record


async def _reply_to(client: XrpcClient, session: Session, above: ReplyTo) -> dict[str, Any]:
    """Name the first post of the thread and the one above, as they are: by address and by what is in them."""
    root = await _reference(client, session, above.root)
    parent = root if above.parent == above.root else await _reference(client, session, above.parent)
    return {"root": root, "parent": parent}


async def _reference(client: XrpcClient, session: Session, uri: str) -> dict[str, str]:
    record = await find_record(client, session, Address.read(uri))
    if record is None:
        message = f"The part of the thread above it, {Address.read(uri).page}, is not there any more."
        hint = "Somebody deleted it: publish the rest as a thread of its own."
        raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.BLUESKY, message, hint))
    return {"uri": text_of(record, "uri"), "cid": text_of(record, "cid")}
