"""Finding out at X what became of a post whose answer was lost: among the account's own posts since then.

That it is not there is taken for true only once all of them were read, as many as X says that there are. It is then
sent once more: X refuses a second copy of a text, and so tells that the text is there, though not as which post.

Sources, read 2026-11-22:
https://docs.x.com/x-api/users/get-posts (`since_id`, `exclude`, `pagination_token`)
https://docs.x.com/changelog (2026-08-07: `post.fields` and its kin are new names; the old ones are asked for)
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from platforms.base import DOUBTED, NAMELESS, Receipt, Sent, Sighting
from platforms.x.api import XApi
from platforms.x.errors import DUPLICATE
from platforms.x.matching import floor_id, is_text_of, parent_of
from platforms.x.tokens import Token
from platforms.x.uploads import media_ids

_FIELDS = "attachments,created_at,entities,note_tweet,referenced_tweets"
_PAGE_SIZE = 100
_MOST_PAGES = 5
_REFUSED_FOR = timedelta(hours=24)
"""How far back the first of two copies is looked for; X does not say for how long it refuses a second."""


async def look(api: XApi, sent: Sent) -> Sighting:
    """Look among the account's posts.

    A second copy that X refused says that the text is there, and not that it is this post: what has it is looked for
    further back, and nothing is concluded from a post that is somebody else's. What X took without saying as which post
    is never taken for absent.

    Raises:
        PlatformError: X could not be asked.
    """
    token = Token.read(sent.token)
    doubted = sent.handles.get(DOUBTED)
    first = datetime.fromisoformat(doubted) if doubted else sent.sent_at
    is_refused = sent.answer == DUPLICATE
    posts, whole = await _posts_since(api, token, floor_id(first - _REFUSED_FOR if is_refused else first))
    found = [post for post in posts if _is_it(post, sent)]
    matches = tuple(Receipt(str(post["id"]), address_of(api, token, str(post["id"]))) for post in found)
    if is_refused:
        return Sighting(out=None if matches or not whole else True, matches=matches)
    doubtful = sent.answer == NAMELESS or any(_looks_alike(post, sent) for post in posts)
    return Sighting(out=False if whole and not doubtful else None, matches=matches)


def address_of(api: XApi, token: Token, post_id: str) -> str:
    """Say where a post is."""
    return f"{api.settings.auth_url}/{token.profile.username}/status/{post_id}"


async def _posts_since(api: XApi, token: Token, floor: str) -> tuple[list[Mapping[str, Any]], bool]:
    """Read the account's posts above an id, newest first, and whether that is all of them."""
    found: list[Mapping[str, Any]] = []
    asked = {
        "since_id": floor,
        "max_results": str(_PAGE_SIZE),
        "exclude": "retweets",
        "tweet.fields": _FIELDS,
    }
    whole = True
    for _ in range(_MOST_PAGES):
        answer = await api.get(f"/2/users/{token.profile.id}/tweets", access=token.access, params=asked)
        rows, meta = _rows(answer), answer.get("meta")
        told = cast("Mapping[str, Any]", meta) if isinstance(meta, dict) else {}
        found += rows
        whole = whole and told.get("result_count") == len(rows) and not answer.get("errors")
        if not (following := told.get("next_token")):
            return found, whole
        asked["pagination_token"] = str(following)
    return found, False


def _rows(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = answer.get("data")
    rows = cast("list[Any]", listed) if isinstance(listed, list) else []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _quoted(post: Mapping[str, Any]) -> str | None:
    listed = post.get("referenced_tweets", post.get("referenced_posts"))
    for one in cast("list[Any]", listed or []):
        if isinstance(one, dict) and one.get("type") == "quoted":
            return str(one.get("id"))
    return None


def _is_it(post: Mapping[str, Any], sent: Sent) -> bool:
    """Whether a post looks exactly like it: by its files, which nothing else has, or by its text and where it is."""
    if not _is_placed(post, sent):
        return False
    files = _files(post)
    if sent.draft.media:
        return bool(files) and files == set(media_ids(sent.handles))
    polled = bool(_attached(post).get("poll_ids")) == (sent.draft.options.poll is not None)
    return not files and polled and is_text_of(post, sent.draft.text)


def _looks_alike(post: Mapping[str, Any], sent: Sent) -> bool:
    """Whether a post has its text and as many files under other names: it may be it, or another with that text."""
    if not sent.draft.media or not _is_placed(post, sent) or _is_it(post, sent):
        return False
    return len(_files(post)) == len(sent.draft.media) and is_text_of(post, sent.draft.text)


def _is_placed(post: Mapping[str, Any], sent: Sent) -> bool:
    wanted = sent.draft.reply_to.parent if sent.draft.reply_to else None
    quoted = sent.draft.options.quote_post_id  # without it, X may make a quote of a post's address in the text
    return parent_of(post) == wanted and quoted in {None, _quoted(post)}


def _files(post: Mapping[str, Any]) -> set[str]:
    keys = _attached(post).get("media_keys")
    return {str(key).rpartition("_")[2] for key in cast("list[Any]", keys if isinstance(keys, list) else [])}


def _attached(post: Mapping[str, Any]) -> Mapping[str, Any]:
    parts = post.get("attachments")
    return cast("Mapping[str, Any]", parts) if isinstance(parts, dict) else {}
