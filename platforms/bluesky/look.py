"""Finding out what became of a post whose answer was lost: its key is known, so its server is asked for that record.

Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/repo/getRecord.json (read 2026-11-26).
"""

from typing import cast

from platforms.base import Receipt, Sent, Sighting
from platforms.bluesky.posts import KEY
from platforms.bluesky.records import POSTS, Address, find_record
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient


async def look(client: XrpcClient, sent: Sent) -> Sighting:
    """Ask for the record. One that is not there may be sent again at once: a server creates no key twice.

    Without its key, which a backup may not have, nothing can be told.

    Raises:
        PlatformError: the server could not be asked.
    """
    if KEY not in sent.handles:
        return Sighting(out=None)
    session = Session.read(sent.token)
    address = Address(session.did, POSTS, sent.handles[KEY])
    record = await find_record(client, session, address)
    if record is None:
        return Sighting(out=False, repeatable=True)
    value = record.get("value")
    text = cast("dict[str, object]", value).get("text") if isinstance(value, dict) else None
    if text != sent.draft.text:
        return Sighting(out=None)
    return Sighting(out=True, matches=(Receipt(address.uri, address.page),))
