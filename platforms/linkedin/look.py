"""Finding out at LinkedIn what became of a post whose answer was lost.

An organisation's posts can be listed. A member's cannot, by an app that is not one of LinkedIn's partners: there the
very same is sent once more while LinkedIn still refuses a second copy, which names the first. That it refuses copies
of posts with files is not documented, so those are not sent again.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (`q=author`)
https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling (duplicates within ten minutes)
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from platforms.base import DOUBTED, NAMELESS, Receipt, Sent, Sighting
from platforms.linkedin.accounts import elements_of
from platforms.linkedin.api import LinkedInApi, encoded
from platforms.linkedin.littletext import seen, unescape
from platforms.linkedin.tokens import access_of
from platforms.linkedin.uploads import staged
from platforms.text import composed

WINDOW = timedelta(minutes=9)
"""For how long the same may be sent again: a minute less than LinkedIn refuses a second copy."""
_BEFORE = timedelta(seconds=60)
_PAGE_SIZE = 100
_MOST_PAGES = 5


def look_for_member(sent: Sent) -> Sighting:
    """Say what can be told without reading, for nothing can be read."""
    if sent.answer == NAMELESS:
        return Sighting(out=True)
    if sent.draft.media:
        return Sighting(out=None)
    return Sighting(out=None, repeatable=within_window(_first_call(sent), sent.now))


async def look_for_page(api: LinkedInApi, sent: Sent, author: str) -> Sighting:
    """Look for a post among those of a Page since it was sent.

    Raises:
        PlatformError: LinkedIn could not be asked.
    """
    first = _first_call(sent)
    posts, whole = await _posts_since(api, access_of(sent.token), author, first - _BEFORE)
    matches = tuple(Receipt(str(post["id"]), address_of(api, str(post["id"]))) for post in posts if _is(post, sent))
    if sent.answer == NAMELESS:
        return Sighting(out=True, matches=matches)
    if matches and staged(sent.handles):
        return Sighting(out=True, matches=matches)
    repeatable = not sent.draft.media and within_window(first, sent.now)
    return Sighting(out=False if whole else None, matches=matches, repeatable=repeatable)


def within_window(first: datetime, now: datetime) -> bool:
    """Whether LinkedIn still refuses a second copy of what was sent first then."""
    return now - first < WINDOW


def address_of(api: LinkedInApi, urn: str) -> str:
    """Say where a post is."""
    return f"{api.settings.auth_url}/feed/update/{urn}/"


def same_text(one: str, other: str) -> bool:
    """Whether two texts are one to a reader."""
    return _plain(one) == _plain(other)


def moment_of(value: object) -> datetime | None:
    """Read LinkedIn's time, in milliseconds; None when it cannot be read."""
    return datetime.fromtimestamp(value / 1000, UTC) if isinstance(value, int) and value > 0 else None


def _first_call(sent: Sent) -> datetime:
    doubted = sent.handles.get(DOUBTED)
    return datetime.fromisoformat(doubted) if doubted else sent.sent_at


async def _posts_since(
    api: LinkedInApi, access: str, author: str, since: datetime
) -> tuple[list[Mapping[str, Any]], bool]:
    """Read a Page's posts, newest first, that are not older than `since`, and whether that is all of them."""
    found: list[Mapping[str, Any]] = []
    start = 0
    for _ in range(_MOST_PAGES):
        query = f"q=author&author={encoded(author)}&count={_PAGE_SIZE}&start={start}&sortBy=CREATED"
        entries = elements_of(await api.get(f"/rest/posts?{query}", access=access, method="FINDER"))
        recent = [entry for entry in entries if _is_since(entry, since)]
        found += recent
        if len(recent) < len(entries) or not entries:
            return found, True
        start += len(entries)
    return found, False


def _is_since(post: Mapping[str, Any], since: datetime) -> bool:
    """Compare a post's time; one that cannot be read rules nothing out."""
    at = moment_of(post.get("createdAt")) or moment_of(post.get("publishedAt"))
    return at is None or at >= since


def _is(post: Mapping[str, Any], sent: Sent) -> bool:
    """Whether it looks exactly like it: by its files, which nothing else has, else by its text and content."""
    if not isinstance(post.get("id"), str):
        return False
    content = post.get("content")
    parts = cast("Mapping[str, Any]", content) if isinstance(content, dict) else {}
    if files := staged(sent.handles):
        return bool(files & _files(parts))
    commentary = post.get("commentary")
    if not same_text(unescape(commentary if isinstance(commentary, str) else ""), seen(sent.draft.text)):
        return False
    article, poll = _part(parts, "article"), _part(parts, "poll")
    wanted = sent.draft.options.poll
    return article.get("source") == sent.draft.link and poll.get("question") == (wanted.question if wanted else None)


def _files(content: Mapping[str, Any]) -> frozenset[str]:
    images = _part(content, "multiImage").get("images")
    listed = cast("list[Any]", images) if isinstance(images, list) else []
    single = (_part(content, "media").get("id"), _part(content, "article").get("thumbnail"))
    ids = [*single, *(one.get("id") for one in listed if isinstance(one, dict))]
    return frozenset(one for one in ids if isinstance(one, str))


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name)
    return cast("Mapping[str, Any]", part) if isinstance(part, dict) else {}


def _plain(text: str) -> str:
    return composed(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
