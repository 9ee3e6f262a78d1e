"""What is on an Instagram account: its media, its stories, the items of a carousel, deletion, and the quota."""

from collections.abc import Iterator
from typing import Any

from sandbox.meta import instagram_facts as facts
from sandbox.meta import instagram_nodes as nodes
from sandbox.meta.call import Call, require_ads_permission, require_instagram
from sandbox.meta.errors import invalid_parameter, nonexisting_field, unsupported
from sandbox.meta.fields import Node, parse_fields
from sandbox.meta.graph import used_since
from sandbox.meta.instagram_containers import PUBLISH, account_of
from sandbox.meta.instagram_errors import publishing_error
from sandbox.meta.instagram_objects import Media
from sandbox.meta.paging import answer_edge


async def list_media(call: Call) -> dict[str, Any]:
    """GET /{ig}/media: newest first, stories not among them; `since` and `until` in unix seconds."""
    account = account_of(call)
    require_instagram(call, account, "instagram_basic")
    grid = call.meta.graph.grids[account.id]
    return answer_edge(call, _shown(call, grid), _as_node, total=sum(not media.deleted for media in grid))


async def list_stories(call: Call) -> dict[str, Any]:
    """GET /{ig}/stories: what was published in the last 24 hours, newest first."""
    account = account_of(call)
    require_instagram(call, account, "instagram_basic")
    begin = call.now - facts.STORY_SECONDS
    living = [media for media in call.meta.graph.instagram_stories[account.id] if media.created_at > begin]
    return answer_edge(call, _shown(call, living), _as_node, total=None)


async def list_children(call: Call) -> dict[str, Any]:
    """GET /{media}/children: the items of a carousel, in their order."""
    album = media_of(call)
    require_instagram(call, album.account, "instagram_basic")
    if not album.children:
        raise nonexisting_field("children", nodes.MEDIA.name)
    return answer_edge(call, nodes.items_of(album, call), _as_node, total=None)


async def update_media(call: Call) -> dict[str, Any]:
    """POST /{media}: say whether anybody may comment; a caption cannot be changed."""
    media = media_of(call)
    require_instagram(call, media.account, "instagram_basic", "instagram_manage_comments")
    if call.params.text("comment_enabled") is None:
        raise invalid_parameter("The parameter comment_enabled is required.")
    if media.kind == "STORIES" or media.album_id:
        raise unsupported(call.method, call.target_id)
    media.comments_enabled = call.params.flag("comment_enabled", default=True)
    call.meta.graph.objects.touch(media.id)
    return {"success": True}


async def delete_media(call: Call) -> dict[str, Any]:
    """DELETE /{media}: take a post or story down, with its items; an item alone cannot go (100/2207073)."""
    media = media_of(call)
    require_instagram(call, media.account, "instagram_basic", "instagram_manage_contents")
    if media.album_id:
        raise publishing_error(2207073)
    for one in (media, *nodes.items_of(media, call)):
        one.deleted = True
        call.meta.graph.objects.touch(one.id)
    call.meta.world.ledger.take_down(media.path, call.now)
    return {"success": True}


async def publishing_limit(call: Call) -> dict[str, Any]:
    """GET /{ig}/content_publishing_limit: usage of the last 24 hours, or since a moment in them, and the quota."""
    account = account_of(call)
    require_instagram(call, account, *PUBLISH)
    require_ads_permission(call, account)
    begin = call.now - facts.QUOTA_SECONDS
    since = call.params.number("since")
    if since is not None and not begin - 1 <= since <= call.now:
        raise invalid_parameter("Param since must be a time of the last 24 hours.")
    usage = used_since(call.meta.graph.published, account.id, begin if since is None else since, call.now)
    config = {"quota_total": call.meta.settings.quota_total, "quota_duration": facts.QUOTA_SECONDS}
    known: dict[str, Any] = {"quota_usage": usage, "config": config}
    wanted = [wish.name for wish in parse_fields(",".join(call.params.names("fields")))] or ["quota_usage"]
    for name in wanted:
        if name not in known:
            raise nonexisting_field(name, "ContentPublishingLimit")
    return {"data": [{name: known[name] for name in wanted}]}


def media_of(call: Call) -> Media:
    """Return the media that the path names, if it is still there.

    Raises:
        GraphError: 100/33.
    """
    if not isinstance(call.target, Media) or not nodes.is_there(call.target, call):
        raise unsupported(call.method, call.target_id)
    return call.target


def _shown(call: Call, oldest_first: list[Media]) -> Iterator[Media]:
    since, until = call.params.number("since"), call.params.number("until")
    for media in reversed(oldest_first):
        second = int(media.created_at)
        if since is not None and second < since:
            return
        if not media.deleted and (until is None or second <= until) and nodes.is_listed(media, call):
            yield media


def _as_node(media: Media) -> Node:
    return nodes.node_of(media)
