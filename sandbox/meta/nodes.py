"""What can be read of each kind of node, and the plain GET of a node."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.identifiers import digest
from sandbox.meta import facts
from sandbox.meta.call import (
    Call,
    graph_time,
    permitted,
    require_business,
    require_page,
    sees_page,
)
from sandbox.meta.errors import unsupported
from sandbox.meta.fields import ABSENT, Edge, Node, NodeType, Wrapped, parse_fields, project
from sandbox.meta.graph import Comment, Photo, Post, Video
from sandbox.meta.instagram_nodes import INSTAGRAM, visible
from sandbox.meta.instagram_objects import Container, InstagramComment, Media
from sandbox.meta.personas import Business, InstagramAccount, Page, Person
from sandbox.meta.processing import video_status
from sandbox.meta.publishing import video_path

PROFILE_PICTURE = NodeType(
    "ProfilePictureSource",
    {
        "url": lambda url, _: url,
        "height": lambda _url, _: 200,
        "width": lambda _url, _: 200,
        "is_silhouette": lambda _url, _: False,
    },
    ("height", "is_silhouette", "url", "width"),
)


def _wrapped_picture(_owner: Any, call: Call) -> Wrapped:
    return Wrapped(Node(PROFILE_PICTURE, f"{call.origin}/samples/avatar.jpg?width=200&height=200"))


def _instagram_of(page: Page, call: Call) -> object:
    """Absent where there is none, it was not ticked, or the permission is missing: Meta says nothing about which."""
    account = page.instagram
    if account is None or not permitted(call, "instagram_basic") or not call.grant.allows_instagram(account.id):
        return ABSENT
    return Node(INSTAGRAM, account)


def _page_token(page: Page, call: Call) -> object:
    if not sees_page(call, page) or not permitted(call, "pages_show_list"):
        return ABSENT
    if call.caller.page_id == page.id:
        return call.token_text
    life = page.trouble.token_seconds if page.trouble else None
    return call.meta.tokens.page_token(call.caller, page.id, now=call.now, life_seconds=life)


def _tasks(page: Page, call: Call) -> object:
    return list(page.tasks) if sees_page(call, page) else ABSENT


def _attachments(post: Post, call: Call) -> object:
    if post.video:
        value = {"type": "video_inline", "photo": post.video, "all": (), "url": _permalink(post, call)}
        return Edge([Node(ATTACHMENT, value)])
    if post.photos:
        kind = "photo" if len(post.photos) == 1 else "album"
        value = {"type": kind, "photo": post.photos[0], "all": post.photos, "url": _permalink(post, call)}
        return Edge([Node(ATTACHMENT, value)])
    if post.link:
        value = {"type": "share", "photo": None, "all": (), "url": _shimmed(post.link), "unshimmed": post.link}
        return Edge([Node(ATTACHMENT, value)])
    return ABSENT


def _shimmed(link: str) -> str:
    """Return the redirecting address under which Facebook shows an outside link."""
    return f"{facts.LINK_SHIM}?{urlencode({'u': link, 'h': 'AT' + digest(link)[:40], 's': '1'})}"


def _target(value: dict[str, Any], _call: Call) -> Node:
    """A photo has an id, an outside page only an address."""
    return Node(ATTACHMENT_TARGET, value["photo"]) if value["photo"] else Node(SHARE_TARGET, value["url"])


def _title(value: dict[str, Any], _call: Call) -> object:
    return (urlsplit(value["unshimmed"]).hostname or ABSENT) if "unshimmed" in value else ABSENT


def _sub_attachments(value: dict[str, Any], call: Call) -> object:
    if len(value["all"]) < 2:  # noqa: PLR2004 - an album has two or more
        return ABSENT
    url = f"{call.origin}/facebook/"
    return Edge(
        [
            Node(ATTACHMENT, {"type": "photo", "photo": photo, "all": (), "url": f"{url}{photo.post_id}"})
            for photo in value["all"]
        ]
    )


def _permalink(post: Post, call: Call) -> str:
    return f"{call.origin}/facebook/{post.id}"


def _status_type(post: Post, _call: Call) -> str:
    if post.video:
        return "added_video"
    if post.photos:
        return "added_photos"
    return "shared_story" if post.link else "mobile_status_update"


def is_listed(item: Post | Video | Comment, call: Call) -> bool:
    """Say whether lists show it to this call yet; a direct read always does."""
    since = item.published_at or item.created_at if isinstance(item, Video) else item.created_at
    return call.now >= since + max(item.lag_seconds, call.mishap.lag_seconds)


def story_status(post: Post, call: Call) -> str:
    """Return PUBLISHED for a day, ARCHIVED from then on."""
    return "PUBLISHED" if call.now < post.created_at + facts.STORY_LIFE_SECONDS else "ARCHIVED"


def _scheduled(post: Post, _call: Call) -> object:
    return ABSENT if post.scheduled_at is None or post.published else int(post.scheduled_at)


def _story_id(photo: Photo, call: Call) -> object:
    """The post that shows the photo; absent while there is none, and no proof that there will be none."""
    post = call.meta.graph.objects.get(photo.post_id or "")
    return post.id if isinstance(post, Post) and is_listed(post, call) else ABSENT


def _photo_link(photo: Photo | Video, call: Call) -> str:
    if isinstance(photo, Video):
        return f"{call.origin}{_video_link(photo, call)}"
    return (
        f"{call.origin}/facebook/{photo.post_id}" if photo.post_id else f"{call.origin}/pictures/{photo.picture.hash}"
    )


def _photo_images(photo: Photo, call: Call) -> list[dict[str, Any]]:
    source = f"{call.origin}/pictures/{photo.picture.hash}"
    return [{"height": photo.picture.height, "width": photo.picture.width, "source": source}]


def _video_link(video: Video, _call: Call) -> str:
    """Return the permalink: from the root of the site, as the platform gives it for videos."""
    return f"{video_path(video)}/"


def _video_post(video: Video, _call: Call) -> object:
    """The post that shows it, once it is public."""
    return video.post_id if video.published_at is not None and video.post_id else ABSENT


def _video_source(video: Video, call: Call) -> object:
    return f"{call.origin}/videos/{video.file.hash}" if video.file else ABSENT


def _video_time(video: Video, _call: Call) -> str:
    return graph_time(video.published_at or video.created_at)


def _comment_attachment(comment: Comment, call: Call) -> object:
    if comment.photo:
        return {"type": "photo", "target": {"id": comment.photo.id}, "url": _photo_link(comment.photo, call)}
    return {"type": "share", "url": comment.link} if comment.link else ABSENT


def _story_media(post: Post, _call: Call) -> str:
    return post.video.id if post.video else post.photos[0].id


def _or_absent(value: str) -> object:
    return value or ABSENT


PERSON = NodeType(
    "User",
    {"id": lambda one, _: one.id, "name": lambda one, _: one.name, "picture": _wrapped_picture},
    ("name", "id"),
)
BUSINESS = NodeType("Business", {"id": lambda one, _: one.id, "name": lambda one, _: one.name}, ("name", "id"))
PAGE = NodeType(
    "Page",
    {
        "id": lambda page, _: page.id,
        "name": lambda page, _: page.name,
        "username": lambda page, _: page.username,
        "category": lambda page, _: page.category,
        "link": lambda page, call: f"{call.origin}/?account={page.id}",
        "access_token": _page_token,
        "tasks": _tasks,
        "picture": _wrapped_picture,
        "instagram_business_account": _instagram_of,
        "connected_instagram_account": _instagram_of,
    },
    ("name", "id"),
)
PAGE_IN_ACCOUNTS = NodeType("Page", PAGE.fields, ("access_token", "category", "name", "id", "tasks"))
"""The same node; /me/accounts shows more of it unasked."""
POST = NodeType(
    "PagePost",
    {
        "id": lambda post, _: post.id,
        "message": lambda post, _: _or_absent(post.message),
        "created_time": lambda post, _: graph_time(post.created_at),
        "permalink_url": _permalink,
        "is_published": lambda post, _: post.published,
        "is_hidden": lambda post, _: post.hidden,
        "scheduled_publish_time": _scheduled,
        "status_type": _status_type,
        "attachments": _attachments,
        "from": lambda post, _: {"name": post.page.name, "id": post.page.id},
        "full_picture": lambda post, call: _photo_images(post.photos[0], call)[0]["source"] if post.photos else ABSENT,
    },
    ("created_time", "message", "id"),
)
ATTACHMENT_TARGET = NodeType("StoryAttachmentTarget", {"id": lambda photo, _: photo.id, "url": _photo_link})
SHARE_TARGET = NodeType("StoryAttachmentTarget", {"id": lambda _url, _: ABSENT, "url": lambda url, _: url}, ("url",))
ATTACHMENT = NodeType(
    "StoryAttachment",
    {
        "media_type": lambda value, _: {"share": "link", "video_inline": "video"}.get(value["type"], value["type"]),
        "type": lambda value, _: value["type"],
        "url": lambda value, _: value["url"],
        "unshimmed_url": lambda value, _: value.get("unshimmed", value["url"]),
        "title": _title,
        "target": _target,
        "subattachments": _sub_attachments,
    },
    ("media_type", "target", "title", "type", "url", "subattachments"),
)
PHOTO = NodeType(
    "Photo",
    {
        "id": lambda photo, _: photo.id,
        "name": lambda photo, _: _or_absent(photo.caption),
        "alt_text_custom": lambda photo, _: _or_absent(photo.alt_text),
        "created_time": lambda photo, _: graph_time(photo.created_at),
        "width": lambda photo, _: photo.picture.width,
        "height": lambda photo, _: photo.picture.height,
        "images": _photo_images,
        "link": _photo_link,
        "page_story_id": _story_id,
        "from": lambda photo, _: {"name": photo.page.name, "id": photo.page.id},
    },
    ("created_time", "name", "id"),
)
VIDEO = NodeType(
    "Video",
    {
        "id": lambda video, _: video.id,
        "title": lambda video, _: _or_absent(video.title),
        "description": lambda video, _: _or_absent(video.description),
        "created_time": lambda video, _: graph_time(video.created_at),
        "updated_time": _video_time,
        "status": video_status,
        "published": lambda video, _: video.published_at is not None,
        "post_id": _video_post,
        "page_story_id": _video_post,
        "permalink_url": _video_link,
        "length": lambda video, _: video.file.seconds if video.file else ABSENT,
        "source": _video_source,
        "scheduled_publish_time": lambda video, _: (
            graph_time(video.publish_at) if video.publish_at and video.published_at is None else ABSENT
        ),
        "from": lambda video, _: {"name": video.page.name, "id": video.page.id},
    },
    ("updated_time", "description", "id"),
)
COMMENT = NodeType(
    "Comment",
    {
        "id": lambda comment, _: comment.id,
        "message": lambda comment, _: comment.message,
        "created_time": lambda comment, _: graph_time(comment.created_at),
        "from": lambda comment, _: {"name": comment.page.name, "id": comment.page.id},
        "attachment": _comment_attachment,
        "permalink_url": lambda comment, call: f"{call.origin}/facebook/{comment.id}",
    },
    ("created_time", "from", "message", "id"),
)
STORY = NodeType(
    "Stories",
    {
        "post_id": lambda post, _: post.id,
        "status": story_status,
        "creation_time": lambda post, _: str(int(post.created_at)),
        "media_type": lambda post, _: "video" if post.video else "photo",
        "media_id": _story_media,
        "url": _permalink,
    },
    ("post_id", "status", "creation_time", "media_type", "media_id", "url"),
)


async def read_node(call: Call) -> dict[str, Any]:
    """Answer GET of a node.

    Raises:
        GraphError: 100/33 where the token does not see it, 10 where a permission is missing, 100 for unknown fields.
    """
    return project(_visible(call), parse_fields(",".join(call.params.names("fields"))), call)


def _visible(call: Call) -> Node:
    """Return the target as a node, after checking that this token may read it."""
    match call.target:
        case Person() as person if person.id == call.caller.user_id:
            return Node(PERSON, person)
        case Business() as business:
            require_business(call, business)
            return Node(BUSINESS, business)
        case Page() as page:
            require_page(call, page)
            return Node(PAGE, page)
        case Photo() as photo if photo.is_gone(call.now):
            raise unsupported(call.method, call.target_id)
        case Post(deleted=False) | Video(deleted=False) | Comment(deleted=False) | Photo() as owned:
            require_page(call, owned.page, "pages_read_engagement")
            return Node(_PAGE_TYPES[type(owned)], owned)
        case InstagramAccount() | Container() | Media() | InstagramComment():
            return visible(call, call.target)
        case _:
            raise unsupported(call.method, call.target_id)


_PAGE_TYPES: dict[type, NodeType] = {Post: POST, Video: VIDEO, Comment: COMMENT, Photo: PHOTO}
