"""Publishing on Facebook Pages: photos, posts, edits, deletion, and the lists of posts."""

from collections.abc import Iterator
from typing import Any

from sandbox.identifiers import random_number
from sandbox.meta import facts, nodes
from sandbox.meta.call import Call, require_page, require_page_token
from sandbox.meta.errors import GraphError, duplicate, invalid_parameter, no_permission, unsupported
from sandbox.meta.fields import Node, parse_fields, project
from sandbox.meta.graph import Photo, Post
from sandbox.meta.paging import answer_edge
from sandbox.meta.params import is_web_address
from sandbox.meta.personas import Page
from sandbox.meta.publishing import add_post, path_of, publish_post, take_down
from sandbox.meta.times import scheduled_time
from sandbox.pictures import FetchError, Picture, fetch, inspect

WRITE = ("pages_read_engagement", "pages_manage_posts")


async def create_photo(call: Call) -> dict[str, Any]:
    """POST /{page}/photos: `url` or an uploaded file; published at once unless `published=false`."""
    page = _page(call)
    require_page_token(call, page, *WRITE)
    published, scheduled_at = _when(call)
    caption = call.params.text("caption") or call.params.text("message") or ""
    _check_message(caption)
    picture = await _photo_picture(call)
    photo = Photo(
        id=random_number("12", 16),
        page=page,
        picture=picture,
        caption=caption,
        alt_text=call.params.text("alt_text_custom") or "",
        created_at=call.now,
        temporary=call.params.flag("temporary", default=False),
    )
    call.meta.graph.add(photo)
    if not published and scheduled_at is None:
        return {"id": photo.id}
    post = add_post(call, page, message=caption, photos=(photo,), published=published, scheduled_at=scheduled_at)
    return {"id": photo.id, **({"post_id": post.id} if published else {})}


async def create_post(call: Call) -> dict[str, Any]:
    """POST /{page}/feed: a text, a link, or photos staged before."""
    page = _page(call)
    require_page_token(call, page, *WRITE)
    message, link = call.params.text("message") or "", call.params.text("link") or None
    photos = _staged_photos(call, page)
    if not message.strip() and link is None and not photos:
        raise GraphError(197, "(#197) The post is empty. Please enter a message to share.")
    _check_message(message)
    if link is not None:
        _check_link(link)
    published, scheduled_at = _when(call)
    if published:
        _check_duplicate(call, page, message)
    post = add_post(
        call, page, message=message, link=link, photos=photos, published=published, scheduled_at=scheduled_at
    )
    if call.params.values.get("fields"):
        return project(Node(nodes.POST, post), parse_fields(",".join(call.params.names("fields"))), call)
    return {"id": post.id}


async def update_post(call: Call) -> dict[str, Any]:
    """POST /{post}: another message, another time, hidden or not, or `is_published=true`; only what the app made."""
    post = _post(call)
    require_page_token(call, post.page, *WRITE)
    if post.by_hand:
        raise no_permission()
    message, moment = call.params.text("message"), scheduled_time(call)
    if message is not None:
        _check_message(message)
    if moment is not None and post.published:
        raise invalid_parameter("A post that is published cannot be scheduled")
    if message is not None:
        call.meta.graph.reword(post.id, message)
        call.meta.world.ledger.reword(path_of(post), message)
    if moment is not None:
        post.scheduled_at = moment
        call.meta.graph.expect(post)
    post.hidden = call.params.flag("is_hidden", default=post.hidden)
    call.meta.graph.objects.touch(post.id)
    if call.params.flag("is_published", default=False) and not post.published:
        post.request_id, post.fingerprint = call.trace_id, call.fingerprint
        post.lag_seconds = call.mishap.lag_seconds
        publish_post(call.meta, post, call.now)
    return {"success": True}


async def delete_post(call: Call) -> dict[str, Any]:
    """DELETE /{post}: take it down; the ledger keeps that it was public."""
    post = _post(call)
    require_page_token(call, post.page, *WRITE)
    take_down(call.meta, post)
    return {"success": True}


async def delete_photo(call: Call) -> dict[str, Any]:
    """DELETE /{photo}: forget it. A post of several shows the others on; one of this photo alone goes with it."""
    photo = call.target
    if not isinstance(photo, Photo) or photo.is_gone(call.now):
        raise unsupported(call.method, call.target_id)
    require_page_token(call, photo.page, *WRITE)
    post = call.meta.graph.post(photo.post_id)
    if post is not None:
        post.photos = tuple(one for one in post.photos if one is not photo)
        call.meta.graph.objects.touch(post.id)
        if post.photos:
            hashes, texts = [one.picture.hash for one in post.photos], [one.alt_text for one in post.photos]
            call.meta.world.ledger.show(path_of(post), image_hashes=hashes, alt_texts=texts)
        else:
            take_down(call.meta, post)
    photo.deleted = True
    call.meta.graph.objects.touch(photo.id)
    return {"success": True}


async def list_photos(call: Call) -> dict[str, Any]:
    """GET /{page}/photos: newest first; with `type=uploaded` all that were uploaded, unpublished ones among them."""
    page = _page(call)
    require_page(call, page, "pages_read_engagement")
    everything = call.params.text("type") == "uploaded"
    found = (
        photo
        for photo in reversed(call.meta.graph.photos[page.id])
        if not photo.is_gone(call.now) and (everything or call.meta.graph.post(photo.post_id) is not None)
    )
    return answer_edge(call, found, lambda photo: Node(nodes.PHOTO, photo), total=None)


