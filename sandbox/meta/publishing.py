"""How something on a Page becomes public: at once, when its video is ready, or at its scheduled time."""

from dataclasses import dataclass
from typing import Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.meta.call import Call, Meta
from sandbox.meta.graph import Comment, Photo, Post, Video
from sandbox.meta.personas import Page

PLACES: dict[str, Literal["feed", "reel", "story"]] = {"video": "feed", "reel": "reel", "story": "story"}


@dataclass(frozen=True, slots=True)
class Settled:
    """ASGI middleware: whoever asks anything finds public what was due by then."""

    app: ASGIApp
    meta: Meta

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        settle(self.meta)
        await self.app(scope, receive, send)


def settle(meta: Meta) -> None:
    """Make public what was due by now: scheduled posts, and videos that are ready."""
    now = meta.world.clock.now()
    while (due := meta.graph.take_due(now)) is not None:
        moment = due.due_at or now
        if isinstance(due, Video):
            _publish_video(meta, due, moment)
        else:
            publish_post(meta, due, moment)


def add_post(
    call: Call,
    page: Page,
    *,
    message: str,
    link: str | None = None,
    photos: tuple[Photo, ...] = (),
    place: Literal["feed", "story"] = "feed",
    published: bool = True,
    scheduled_at: float | None = None,
) -> Post:
    """Make a post; from the check of its photos to here nothing awaits, so that two calls cannot take the same one."""
    post = Post(
        id=new_post_id(page),
        page=page,
        message=message,
        link=link,
        photos=photos,
        created_at=call.meta.world.clock.now(),
        published=published,
        lag_seconds=call.mishap.lag_seconds,
        place=place,
        scheduled_at=scheduled_at,
        request_id=call.trace_id,
        fingerprint=call.fingerprint,
    )
    call.meta.graph.add(post)
    call.meta.graph.expect(post)
    for photo in photos:
        photo.post_id = post.id
        call.meta.graph.objects.touch(photo.id)
    if published:
        enter(call.meta, post)
    return post


def new_post_id(page: Page) -> str:
    """Return an id for a post of a Page."""
    return f"{page.id}_{random_number('12', 16)}"


def publish_post(meta: Meta, post: Post, moment: float) -> None:
    """Make a post public that was not so far."""
    meta.graph.make_public(post, moment)
    enter(meta, post)


def enter(meta: Meta, post: Post) -> None:
    """Enter a post that is public from now on into the ledger."""
    meta.graph.note_text(post.page.id, post.message, post.created_at)
    meta.world.ledger.record(
        Entry(
            sequence=meta.world.ledger.next_sequence(),
            platform="facebook",
            account_id=post.page.id,
            account_name=post.page.name,
            kind=_kind(post),
            public_id=post.id,
            text=post.message,
            path=path_of(post),
            published_at=post.created_at,
            request_id=post.request_id,
            token_fingerprint=post.fingerprint,
            link=post.link,
            image_hashes=tuple(photo.picture.hash for photo in post.photos),
            alt_texts=tuple(photo.alt_text for photo in post.photos),
            video_hashes=(post.video.file.hash,) if post.video and post.video.file else (),
            also_at=video_path(post.video) if post.video else None,
        )
    )


def enter_comment(call: Call, comment: Comment) -> None:
    """Enter a comment into the ledger."""
    ledger = call.meta.world.ledger
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="facebook",
            account_id=comment.page.id,
            account_name=comment.page.name,
            kind="comment",
            public_id=comment.id,
            text=comment.message,
            path=path_of(comment),
            published_at=comment.created_at,
            request_id=call.trace_id,
            token_fingerprint=call.fingerprint,
            link=comment.link,
            image_hashes=(comment.photo.picture.hash,) if comment.photo else (),
            alt_texts=(comment.photo.alt_text,) if comment.photo else (),
            parent_id=comment.post_id,
        )
    )


def path_of(thing: Post | Comment) -> str:
    """Return where the sandbox shows something."""
    return f"/facebook/{thing.id}"


def video_path(video: Video) -> str:
    """Return where the sandbox shows a video by its own id."""
    return f"/reel/{video.id}" if video.kind == "reel" else f"/{video.page.username}/videos/{video.id}"


def take_down(meta: Meta, post: Post) -> None:
    """Delete a post with its comments and its video; the ledger keeps that they were public."""
    now = meta.world.clock.now()
    for thing in (post, *meta.graph.comments[post.id]):
        thing.deleted = True
        meta.graph.objects.touch(thing.id)
        meta.world.ledger.take_down(path_of(thing), now)
    if post.video is not None:
        post.video.deleted = True
        meta.graph.objects.touch(post.video.id)


def _publish_video(meta: Meta, video: Video, moment: float) -> None:
    video.post_id = video.post_id or new_post_id(video.page)
    video.published_at = moment
    post = Post(
        id=video.post_id,
        page=video.page,
        message=video.description,
        link=None,
        photos=(),
        created_at=moment,
        published=True,
        lag_seconds=video.lag_seconds,
        video=video,
        place=PLACES[video.kind],
        request_id=video.request_id,
        fingerprint=video.fingerprint,
    )
    meta.graph.objects.touch(video.id)
    meta.graph.add(post)
    enter(meta, post)


def _kind(post: Post) -> str:
    if post.video is not None:
        return "video_story" if post.place == "story" else post.video.kind
    if post.photos:
        if post.place == "story":
            return "photo_story"
        return "photo" if len(post.photos) == 1 else "photos"
    return "link" if post.link else "text"
