"""What a Page says under its own posts: the first comment, its edits and deletion, and the list."""

from typing import Any

from sandbox.identifiers import random_number
from sandbox.meta import facts, nodes
from sandbox.meta.call import Call, require_page, require_page_token
from sandbox.meta.errors import GraphError, invalid_parameter, unsupported
from sandbox.meta.fields import Node, parse_fields, project
from sandbox.meta.graph import Comment, Photo, Post, Video
from sandbox.meta.paging import answer_edge
from sandbox.meta.params import is_web_address
from sandbox.meta.publishing import enter_comment, path_of

WRITE = ("pages_read_engagement", "pages_manage_engagement")


async def create_comment(call: Call) -> dict[str, Any]:
    """POST /{post}/comments: a text, or one attachment, or both; a photo or video stands for its post."""
    post = _post(call)
    require_page_token(call, post.page, *WRITE)
    message = call.params.text("message") or ""
    photo, link = _attachment(call, post)
    if not message.strip() and photo is None and link is None:
        raise GraphError(100, "(#100) Missing message or attachment")
    _check(message)
    comment = Comment(
        id=f"{post.id}_{random_number('15', 16)}",
        page=post.page,
        post_id=post.id,
        message=message,
        created_at=call.meta.world.clock.now(),
        link=link,
        photo=photo,
        lag_seconds=call.mishap.lag_seconds,
    )
    call.meta.graph.add(comment)
    enter_comment(call, comment)
    if call.params.values.get("fields"):
        return project(Node(nodes.COMMENT, comment), parse_fields(",".join(call.params.names("fields"))), call)
    return {"id": comment.id}


async def update_comment(call: Call) -> dict[str, Any]:
    """POST /{comment}: another message."""
    comment = _comment(call)
    require_page_token(call, comment.page, *WRITE)
    message = call.params.text("message") or ""
    if not message.strip() and comment.photo is None and comment.link is None:
        raise GraphError(100, "(#100) Missing message or attachment")
    _check(message)
    comment.message = message
    call.meta.graph.objects.touch(comment.id)
    call.meta.world.ledger.reword(path_of(comment), message)
    return {"success": True}


async def delete_comment(call: Call) -> dict[str, Any]:
    """DELETE /{comment}."""
    comment = _comment(call)
    require_page_token(call, comment.page, *WRITE)
    comment.deleted = True
    call.meta.graph.objects.touch(comment.id)
    call.meta.world.ledger.take_down(path_of(comment), call.now)
    return {"success": True}


async def list_comments(call: Call) -> dict[str, Any]:
    """GET /{post}/comments: in the order they were written, or with `order=reverse_chronological` the other way."""
    post = _post(call)
    require_page(call, post.page, "pages_read_engagement")
    shown = [one for one in call.meta.graph.comments[post.id] if not one.deleted and nodes.is_listed(one, call)]
    if call.params.text("order") == "reverse_chronological":
        shown.reverse()
    return answer_edge(call, shown, lambda comment: Node(nodes.COMMENT, comment), total=len(shown))


def _post(call: Call) -> Post:
    target = call.target
    post = call.meta.graph.post(target.post_id) if isinstance(target, Photo | Video) else target
    if not isinstance(post, Post) or post.deleted or not post.published:
        raise unsupported(call.method, call.target_id)
    return post


def _comment(call: Call) -> Comment:
    if not isinstance(call.target, Comment) or call.target.deleted:
        raise unsupported(call.method, call.target_id)
    return call.target


def _attachment(call: Call, post: Post) -> tuple[Photo | None, str | None]:
    """Return what the comment shows: an unpublished photo of this Page, or an address."""
    given = [name for name in ("attachment_id", "attachment_url", "attachment_share_url") if call.params.text(name)]
    if len(given) > 1:
        raise invalid_parameter("Only one of attachment_id, attachment_share_url, attachment_url can be given")
    if not given:
        return None, None
    text = call.params.text(given[0]) or ""
    if given == ["attachment_id"]:
        photo = call.meta.graph.objects.get(text)
        if not isinstance(photo, Photo) or photo.page is not post.page or photo.is_gone(call.now):
            raise invalid_parameter("Invalid attachment_id")
        return photo, None
    if not is_web_address(text):
        raise invalid_parameter(f"{given[0]} should represent a valid URL")
    return None, text


def _check(message: str) -> None:
    if len(message) > facts.COMMENT_MAX_CHARACTERS:
        raise invalid_parameter(f"Param message must be at most {facts.COMMENT_MAX_CHARACTERS} characters long")
