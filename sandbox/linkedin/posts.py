"""Posts: create, read, find by author, change, delete."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response

from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.linkedin import facts, restli, shapes
from sandbox.linkedin.call import (
    ORGANISATION,
    Call,
    author_name,
    count_call,
    require_author,
    require_scope,
)
from sandbox.linkedin.content import Content, read_content
from sandbox.linkedin.errors import (
    Refusal,
    duplicate,
    illegal,
    invalid_urn,
    invalid_value,
    not_found,
    unknown_urn,
    unpermitted,
)
from sandbox.linkedin.little import Rendered, render
from sandbox.linkedin.personas import names
from sandbox.linkedin.state import Post, Recent

REQUIRED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
ALLOWED = (*REQUIRED, "isReshareDisabledByAuthor", "content", "reshareContext")
VISIBILITY = ("PUBLIC", "CONNECTIONS", "LOGGED_IN")
POST_URNS = ("urn:li:share:", "urn:li:ugcPost:")
UGC_KINDS = frozenset({"video", "images", "poll"})
"""Kinds whose posts are named `ugcPost`; all others are named `share`."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A create that was found good."""

    author: str
    rendered: Rendered
    content: Content
    body: dict[str, Any]


async def create(call: Call) -> Response:
    """POST /rest/posts: 201 with an empty body; the id is in the header."""
    settings, caller = call.linkedin.settings, call.caller
    _method_is(call, "CREATE", optional=True)
    own = caller.member.posts_per_day
    limits = {
        "MEMBER": (f"{caller.client_id}/{caller.persona}", settings.posts_per_member if own is None else own),
        "APPLICATION": (caller.client_id, settings.posts_per_app),
    }
    count_call(call, "posts", limits)
    draft = _draft(call)
    key = _digest(draft)
    recent = call.linkedin.recent.get(key)
    if recent is not None and call.now < recent.at + settings.duplicate_seconds and _is_there(call, recent.urn):
        raise duplicate(recent.urn)
    post = _publish(call, draft)
    call.linkedin.recent[key] = Recent(post.urn, call.now)
    return Response(status_code=201, headers={"x-restli-id": post.urn, "x-linkedin-id": post.urn})


async def read(call: Call) -> dict[str, Any]:
    """GET /rest/posts/{urn}."""
    post = _post(call)
    _may_read(call, post.author, "posts.GET")
    return _shown(post)


async def find(call: Call) -> dict[str, Any]:
    """GET /rest/posts?q=author: an author's posts, newest first."""
    _method_is(call, "FINDER")
    if call.query.get("q") != "author":
        raise illegal("Parameter 'q' is invalid: the finder is author")
    author = restli.text_of(call.query, "author")
    _may_read(call, author, "posts.FINDER-author")
    order = call.query.get("sortBy", "LAST_MODIFIED")
    if order not in {"LAST_MODIFIED", "CREATED"}:
        raise illegal("Parameter 'sortBy' is invalid: LAST_MODIFIED or CREATED")
    found = [one for one in call.linkedin.posts.values() if one.author == author and one.deleted_at is None]
    found.sort(key=lambda one: one.created_at if order == "CREATED" else one.modified_at, reverse=True)
    return restli.paged([_shown(one) for one in found], call.path, call.query)


async def update(call: Call) -> Response:
    """POST /rest/posts/{urn} with PARTIAL_UPDATE: change the commentary."""
    _method_is(call, "PARTIAL_UPDATE")
    post = _post(call)
    require_author(call, post.author, "/author", "posts.PARTIAL_UPDATE")
    body = shapes.record(restli.json_of(call.headers, call.body), "", ("patch",), ("patch",))
    patch = shapes.record(body["patch"], "/patch", ("$set",), ("$set",))
    wanted = shapes.record(patch["$set"], "/patch/$set", ("commentary",), ("commentary",))
    rendered = _commentary(wanted["commentary"], "/patch/$set/commentary")
    post.body = {**post.body, "commentary": wanted["commentary"]}
    post.canonical, post.is_cut = rendered.canonical, rendered.cut_at is not None
    post.modified_at, post.is_edited = call.now, True
    call.linkedin.posts.touch(post.urn)
    ledger = call.linkedin.world.ledger
    ledger.reword(path_of(post.urn), rendered.text, **_told(wanted["commentary"], rendered))
    return Response(status_code=204)


async def delete(call: Call) -> Response:
    """DELETE /rest/posts/{urn}: 204, a second time too."""
    _method_is(call, "DELETE", optional=True)
    post = _post(call, deleted=True)
    require_author(call, post.author, "/author", "posts.DELETE")
    if post.deleted_at is None:
        post.deleted_at = call.now
        call.linkedin.posts.touch(post.urn)
        call.linkedin.world.ledger.take_down(path_of(post.urn), call.now)
        for comment in call.linkedin.comments.values():
            if comment.post_urn == post.urn:
                call.linkedin.world.ledger.take_down(f"{path_of(post.urn)}/{comment.id}", call.now)
    return Response(status_code=204)


def path_of(urn: str) -> str:
    """Return where the sandbox shows a post."""
    return f"/linkedin/feed/update/{urn}"


