"""What is done with a Bluesky post after its call: it is deleted. Images that no post shows vanish by themselves.

Sources, read 2026-11-26:
https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/repo/deleteRecord.json (deletes, or ensures
that it is not there)
https://atproto.com/specs/blob
"""

from platforms.base import Platform
from platforms.bluesky.records import Address
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import Failure, FailureCode, RejectedError
from platforms.following import Following, Task


async def follow(client: XrpcClient, following: Following) -> None:
    """Do one task.

    Raises:
        PlatformError: its class says what to do.
    """
    match following.task:
        case Task.DELETE:
            for post in reversed(following.parts or (following.platform_post_id or "",)):
                await _delete(client, following, post)
        case Task.CLEAN_UP:
            return
        case Task.FIRST_COMMENT | Task.EDIT:
            message = "Bluesky has neither edits nor first comments: nothing was done."
            failure = Failure(FailureCode.PLATFORM_REJECTED, Platform.BLUESKY, message, "Publish another post.")
            raise RejectedError(failure)


async def _delete(client: XrpcClient, following: Following, post: str) -> None:
    session = Session.read(following.token)
    await client.procedure(
        session.service, "com.atproto.repo.deleteRecord", body=Address.read(post).params, token=session.access
    )
