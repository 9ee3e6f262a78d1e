"""What can be read of each kind of node on Instagram."""

from typing import Any

from sandbox.identifiers import steady_number
from sandbox.meta import instagram_facts as facts
from sandbox.meta.call import Call, graph_time, require_instagram
from sandbox.meta.containers import status_code, status_text
from sandbox.meta.errors import unsupported
from sandbox.meta.fields import ABSENT, Edge, Node, NodeType
from sandbox.meta.instagram_objects import Container, InstagramComment, Media
from sandbox.meta.personas import InstagramAccount

MEDIA_TYPES = {"IMAGE": "IMAGE", "VIDEO": "VIDEO", "REELS": "VIDEO", "CAROUSEL": "CAROUSEL_ALBUM"}
PRODUCT_TYPES = {"REELS": "REELS", "STORIES": "STORY"}


def app_scoped_id(account: InstagramAccount) -> str:
    """Return the id of an account for the app of Instagram Login alone."""
    return steady_number("2", 17, f"app-scoped/{account.id}")


def is_there(stored: Media | InstagramComment, call: Call) -> bool:
    """Say whether a direct read finds it: nobody deleted it, it is no story of yesterday, its media is there."""
    if isinstance(stored, InstagramComment):
        media = call.meta.graph.objects.get(stored.media_id)
        return not stored.deleted and isinstance(media, Media) and is_there(media, call)
    is_over = stored.kind == "STORIES" and call.now >= stored.created_at + facts.STORY_SECONDS
    return not stored.deleted and not is_over


def is_listed(media: Media, call: Call) -> bool:
    """Say whether lists show it to this call yet; a direct read always does."""
    return call.now >= media.created_at + max(media.lag_seconds, call.mishap.lag_seconds)


def items_of(album: Media, call: Call) -> list[Media]:
    """Return the items of a carousel, in their order."""
    found = [call.meta.graph.objects[item_id] for item_id in album.children]
    return [item for item in found if isinstance(item, Media)]


def node_of(media: Media) -> Node:
    """Return a media as a node; an item of a carousel tells less."""
    return Node(ITEM if media.album_id else MEDIA, media)


def visible(call: Call, target: InstagramAccount | Container | Media | InstagramComment) -> Node:
    """Return a target as a node, after checking that this token may read it.

    Raises:
        GraphError: 100/33 or 10.
    """
    if isinstance(target, InstagramAccount):
        require_instagram(call, target, "instagram_basic")
        return Node(LOGIN_USER if call.app.name == "instagram" else INSTAGRAM, target)
    if isinstance(target, Container):
        require_instagram(call, target.account, "instagram_basic")
        return Node(CONTAINER, target)
    if not is_there(target, call):
        raise unsupported(call.method, call.target_id)
    if isinstance(target, Media):
        require_instagram(call, target.account, "instagram_basic")
        return node_of(target)
    require_instagram(call, target.account, "instagram_basic", "instagram_manage_comments")
    return Node(COMMENT, target)


def _media_type(media: Media, _call: Call) -> str:
    return MEDIA_TYPES.get(media.kind) or media.pieces[0].media_type


def _media_url(media: Media, call: Call) -> str:
    piece = media.pieces[0]
    if piece.picture is not None:
        return f"{call.origin}/pictures/{piece.picture.hash}"
    return f"{call.origin}/videos/{piece.video.hash if piece.video else ''}"


def _thumbnail(media: Media, call: Call) -> object:
    if _media_type(media, call) != "VIDEO":
        return ABSENT
    cover = media.details.get("cover")
    return f"{call.origin}/pictures/{cover}" if cover else f"{call.origin}/samples/video.jpg?width=480&height=480"


def _children(media: Media, call: Call) -> object:
    return Edge([node_of(item) for item in items_of(media, call)]) if media.children else ABSENT


def _comments(owner: Media | InstagramComment, call: Call) -> object:
    found = [one for one in reversed(call.meta.graph.instagram_comments[owner.id]) if not one.deleted]
    return Edge([Node(COMMENT, one) for one in found]) if found else ABSENT


