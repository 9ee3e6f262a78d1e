"""What is done at LinkedIn after a post's call: the first comment, an edit, a deletion.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api (plain text, not little)
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (partial update, delete)
"""

from platforms.base import Receipt, Sighting
from platforms.errors import OutcomeUnknownError, RejectedError, TransientError
from platforms.following import Following, Task
from platforms.linkedin.accounts import elements_of
from platforms.linkedin.api import LinkedInApi, encoded
from platforms.linkedin.errors import unknown
from platforms.linkedin.littletext import escape, plain
from platforms.linkedin.look import moment_of, same_text
from platforms.linkedin.tokens import access_of

_NOT_FOUND = 404
_PAGE_SIZE = 100


async def follow(api: LinkedInApi, following: Following, author: str) -> str | None:
    """Do one task; gives the id of what it made, if it made something.

    Raises:
        PlatformError: its class says what to do.
    """
    post = f"/rest/posts/{encoded(following.platform_post_id or '')}"
    match following.task:
        case Task.FIRST_COMMENT:
            return await _comment(api, following, author)
        case Task.EDIT:
            changes = {"commentary": escape(following.text)}
            await api.update(post, access=access_of(following.token), changes=changes)
        case Task.DELETE:
            await _delete(api, post, access_of(following.token))
        case Task.CLEAN_UP:  # LinkedIn keeps no file that no post shows, and has no call to remove one
            pass
    return None


async def find_comment(api: LinkedInApi, following: Following, author: str) -> Sighting:
    """Look for a first comment among those of its post.

    Raises:
        PlatformError: LinkedIn could not be asked.
    """
    access = access_of(following.token)
    path = f"{_comments(following)}?count={_PAGE_SIZE}&start=0"
    entries = elements_of(await api.get(path, access=access))
    matches: list[Receipt] = []
    for entry in entries:
        message, created = entry.get("message") or {}, entry.get("created") or {}
        at = moment_of(created.get("time"))
        late = following.since is None or at is None or at >= following.since
        if late and entry.get("actor") == author and same_text(str(message.get("text")), following.text):
            matches.append(Receipt(str(entry.get("commentUrn") or entry.get("id"))))
    return Sighting(out=False if len(entries) < _PAGE_SIZE else None, matches=tuple(matches))


async def _comment(api: LinkedInApi, following: Following, author: str) -> str:
    body = {"actor": author, "object": following.platform_post_id, "message": {"text": plain(following.text)}}
    try:
        made = await api.comment(_comments(following), access=access_of(following.token), body=body)
    except RejectedError as error:
        if error.failure.http_status == _NOT_FOUND:  # for some seconds a new post may not be there for comments
            raise TransientError(error.failure) from error
        raise
    if made is None:
        raise OutcomeUnknownError(unknown("LinkedIn accepted the comment and did not say its id."))
    return made


async def _delete(api: LinkedInApi, post: str, access: str) -> None:
    try:
        await api.delete(post, access=access)
    except RejectedError as error:
        if error.failure.http_status != _NOT_FOUND:
            raise


def _comments(following: Following) -> str:
    return f"/rest/socialActions/{encoded(following.platform_post_id or '')}/comments"
