"""Making and deleting posts.

Source: "Create Post" and "Delete Post" on docs.x.com and openapi.json 2.167, read 2026-11-22.
"""

from typing import Any

from starlette.responses import Response

from sandbox.answers import Json
from sandbox.ledger import Entry
from sandbox.x import billing, facts, post_rules, texts
from sandbox.x.addresses import addresses_in
from sandbox.x.call import Call
from sandbox.x.errors import forbidden, problem
from sandbox.x.schema import PostWish, read
from sandbox.x.state import Media, Post, Recent
from sandbox.x.vocabulary import spell
from sandbox.x.weigh import weigh

SHOWN_DETAILS = ("reply_settings", "poll", "made_with_ai", "paid_partnership", "geo", "share_with_followers")


async def create(call: Call) -> Response:
    """POST /2/tweets."""
    wish = read(PostWish, call.document())
    text = wish.text or ""
    post_rules.check_shape(wish)
    post_rules.check_text(call, text)
    media = post_rules.check_media(call, wish.media.media_ids) if wish.media else []
    parent = post_rules.check_parent(call, wish.reply.in_reply_to_tweet_id) if wish.reply else None
    if wish.quote_tweet_id:
        post_rules.check_quoted(call, wish.quote_tweet_id)
    previous = post_rules.check_edit(call, wish.edit_options.previous_post_id) if wish.edit_options else None
    if text and not media:
        post_rules.check_duplicate(call, text)
    what = _price(call, text, parent)
    billing.require(call, what)
    post = _post(call, wish, parent, previous, media)
    billing.charge(call, what, f"post {post.id}")
    _publish(call, post, media, previous, what)
    data = {"id": post.id, "text": post.shown, "edit_history_tweet_ids": list(post.history)}
    return Json({"data": spell(call, data)}, status_code=201)


async def delete(call: Call) -> dict[str, Any]:
    """DELETE /2/tweets/:id."""
    post = call.x.posts.get(call.ids[0])
    if post is None:
        detail = f"Could not find tweet with id: [{call.ids[0][:40]}]."
        raise problem(404, "Not Found Error", detail, "resource-not-found")
    if post.author_id != call.account.id:
        raise forbidden("You are not allowed to delete this Tweet.")
    billing.require(call, "delete")
    billing.charge(call, "delete", f"post {post.id}")
    for version in post.history:
        _take_down(call, call.x.posts[version])
    return {"data": {"deleted": True}}


def page_of(username: str, post_id: str) -> str:
    """Return where the public sees a post, from the sandbox's own origin."""
    return f"{facts.PREFIX}/{username}/status/{post_id}"


def _price(call: Call, text: str, parent: Post | None) -> str:
    if addresses_in(text):
        return "post_with_url"
    return "summoned_reply" if parent is not None and parent.author_id != call.account.id else "post"


def _post(call: Call, wish: PostWish, parent: Post | None, previous: Post | None, media: list[Media]) -> Post:
    post_id, text = call.x.snowflake(call.now), wish.text or ""
    shown, urls = texts.render(text, post_id)
    is_long = weigh(text) > facts.SHORT_LIMIT
    note = shown if is_long else ""
    shown = texts.fold(shown, urls, post_id=post_id) if is_long else shown
    if media:
        kind = "photo" if media[0].kind == "image" else "video"
        page = f"https://x.com/{call.account.username}/status/{post_id}/{kind}/1"
        keys = [one.key for one in media]
        shown = texts.attach(shown, urls, post_id=post_id, page=page, media_keys=keys)
    return Post(
        id=post_id,
        author_id=call.account.id,
        text=text,
        shown=shown,
        note=note,
        urls=urls,
        body=wish.model_dump(exclude_unset=True),
        created_at=call.now,
        conversation_id=parent.conversation_id if parent else post_id,
        history=(*previous.history, post_id) if previous else (post_id,),
        media_ids=tuple(one.id for one in media),
        reply_to=parent.id if parent else previous.reply_to if previous else None,
        quote_of=wish.quote_tweet_id,
    )


def _publish(call: Call, post: Post, media: list[Media], previous: Post | None, what: str) -> None:
    """Make a post public; one that edits another takes its place."""
    call.x.posts[post.id] = post
    call.x.recent[post_rules.recent_key(post.author_id, post.text)] = Recent(post.id, call.now)
    if previous is not None:
        previous.replaced_by = post.id
        _take_down(call, previous)
    ledger, pictures = call.x.world.ledger, [one for one in media if one.kind != "video"]
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="x",
            account_id=post.author_id,
            account_name=f"{call.account.name} @{call.account.username}",
            kind=_kind(post, media),
            public_id=post.id,
            text=post.text,
            path=page_of(call.account.username, post.id),
            published_at=call.now,
            request_id=call.trace_id,
            token_fingerprint=call.fingerprint,
            image_hashes=tuple(one.hash or "" for one in pictures),
            alt_texts=tuple(one.alt_text for one in pictures),
            video_hashes=tuple(one.hash or "" for one in media if one.kind == "video"),
            parent_id=post.reply_to,
            media_types=tuple("VIDEO" if one.kind == "video" else "IMAGE" for one in media),
            details={
                **{name: post.body[name] for name in SHOWN_DETAILS if name in post.body},
                **({"quote_of": post.quote_of} if post.quote_of else {}),
                **({"edits": previous.id} if previous else {}),
                "price_usd": billing.PRICES[what] / facts.MICRO,
            },
            also_at=page_of("i", post.id),
        )
    )


def _kind(post: Post, media: list[Media]) -> str:
    if "poll" in post.body:
        return "poll"
    if not media:
        return "text"
    return "photos" if len(media) > 1 else {"image": "photo"}.get(media[0].kind, media[0].kind)


def _take_down(call: Call, post: Post) -> None:
    if post.deleted_at is None:
        post.deleted_at = call.now
        call.x.world.ledger.take_down(page_of(call.account.username, post.id), call.now)
    call.x.posts.touch(post.id)
