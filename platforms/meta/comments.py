"""Commenting on an own post at Meta, and finding a comment whose call nobody answered clearly.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/graph-api/reference/object/comments
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from platforms.base import Receipt, Sighting
from platforms.errors import RejectedError, TransientError
from platforms.following import Following
from platforms.meta.errors import fault_name
from platforms.meta.graph import GraphClient
from platforms.meta.matching import BEFORE, list_since, same_text
from platforms.meta.sending import receipt_of

_NOT_THERE = "100/33"


@dataclass(frozen=True, slots=True)
class CommentFields:
    """How comments are listed: their text's and time's fields, and the order to ask for.

    `by_author` says that `from` names the author by the id the channel has.
    """

    text: str
    time: str
    order: str | None
    by_author: bool


async def write_comment(graph: GraphClient, following: Following) -> str:
    """Write the comment; gives its id.

    A post that is not found is tried again: Meta may find a fresh one late.

    Raises:
        PlatformError: its class says what to do.
    """
    path, form = f"/{following.platform_post_id}/comments", {"message": following.text}
    try:
        answer = await graph.post(path, token=following.token, form=form, public=True)
    except RejectedError as error:
        if fault_name(error) == _NOT_THERE:
            raise TransientError(error.failure) from error
        raise
    return receipt_of(answer.get("id"), graph.platform).platform_post_id


async def find_comment(graph: GraphClient, following: Following, fields: CommentFields) -> Sighting:
    """Look for the comment among those of its post, since its call was about to be made.

    Raises:
        PlatformError: Meta could not be asked.
    """
    if following.sent_at is None:
        return Sighting(out=False)
    listed, whole = await list_since(
        graph,
        f"/{following.platform_post_id}/comments",
        token=following.token,
        fields=f"id,{fields.text},{fields.time},from",
        time_field=fields.time,
        moment=(following.since or following.sent_at) - BEFORE,
        order=fields.order,
    )
    matches = tuple(_receipts(listed, following, fields))
    return Sighting(out=True if matches else False if whole else None, matches=matches)


def _receipts(listed: list[Mapping[str, Any]], following: Following, fields: CommentFields) -> Iterator[Receipt]:
    for comment in listed:
        comment_id, author = comment.get("id"), comment.get("from")
        named = cast("Mapping[str, Any]", author).get("id") if isinstance(author, dict) else None
        foreign = fields.by_author and named is not None and str(named) != following.channel_id
        if same_text(comment.get(fields.text), following.text) and not foreign and isinstance(comment_id, str):
            yield Receipt(comment_id)
