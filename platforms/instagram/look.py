"""Finding out at Instagram what became of a container whose publication has an unknown outcome.

The container says whether it is published and never as which post; the post is looked for among the account's own.

Sources, read 2026-11-25:
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container (`status_code`)
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media (own posts)
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from platforms.base import Receipt, Sent, Sighting
from platforms.instagram.container import CONTAINER, FINISHED, PROCESSING, PUBLISHED, read_container
from platforms.instagram.forms import CAROUSELS, STORIES
from platforms.instagram.rules import IMAGE_STORY
from platforms.meta.graph import GraphClient
from platforms.meta.matching import BEFORE, list_since, moment_of, same_text

_FIELDS = "id,caption,timestamp,media_type,media_product_type,permalink"
_TYPES = {
    "image": frozenset({"IMAGE"}),
    **{key: {"CAROUSEL_ALBUM"} for key in CAROUSELS},
    IMAGE_STORY.name: {"IMAGE"},
}
_VIDEO = {"VIDEO"}
_EARLIEST, _LATEST = timedelta(seconds=-10), timedelta(minutes=2)
"""When a post without words appeared, from the call that may have made it, if it is believed to be of that call."""


async def look(graph: GraphClient, sent: Sent) -> Sighting:
    """Ask the container, and look for a post like it since it was sent.

    A container that failed, ran out or cannot be read proves nothing about a call that was made: only a post that is
    seen does.

    Raises:
        PlatformError: Instagram could not be asked.
    """
    container = sent.handles.get(CONTAINER)
    state = await read_container(graph, container, token=sent.token) if container else None
    code = state.code if state else None
    posts, whole = await list_since(
        graph,
        f"/{sent.channel_id}/{'stories' if sent.draft.post in STORIES else 'media'}",
        token=sent.token,
        fields=_FIELDS,
        time_field="timestamp",
        moment=sent.sent_at - BEFORE,
    )
    alike = [post for post in posts if _is_alike(post, sent)]
    if not _has_words(sent) and code != PUBLISHED:
        # A container that can be read and is not published made none of them; one that cannot may have, at its time.
        alike = [post for post in alike if code is None and _is_of_the_call(post, sent)]
    matches = tuple(_receipts(alike))
    if code == PUBLISHED:
        return Sighting(out=True, matches=matches)
    return Sighting(out=False if whole and code in {FINISHED, PROCESSING} else None, matches=matches)


def _has_words(sent: Sent) -> bool:
    return bool(sent.draft.text) and sent.draft.post not in STORIES


def _is_alike(post: Mapping[str, Any], sent: Sent) -> bool:
    """Whether it looks exactly like it; a story has no caption."""
    alike = sent.draft.post in STORIES or same_text(post.get("caption") or "", sent.draft.text)
    return alike and post.get("media_type") in _TYPES.get(sent.draft.post, _VIDEO)


def _is_of_the_call(post: Mapping[str, Any], sent: Sent) -> bool:
    at = moment_of(post.get("timestamp"))
    return at is not None and _EARLIEST <= at - sent.sent_at <= _LATEST


def _receipts(posts: list[Mapping[str, Any]]) -> Iterator[Receipt]:
    for post in posts:
        post_id, permalink = post.get("id"), post.get("permalink")
        if isinstance(post_id, str) and post_id:
            yield Receipt(post_id, permalink if isinstance(permalink, str) else None)
