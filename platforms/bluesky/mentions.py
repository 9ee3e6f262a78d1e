"""Marks of a text as a record holds them: a mention names its account by the lasting id, which the server tells.

Sources, read 2026-11-26:
https://docs.bsky.app/docs/advanced-guides/post-richtext
https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/identity/resolveHandle.json
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from platforms.bluesky.records import text_of
from platforms.bluesky.text import Mark, Marked, find_marks
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import RejectedError

_KIND = "app.bsky.richtext.facet"
_AT_ONCE = 5


async def facets_of(client: XrpcClient, session: Session, text: str) -> list[dict[str, Any]]:
    """Mark a text; a mention of nobody stays as it is written.

    Raises:
        TransientError: the server could not be asked who is mentioned.
    """
    marks = find_marks(text)
    handles = list(dict.fromkeys(mark.value for mark in marks if mark.mark is Mark.MENTION))
    gate = asyncio.Semaphore(_AT_ONCE)
    found = await asyncio.gather(*(_did(client, session, handle, gate) for handle in handles))
    dids = {handle: did for handle, did in zip(handles, found, strict=True) if did is not None}
    return [_facet(mark, dids) for mark in marks if mark.mark is not Mark.MENTION or mark.value in dids]


async def _did(client: XrpcClient, session: Session, handle: str, gate: asyncio.Semaphore) -> str | None:
    name = "com.atproto.identity.resolveHandle"
    async with gate:
        try:
            answer = await client.query(session.service, name, params={"handle": handle})
        except RejectedError:
            return None
    return text_of(answer, "did")


def _facet(mark: Marked, dids: Mapping[str, str]) -> dict[str, Any]:
    match mark.mark:
        case Mark.LINK:
            feature = {"$type": f"{_KIND}#link", "uri": mark.value}
        case Mark.MENTION:
            feature = {"$type": f"{_KIND}#mention", "did": dids[mark.value]}
        case Mark.TAG:
            feature = {"$type": f"{_KIND}#tag", "tag": mark.value}
    return {"index": {"byteStart": mark.start, "byteEnd": mark.end}, "features": [feature]}
