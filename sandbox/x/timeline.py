"""Reading posts: one, several, and an account's newest.

Source: "Post lookup", "Timelines" and "Fields" on docs.x.com, read 2026-11-22.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any

from sandbox.clock import iso
from sandbox.x import billing, facts, texts, users
from sandbox.x.call import Call
from sandbox.x.errors import invalid, not_found
from sandbox.x.personas import BY_ID
from sandbox.x.state import Media, Post
from sandbox.x.vocabulary import RENAMED, old_name, spell

ALWAYS = ("id", "text", "edit_history_tweet_ids")
FIELDS = frozenset(
    {
        *ALWAYS,
        "attachments",
        "author_id",
        "conversation_id",
        "created_at",
        "edit_controls",
        "entities",
        "in_reply_to_user_id",
        "lang",
        "non_public_metrics",
        "note_tweet",
        "organic_metrics",
        "possibly_sensitive",
        "public_metrics",
        "referenced_tweets",
        "reply_settings",
        "source",
    }
)
EXPANSIONS = frozenset({"author_id", "attachments.media_keys", "referenced_tweets.id", "in_reply_to_user_id"})
MAX_IDS, MIN_RESULTS, DEFAULT_RESULTS, MAX_RESULTS = 100, 5, 10, 100


@dataclass(frozen=True, slots=True)
class _Filter:
    """Which posts of a timeline a call wants: ids between two, moments from one to another."""

    since: int
    until: int
    start: float
    end: float
    no_replies: bool

    def takes(self, post: Post) -> bool:
        """Say whether it wants a post."""
        fits = self.since < int(post.id) < self.until and self.start <= post.created_at <= self.end
        return fits and not (self.no_replies and post.reply_to is not None)


async def by_id(call: Call) -> dict[str, Any]:
    """GET /2/tweets/:id."""
    answer = _found(call, [call.ids[0]], "id")
    if data := answer.pop("data", None):
        answer = {"data": data[0], **answer}
    return spell(call, answer)


async def by_ids(call: Call) -> dict[str, Any]:
    """GET /2/tweets?ids=."""
    ids = call.names("ids")
    if not 0 < len(ids) <= MAX_IDS:
        raise invalid(f"The `ids` query parameter must have 1 to {MAX_IDS} ids.", ids=ids[:5])
    return spell(call, _found(call, ids, "ids"))


async def of_user(call: Call) -> dict[str, Any]:
    """GET /2/users/:id/tweets: newest first; what is younger than the setting's lag is not there yet."""
    author_id = call.ids[0]
    _check_ids([author_id], "id")
    if author_id not in BY_ID:
        return {"errors": [not_found("user", author_id, "id")]}
    count, wanted = _count(call), _filter(call)
    own = (post for post in call.x.posts.values() if post.author_id == author_id and _is_visible(call, post))
    posts = [post for post in own if wanted.takes(post)]
    posts.sort(key=lambda post: int(post.id), reverse=True)
    skipped = _skipped(call)
    shown = posts[skipped : skipped + count]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if not shown:
        return {"meta": meta}
    meta |= {"newest_id": shown[0].id, "oldest_id": shown[-1].id}
    if len(posts) > skipped + count:
        meta["next_token"] = f"p{skipped + count}"
    if skipped:
        meta["previous_token"] = f"p{max(0, skipped - count)}"
    return spell(call, {**_answered(call, shown), "meta": meta})


def _found(call: Call, ids: list[str], parameter: str) -> dict[str, Any]:
    _check_ids(ids, parameter)
    found = [post for one in ids if (post := call.x.posts.get(one)) and _is_visible(call, post)]
    missing = [one for one in ids if one not in {post.id for post in found}]
    answer = _answered(call, found) if found else {}
    if missing:
        answer["errors"] = [not_found("tweet", one, parameter) for one in missing]
    return answer


def _answered(call: Call, posts: list[Post]) -> dict[str, Any]:
    wanted, expansions = _fields(call), _expansions(call)
    for what in {_read_price(call, post) for post in posts}:
        billing.require(call, what)
    for post in posts:
        billing.charge(call, _read_price(call, post), f"post {post.id}")
    answer: dict[str, Any] = {"data": [_post(call, post, wanted) for post in posts]}
    if included := _included(call, posts, expansions, wanted):
        answer["includes"] = included
    return answer


def _read_price(call: Call, post: Post) -> str:
    return "owned_read" if post.author_id == call.account.id else "post_read"


def _fields(call: Call) -> list[str]:
    wanted = [old_name(name) for name in call.names(*reversed(RENAMED))]
    if unknown := sorted(set(wanted) - FIELDS):
        name = next((one for one in RENAMED if one in call.query), RENAMED[0])
        raise invalid(f"The `{name}` query parameter value [{','.join(unknown)}] is not known.", **{name: unknown})
    return wanted


def _expansions(call: Call) -> set[str]:
    wanted = {one.replace("referenced_posts", "referenced_tweets") for one in call.names("expansions")}
    if unknown := sorted(wanted - EXPANSIONS):
        raise invalid(f"The `expansions` query parameter value [{','.join(unknown)}] is not known.", expansions=unknown)
    return wanted


def _check_ids(ids: list[str], parameter: str) -> None:
    if bad := [one for one in ids if not (one.isdecimal() and one.isascii() and len(one) <= facts.ID_MAX)]:
        raise invalid(
            f"The `{parameter}` query parameter value [{bad[0][:40]}] is not valid", **{parameter: [bad[0][:40]]}
        )


