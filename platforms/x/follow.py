"""What is done with a post on X after its call: it is deleted, a thread from its end. Files vanish by themselves.

Source: https://docs.x.com/x-api/posts/delete-post (read 2026-11-22).
"""

from platforms.errors import RejectedError
from platforms.following import Following, Task
from platforms.x.api import XApi
from platforms.x.errors import refused
from platforms.x.tokens import Token

_NOT_FOUND = 404


async def follow(api: XApi, following: Following) -> None:
    """Do one task.

    Raises:
        PlatformError: its class says what to do.
    """
    match following.task:
        case Task.DELETE:
            access = Token.read(following.token).access
            for post in reversed(following.parts or (following.platform_post_id or "",)):
                await _delete(api, post, access)
        case Task.CLEAN_UP:
            return
        case Task.FIRST_COMMENT | Task.EDIT:
            raise refused("X has neither first comments nor edits here: nothing was done.", "Publish another post.")


async def _delete(api: XApi, post: str, access: str) -> None:
    try:
        await api.delete(post, access=access)
    except RejectedError as error:
        if error.failure.http_status != _NOT_FOUND:
            raise
