"""The objects of Instagram: containers, media, comments."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from sandbox.meta.held import AS_ID, FROM_ID, KeptFailure
from sandbox.meta.personas import InstagramAccount
from sandbox.pictures import Picture
from sandbox.videos import VideoFile


@dataclass(frozen=True, slots=True)
class Piece:
    """One picture or video on Instagram, and what was said about it.

    Attributes:
        user_tags: Who is on it: `username`, and `x` and `y` from 0 to 1 where they were given.
    """

    picture: Picture | None = None
    video: VideoFile | None = None
    alt_text: str = ""
    user_tags: tuple[dict[str, Any], ...] = ()

    @property
    def media_type(self) -> Literal["IMAGE", "VIDEO"]:
        """In Instagram's words."""
        return "VIDEO" if self.video is not None else "IMAGE"


InstagramKind = Literal["IMAGE", "VIDEO", "REELS", "STORIES", "CAROUSEL"]


@dataclass(slots=True)
class Container:
    """An Instagram media container; its status follows from the clock.

    Attributes:
        pieces: What it shows; a carousel shows what its children show, and has none of its own.
        details: What else the public would see of it: `location_id`, `collaborators`, `share_to_feed`, …
        ready_at: When processing ends; None while the video's bytes are awaited.
        upload_size: How many bytes an upload will have, once its first piece said it.
        expires_at: When it can be published no more.
        failure: What its status says once processing ended, if picture or video were refused late.
        media_ids: What it was published as; one, unless the sandbox is told to duplicate.
        refusals: How often a fault refused to publish it.
    """

    id: str
    account: Annotated[InstagramAccount, FROM_ID, AS_ID]
    kind: InstagramKind
    caption: str
    created_at: float
    ready_at: float | None
    expires_at: float
    pieces: tuple[Piece, ...] = ()
    details: dict[str, Any] = field(default_factory=dict[str, Any])
    is_carousel_item: bool = False
    children: tuple[Annotated["Container", FROM_ID, AS_ID], ...] = ()
    failure: KeptFailure | None = None
    media_ids: list[str] = field(default_factory=list[str])
    refusals: int = 0
    upload_size: int | None = None

    @property
    def shown(self) -> tuple[Piece, ...]:
        """What it shows, its children's pictures and videos among that."""
        return tuple(piece for child in self.children for piece in child.pieces) or self.pieces


@dataclass(slots=True)
class Media:
    """A published Instagram post, story, or item of a carousel; listed `lag_seconds` after its publication.

    Attributes:
        children: The items of a carousel, by id; `album_id` is the carousel of an item.
        comments_enabled: Whether anybody may comment.
    """

    id: str
    account: Annotated[InstagramAccount, FROM_ID, AS_ID]
    kind: InstagramKind
    shortcode: str
    caption: str
    created_at: float
    pieces: tuple[Piece, ...]
    details: dict[str, Any] = field(default_factory=dict[str, Any])
    children: tuple[str, ...] = ()
    album_id: str | None = None
    comments_enabled: bool = True
    deleted: bool = False
    lag_seconds: float = 0

    @property
    def path(self) -> str:
        """Where the public sees it, from the platform's origin."""
        if self.kind == "STORIES":
            return f"/stories/{self.account.username}/{self.id}"
        return f"/reel/{self.shortcode}" if self.kind == "REELS" else f"/p/{self.shortcode}"


@dataclass(slots=True)
class InstagramComment:
    """A comment under a media, or a reply under a comment (`parent_id`)."""

    id: str
    account: Annotated[InstagramAccount, FROM_ID, AS_ID]
    media_id: str
    text: str
    created_at: float
    parent_id: str | None = None
    deleted: bool = False
