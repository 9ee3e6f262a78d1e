"""Which endpoint answers which path, and under which label faults and the request log know it."""

from dataclasses import dataclass

from starlette.responses import Response

from sandbox.meta import (
    batch,
    comments,
    dialog,
    errors,
    facebook,
    facts,
    instagram,
    instagram_comments,
    instagram_containers,
    instagram_dialog,
    instagram_oauth,
    instagram_publish,
    instagram_uploads,
    me,
    nodes,
    oauth,
    reels,
    subscriptions,
    uploads,
    videos,
)
from sandbox.meta.apps import FACEBOOK, INSTAGRAM, App
from sandbox.meta.call import Call, Handler
from sandbox.meta.graph import Comment, Photo, Post, Stored, Video
from sandbox.meta.instagram_objects import Container, InstagramComment, Media
from sandbox.meta.params import Params
from sandbox.meta.personas import Business, InstagramAccount, Page, Person

Target = Person | Business | Page | InstagramAccount | Stored | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers, and under which label faults and the request log know it.

    Attributes:
        open: Whether it is reached without a token, or looks at the token itself.
        phases: The values of `upload_phase` that have labels of their own, such as `POST /video_reels/finish`.
        takes_bytes: Whether the body is a file's bytes.
    """

    label: str
    handler: Handler
    open: bool = False
    phases: tuple[str, ...] = ()
    takes_bytes: bool = False

    def label_of(self, params: Params) -> str:
        """Return the label of a call with these parameters."""
        phase = params.text("upload_phase") if self.phases else None
        return f"{self.label}/{phase}" if phase in self.phases else self.label


async def _unsupported(call: Call) -> Response:
    raise errors.unsupported(call.method, call.target_id)


async def _no_such_edge(call: Call) -> Response:
    edge = call.path.rstrip("/").rpartition("/")[2]
    raise errors.nonexisting_field(edge, NODE_NAMES[type(call.target)])


FIXED: dict[tuple[str, str], Endpoint] = {
    ("POST", ""): Endpoint("POST /batch", batch.batch),
    ("GET", ""): Endpoint("GET /ids", batch.by_ids),
} | {
    (endpoint.label.split()[0], endpoint.label.split("/", 1)[1]): endpoint
    for endpoint in (
        Endpoint("GET /dialog/oauth", dialog.show, open=True),
        Endpoint("POST /dialog/oauth", dialog.decide, open=True),
        Endpoint("GET /oauth/access_token", oauth.access_token, open=True),
        Endpoint("POST /oauth/access_token", oauth.access_token, open=True),
        Endpoint("GET /debug_token", oauth.debug_token),
        Endpoint("GET /me", me.me),
        Endpoint("GET /me/permissions", me.permissions),
        Endpoint("DELETE /me/permissions", me.revoke),
        Endpoint("GET /me/accounts", me.accounts),
        Endpoint("GET /me/businesses", me.businesses),
    )
}
LOGIN_FIXED: dict[tuple[str, str], Endpoint] = {
    (endpoint.label.split()[0], endpoint.label.split("/", 1)[1]): endpoint
    for endpoint in (
        Endpoint("GET /oauth/authorize", instagram_dialog.show, open=True),
        Endpoint("POST /oauth/authorize", instagram_dialog.decide, open=True),
        Endpoint("POST /oauth/access_token", instagram_oauth.exchange_code, open=True),
        Endpoint("GET /access_token", instagram_oauth.exchange_short, open=True),
        Endpoint("GET /refresh_access_token", instagram_oauth.refresh, open=True),
        Endpoint("GET /me", instagram_oauth.me),
    )
}
"""What Instagram Login has instead."""
LOGIN_CLOSED = frozenset({"DELETE /ig-media"})
"""What it has not, of all that is said of Instagram."""
KINDS: dict[type, str] = {
    Person: "user",
    Business: "business",
    Page: "page",
    InstagramAccount: "ig",
    Post: "post",
    Photo: "photo",
    Video: "video",
    Comment: "comment",
    Container: "container",
    Media: "ig-media",
    InstagramComment: "ig-comment",
}
NODE_NAMES: dict[type, str] = {
    Person: "User",
    Business: "Business",
    Page: "Page",
    InstagramAccount: "IGUser",
    Post: "PagePost",
    Photo: "Photo",
    Video: "Video",
    Comment: "Comment",
    Container: "IGMediaBuilder",
    Media: "IGMedia",
    InstagramComment: "IGComment",
}
NODES: dict[tuple[str, str], Endpoint] = {
    **{("GET", kind): Endpoint(f"GET /{kind}", nodes.read_node) for kind in KINDS.values()},
    ("POST", "post"): Endpoint("POST /post", facebook.update_post),
    ("DELETE", "post"): Endpoint("DELETE /post", facebook.delete_post),
    ("DELETE", "photo"): Endpoint("DELETE /photo", facebook.delete_photo),
    ("POST", "ig-media"): Endpoint("POST /ig-media", instagram.update_media),
    ("DELETE", "ig-media"): Endpoint("DELETE /ig-media", instagram.delete_media),
    ("DELETE", "ig-comment"): Endpoint("DELETE /ig-comment", instagram_comments.delete_comment),
    ("POST", "video"): Endpoint("POST /video", videos.update_video),
    ("DELETE", "video"): Endpoint("DELETE /video", videos.delete_video),
    ("POST", "comment"): Endpoint("POST /comment", comments.update_comment),
    ("DELETE", "comment"): Endpoint("DELETE /comment", comments.delete_comment),
}
EDGES: dict[tuple[str, str, str], Endpoint] = {
    ("GET", "user", "accounts"): Endpoint("GET /me/accounts", me.accounts),
    ("GET", "business", "owned_pages"): Endpoint("GET /owned_pages", me.owned_pages),
    ("GET", "business", "client_pages"): Endpoint("GET /client_pages", me.client_pages),
    ("POST", "page", "photos"): Endpoint("POST /photos", facebook.create_photo),
    ("POST", "page", "feed"): Endpoint("POST /feed", facebook.create_post),
    ("GET", "page", "photos"): Endpoint("GET /photos", facebook.list_photos),
    ("GET", "page", "scheduled_posts"): Endpoint("GET /scheduled_posts", facebook.list_scheduled),
    ("POST", "page", "videos"): Endpoint(
        "POST /videos", videos.create_video, phases=("start", "transfer", "finish", "cancel")
    ),
    ("GET", "page", "videos"): Endpoint("GET /videos", videos.list_videos),
    ("POST", "page", "video_reels"): Endpoint("POST /video_reels", reels.create_reel, phases=("start", "finish")),
    ("GET", "page", "video_reels"): Endpoint("GET /video_reels", reels.list_reels),
    ("POST", "page", "video_stories"): Endpoint(
        "POST /video_stories", reels.create_video_story, phases=("start", "finish")
    ),
    ("POST", "page", "photo_stories"): Endpoint("POST /photo_stories", reels.create_photo_story),
    ("GET", "page", "stories"): Endpoint("GET /stories", reels.list_stories),
    **{
        (method, kind, "comments"): Endpoint(f"{method} /comments", handler)
        for kind in ("post", "photo", "video")
        for method, handler in (("GET", comments.list_comments), ("POST", comments.create_comment))
    },
    ("GET", "page", "feed"): Endpoint("GET /feed", facebook.list_posts),
    ("GET", "page", "posts"): Endpoint("GET /posts", facebook.list_posts),
    ("GET", "page", "published_posts"): Endpoint("GET /published_posts", facebook.list_posts),
    ("POST", "ig", "media"): Endpoint("POST /media", instagram_containers.create_container),
    ("GET", "ig", "media"): Endpoint("GET /media", instagram.list_media),
    ("POST", "ig", "media_publish"): Endpoint("POST /media_publish", instagram_publish.publish_container),
    ("POST", "ig", "mediapublish"): Endpoint("POST /media_publish", instagram_publish.publish_container),
    ("GET", "ig", "stories"): Endpoint("GET /ig-stories", instagram.list_stories),
    ("GET", "ig-media", "children"): Endpoint("GET /children", instagram.list_children),
    ("GET", "ig-media", "comments"): Endpoint("GET /ig-comments", instagram_comments.list_comments),
    ("POST", "ig-media", "comments"): Endpoint("POST /ig-comments", instagram_comments.create_comment),
    ("GET", "ig-comment", "replies"): Endpoint("GET /ig-replies", instagram_comments.list_replies),
    ("POST", "ig-comment", "replies"): Endpoint("POST /ig-replies", instagram_comments.create_reply),
    ("GET", "ig", "content_publishing_limit"): Endpoint("GET /content_publishing_limit", instagram.publishing_limit),
}


EDGES.update(
    {
        (method, kind, "subscribed_apps"): Endpoint(f"{method} /subscribed_apps", handler)
        for kind in ("page", "ig")
        for method, handler in (
            ("GET", subscriptions.subscriptions),
            ("POST", subscriptions.subscribe),
            ("DELETE", subscriptions.unsubscribe),
        )
    }
)
UPLOADS: dict[tuple[str, str], Endpoint] = {
    ("POST", facts.UPLOAD_HOST): Endpoint("POST /video-upload", uploads.upload_video, open=True, takes_bytes=True),
    ("POST", instagram_containers.UPLOADS): Endpoint(
        "POST /ig-api-upload", instagram_uploads.upload_container, open=True, takes_bytes=True
    ),
}
"""What the upload host takes, by the first segment of its paths."""


def endpoint_labels() -> list[str]:
    """Return every label that a fault rule or a query of the request log may name."""
    endpoints = [endpoint for table in (FIXED, LOGIN_FIXED, NODES, EDGES, UPLOADS) for endpoint in table.values()]
    phased = {f"{endpoint.label}/{phase}" for endpoint in endpoints for phase in endpoint.phases}
    return sorted({endpoint.label for endpoint in endpoints} | phased)


def find_endpoint(method: str, segments: list[str], target: Target, app: App = FACEBOOK) -> Endpoint:
    """Return what answers a path; for unknown objects and edges, what refuses as Meta does."""
    fixed = LOGIN_FIXED if app is INSTAGRAM else FIXED
    if found := fixed.get((method, "/".join(segments))):
        return found
    endpoint = _endpoint_of(method, segments, target)
    is_closed = app is INSTAGRAM and endpoint.label in LOGIN_CLOSED
    return Endpoint(f"{method} /unknown", _unsupported) if is_closed else endpoint


def _endpoint_of(method: str, segments: list[str], target: Target) -> Endpoint:
    if method == "DELETE" and segments[:2] == ["me", "permissions"]:
        return FIXED["DELETE", "me/permissions"]
    kind = KINDS.get(type(target), "unknown")
    if len(segments) == 1 and (node := NODES.get((method, kind))):
        return node
    if len(segments) == 2 and (edge := EDGES.get((method, kind, segments[1]))):  # noqa: PLR2004 - object and edge
        return edge
    if len(segments) > 1 and target is not None and method == "GET":
        return Endpoint(f"GET /{kind}/unknown", _no_such_edge)
    return Endpoint(f"{method} /unknown", _unsupported)
