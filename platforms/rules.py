"""What a platform accepts, as data: limits with their sources, kinds of posts, consoles and versions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from platforms.base import ChannelKind, Draft, MediaKind
from platforms.issues import Issue

Value = TypeVar("Value")


class TextUnit(StrEnum):
    """How a platform counts the length of a text."""

    CODE_POINTS = "code_points"
    UTF16_UNITS = "utf16_units"
    X_WEIGHTED = "x_weighted"
    GRAPHEMES = "graphemes"
    ESCAPED_CODE_POINTS = "escaped_code_points"


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A vendor's number with where it was read: `source` is the vendor's page, `read_on` the day.

    `confirmed` is False for what the field knows and the vendor's pages do not say.
    """

    value: Value
    source: str
    read_on: date
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """What one kind of file has to be in one kind of post. A limit of None means that there is none."""

    mime_types: Fact[tuple[str, ...]]
    max_bytes: Fact[int]
    min_aspect_ratio: Fact[float] | None = None
    max_aspect_ratio: Fact[float] | None = None
    min_width: Fact[int] | None = None
    min_height: Fact[int] | None = None
    max_width: Fact[int] | None = None
    min_seconds: Fact[float] | None = None
    max_seconds: Fact[float] | None = None
    min_frame_rate: Fact[float] | None = None
    max_frame_rate: Fact[float] | None = None
    codecs: Fact[tuple[str, ...]] | None = None
    max_pages: Fact[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRules:
    """One kind of post: where it appears, how many files it has, and what each has to be.

    `name` is how its publisher knows it, `title` how people do. A kind of file without limits is not taken; both in
    one post only where it `mixes`.
    """

    name: str
    placement: str
    title: str
    fewest_media: Fact[int]
    most_media: Fact[int]
    image: MediaLimits | None = None
    video: MediaLimits | None = None
    document: MediaLimits | None = None
    mixes: bool = False
    takes_text: Fact[bool]
    takes_alt_text: Fact[bool]
    takes_comment: Fact[bool]
    takes_edit: Fact[bool]
    takes_delete: Fact[bool]

    def limits(self, kind: MediaKind) -> MediaLimits | None:
        """Give what a file of a kind has to be; None where none is taken."""
        match kind:
            case MediaKind.IMAGE:
                return self.image
            case MediaKind.VIDEO:
                return self.video
            case MediaKind.DOCUMENT:
                return self.document


def no_warnings(_: Draft) -> Iterable[Issue]:
    """Notice nothing."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one kind of channel accepts. A limit of None means that there is none.

    `tier` is what an account has at the platform besides, such as a subscription, where that changes what it accepts.

    `options` is the class of the platform's options, frozen, with a `placement`; `check_options` lists what is wrong
    with them, of a post with files of such kinds (None: not known yet). The first of `posts` are what people publish
    most.

    `most_parts` is how many parts a thread may have, None where there are no threads. `most_link_images` is how many
    images a link's card may bear, None where the platform draws the card itself and a link stands alone.
    `refused_characters` are what no text may hold, such as `U+FEFF`. `refuses_copies` says that a text is refused
    that a recent post of the account has. `count_text` measures a text in `text_unit`.
    `warn` lists what is noticed of content and does not stop it; of files it is told the alternative texts only.

    `comment_needs` are the permissions without any of which there is no first comment,
    `media_needs` those without all of which there are no files. `instead` says, by what
    `takes_edit` and `takes_delete` refuse, what a person does instead. `leftovers` are how the names of handles begin
    that a publication which never goes out leaves at the platform, for a clean-up.
    """

    kind: ChannelKind
    tier: str | None = None
    max_text_length: Fact[int]
    text_unit: Fact[TextUnit]
    supports_link: Fact[bool]
    posts: tuple[PostRules, ...]
    options: type[Any]
    check_options: Callable[[Any, PostRules, Sequence[MediaKind | None]], Iterable[Issue]]
    max_comment_length: Fact[int]
    comment_needs: Fact[tuple[str, ...]]
    instead: Mapping[str, str]
    media_needs: Fact[tuple[str, ...]] | None = None
    leftovers: tuple[str, ...] = ()
    max_hashtags: Fact[int] | None = None
    max_mentions: Fact[int] | None = None
    max_alt_text_length: Fact[int] | None = None
    most_parts: Fact[int] | None = None
    most_link_images: Fact[int] | None = None
    refused_characters: Fact[tuple[str, ...]] | None = None
    refuses_copies: Fact[bool] | None = None
    count_text: Callable[[str], int] = len
    warn: Callable[[Draft], Iterable[Issue]] = no_warnings

    @property
    def media_required(self) -> bool:
        """Whether there is no post without a file."""
        return all(post.fewest_media.value for post in self.posts)

    def post(self, name: str) -> PostRules:
        """Give a kind of post by its name.

        Raises:
            KeyError: there is none of this name.
        """
        return {post.name: post for post in self.posts}[name]

    def placed(self, placement: str) -> tuple[PostRules, ...]:
        """Give the kinds of post of a placement."""
        return tuple(post for post in self.posts if post.placement == placement)

    def most(self, kind: MediaKind) -> int:
        """Say how many files of a kind one post may have; 0 when none."""
        return max((post.most_media.value for post in self.posts if post.limits(kind)), default=0)

    @property
    def usual_image(self) -> MediaLimits:
        """What an image of the most usual post has to be."""
        return next(post.image for post in self.posts if post.image is not None)

    @property
    def largest_file(self) -> int:
        """The size in bytes above which no file is taken by any post."""
        limits = [one for post in self.posts for kind in MediaKind if (one := post.limits(kind)) is not None]
        return max(one.max_bytes.value for one in limits)


@dataclass(frozen=True, slots=True)
class ConsoleField:
    """What an operator fills in, or copies, in a vendor's developer console.

    `place` and `name` are as written there; in `value`, `{redirect}` stands for this server's redirect address.
    """

    place: str
    name: str
    value: Fact[str]


@dataclass(frozen=True, slots=True)
class Console:
    """What an operator does in a vendor's developer console; `permissions` says what each that is asked for is for.

    `without` says of each what does not work when a person does not allow it.
    """

    fields: tuple[ConsoleField, ...]
    permissions: Mapping[str, Fact[str]]
    without: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """The version of a vendor's API that is called, and those the vendor names with the day each ends.

    A day of None is not announced yet. `setting` chooses the version.
    """

    api: str
    setting: str
    version: str
    ends: Fact[Mapping[str, date | None]]

    @property
    def newest(self) -> str:
        """The version that ends last."""
        return list(self.ends.value)[-1]