def _count(call: Call) -> int:
    text = call.query.get("max_results", str(DEFAULT_RESULTS))
    if not text.isdecimal() or not MIN_RESULTS <= int(text[:9]) <= MAX_RESULTS:
        raise invalid(
            f"The `max_results` query parameter value [{text[:20]}] is not between {MIN_RESULTS} and {MAX_RESULTS}",
            max_results=[text[:20]],
        )
    return int(text)


def _skipped(call: Call) -> int:
    text = call.query.get("pagination_token", "p0")
    if not (text[:1] == "p" and text[1:].isdecimal() and len(text) < facts.ID_MAX):
        raise invalid("The `pagination_token` query parameter value is not valid", pagination_token=[text[:40]])
    return int(text[1:])


def _is_visible(call: Call, post: Post) -> bool:
    """Say whether the caller may read a post: a protected account's is its own alone."""
    return post.is_public and (post.author_id == call.account.id or not BY_ID[post.author_id].is_protected)


def _filter(call: Call) -> _Filter:
    """Return which posts a call wants.

    Raises:
        Refusal: 400, where a parameter cannot be read.
    """
    since, until = call.query.get("since_id", "0"), call.query.get("until_id", "9" * facts.ID_MAX)
    _check_ids([since], "since_id")
    _check_ids([until], "until_id")
    excluded = set(call.names("exclude"))
    if unknown := sorted(excluded - {"replies", "retweets", "reposts"}):
        raise invalid(f"The `exclude` query parameter value [{','.join(unknown)}] is not known.", exclude=unknown)
    return _Filter(
        int(since),
        int(until),
        _moment(call, "start_time", 0.0),
        min(_moment(call, "end_time", inf), call.now - call.x.settings.timeline_lag_seconds),
        "replies" in excluded,
    )


def _moment(call: Call, name: str, default: float) -> float:
    text = call.query.get(name)
    if text is None:
        return default
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError as error:
        raise invalid(
            f"The `{name}` query parameter value [{text[:40]}] is not a time", **{name: [text[:40]]}
        ) from error


def _post(call: Call, post: Post, wanted: list[str]) -> dict[str, Any]:
    known = _known(call, post)
    return {name: known[name] for name in (*ALWAYS, *(one for one in wanted if one not in ALWAYS)) if name in known}


def _known(call: Call, post: Post) -> dict[str, Any]:
    """Return every field that a post has."""
    parent = call.x.posts.get(post.reply_to or "")
    known: dict[str, Any] = {
        "id": post.id,
        "text": post.shown,
        "edit_history_tweet_ids": list(post.history),
        "author_id": post.author_id,
        "conversation_id": post.conversation_id,
        "created_at": iso(post.created_at),
        "lang": "und",
        "possibly_sensitive": False,
        "reply_settings": post.body.get("reply_settings", "everyone"),
        "public_metrics": dict.fromkeys(
            ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count"), 0
        ),
    }
    if post.author_id == call.account.id:
        known["non_public_metrics"] = dict.fromkeys(("impression_count", "url_link_clicks", "user_profile_clicks"), 0)
        known["organic_metrics"] = dict.fromkeys(("impression_count", "like_count", "reply_count", "retweet_count"), 0)
    shown_urls = [one for one in post.urls if post.shown[one["start"] : one["end"]] == one["url"]]
    if found := texts.entities(post.shown, shown_urls):
        known["entities"] = found
    if post.note:
        own = [one for one in post.urls if "media_key" not in one]
        known["note_tweet"] = {"text": post.note, "entities": texts.entities(post.note, own)}
    if post.media_ids:
        known["attachments"] = {"media_keys": [call.x.media[one].key for one in post.media_ids]}
    if "poll" in post.body:
        known["attachments"] = {"poll_ids": [str(int(post.id) - 1)]}
    references = [("replied_to", post.reply_to), ("quoted", post.quote_of)]
    if any(one for _, one in references):
        known["referenced_tweets"] = [{"type": kind, "id": one} for kind, one in references if one]
    if parent is not None:
        known["in_reply_to_user_id"] = parent.author_id
    return known


def _included(call: Call, posts: list[Post], expansions: set[str], wanted: list[str]) -> dict[str, Any]:
    included: dict[str, Any] = {}
    if expansions & {"author_id", "in_reply_to_user_id"}:
        fields = users.fields_of(call)
        people = dict.fromkeys(post.author_id for post in posts)
        included["users"] = [users.describe(BY_ID[one], fields, origin=call.origin) for one in people]
    if "attachments.media_keys" in expansions:
        media = _unique(one for post in posts for one in post.media_ids)
        included["media"] = [_media(call, call.x.media[one]) for one in media]
    if "referenced_tweets.id" in expansions:
        others = _unique(one for post in posts for one in (post.reply_to, post.quote_of) if one)
        read = [post for one in others if (post := call.x.posts.get(one)) and _is_visible(call, post)]
        included["tweets"] = [_post(call, post, wanted) for post in read]
    return {name: items for name, items in included.items() if items}


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _media(call: Call, media: Media) -> dict[str, Any]:
    kind = {"image": "photo", "gif": "animated_gif"}.get(media.kind, media.kind)
    known: dict[str, Any] = {
        "media_key": media.key,
        "type": kind,
        "alt_text": media.alt_text,
        "width": media.width,
        "height": media.height,
    }
    if media.kind != "video":
        known["url"] = f"{call.origin}/pictures/{media.hash}"
    asked = call.names("media.fields")
    return {name: known[name] for name in ("media_key", "type", *asked) if known.get(name)}
