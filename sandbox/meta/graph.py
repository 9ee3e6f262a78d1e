"""The objects that publishing makes: photos, videos, posts, comments, containers, media; by id, by account in order."""

import heapq
from bisect import insort
from collections import ChainMap, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import orjson
from pydantic import TypeAdapter

from sandbox.identifiers import digest
from sandbox.meta import facts, instagram_facts
from sandbox.meta.held import AS_ID, FROM_ID
from sandbox.meta.instagram_objects import Container, InstagramComment, Media
from sandbox.meta.people import People
from sandbox.meta.personas import Page
from sandbox.pictures import Picture
from sandbox.state import Codec, Shelf, State, codec_of
from sandbox.videos import VideoFile


@dataclass(slots=True)
class Photo:
    """A photo on a Page; staged until a post shows it, a temporary one for a day at most."""

    id: str
    page: Annotated[Page, FROM_ID, AS_ID]
    picture: Picture
    caption: str
    alt_text: str
    created_at: float
    post_id: str | None = None
    temporary: bool = False
    deleted: bool = False

    def is_gone(self, now: float) -> bool:
        """Say whether it was deleted, by somebody or because nobody used it."""
        unused = self.temporary and self.post_id is None
        return self.deleted or (unused and now >= self.created_at + facts.TEMPORARY_PHOTO_SECONDS)


VideoState = Literal["open", "draft", "published", "scheduled"]


@dataclass(slots=True)
class Video:
    """A video on a Page, from the start of its upload; what it is at a moment follows from the clock.

    Attributes:
        kind: By which edge it came: `/videos`, `/video_reels` or `/video_stories`.
        file_size: What the start of the upload said; None where it said nothing.
        session_id: Of a chunked upload.
        uploaded_at: When all bytes were there; processing begins.
        ready_at: When it ends.
        file: What the bytes are; None where they are no video.
        failure: Meta's number and sentence for why the platform does not take it, once processing has ended.
        state: What the publisher wants: nothing yet, a draft, published as soon as it is ready, or at `publish_at`.
        post_id: The post that shows it, or will; told to its caller by a story at once, by others once it is public.
        request_id: The trace id of the call that wanted it public; `fingerprint` tells which token was used.
    """

    id: str
    page: Annotated[Page, FROM_ID, AS_ID]
    kind: Literal["video", "reel", "story"]
    created_at: float
    title: str = ""
    description: str = ""
    file_size: int | None = None
    session_id: str | None = None
    uploaded_at: float | None = None
    ready_at: float | None = None
    file: VideoFile | None = None
    failure: tuple[int, str] | None = None
    state: VideoState = "open"
    publish_at: float | None = None
    published_at: float | None = None
    post_id: str | None = None
    deleted: bool = False
    lag_seconds: float = 0
    request_id: str = ""
    fingerprint: str = ""

    @property
    def due_at(self) -> float | None:
        """When it becomes public; None as long as it will not."""
        if self.deleted or self.failure or self.ready_at is None or self.published_at is not None:
            return None
        if self.state == "published":
            return self.ready_at
        return max(self.ready_at, self.publish_at or 0) if self.state == "scheduled" else None


@dataclass(slots=True)
class Post:
    """A Page post, `{page}_{post}`; public if it is published and not deleted, listed `lag_seconds` later.

    Attributes:
        place: Where it shows up: among the posts, as a reel, or as a story.
        scheduled_at: When the platform will publish it.
        by_hand: Whether somebody made it on the Page itself, without the app.
        request_id: The trace id of the call that made it; `fingerprint` tells which token was used.
    """

    id: str
    page: Annotated[Page, FROM_ID, AS_ID]
    message: str
    link: str | None
    photos: tuple[Annotated[Photo, FROM_ID, AS_ID], ...]
    created_at: float
    published: bool
    deleted: bool = False
    lag_seconds: float = 0
    video: Annotated[Video, FROM_ID, AS_ID] | None = None
    place: Literal["feed", "reel", "story"] = "feed"
    scheduled_at: float | None = None
    hidden: bool = False
    by_hand: bool = False
    request_id: str = ""
    fingerprint: str = ""

    @property
    def due_at(self) -> float | None:
        """When it becomes public; None as long as it will not, or already is."""
        return None if self.deleted or self.published else self.scheduled_at


