"""What X refuses of a post that its schema allows.

Source: "Create Post", the changelog of 2026 and "Counting characters" on docs.x.com, read 2026-11-22; where the pages
show no words, they are those that developers quote.
"""

import hashlib

from sandbox.x import facts, texts
from sandbox.x.call import Call
from sandbox.x.composing import composed
from sandbox.x.errors import duplicate, forbidden, invalid, invalid_media, not_summoned
from sandbox.x.schema import PostWish
from sandbox.x.state import Media, Post
from sandbox.x.weigh import has_forbidden, weigh

EXCLUSIVE = ("poll", "quote_tweet_id", "direct_message_deep_link", "media", "card_uri")
INVISIBLE = "You attempted to reply to a Tweet that is deleted or not visible to you."
TOO_LONG = "Your Tweet text is too long. For it to be posted, the Tweet needs to be a bit shorter."
LONG_VIDEO = "This user is not allowed to post a video longer than 2 minutes."
CASHTAGS = "Posts are limited to a maximum of one cashtag."
CLOSED = ("community_id", "for_super_followers_only", "nullcast", "card_uri", "direct_message_deep_link")
"""What needs a community, an advertiser's or another account that nobody here has."""


def check_shape(wish: PostWish) -> None:
    """Check what goes with what.

    Raises:
        Refusal: 400 where there is nothing to post or two things exclude each other, 403 for what nobody here may do.
    """
    given = [name for name in EXCLUSIVE if getattr(wish, name) is not None]
    if len(given) > 1:
        raise invalid(f"You can only provide one of {' or '.join(EXCLUSIVE)}.", **{name: [""] for name in given})
    if not (wish.text or "").strip() and not given:
        raise invalid("The request body must have `text`, or one of media, poll, quote or card.", text=[""])
    if any(getattr(wish, name) for name in CLOSED):
        raise forbidden()


def check_text(call: Call, text: str) -> None:
    """Check length, characters and cashtags.

    Raises:
        Refusal: 403 or 400.
    """
    if has_forbidden(text):
        raise invalid("The Tweet contains invalid characters.", text=[text[:80]])
    if len(text) > facts.LONG_LIMIT or weigh(text) > call.account.limit:
        raise forbidden(TOO_LONG)
    if len({tag.upper() for tag in texts.CASHTAG.findall(text)}) > 1:
        raise forbidden(CASHTAGS)


def check_media(call: Call, ids: list[str]) -> list[Media]:
    """Return the media of a post: the caller's, ready, and fit to be together.

    Raises:
        Refusal: 400 or 403.
    """
    found = [call.x.media[one] for one in ids if one in call.x.media]
    bad = set(ids) - {one.id for one in found if call.account.id in one.owners and one.is_ready(call.now)}
    if bad or len(set(ids)) < len(ids):
        raise invalid_media([one for one in ids if one in bad] or ids)
    kinds = [one.kind for one in found]
    if len(kinds) > 1 and set(kinds) != {"image"}:
        raise invalid("A post has up to 4 photos, or 1 GIF, or 1 video.", **{"media.media_ids": ids})
    if any(one.kind == "subtitles" or one.category.startswith("dm_") for one in found):
        raise invalid_media(ids)
    if not call.account.is_premium and any(one.seconds > facts.VIDEO_SECONDS for one in found):
        raise forbidden(LONG_VIDEO)
    return found


def check_parent(call: Call, parent_id: str) -> Post:
    """Return the post that is replied to.

    Raises:
        Refusal: 403, where it is not visible (yet), or its author did not ask for the reply.
    """
    parent = call.x.posts.get(parent_id)
    lag = call.x.settings.reply_lag_seconds
    if parent is None or not parent.is_public or call.now < parent.created_at + lag:
        raise forbidden(INVISIBLE)
    if parent.author_id != call.account.id and call.x.settings.self_serve and not summons(call, parent):
        raise not_summoned()
    return parent


def summons(call: Call, parent: Post) -> bool:
    """Say whether a post asks the caller to reply: it names or quotes the caller."""
    quoted = call.x.posts.get(parent.quote_of or "")
    is_quoted = quoted is not None and quoted.author_id == call.account.id
    return is_quoted or call.account.username.lower() in texts.mentions(parent.text)


def check_quoted(call: Call, quoted_id: str) -> None:
    """Check a quote: with the self-serve plan there are none any more.

    Raises:
        Refusal: 403.
    """
    if call.x.settings.self_serve:
        raise not_summoned()
    quoted = call.x.posts.get(quoted_id)
    if quoted is None or not quoted.is_public:
        raise forbidden("You attempted to quote a Tweet that is deleted or not visible to you.")


def check_duplicate(call: Call, text: str) -> None:
    """Refuse a text that the account posted a short while ago, and that still stands.

    Raises:
        Refusal: 403; it does not say which post.
    """
    recent = call.x.recent.get(recent_key(call.account.id, text))
    if recent is None or call.now >= recent.at + call.x.settings.duplicate_seconds:
        return
    post = call.x.posts.get(recent.post_id)
    if post is not None and post.is_public:
        raise duplicate()


def recent_key(account_id: str, text: str) -> str:
    """Return what two copies of a text have in common: spaces do not matter."""
    same = " ".join(composed(text).split())
    return f"{account_id} {hashlib.sha256(same.encode()).hexdigest()}"


def check_edit(call: Call, previous_id: str) -> Post:
    """Return the post that is edited: the newest version, half an hour old at most, edited less than five times.

    Raises:
        Refusal: 403.
    """
    previous = call.x.posts.get(previous_id)
    if previous is None or not previous.is_public or previous.author_id != call.account.id:
        raise forbidden("You are not permitted to edit this Tweet.")
    first = call.x.posts[previous.history[0]]
    is_late = call.now > first.created_at + facts.EDIT_SECONDS or len(previous.history) > facts.MAX_EDITS
    if is_late or not call.account.is_premium or "poll" in previous.body:
        raise forbidden("You are not permitted to edit this Tweet.")
    return previous