def _draft(call: Call) -> _Draft:
    """Check a create, field by field.

    Raises:
        Refusal: 400 or 403.
    """
    body = shapes.record(restli.json_of(call.headers, call.body), "", ALLOWED, REQUIRED)
    author = require_author(call, body["author"], "/author", "posts.CREATE")
    shapes.choice(body["visibility"], "/visibility", VISIBILITY)
    if author.startswith(ORGANISATION) and body["visibility"] != "PUBLIC":
        raise invalid_value("/visibility", "is PUBLIC where an organization is the author")
    shapes.choice(body["lifecycleState"], "/lifecycleState", ("PUBLISHED",))
    if not isinstance(body.get("isReshareDisabledByAuthor", False), bool):
        raise invalid_value("/isReshareDisabledByAuthor", "is no boolean")
    _check_distribution(body["distribution"])
    rendered = _commentary(body["commentary"], "/commentary")
    content = Content("text")
    if "content" in body:
        content = read_content(call, body["content"], author)
    elif "reshareContext" in body:
        content = Content("reshare", details={"parent": _parent(call, body["reshareContext"])})
    elif not body["commentary"].strip():
        raise Refusal(400, "INVALID_VALUE_BLANK_FIELD", "/commentary :: is blank, and there is no content")
    if "content" in body and "reshareContext" in body:
        raise unpermitted("/reshareContext")
    return _Draft(author, rendered, content, body)


def _check_distribution(value: Any) -> None:
    names_ = ("feedDistribution", "targetEntities", "thirdPartyDistributionChannels")
    held = shapes.record(value, "/distribution", names_, ("feedDistribution",))
    shapes.choice(held["feedDistribution"], "/distribution/feedDistribution", ("MAIN_FEED", "NONE"))
    for name in names_[1:]:
        shapes.items(held.get(name, []), f"/distribution/{name}", 0, 0)


def _commentary(value: Any, path: str) -> Rendered:
    return render(shapes.text(value, path, facts.MAX_COMMENTARY_UNITS), names())


def _parent(call: Call, value: Any) -> str:
    parent = shapes.record(value, "/reshareContext", ("parent",), ("parent",))["parent"]
    if not isinstance(parent, str) or not parent.startswith(POST_URNS):
        raise invalid_urn("/reshareContext/parent")
    if not _is_there(call, parent):
        raise unknown_urn("/reshareContext/parent")
    return parent


def _publish(call: Call, draft: _Draft) -> Post:
    kind = "ugcPost" if draft.content.kind in UGC_KINDS else "share"
    post = Post(
        urn=f"urn:li:{kind}:{random_number('7', 19)}",
        author=draft.author,
        body=draft.body,
        canonical=draft.rendered.canonical,
        created_at=call.now,
        modified_at=call.now,
        is_cut=draft.rendered.cut_at is not None,
    )
    call.linkedin.posts[post.urn] = post
    _enter(call, draft, post.urn)
    return post


def _enter(call: Call, draft: _Draft, urn: str) -> None:
    """Enter a post into the ledger."""
    ledger = call.linkedin.world.ledger
    distribution = {"visibility": draft.body["visibility"], "feed": draft.body["distribution"]["feedDistribution"]}
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="linkedin",
            account_id=draft.author,
            account_name=author_name(call, draft.author),
            kind=draft.content.kind,
            public_id=urn,
            text=draft.rendered.text,
            path=path_of(urn),
            published_at=call.now,
            request_id=call.request_id,
            token_fingerprint=call.fingerprint,
            link=draft.content.link,
            image_hashes=draft.content.images,
            alt_texts=draft.content.alt_texts,
            video_hashes=draft.content.videos,
            details={
                **_told(draft.body["commentary"], draft.rendered),
                **distribution,
                **draft.content.details,
            },
        )
    )


def _told(raw: str, rendered: Rendered) -> dict[str, Any]:
    """Return what the ledger says of a commentary beside what the public reads."""
    return {
        "raw": raw,
        "is_cut": rendered.cut_at is not None,
        "cut_at": rendered.cut_at,
        "hashtags": list(rendered.hashtags),
        "mentions": list(rendered.mentions),
    }


def _digest(draft: _Draft) -> str:
    """Return what makes a post the same as another: author, commentary, content."""
    alike = {name: draft.body.get(name) for name in ("author", "commentary", "content", "reshareContext")}
    return hashlib.sha256(orjson.dumps(alike, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _is_there(call: Call, urn: str) -> bool:
    post = call.linkedin.posts.get(urn)
    return post is not None and post.deleted_at is None


def _post(call: Call, *, deleted: bool = False) -> Post:
    urn = restli.key_of(call.keys[0])
    if not urn.startswith(POST_URNS):
        raise invalid_urn("/id")
    post = call.linkedin.posts.get(urn)
    if post is None or (post.deleted_at is not None and not deleted):
        raise not_found(f"Post {urn} was not found")
    return post


def _may_read(call: Call, author: str, resource: str) -> None:
    """Demand the scope to read an author's posts; that for members is not given to anybody here."""
    is_page = author.startswith(ORGANISATION)
    require_scope(call, resource, "r_organization_social" if is_page else "r_member_social")
    if is_page and call.caller.member.role_on(author) is None:
        raise not_found()


def _method_is(call: Call, wanted: str, *, optional: bool = False) -> None:
    """Demand Rest.li's method header; where it may be absent it must not say something else."""
    given = call.headers.get("x-restli-method")
    if (given is None and not optional) or (given is not None and given.upper() != wanted):
        raise illegal(f"X-RestLi-Method must be {wanted}")


def _shown(post: Post) -> dict[str, Any]:
    return {
        **post.body,
        "commentary": post.canonical,
        "id": post.urn,
        "lifecycleStateInfo": {"isEditedByAuthor": post.is_edited},
        "createdAt": int(post.created_at * 1000),
        "publishedAt": int(post.created_at * 1000),
        "lastModifiedAt": int(post.modified_at * 1000),
    }
