"""The contracts between a platform's folder and the middle: what goes in, what comes out, in frozen dataclasses.

A platform offers four things: its `rules` (what each kind of channel accepts), an `OAuth` (how a person signs in), an
`AccountFinder` (what a sign-in can publish to; both in `platforms.sign_in`) and a `Publisher` (how one publication is
brought out). `platforms.network` puts them together.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from platforms.following import Following

Answer = TypeVar("Answer")


class Platform(StrEnum):
    """The social networks this server can publish to."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    LINKEDIN = "linkedin"
    LINKEDIN_PAGES = "linkedin_pages"
    """LinkedIn's other sign-in, by an app of its own: the channels that it finds are those of LINKEDIN."""
    X = "x"
    BLUESKY = "bluesky"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _LABELS[self]


_LABELS = {
    Platform.FACEBOOK: "Facebook",
    Platform.INSTAGRAM: "Instagram",
    Platform.LINKEDIN: "LinkedIn",
    Platform.LINKEDIN_PAGES: "LinkedIn Pages",
    Platform.X: "X",
    Platform.BLUESKY: "Bluesky",
}


class Environment(StrEnum):
    """Whether something talks to a real platform or to the bundled sandbox."""

    LIVE = "live"
    SANDBOX = "sandbox"


class ChannelKind(StrEnum):
    """What a channel is."""

    FACEBOOK_PAGE = "facebook_page"
    INSTAGRAM_ACCOUNT = "instagram_account"
    LINKEDIN_MEMBER = "linkedin_member"
    LINKEDIN_ORGANIZATION = "linkedin_organization"
    X_ACCOUNT = "x_account"
    BLUESKY_ACCOUNT = "bluesky_account"


# -- what is published ------------------------------------------------------------------------------------------


class MediaKind(StrEnum):
    """What a file is."""

    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


def kind_of(mime_type: str) -> MediaKind:
    """Say what a file of a type is."""
    family = mime_type.partition("/")[0]
    return MediaKind(family) if family in {MediaKind.IMAGE, MediaKind.VIDEO} else MediaKind.DOCUMENT


@dataclass(frozen=True, slots=True)
class DraftMedia:
    """A file to publish: `url` is signed and public for hours; sizes are in pixels and bytes, `seconds` of a video."""

    url: str
    mime_type: str
    byte_size: int
    width: int
    height: int
    alt_text: str | None = None
    seconds: float | None = None

    @property
    def kind(self) -> MediaKind:
        """What it is."""
        return kind_of(self.mime_type)


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Where a further part of a thread goes: below `parent`, in the thread that `root` began; ids of the platform."""

    root: str
    parent: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one channel is to get. `post` is the name of the kind of post, `options` are those of its platform.

    A further part of a thread is a draft of its own, with `reply_to`.
    """

    text: str
    link: str | None = None
    media: tuple[DraftMedia, ...] = ()
    post: str = ""
    options: Any = None
    reply_to: ReplyTo | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a post is public: the platform's id for it, and its address when the platform told it.

    `warning` says in a sentence what of it is not as it was sent, such as a picture that is missing.
    """

    platform_post_id: str
    permalink: str | None = None
    warning: str | None = None


DOUBTED = "doubted"
"""The handle that is there once a public call had an unknown outcome and it may be made again: what was made for that
call is used again, and never made anew. It holds when the first call was about to be made, in ISO 8601."""


DENIED = "denied"
"""The handle that is there once a person said of such a call that it came to nothing. They may have overlooked it: a
platform that then refuses the same as being there already is believed."""


NAMELESS = "accepted_without_id"
"""The code of a public call that was answered with success and without saying as which post. That the post cannot be
seen proves nothing then: it is never sent again, however long it stays unseen."""


@dataclass(frozen=True, slots=True)
class Cap:
    """How many uses of something a platform allows each channel in a window, without telling how many are left.

    `name` is what is used, such as `containers`.
    """

    name: str
    most: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Done:
    """The publication is public."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Wait:
    """The platform is working on it: come back after `delay`. Handles kept before are there again then."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    """A public call whose outcome is not known, as its publisher sees it again.

    `sent_at` is when the call was about to be made, `handles` what earlier steps kept. `answer` is the platform's
    code, such as `506`, when the call was answered with an error that does not settle it.
    """

    draft: Draft
    channel_id: str
    token: str = field(repr=False)
    handles: Mapping[str, str]
    sent_at: datetime
    now: datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a look at the platform shows of a call whose outcome is not known.

    `out` is True when the platform itself says that this very post is public, False when everything could be read and
    nothing says so, None when that cannot be told. `matches` are posts of the channel that look exactly like it; one
    of them may be somebody else's, so whoever asked leaves out those that are owned and believes a single one only.
    `working`: the platform has it and is not done with it. `refusal`: what the platform found wrong with it, in a
    sentence, so that it is not public and will not be. `repeatable`: the very same may be sent once more right away,
    for the platform would refuse a second copy and so tell of the first.
    """

    out: bool | None
    matches: tuple[Receipt, ...] = ()
    working: bool = False
    refusal: str | None = None
    repeatable: bool = False