@dataclass(slots=True)
class Comment:
    """What the Page says under one of its posts, `{post}_{comment}`."""

    id: str
    page: Annotated[Page, FROM_ID, AS_ID]
    post_id: str
    message: str
    created_at: float
    link: str | None = None
    photo: Annotated[Photo, FROM_ID, AS_ID] | None = None
    deleted: bool = False
    lag_seconds: float = 0


@dataclass(slots=True)
class Usage:
    """Moments of the last 24 hours, for rolling limits; counting costs nothing per stored post."""

    moments: deque[float] = field(default_factory=deque[float])

    def count(self, now: float, window_seconds: float) -> int:
        """Forget what left the window and return what is in it."""
        while self.moments and self.moments[0] <= now - window_seconds:
            self.moments.popleft()
        return len(self.moments)


Stored = Photo | Video | Post | Comment | Container | Media | InstagramComment
_KINDS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind) for kind in (Photo, Video, Post, Comment, Container, Media, InstagramComment)
}


class GraphStore:
    """All stored objects.

    Attributes:
        objects: By id; whoever changes one in place says `touch`.
        timelines: Posts of a Page, oldest first, unpublished ones, reels and stories not among them.
        stories: Published stories of a Page, oldest first.
        photos: Photos of a Page, `videos`: its videos of every kind, oldest first.
        comments: Under each post, oldest first.
        grids: Media of an Instagram account, oldest first; stories and items of carousels are not among them.
        instagram_stories: Stories of an Instagram account, oldest first.
        instagram_comments: Comments under each Instagram media, and replies under each comment, oldest first.
        published: When an Instagram account published in the last 24 hours; `containers_made` likewise, and
            `reels_made` for Pages.
        subscriptions: Which webhook fields an app wants, by its name and the id of the Page or account.
    """

    def __init__(self, state: State, people: People) -> None:
        self.objects: Shelf[Stored] = state.shelf("objects", _codec(people))
        self.published: Shelf[Usage] = state.shelf("published", codec_of(Usage))
        self.containers_made: Shelf[Usage] = state.shelf("containers_made", codec_of(Usage))
        self.reels_made: Shelf[Usage] = state.shelf("reels_made", codec_of(Usage))
        self.subscriptions: Shelf[list[str]] = state.shelf("subscriptions", codec_of(list[str]))
        self.timelines: dict[str, list[Post]] = defaultdict(list)
        self.stories: dict[str, list[Post]] = defaultdict(list)
        self.photos: dict[str, list[Photo]] = defaultdict(list)
        self.videos: dict[str, list[Video]] = defaultdict(list)
        self.comments: dict[str, list[Comment]] = defaultdict(list)
        self._agenda: list[tuple[float, str]] = []
        self.grids: dict[str, list[Media]] = defaultdict(list)
        self.instagram_stories: dict[str, list[Media]] = defaultdict(list)
        self.instagram_comments: dict[str, list[InstagramComment]] = defaultdict(list)
        self._texts = state.shelf("recent_texts", codec_of(float))
        for stored in self.objects.values():
            self._list(stored)
            if isinstance(stored, Video | Post):
                self.expect(stored)

    def add(self, stored: Stored) -> None:
        """Keep a new object, and list it where it is public."""
        self.objects[stored.id] = stored
        self._list(stored)

    def make_public(self, post: Post, moment: float) -> None:
        """List a post that was unpublished so far."""
        post.published, post.created_at = True, moment
        self.objects.touch(post.id)
        self._list(post)

    def post(self, post_id: str | None) -> Post | None:
        """Return a post that is not deleted."""
        found = self.objects.get(post_id or "")
        return found if isinstance(found, Post) and not found.deleted else None

    def reword(self, post_id: str, message: str) -> None:
        """Change what a post says."""
        if post := self.post(post_id):
            post.message = message
            self.objects.touch(post.id)

    def expect(self, stored: Video | Post) -> None:
        """Note when an object becomes public by itself; whoever changes that says it again."""
        if stored.due_at is not None:
            heapq.heappush(self._agenda, (stored.due_at, stored.id))

    def take_due(self, now: float) -> Video | Post | None:
        """Return the next object that has to become public by now, in the order of time; None if there is none."""
        while self._agenda and self._agenda[0][0] <= now:
            moment, object_id = heapq.heappop(self._agenda)
            stored = self.objects.get(object_id)
            if isinstance(stored, Video | Post) and stored.due_at == moment:
                return stored
        return None

    def note_text(self, page_id: str, text: str, moment: float) -> None:
        """Remember when a Page posted a text last."""
        self._texts[_text_key(page_id, text)] = moment

    def last_posted(self, page_id: str, text: str) -> float | None:
        """Return when a Page posted a text last, if it ever did."""
        return self._texts.get(_text_key(page_id, text))

    def _list(self, stored: Stored) -> None:
        """Put a public object in its place by time: the sandbox's clock may have been moved back."""
        match stored:
            case Post(published=True, place="feed"):
                insort(self.timelines[stored.page.id], stored, key=_created_at)
            case Post(published=True, place="story"):
                insort(self.stories[stored.page.id], stored, key=_created_at)
            case Photo():
                insort(self.photos[stored.page.id], stored, key=_created_at)
            case Video():
                insort(self.videos[stored.page.id], stored, key=_created_at)
            case Comment():
                insort(self.comments[stored.post_id], stored, key=_created_at)
            case Media(kind="STORIES"):
                insort(self.instagram_stories[stored.account.id], stored, key=_created_at)
            case Media(album_id=None):
                insort(self.grids[stored.account.id], stored, key=_created_at)
            case InstagramComment():
                insort(self.instagram_comments[stored.parent_id or stored.media_id], stored, key=_created_at)
            case _:
                pass


