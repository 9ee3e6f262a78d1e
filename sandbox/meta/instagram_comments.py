"""Comments on Instagram: under a media, and replies under a comment."""

from collections.abc import Iterator
from typing import Any

from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.meta import instagram_facts as facts
from sandbox.meta import instagram_nodes as nodes
from sandbox.meta.call import Call, require_instagram
from sandbox.meta.errors import GraphError, invalid_parameter, unsupported
from sandbox.meta.fields import Node
from sandbox.meta.instagram import media_of
from sandbox.meta.instagram_objects import InstagramComment, Media
from sandbox.meta.paging import answer_edge

READ = ("instagram_basic", "instagram_manage_comments")


async def create_comment(call: Call) -> dict[str, Any]:
    """POST /{media}/comments: say something under a media."""
    media = media_of(call)
    require_instagram(call, media.account, *READ)
    if media.kind == "STORIES" or media.album_id:
        raise unsupported(call.method, call.target_id)
    return {"id": _say(call, media, parent=None).id}


async def create_reply(call: Call) -> dict[str, Any]:
    """POST /{comment}/replies: answer a comment; an answer to a reply stands beside it."""
    comment = _comment(call)
    require_instagram(call, comment.account, *READ)
    media = call.meta.graph.objects[comment.media_id]
    if not isinstance(media, Media):
        raise unsupported(call.method, call.target_id)
    top = call.meta.graph.objects[comment.parent_id] if comment.parent_id else comment
    return {"id": _say(call, media, parent=top if isinstance(top, InstagramComment) else comment).id}


async def list_comments(call: Call) -> dict[str, Any]:
    """GET /{media}/comments: newest first, replies not among them."""
    media = media_of(call)
    require_instagram(call, media.account, *READ)
    return answer_edge(call, _living(call, media.id), _as_node, total=None)


async def list_replies(call: Call) -> dict[str, Any]:
    """GET /{comment}/replies: newest first."""
    comment = _comment(call)
    require_instagram(call, comment.account, *READ)
    return answer_edge(call, _living(call, comment.id), _as_node, total=None)


async def delete_comment(call: Call) -> dict[str, Any]:
    """DELETE /{comment}: take it down, with its replies."""
    comment = _comment(call)
    require_instagram(call, comment.account, *READ)
    for one in (comment, *_living(call, comment.id)):
        one.deleted = True
        call.meta.graph.objects.touch(one.id)
        call.meta.world.ledger.take_down(_path(call, one), call.now)
    return {"success": True}


def _comment(call: Call) -> InstagramComment:
    if not isinstance(call.target, InstagramComment) or not nodes.is_there(call.target, call):
        raise unsupported(call.method, call.target_id)
    return call.target


def _living(call: Call, parent_id: str) -> Iterator[InstagramComment]:
    return (one for one in reversed(call.meta.graph.instagram_comments[parent_id]) if not one.deleted)


def _as_node(comment: InstagramComment) -> Node:
    return Node(nodes.COMMENT, comment)


def _say(call: Call, media: Media, *, parent: InstagramComment | None) -> InstagramComment:
    text = call.params.text("message") or ""
    if not text.strip():
        raise invalid_parameter("The parameter message is required.")
    if len(text) > facts.COMMENT_MAX_CHARACTERS:
        raise invalid_parameter(f"Param message must be at most {facts.COMMENT_MAX_CHARACTERS} characters long")
    if not media.comments_enabled:
        raise GraphError(10, "(#10) Commenting is disabled on this media", status=403)
    comment = InstagramComment(
        id=random_number("178", 17),
        account=media.account,
        media_id=media.id,
        text=text,
        created_at=call.now,
        parent_id=parent.id if parent else None,
    )
    call.meta.graph.add(comment)
    _enter(call, comment)
    return comment


def _enter(call: Call, comment: InstagramComment) -> None:
    """Enter a comment into the ledger."""
    ledger = call.meta.world.ledger
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="instagram",
            account_id=comment.account.id,
            account_name=comment.account.username,
            kind="comment",
            public_id=comment.id,
            text=comment.text,
            path=_path(call, comment),
            published_at=comment.created_at,
            request_id=call.trace_id,
            token_fingerprint=call.fingerprint,
            parent_id=comment.parent_id or comment.media_id,
        )
    )


def _path(call: Call, comment: InstagramComment) -> str:
    """Return where the public sees it: under its media, as a link to a comment has it."""
    media = call.meta.graph.objects[comment.media_id]
    return f"{media.path}/c/{comment.id}" if isinstance(media, Media) else f"/c/{comment.id}"
