"""Publishing on Facebook Pages: photos, posts, edits, deletion, and the lists of posts."""

from collections.abc import Iterator
from typing import Any

from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.meta import facts, nodes
from sandbox.meta.call import Call, require_page, require_page_token
from sandbox.meta.errors import GraphError, duplicate, invalid_parameter, unsupported
from sandbox.meta.fields import Node, parse_fields, project
from sandbox.meta.graph import Photo, Post
from sandbox.meta.paging import answer_edge
from sandbox.meta.params import is_web_address
from sandbox.meta.personas import Page
from sandbox.pictures import FetchError, Picture, fetch, inspect

WRITE = ("pages_read_engagement", "pages_manage_posts")


async def create_photo(call: Call) -> dict[str, Any]:
    """POST /{page}/photos: `url` or an uploaded file; published at once unless `published=false`."""
    page = _page(call)
    require_page_token(call, page, *WRITE)
    _refuse_scheduling(call)
    published = call.params.flag("published", default=True)
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
    if not published:
        return {"id": photo.id}
    post = _add_post(call, page, message=caption, link=None, photos=(photo,), published=True)
    return {"id": photo.id, "post_id": post.id}


async def create_post(call: Call) -> dict[str, Any]:
    """POST /{page}/feed: a text, a link, or photos staged before."""
    page = _page(call)
    require_page_token(call, page, *WRITE)
    _refuse_scheduling(call)
    message, link = call.params.text("message") or "", call.params.text("link") or None
    photos = _staged_photos(call, page)
    if not message.strip() and link is None and not photos:
        raise GraphError(197, "(#197) The post is empty. Please enter a message to share.")
    _check_message(message)
    if link is not None:
        _check_link(link)
    published = call.params.flag("published", default=True)
    if published:
        _check_duplicate(call, page, message)
    post = _add_post(call, page, message=message, link=link, photos=photos, published=published)
    if call.params.values.get("fields"):
        return project(Node(nodes.POST, post), parse_fields(",".join(call.params.names("fields"))), call)
    return {"id": post.id}


async def update_post(call: Call) -> dict[str, Any]:
    """POST /{post}: another message, or `is_published=true` for one made with `published=false`."""
    post = _post(call)
    require_page_token(call, post.page, *WRITE)
    message = call.params.text("message")
    if message is not None:
        _check_message(message)
        post.message = message
        call.meta.graph.objects.touch(post.id)
        call.meta.world.ledger.reword(_path(post), message)
    if call.params.flag("is_published", default=False) and not post.published:
        call.meta.graph.make_public(post, call.now)
        _enter(call, post)
    return {"success": True}


async def delete_post(call: Call) -> dict[str, Any]:
    """DELETE /{post}: take it down; the ledger keeps that it was public."""
    post = _post(call)
    require_page_token(call, post.page, *WRITE)
    post.deleted = True
    call.meta.graph.objects.touch(post.id)
    call.meta.world.ledger.take_down(_path(post), call.now)
    return {"success": True}


async def delete_photo(call: Call) -> dict[str, Any]:
    """DELETE /{photo}: forget a staged photo. One that a post shows goes with its post."""
    photo = call.target
    if not isinstance(photo, Photo) or photo.post_id is not None:
        raise unsupported(call.method, call.target_id)
    require_page_token(call, photo.page, *WRITE)
    del call.meta.graph.objects[photo.id]
    return {"success": True}


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
        if not post.deleted and (until is None or second <= until) and nodes.is_listed(post, call):
            yield post


def _add_post(
    call: Call, page: Page, *, message: str, link: str | None, photos: tuple[Photo, ...], published: bool
) -> Post:
    """Make a post; from the check to here nothing awaits, so that two calls cannot take the same photo."""
    post = Post(
        id=f"{page.id}_{random_number('12', 16)}",
        page=page,
        message=message,
        link=link,
        photos=photos,
        created_at=call.meta.world.clock.now(),
        published=published,
    )
    call.meta.graph.add(post)
    for photo in photos:
        photo.post_id = post.id
        call.meta.graph.objects.touch(photo.id)
    if published:
        _enter(call, post)
    return post


def _enter(call: Call, post: Post) -> None:
    """Enter a post that is public from now on into the ledger."""
    post.lag_seconds = call.mishap.lag_seconds
    call.meta.graph.note_text(post.page.id, post.message, post.created_at)
    ledger = call.meta.world.ledger
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="facebook",
            account_id=post.page.id,
            account_name=post.page.name,
            kind=_kind(post),
            public_id=post.id,
            text=post.message,
            path=_path(post),
            published_at=post.created_at,
            request_id=call.trace_id,
            token_fingerprint=call.fingerprint,
            link=post.link,
            image_hashes=tuple(photo.picture.hash for photo in post.photos),
            alt_texts=tuple(photo.alt_text for photo in post.photos),
        )
    )


def _kind(post: Post) -> str:
    if post.photos:
        return "photo" if len(post.photos) == 1 else "photos"
    return "link" if post.link else "text"


def _path(post: Post) -> str:
    return f"/facebook/{post.id}"


def _page(call: Call) -> Page:
    if not isinstance(call.target, Page):
        raise unsupported(call.method, call.target_id)
    return call.target


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


def _refuse_scheduling(call: Call) -> None:
    """Say no rather than keep a post for ever that the caller expects to appear."""
    if call.params.text("scheduled_publish_time"):
        raise GraphError(100, "The sandbox does not stand in for scheduled_publish_time", status=501)
