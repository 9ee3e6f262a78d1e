"""The record of a post: its text with marks, what it shows, and what it answers.

Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json (read 2026-11-26).
"""

from typing import Any

from platforms.base import Work
from platforms.bluesky.card import card_of
from platforms.bluesky.images import embed_of
from platforms.bluesky.mentions import facets_of
from platforms.bluesky.records import POSTS
from platforms.bluesky.tid import moment_of
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient

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
    return record
