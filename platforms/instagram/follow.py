"""What is done on Instagram after a post's call: the first comment.

A caption cannot be changed. A post can be deleted only with a permission that the sign-in does not ask for.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media
(read 2026-11-22).
"""

from platforms.errors import Failure, FailureCode, RejectedError
from platforms.following import Following, Task
from platforms.instagram.rules import RULES
from platforms.meta.comments import CommentFields, write_comment
from platforms.meta.graph import GraphClient

COMMENTS = CommentFields(text="text", time="timestamp", order=None, by_author=False)
"""`from` may name an account by an id for the app, so that it settles nothing."""


async def follow(graph: GraphClient, following: Following) -> str | None:
    """Do one task; gives the id of what it made.

    Raises:
        PlatformError: its class says what to do.
    """
    if following.task is Task.FIRST_COMMENT:
        return await write_comment(graph, following)
    hint = RULES.instead.get(following.task.value, "There is nothing to do.")
    message = f"Instagram cannot do this after a post's call: {following.task.value}."
    raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, graph.platform, message, hint))
