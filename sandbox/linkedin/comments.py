"""Comments: plain text under a post, with scopes of their own."""

from typing import Any

from sandbox.answers import Json
from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.linkedin import facts, restli, shapes
from sandbox.linkedin.call import ORGANISATION, Call, author_name, require_author, require_scope
from sandbox.linkedin.errors import invalid_value, not_found
from sandbox.linkedin.posts import path_of
from sandbox.linkedin.state import Comment, Post

RESOURCE = "socialActionsV2"


async def create(call: Call) -> Json:
    """POST /rest/socialActions/{urn}/comments: 201 with the comment; no backslash means anything in it."""
    wanted = ("actor", "object", "message")
    body = shapes.record(restli.json_of(call.headers, call.body), "", wanted, wanted)
    require_author(call, body["actor"], "/actor", f"{RESOURCE}.CREATE", feed=True)
    message = shapes.record(body["message"], "/message", ("text",), ("text",))
    text = shapes.text(message["text"], "/message/text", facts.MAX_COMMENT, blank=False)
    post = _post(call)
    if body["object"] != post.urn:
        raise invalid_value("/object", "is not what the path names")
    comment = Comment(random_number("7", 19), post.urn, body["actor"], text, call.now)
    call.linkedin.comments[comment.id] = comment
    _enter(call, comment)
    return Json(_shown(comment), 201, headers={"x-restli-id": comment.id})


async def find(call: Call) -> dict[str, Any]:
    """GET /rest/socialActions/{urn}/comments: those of a post, oldest first."""
    require_scope(call, f"{RESOURCE}.GET_ALL", "r_organization_social_feed", "r_member_social_feed")
    post = _post(call)
    if post.author.startswith(ORGANISATION):
        require_scope(call, f"{RESOURCE}.GET_ALL", "r_organization_social_feed")
    found = [one for one in call.linkedin.comments.values() if one.post_urn == post.urn]
    return restli.paged([_shown(one) for one in found], call.path, call.query)


def _post(call: Call) -> Post:
    urn = restli.key_of(call.keys[0])
    post = call.linkedin.posts.get(urn)
    lag = call.linkedin.settings.comment_lag_seconds
    if post is None or post.deleted_at is not None or call.now < post.created_at + lag:
        raise not_found(f"There is no social entity {urn[:80]}")
    return post


def _enter(call: Call, comment: Comment) -> None:
    ledger = call.linkedin.world.ledger
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="linkedin",
            account_id=comment.actor,
            account_name=author_name(call, comment.actor),
            kind="comment",
            public_id=comment.urn,
            text=comment.text,
            path=f"{path_of(comment.post_urn)}/{comment.id}",
            published_at=comment.created_at,
            request_id=call.request_id,
            token_fingerprint=call.fingerprint,
            parent_id=comment.post_urn,
        )
    )


def _shown(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "$URN": comment.urn,
        "commentUrn": comment.urn,
        "actor": comment.actor,
        "object": comment.post_urn,
        "created": {"actor": comment.actor, "time": int(comment.created_at * 1000)},
        "message": {"attributes": [], "text": comment.text},
    }