class Work(Protocol):
    """One publication under way, as a publisher sees it."""

    @property
    def draft(self) -> Draft:
        """What to publish."""
        ...

    @property
    def channel_id(self) -> str:
        """The platform's own id of the Page or account."""
        ...

    @property
    def token(self) -> str:
        """The token that publishes to this channel. Never to be logged, stored or put into a URL."""
        ...

    @property
    def now(self) -> datetime:
        """The time of this step, aware, UTC."""
        ...

    @property
    def handles(self) -> Mapping[str, str]:
        """Remote handles kept by earlier steps, such as a container's id."""
        ...

    async def keep(self, handles: Mapping[str, str]) -> None:
        """Save remote handles at once; a later step or another worker finds them again.

        An empty value forgets that handle.
        """
        ...

    async def read(self, number: int, start: int, size: int) -> bytes:
        """Read part of a file of the draft: `size` bytes from `start`, fewer at its end."""
        ...

    async def spend(self, cap: Cap, *, of: int = 1) -> datetime | None:
        """Count one use of a cap of the channel, if there is room for `of` uses; else give the time from when there is.

        Whatever becomes of the use, it stays counted.
        """
        ...

    async def make_public(self, request: str, send: Callable[[], Awaitable[Answer]]) -> Answer:
        """Commit that the public call is about to be made, then make it: the only way to a public post.

        `request` is the HTTP method and path for the record, without query. Whatever `send` raises comes out.
        Nothing but `send` may make anything public, and a step calls this at most once.
        """
        ...


class Publisher(Protocol):
    """Brings one publication out, step by step."""

    async def step(self, work: Work) -> Done | Wait:
        """Do what can be done now.

        Everything before `work.make_public` is repeatable and reuses kept handles.

        Raises:
            TransientError: nothing became public; the step may be repeated later.
            RejectedError: the platform refused; repeating cannot help.
            ReconnectRequiredError: the token or a permission is gone.
            OutcomeUnknownError: it may be public. Out of `make_public`; before it only where an earlier call is
                doubted, and is not to be repeated any more.
        """
        ...

    async def look(self, sent: Sent) -> Sighting:
        """Look at the platform for a post whose public call has an unknown outcome. Reads only.

        Raises:
            PlatformError: the platform could not be asked; nothing follows from that.
        """
        ...

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call; gives the id of what it made, if it made something.

        What is repeatable may be asked for again whatever became of an earlier call; the rest is one call.

        Raises:
            TransientError: nothing was done; it may be tried again later.
            RejectedError: the platform refused; repeating cannot help.
            ReconnectRequiredError: the token or a permission is gone.
            OutcomeUnknownError: only of a task that is not repeatable: it may have been done.
        """
        ...

    async def find_comment(self, following: Following) -> Sighting:
        """Look for a first comment whose call has an unknown outcome. Reads only; its matches are comments.

        Raises:
            PlatformError: the platform could not be asked; nothing follows from that.
        """
        ...

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:
        """Read the address of what is out; None when the platform does not tell. Never changes anything."""
        ...