def _comments_count(media: Media, call: Call) -> int:
    graph = call.meta.graph
    top = [one for one in graph.instagram_comments[media.id] if not one.deleted]
    return len(top) + sum(not one.deleted for parent in top for one in graph.instagram_comments[parent.id])


def _video_status(container: Container, call: Call) -> object:
    """Return how far an upload is; absent where nothing is uploaded."""
    if container.ready_at is not None or container.children:
        return ABSENT
    received = call.meta.world.videos.uploaded(container.id)
    phase = {"status": "in_progress" if received else "not_started", "bytes_transferred": received}
    return {"uploading_phase": phase, "processing_phase": {"status": "not_started"}}


def _or_absent(value: Any) -> object:
    return value or ABSENT


def _author(comment: InstagramComment, _call: Call) -> dict[str, str]:
    return {"id": comment.account.id, "username": comment.account.username}


INSTAGRAM = NodeType(
    "IGUser",
    {
        "id": lambda account, _: account.id,
        "username": lambda account, _: account.username,
        "name": lambda account, _: account.name,
        "profile_picture_url": lambda _, call: f"{call.origin}/samples/avatar.jpg?width=200&height=200",
        "media_count": lambda account, call: sum(not one.deleted for one in call.meta.graph.grids[account.id]),
        "followers_count": lambda _, _call: 100,
    },
)
LOGIN_USER = NodeType(
    "IGUser",
    {
        **INSTAGRAM.fields,
        "id": lambda account, _: app_scoped_id(account),
        "user_id": lambda account, _: account.id,
        "account_type": lambda account, _: account.account_type,
        "follows_count": lambda _, _call: 10,
    },
)
"""The account as Instagram Login shows it: under an id for the app, beside the one that paths take."""
CONTAINER = NodeType(
    "IGMediaBuilder",
    {
        "id": lambda container, _: container.id,
        "status": lambda container, call: status_text(container, call.now),
        "status_code": lambda container, call: status_code(container, call.now),
        "copyright_check_status": lambda _, _call: {"status": "completed", "matches_found": False},
        "video_status": _video_status,
    },
)
_OF_ANY = {
    "id": lambda media, _: media.id,
    "media_type": _media_type,
    "media_url": _media_url,
    "thumbnail_url": _thumbnail,
    "permalink": lambda media, call: f"{call.origin}{media.path}",
    "shortcode": lambda media, _: media.shortcode,
    "timestamp": lambda media, _: graph_time(media.created_at),
    "username": lambda media, _: media.account.username,
    "alt_text": lambda media, _: _or_absent(media.pieces[0].alt_text),
    "owner": lambda media, _: {"id": media.account.id},
}
MEDIA = NodeType(
    "IGMedia",
    {
        **_OF_ANY,
        "caption": lambda media, _: _or_absent(media.caption),
        "media_product_type": lambda media, _: PRODUCT_TYPES.get(media.kind, "FEED"),
        "is_comment_enabled": lambda media, _: media.comments_enabled,
        "is_shared_to_feed": lambda media, _: media.details.get("share_to_feed", ABSENT),
        "like_count": lambda _, _call: 0,
        "comments_count": _comments_count,
        "comments": _comments,
        "children": _children,
    },
)
ITEM = NodeType("IGMedia", {**dict.fromkeys(MEDIA.fields, lambda _item, _call: ABSENT), **_OF_ANY})
"""An item of a carousel: what the reference says album children do not have is absent, not unknown."""
COMMENT = NodeType(
    "IGComment",
    {
        "id": lambda comment, _: comment.id,
        "text": lambda comment, _: comment.text,
        "timestamp": lambda comment, _: graph_time(comment.created_at),
        "username": lambda comment, _: comment.account.username,
        "from": _author,
        "user": lambda comment, _: {"id": comment.account.id},
        "hidden": lambda _, _call: False,
        "like_count": lambda _, _call: 0,
        "media": lambda comment, _: {"id": comment.media_id},
        "parent_id": lambda comment, _: _or_absent(comment.parent_id),
        "replies": _comments,
    },
    ("timestamp", "text", "id"),
)
