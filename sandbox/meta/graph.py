"""The objects that publishing makes: photos, posts, containers, Instagram media; by id, and by account in order."""

from bisect import insort
from collections import ChainMap, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import orjson
from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationInfo

from sandbox.identifiers import digest
from sandbox.meta import facts
from sandbox.meta.errors import GraphError
from sandbox.meta.people import People
from sandbox.meta.personas import InstagramAccount, Page
from sandbox.pictures import Picture
from sandbox.state import Codec, Shelf, State, codec_of


def _id_of(held: Any) -> str:
    return held.id


def _of_id(key: str, info: ValidationInfo) -> Any:
    return (info.context or {})[key]


_FROM_ID, _AS_ID = PlainValidator(_of_id), PlainSerializer(_id_of)
KeptFailure = Annotated[GraphError, PlainValidator(lambda kept: GraphError(**kept)), PlainSerializer(GraphError.fields)]
"""Another object's field is kept in the state file as that object's id, a refusal as its fields."""


@dataclass(slots=True)
class Photo:
    """A photo on a Page; staged until a post shows it, a temporary one for a day at most."""

    id: str
    page: Annotated[Page, _FROM_ID, _AS_ID]
    picture: Picture
    caption: str
    alt_text: str
    created_at: float
    post_id: str | None = None
    temporary: bool = False

    def is_gone(self, now: float) -> bool:
        """Say whether it was deleted because nobody used it."""
        unused = self.temporary and self.post_id is None
        return unused and now >= self.created_at + facts.TEMPORARY_PHOTO_SECONDS


@dataclass(slots=True)
class Post:
    """A Page post, `{page}_{post}`; public if it is published and not deleted, listed `lag_seconds` later."""

    id: str
    page: Annotated[Page, _FROM_ID, _AS_ID]
    message: str
    link: str | None
    photos: tuple[Annotated[Photo, _FROM_ID, _AS_ID], ...]
    created_at: float
    published: bool
    deleted: bool = False
    lag_seconds: float = 0


@dataclass(slots=True)
class Container:
    """An Instagram media container; its status follows from the clock.

    Attributes:
        ready_at: When processing ends.
        expires_at: When it can be published no more.
        failure: What its status says once processing ended, if the image was refused late.
        media_ids: What it was published as; one, unless the sandbox is told to duplicate.
        refusals: How often a fault refused to publish it.
    """

    id: str
    account: Annotated[InstagramAccount, _FROM_ID, _AS_ID]
    pictures: tuple[Picture, ...]
    caption: str
    alt_texts: tuple[str, ...]
    created_at: float
    ready_at: float
    expires_at: float
    is_carousel_item: bool = False
    children: tuple[Annotated["Container", _FROM_ID, _AS_ID], ...] = ()
    failure: KeptFailure | None = None
    media_ids: list[str] = field(default_factory=list[str])
    refusals: int = 0


@dataclass(slots=True)
class Media:
    """A published Instagram post, listed `lag_seconds` after its publication."""

    id: str
    account: Annotated[InstagramAccount, _FROM_ID, _AS_ID]
    shortcode: str
    caption: str
    alt_texts: tuple[str, ...]
    pictures: tuple[Picture, ...]
    created_at: float
    children: tuple[str, ...] = ()
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


Stored = Photo | Post | Container | Media
_KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in (Photo, Post, Container, Media)}


class GraphStore:
    """All stored objects.

    Attributes:
        objects: By id; whoever changes one in place says `touch`.
        timelines: Posts of a Page, oldest first, unpublished ones not among them.
        grids: Media of an Instagram account, oldest first.
        published: When an Instagram account published in the last 24 hours; `containers_made` likewise.
    """

    def __init__(self, state: State, people: People) -> None:
        self.objects: Shelf[Stored] = state.shelf("objects", _codec(people))
        self.published: Shelf[Usage] = state.shelf("published", codec_of(Usage))
        self.containers_made: Shelf[Usage] = state.shelf("containers_made", codec_of(Usage))
        self.timelines: dict[str, list[Post]] = defaultdict(list)
        self.grids: dict[str, list[Media]] = defaultdict(list)
        self._texts = state.shelf("recent_texts", codec_of(float))
        for stored in self.objects.values():
            self._list(stored)

    def add(self, stored: Stored) -> None:
        """Keep a new object, and list it where it is public."""
        self.objects[stored.id] = stored
        self._list(stored)

    def make_public(self, post: Post, moment: float) -> None:
        """List a post that was unpublished so far."""
        post.published, post.created_at = True, moment
        self.objects.touch(post.id)
        self._list(post)

    def note_text(self, page_id: str, text: str, moment: float) -> None:
        """Remember when a Page posted a text last."""
        self._texts[_text_key(page_id, text)] = moment

    def last_posted(self, page_id: str, text: str) -> float | None:
        """Return when a Page posted a text last, if it ever did."""
        return self._texts.get(_text_key(page_id, text))

    def _list(self, stored: Stored) -> None:
        """Put a public object in its place by time: the sandbox's clock may have been moved back."""
        if isinstance(stored, Post) and stored.published:
            insort(self.timelines[stored.page.id], stored, key=_created_at)
        elif isinstance(stored, Media):
            insort(self.grids[stored.account.id], stored, key=_created_at)


def use(shelf: Shelf[Usage], account_id: str, moment: float) -> None:
    """Count one use against an account's rolling limit."""
    shelf.setdefault(account_id, Usage()).moments.append(moment)
    shelf.touch(account_id)


def used(shelf: Shelf[Usage], account_id: str, now: float) -> int:
    """Return how often an account used up a rolling limit in the last 24 hours."""
    usage = shelf.get(account_id)
    return 0 if usage is None else usage.count(now, facts.QUOTA_SECONDS)


def _created_at(stored: Post | Media) -> float:
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