async def list_scheduled(call: Call) -> dict[str, Any]:
    """GET /{page}/scheduled_posts: what the platform will publish, the next first."""
    page = _page(call)
    require_page_token(call, page, "pages_read_engagement")
    found = [
        one
        for one in call.meta.graph.objects.values()
        if isinstance(one, Post) and one.page is page and one.due_at is not None
    ]
    found.sort(key=lambda post: post.scheduled_at or 0)
    return answer_edge(call, found, lambda post: Node(nodes.POST, post), total=None)


async def list_posts(call: Call) -> dict[str, Any]:
    """GET /{page}/published_posts, /posts and /feed: newest first, `since` and `until` in unix seconds."""
    page = _page(call)
    require_page(call, page, "pages_read_engagement")
    found = _timeline(call, page)
    return answer_edge(call, found, lambda post: Node(nodes.POST, post), total=None)


def _timeline(call: Call, page: Page) -> Iterator[Post]:
    since, until = call.params.number("since"), call.params.number("until")
    for post in reversed(call.meta.graph.timelines[page.id]):
        second = int(post.created_at)
        if since is not None and second < since:
            return
        if not post.deleted and not post.hidden and (until is None or second <= until) and nodes.is_listed(post, call):
            yield post


def _page(call: Call) -> Page:
    if not isinstance(call.target, Page):
        raise unsupported(call.method, call.target_id)
    return call.target


def _when(call: Call) -> tuple[bool, float | None]:
    """Return whether to publish now, and when to if later."""
    published, moment = call.params.flag("published", default=True), scheduled_time(call)
    kind = call.params.text("unpublished_content_type")
    if kind and kind not in facts.UNPUBLISHED_CONTENT_TYPES:
        raise invalid_parameter("Param unpublished_content_type is none of its values")
    if moment is not None and published:
        raise invalid_parameter("You cannot specify a scheduled publish time on a published post")
    return published, moment


def _post(call: Call) -> Post:
    post = call.target
    if not isinstance(post, Post) or post.deleted:
        raise unsupported(call.method, call.target_id)
    return post


async def _photo_picture(call: Call) -> Picture:
    url = call.params.text("url")
    if url:
        _check_url(url)
        try:
            data = await fetch(call.meta.world.fetcher, url)
        except FetchError as error:
            raise _bad_photo(str(error)) from error
    elif call.params.files:
        data = call.params.files.get("source") or next(iter(call.params.files.values()))
    else:
        raise GraphError(324, "(#324) Requires upload file")
    picture = inspect(data)
    if picture is None or picture.format not in facts.PHOTO_FORMATS:
        raise _bad_photo("The file is not a JPEG, PNG, GIF, BMP or TIFF image.")
    if picture.size_bytes > facts.PHOTO_MAX_BYTES:
        raise GraphError(
            100,
            "Invalid parameter",
            subcode=1366046,
            title="Can't Read Files",
            user_message="Your photos couldn't be uploaded. Photos should be less than 10 MB and saved as JPG or PNG.",
        )
    call.meta.world.pictures.keep(picture, data)
    return picture


def _bad_photo(detail: str) -> GraphError:
    return GraphError(
        324,
        "(#324) Missing or invalid image file",
        subcode=2069019,
        title="Invalid Image File",
        user_message=f"Your photos couldn't be uploaded. {detail}",
    )


def _staged_photos(call: Call, page: Page) -> tuple[Photo, ...]:
    found: list[Photo] = []
    for item in call.params.objects("attached_media"):
        photo = call.meta.graph.objects.get(str(item.get("media_fbid", "")))
        usable = isinstance(photo, Photo) and photo.page is page and not photo.is_gone(call.now)
        if not isinstance(photo, Photo) or not usable or photo in found:
            raise invalid_parameter("Invalid parameter: attached_media names a photo that this Page does not have")
        if photo.post_id is not None:
            raise GraphError(
                100,
                "Invalid parameter",
                subcode=1366051,
                title="Photos already posted",
                user_message="These photos were already posted.",
            )
        found.append(photo)
    if len(found) > facts.ATTACHED_MEDIA_MAX:
        raise invalid_parameter(f"Param attached_media has more than {facts.ATTACHED_MEDIA_MAX} items")
    return tuple(found)


def _check_message(message: str) -> None:
    if len(message) > facts.MESSAGE_MAX_CHARACTERS:
        raise invalid_parameter(f"Param message must be at most {facts.MESSAGE_MAX_CHARACTERS} characters long")


def _check_link(link: str) -> None:
    if not is_web_address(link):
        raise GraphError(1500, "(#1500) The url you supplied is invalid")


def _check_url(url: str) -> None:
    if not is_web_address(url):
        raise invalid_parameter("url should represent a valid URL")


def _check_duplicate(call: Call, page: Page, message: str) -> None:
    seconds = call.meta.settings.duplicate_seconds
    last = call.meta.graph.last_posted(page.id, message)
    if seconds and message and last is not None and call.now - last < seconds:
        raise duplicate()
