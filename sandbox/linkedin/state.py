"""What the LinkedIn stand-in remembers, as shelves of the world's state."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.linkedin.settings import Settings
from sandbox.linkedin.tokens import TokenStore
from sandbox.state import Shelf, codec_of
from sandbox.world import World

AssetKind = Literal["image", "video", "document"]
AssetStatus = Literal["WAITING_UPLOAD", "PROCESSING", "AVAILABLE", "PROCESSING_FAILED"]


@dataclass(slots=True)
class Asset:
    """An image, a video or a document on its way up.

    Attributes:
        upload_key: The secret in its upload addresses.
        size_bytes: As a video was announced; 0 for others.
        parts: ETag by part's number, of those that arrived.
        hash: SHA-256 of the whole, once it is there.
        uploaded_at: Unix seconds, once it is whole; from then on LinkedIn works on it.
        ready_at: When that is over.
        failure: Why it will not do.
    """

    urn: str
    kind: AssetKind
    owner: str
    upload_key: str
    expires_at: float
    size_bytes: int = 0
    parts: dict[int, str] = field(default_factory=dict[int, str])
    hash: str | None = None
    uploaded_at: float | None = None
    ready_at: float = 0.0
    failure: str | None = None

    def status(self, now: float) -> AssetStatus:
        """Say how far it is."""
        if self.uploaded_at is None:
            return "WAITING_UPLOAD"
        if now < self.ready_at:
            return "PROCESSING"
        return "PROCESSING_FAILED" if self.failure else "AVAILABLE"


@dataclass(slots=True)
class Post:
    """A post as it was sent.

    Attributes:
        body: The body of its create, the commentary as it was sent last.
        is_cut: Whether the public reads less than was sent.
    """

    urn: str
    author: str
    body: dict[str, Any]
    canonical: str
    created_at: float
    modified_at: float
    is_cut: bool = False
    is_edited: bool = False
    deleted_at: float | None = None


@dataclass(slots=True)
class Comment:
    """A comment under a post; `id` is its number there."""

    id: str
    post_urn: str
    actor: str
    text: str
    created_at: float

    @property
    def urn(self) -> str:
        """Its full name."""
        return f"urn:li:comment:({self.post_urn},{self.id})"


@dataclass(slots=True)
class Recent:
    """What was posted last with one content: which post, and when."""

    urn: str
    at: float


class LinkedIn:
    """The state of the stand-in, beside the world it lives in. All of it is shelves: a reset empties them."""

    def __init__(self, world: World) -> None:
        self.world = world
        state = world.state
        self._settings = state.shelf("linkedin_settings", codec_of(Settings))
        self.tokens = TokenStore(state)
        self.assets: Shelf[Asset] = state.shelf("linkedin_assets", codec_of(Asset))
        self.uploads: Shelf[str] = state.shelf("linkedin_uploads", codec_of(str))
        self.posts: Shelf[Post] = state.shelf("linkedin_posts", codec_of(Post))
        self.comments: Shelf[Comment] = state.shelf("linkedin_comments", codec_of(Comment))
        self.recent: Shelf[Recent] = state.shelf("linkedin_recent", codec_of(Recent))
        self.counts: Shelf[int] = state.shelf("linkedin_counts", codec_of(int))
        self.told: Shelf[float] = state.shelf("linkedin_told", codec_of(float))

    @property
    def settings(self) -> Settings:
        """The switches as they are now; replaced as a whole."""
        return self._settings.setdefault("now", Settings())

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self._settings["now"] = settings
