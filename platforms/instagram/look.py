"""Finding out at Instagram what became of a container whose publication has an unknown outcome.

The container says whether it is published and never as which post; the post is looked for among the account's own.

Sources, read 2026-11-25:
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container (`status_code`)
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media (own posts)
"""

from collections.abc import Iterator, Mapping
from typing import Any

from platforms.base import Receipt, Sent, Sighting
from platforms.instagram.container import CONTAINER, FINISHED, PROCESSING, PUBLISHED, read_container
from platforms.instagram.forms import CAROUSELS, STORIES
from platforms.meta.graph import GraphClient
from platforms.meta.matching import BEFORE, list_since, same_text

_FIELDS = "id,caption,timestamp,media_type,media_product_type,permalink"
_TYPES = {
    "image": frozenset({"IMAGE"}),
    **{key: {"CAROUSEL_ALBUM"} for key in CAROUSELS},
    **{key: {"IMAGE", "VIDEO"} for key in STORIES},
}
_VIDEO = {"VIDEO"}


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
    matches = tuple(_receipts(posts, sent, published=code == PUBLISHED))
    if code == PUBLISHED:
        return Sighting(out=True, matches=matches)
    return Sighting(out=False if whole and code in {FINISHED, PROCESSING} else None, matches=matches)


def _receipts(posts: list[Mapping[str, Any]], sent: Sent, *, published: bool) -> Iterator[Receipt]:
    """Yield what looks exactly like it. Without a caption any of its type does, which counts only if one must be there.

    A story has no caption.
    """
    types, story = _TYPES.get(sent.draft.post, _VIDEO), sent.draft.post in STORIES
    text = "" if story else sent.draft.text
    for post in posts:
        post_id, permalink = post.get("id"), post.get("permalink")
        alike = (story or same_text(post.get("caption") or "", text)) and post.get("media_type") in types
        if alike and (text or published) and isinstance(post_id, str) and post_id:
            yield Receipt(post_id, permalink if isinstance(permalink, str) else None)
