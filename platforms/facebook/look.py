"""Finding out at Facebook what became of a post whose answer was lost.

A photo that was uploaded unpublished names the post it went into; that it names none proves nothing. A text or a link
has no handle before it is public: it is looked for among the Page's own posts.

Sources, read 2026-11-25:
https://developers.facebook.com/docs/graph-api/reference/photo (`page_story_id`)
https://developers.facebook.com/docs/graph-api/reference/page/feed (`published_posts`, `since`, `limit`)
https://developers.facebook.com/docs/graph-api/reference/story-attachment (`target`, `url`, `unshimmed_url`)
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from platforms.base import NAMELESS, Receipt, Sent, Sighting
from platforms.errors import RejectedError
from platforms.facebook.handles import PHOTO
from platforms.meta.errors import entries_of, fault_name
from platforms.meta.graph import GraphClient
from platforms.meta.matching import BEFORE, list_since, same_text

_ATTACHED = "target{id},url,unshimmed_url"
_FIELDS = f"id,message,created_time,permalink_url,attachments{{{_ATTACHED},subattachments{{{_ATTACHED}}}}}"
_UNREADABLE = "100/33"
_MAY_BE_THERE = frozenset({"506", "100/1366051", "368", NAMELESS})
"""Answers after which a post may be there though none can be seen: that the same is there, or success without an id."""
_SHIM = "l.facebook.com"


async def look(graph: GraphClient, sent: Sent) -> Sighting:
    """Look for a post: by its photos, else among the Page's posts since it was sent.

    Raises:
        PlatformError: Facebook could not be asked.
    """
    photos = {value for name, value in sent.handles.items() if name.startswith(PHOTO)}
    for photo in sorted(photos):
        if story := await story_of(graph, sent.token, photo):
            return Sighting(out=True, matches=(Receipt(story),))
    posts, whole = await list_since(
        graph,
        f"/{sent.channel_id}/published_posts",
        token=sent.token,
        fields=_FIELDS,
        time_field="created_time",
        moment=sent.sent_at - BEFORE,
    )
    if attached := [post for post in posts if photos & _targets(post)]:
        return Sighting(out=True, matches=tuple(_receipts(attached)))
    matches, doubtful = _alike(posts, sent, photos)
    conclusive = whole and not doubtful and sent.answer not in _MAY_BE_THERE
    return Sighting(out=False if conclusive else None, matches=tuple(_receipts(matches)))


async def story_of(graph: GraphClient, token: str, photo: str) -> str | None:
    """Ask a photo for its post; one that cannot be read says nothing.

    Raises:
        PlatformError: Facebook could not be asked.
    """
    try:
        answer = await graph.get(f"/{photo}", token=token, params={"fields": "page_story_id"})
    except RejectedError as error:
        if fault_name(error) == _UNREADABLE:
            return None
        raise
    story = answer.get("page_story_id")
    return story if isinstance(story, str) and story else None


def _alike(
    posts: list[Mapping[str, Any]], sent: Sent, photos: set[str]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Sort a Page's posts: those that look exactly like it, and those of which that cannot be told.

    A text is compared as it is. Without one, a link is: Facebook may have put it into a form of its own, so that
    another link in the same minutes leaves a doubt.
    """
    if photos:
        posts = [post for post in posts if any(_attachments(post)) and not _targets(post)]
    if sent.draft.text:
        return [post for post in posts if same_text(post.get("message"), sent.draft.text)], []
    silent = [post for post in posts if not post.get("message") and any(_links(post))]
    if sent.draft.link is None:
        return [], []
    matches = [post for post in silent if sent.draft.link.rstrip("/") in set(_links(post))]
    return matches, [post for post in silent if post not in matches]


def _attachments(post: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for attachment in entries_of(_mapping(post.get("attachments"))):
        yield attachment
        yield from entries_of(_mapping(attachment.get("subattachments")))


def _targets(post: Mapping[str, Any]) -> set[str]:
    return {str(_mapping(one.get("target")).get("id")) for one in _attachments(post)} - {"None"}


def _links(post: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a post's attachments lead; Facebook wraps addresses in one of its own."""
    for attachment in _attachments(post):
        for value in (attachment.get("unshimmed_url"), attachment.get("url")):
            if isinstance(value, str) and value:
                parts = urlsplit(value)
                inner = parse_qs(parts.query).get("u") if parts.hostname == _SHIM else None
                yield (inner[0] if inner else value).rstrip("/")


def _receipts(posts: list[Mapping[str, Any]]) -> Iterator[Receipt]:
    for post in posts:
        post_id, permalink = post.get("id"), post.get("permalink_url")
        if isinstance(post_id, str) and post_id:
            yield Receipt(post_id, permalink if isinstance(permalink, str) else None)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
