"""The objects that publishing makes: photos, posts, containers, Instagram media; by id, and by account in order."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from sandbox.meta import facts
from sandbox.meta.errors import GraphError
from sandbox.meta.personas import InstagramAccount, Page
from sandbox.pictures import Picture


@dataclass(slots=True)
class Photo:
    """A photo on a Page; staged until a post shows it, a temporary one for a day at most."""

    id: str
    page: Page
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
    page: Page
    message: str
    link: str | None
    photos: tuple[Photo, ...]
    created_at: float
    published: bool
    deleted: bool = False
    lag_seconds: float = 0


@dataclass(slots=True)
class Container:
    """An Instagram media container; its status follows from the clock.

    Attributes:
        ready_at: When processing ends.
        failure: What its status says once processing ended, if the image was refused late.
        media_ids: What it was published as; one, unless the sandbox is told to duplicate.
        refusals: How often a fault refused to publish it.
    """

    id: str
    account: InstagramAccount
    pictures: tuple[Picture, ...]
    caption: str
    alt_texts: tuple[str, ...]
    created_at: float
    ready_at: float
    is_carousel_item: bool = False
    children: tuple["Container", ...] = ()
    failure: GraphError | None = None
    media_ids: list[str] = field(default_factory=list[str])
    refusals: int = 0


@dataclass(slots=True)
class Media:
    """A published Instagram post, listed `lag_seconds` after its publication."""

    id: str
    account: InstagramAccount
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


@dataclass(slots=True)
class GraphStore:
    """All stored objects.

    Attributes:
        timelines: Posts of a Page, oldest first, unpublished ones not among them.
        grids: Media of an Instagram account, oldest first.
        recent_texts: By Page, when each text was last posted.
    """

    objects: dict[str, Stored] = field(default_factory=dict[str, Stored])
    timelines: dict[str, list[Post]] = field(default_factory=lambda: defaultdict[str, list[Post]](list))
    grids: dict[str, list[Media]] = field(default_factory=lambda: defaultdict[str, list[Media]](list))
    published: dict[str, Usage] = field(default_factory=lambda: defaultdict[str, Usage](Usage))
    containers_made: dict[str, Usage] = field(default_factory=lambda: defaultdict[str, Usage](Usage))
    recent_texts: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])
