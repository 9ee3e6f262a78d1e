"""What the X stand-in remembers, as shelves of the world's state."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.state import Shelf, codec_of
from sandbox.world import World
from sandbox.x import facts
from sandbox.x.settings import Settings
from sandbox.x.tokens import TokenStore

MediaKind = Literal["image", "gif", "video", "subtitles"]


@dataclass(slots=True)
class Media:
    """An upload.

    Attributes:
        kind: As its category says.
        owners: Accounts that may post it.
        segments: Bytes of each segment that arrived, by index.
        hash: SHA-256 of the whole, once it is there.
        finished_at: When it was whole; X works on videos and GIFs from then until `ready_at`.
        failure: Why it will not do.
    """

    id: str
    kind: MediaKind
    category: str
    media_type: str
    owners: tuple[str, ...]
    expires_at: float
    total_bytes: int = 0
    segments: dict[int, int] = field(default_factory=dict[int, int])
    hash: str | None = None
    size: int = 0
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    alt_text: str = ""
    finished_at: float | None = None
    ready_at: float = 0.0
    failure: str | None = None

    @property
    def key(self) -> str:
        """Its `media_key`."""
        return f"{facts.KEY_PREFIXES[self.kind]}_{self.id}"

    def is_ready(self, now: float) -> bool:
        """Say whether a post may show it."""
        whole = self.hash is not None and self.failure is None
        return whole and self.ready_at <= now < self.expires_at


@dataclass(slots=True)
class Post:
    """A post.

    Attributes:
        text: As it was sent.
        shown: As API v2 answers it: addresses are t.co's, `& < >` are entities; of a long one only the beginning.
        note: The whole of a long one, in the same form; empty for others.
        urls: What `entities.urls` tells.
        body: The body of its create.
        history: Ids of its versions, oldest first, its own last.
    """

    id: str
    author_id: str
    text: str
    shown: str
    note: str
    urls: list[dict[str, Any]]
    body: dict[str, Any]
    created_at: float
    conversation_id: str
    history: tuple[str, ...]
    media_ids: tuple[str, ...] = ()
    reply_to: str | None = None
    quote_of: str | None = None
    deleted_at: float | None = None
    replaced_by: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether it can still be read."""
        return self.deleted_at is None


@dataclass(slots=True)
class Recent:
    """Which post had a text last, and when."""

    post_id: str
    at: float


@dataclass(slots=True)
class Window:
    """How often something was called since a moment."""

    started_at: float
    used: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """That an account was refused for a limit: at first when, and until when it was to wait, in unix seconds."""

    at: float
    until: float


@dataclass(slots=True)
class Charge:
    """What a call cost, in millionths of a dollar.

    Attributes:
        purse: `app`, or the persona whose app has its own.
        what: `post`, `post_with_url`, `summoned_reply`, `delete`, `metadata`, `user_read`, `post_read` or `owned_read`.
    """

    purse: str
    account_id: str
    what: str
    resource: str
    micro_usd: int
    at: float


class X:
    """The state of the stand-in, beside the world it lives in. All of it is shelves: a reset empties them."""

    def __init__(self, world: World) -> None:
        self.world = world
        state = world.state
        self._settings = state.shelf("x_settings", codec_of(Settings))
        self._counters = state.shelf("x_counters", codec_of(int))
        self.tokens = TokenStore(state)
        self.media: Shelf[Media] = state.shelf("x_media", codec_of(Media))
        self.posts: Shelf[Post] = state.shelf("x_posts", codec_of(Post))
        self.recent: Shelf[Recent] = state.shelf("x_recent", codec_of(Recent))
        self.windows: Shelf[Window] = state.shelf("x_windows", codec_of(Window))
        self.told: Shelf[Told] = state.shelf("x_limits_told", codec_of(Told))
        self.billed: Shelf[float] = state.shelf("x_billed", codec_of(float))
        self.charges: Shelf[Charge] = state.shelf("x_charges", codec_of(Charge))
        self.balances: Shelf[int] = state.shelf("x_balances", codec_of(int))

    @property
    def settings(self) -> Settings:
        """The switches as they are now; replaced as a whole."""
        return self._settings.setdefault("now", Settings())

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self._settings["now"] = settings

    def next(self, counter: str) -> int:
        """Count, from 1."""
        self._counters[counter] = self._counters.get(counter, 0) + 1
        return self._counters[counter]

    def snowflake(self, now: float) -> str:
        """Return a new id: milliseconds of the sandbox's clock above bit 22, a count below."""
        count = self.next("snowflakes") & 0x3FFFFF
        return str(((int(now * 1000) - facts.EPOCH_MS) << 22) | count)
