"""Finding out at X what became of a post whose answer was lost: among the account's own posts since then.

That it is not there is taken for true only once all of them were read. It is then sent once more: X refuses a second
copy of a text, and so tells that the first is there, though not as which post.

Sources, read 2026-11-22:
https://docs.x.com/x-api/users/get-posts (`since_id`, `exclude`, `pagination_token`)
https://docs.x.com/changelog (2026-08-07: `post.fields` and its kin are new names; the old ones are asked for)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from platforms.base import DOUBTED, Receipt, Sent, Sighting
from platforms.x.api import XApi
from platforms.x.errors import DUPLICATE
from platforms.x.matching import floor_id, is_text_of, parent_of
from platforms.x.tokens import Token
from platforms.x.uploads import media_ids

_FIELDS = "attachments,created_at,entities,note_tweet,referenced_tweets"
_PAGE_SIZE = 100
_MOST_PAGES = 5


async def look(api: XApi, sent: Sent) -> Sighting:
    """Look among the account's posts.

    Raises:
        PlatformError: X could not be asked.
    """
    token = Token.read(sent.token)
    doubted = sent.handles.get(DOUBTED)
    first = datetime.fromisoformat(doubted) if doubted else sent.sent_at
    posts, whole = await _posts_since(api, token, floor_id(first))
    matches = tuple(
        Receipt(str(post["id"]), address_of(api, token, str(post["id"]))) for post in posts if _is(post, sent)
    )
    if sent.answer == DUPLICATE:
        return Sighting(out=True, matches=matches)
    return Sighting(out=False if whole else None, matches=matches)


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
    for _ in range(_MOST_PAGES):
        answer = await api.get(f"/2/users/{token.profile.id}/tweets", access=token.access, params=asked)
        listed = answer.get("data")
        found += [post for post in cast("list[Any]", listed or []) if isinstance(post, dict) and "id" in post]
        meta = answer.get("meta")
        following = meta.get("next_token") if isinstance(meta, dict) else None
        if not following:
            return found, not answer.get("errors")
        asked["pagination_token"] = str(following)
    return found, False


def _quoted(post: Mapping[str, Any]) -> str | None:
    listed = post.get("referenced_tweets", post.get("referenced_posts"))
    for one in cast("list[Any]", listed or []):
        if isinstance(one, dict) and one.get("type") == "quoted":
            return str(one.get("id"))
    return None


def _is(post: Mapping[str, Any], sent: Sent) -> bool:
    """Whether a post looks exactly like it: by its files, which nothing else has, or by its text and where it is."""
    wanted = sent.draft.reply_to.parent if sent.draft.reply_to else None
    quoted = sent.draft.options.quote_post_id  # without it, X may make a quote of a post's address in the text
    if parent_of(post) != wanted or quoted not in {None, _quoted(post)}:
        return False
    parts = post.get("attachments")
    attached = cast("Mapping[str, Any]", parts) if isinstance(parts, dict) else {}
    keys = attached.get("media_keys")
    files = {str(key).rpartition("_")[2] for key in cast("list[Any]", keys or [])}
    if sent.draft.media:
        return bool(files) and files == set(media_ids(sent.handles))
    polled = bool(attached.get("poll_ids")) == (sent.draft.options.poll is not None)
    return not files and polled and is_text_of(post, sent.draft.text)
