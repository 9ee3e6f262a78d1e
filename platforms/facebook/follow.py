"""What is done on a Page after a post's call: the first comment, an edit, a deletion, and unpublished photos removed.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/pages-api/posts (edit and delete; only what the same app made can be edited)
https://developers.facebook.com/docs/graph-api/reference/photo (`page_story_id`, deleting)
https://developers.facebook.com/docs/graph-api/reference/video (updating `description`)
"""

from platforms.errors import Failure, FailureCode, RejectedError
from platforms.facebook.handles import PHOTO
from platforms.facebook.look import story_of
from platforms.following import Following, Task
from platforms.meta.comments import CommentFields, write_comment
from platforms.meta.errors import fault_name
from platforms.meta.graph import GraphClient

COMMENTS = CommentFields(text="message", time="created_time", order="reverse_chronological", by_author=True)
_NOT_THERE = "100/33"


async def follow(graph: GraphClient, following: Following) -> str | None:
    """Do one task; gives the id of what it made, if it made something.

    Raises:
        PlatformError: its class says what to do.
    """
    match following.task:
        case Task.FIRST_COMMENT:
            return await write_comment(graph, following)
        case Task.EDIT:
            await _edit(graph, following)
        case Task.DELETE:
            await _delete(graph, following.platform_post_id or "", following.token)
        case Task.CLEAN_UP:
            await _clean_up(graph, following)
    return None


async def _edit(graph: GraphClient, following: Following) -> None:
    """Change the text. A post's id names its Page as well; one that does not is a video's."""
    post = following.platform_post_id or ""
    field = "message" if "_" in post else "description"
    await graph.post(f"/{post}", token=following.token, form={field: following.text})


async def _delete(graph: GraphClient, thing: str, token: str) -> None:
    """Delete; what cannot be read any more either is gone already, such as by an earlier call without an answer."""
    try:
        await graph.delete(f"/{thing}", token=token)
    except RejectedError as error:
        if fault_name(error) != _NOT_THERE or await _is_there(graph, thing, token):
            raise


async def _is_there(graph: GraphClient, thing: str, token: str) -> bool:
    try:
        await graph.get(f"/{thing}", token=token, params={"fields": "id"})
    except RejectedError as error:
        if fault_name(error) == _NOT_THERE:
            return False
        raise
    return True


async def _clean_up(graph: GraphClient, following: Following) -> None:
    """Delete photos that no post shows. One that is in a post proves that the post is public: then none is deleted."""
    photos = [photo for name, photo in sorted(following.handles.items()) if name.startswith(PHOTO)]
    for photo in photos:
        if story := await story_of(graph, following.token, photo):
            message = f"The photo {photo} is in the post {story}, which is public: nothing was deleted."
            hint = "Look at the Page: the post is out, although it was taken for failed."
            raise RejectedError(Failure(FailureCode.OUTCOME_UNKNOWN, graph.platform, message, hint))
    for photo in photos:
        await _delete(graph, photo, following.token)