def use(shelf: Shelf[Usage], account_id: str, moment: float) -> None:
    """Count one use against an account's rolling limit."""
    shelf.setdefault(account_id, Usage()).moments.append(moment)
    shelf.touch(account_id)


def used(shelf: Shelf[Usage], account_id: str, now: float) -> int:
    """Return how often an account used up a rolling limit in the last 24 hours."""
    usage = shelf.get(account_id)
    return 0 if usage is None else usage.count(now, instagram_facts.QUOTA_SECONDS)


def used_since(shelf: Shelf[Usage], account_id: str, since: float, now: float) -> int:
    """Return how often an account used up a rolling limit from a moment of the last 24 hours on."""
    usage = shelf.get(account_id)
    if usage is None:
        return 0
    usage.count(now, instagram_facts.QUOTA_SECONDS)
    return sum(moment >= since for moment in usage.moments)


def _created_at(stored: Stored) -> float:
    return stored.created_at


def _text_key(page_id: str, text: str) -> str:
    return f"{page_id} {digest(text)}"


def _codec(people: People) -> Codec[Stored]:
    """Return the codec of objects; a row is its kind and its fields, and what it holds was put there before it."""
    loaded: dict[str, Stored] = {}
    known: Mapping[str, Any] = ChainMap[str, Any](loaded, people.pages, people.instagram_accounts)

    def dump(stored: Stored) -> bytes:
        kind = type(stored).__name__
        return orjson.dumps([kind, _KINDS[kind].dump_python(stored, mode="json")])

    def load(text: bytes) -> Stored:
        kind, fields = orjson.loads(text)
        stored = loaded[fields["id"]] = _KINDS[kind].validate_python(fields, context=known)
        return stored

    return Codec(dump, load)
