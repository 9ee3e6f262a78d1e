"""What a Bluesky account accepts: the lexicons that every server of the AT Protocol checks records by."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from platforms.base import ChannelKind, MediaKind
from platforms.bluesky.options import BlueskyOptions, BlueskyPlacement
from platforms.bluesky.text import count_text
from platforms.issues import Issue
from platforms.rules import Fact, MediaLimits, PostRules, Rules, TextUnit

_READ = date(2026, 11, 26)
_LEXICONS = "https://github.com/bluesky-social/atproto/blob/main/lexicons"
_POST = f"{_LEXICONS}/app/bsky/feed/post.json"
_IMAGES = f"{_LEXICONS}/app/bsky/embed/images.json"
_EXTERNAL = f"{_LEXICONS}/app/bsky/embed/external.json"
_DELETE = f"{_LEXICONS}/com/atproto/repo/deleteRecord.json"
_APP = "https://github.com/bluesky-social/social-app/blob/main/src/lib/constants.ts"
_POSTS = "https://docs.bsky.app/docs/advanced-guides/posts"


def _yes(source: str) -> Fact[bool]:
    return Fact(value=True, source=source, read_on=_READ)


def _no(source: str, *, confirmed: bool = True) -> Fact[bool]:
    return Fact(value=False, source=source, read_on=_READ, confirmed=confirmed)


def _count(number: int, source: str) -> Fact[int]:
    return Fact(number, source, _READ)


_fed = partial(
    PostRules,
    placement=BlueskyPlacement.FEED.value,
    takes_text=_yes(_POST),
    takes_comment=_no(_POST),
    takes_edit=_no(_POSTS, confirmed=False),
    takes_delete=_yes(_DELETE),
)
TEXT = _fed(
    name="text",
    title="a text or link",
    fewest_media=_count(0, _POST),
    most_media=_count(0, _POST),
    takes_alt_text=_no(_EXTERNAL),
)
PICTURES = _fed(
    name="pictures",
    title="a post with images",
    fewest_media=_count(1, _IMAGES),
    most_media=_count(4, _IMAGES),
    # The lexicon takes every type of image; these are what people can be sure to see.
    image=MediaLimits(
        mime_types=Fact(("image/jpeg", "image/png", "image/gif", "image/webp"), _IMAGES, _READ, confirmed=False),
        max_bytes=_count(1_000_000, _IMAGES),
    ),
    takes_alt_text=_yes(_IMAGES),
)


def check_options(_: BlueskyOptions, __: PostRules, ___: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with a post's options: there is nothing to choose wrongly."""
    yield from ()


RULES = Rules(
    kind=ChannelKind.BLUESKY_ACCOUNT,
    max_text_length=_count(300, _POST),
    text_unit=Fact(TextUnit.GRAPHEMES, _POST, _READ),
    count_text=count_text,
    supports_link=_yes(_EXTERNAL),
    posts=(TEXT, PICTURES),
    options=BlueskyOptions,
    check_options=check_options,
    max_comment_length=_count(300, _POST),
    comment_needs=Fact((), _POST, _READ),
    instead={"edit": "Bluesky's apps show no edits: delete the post and publish again."},
    # The lexicon sets no bound; this is what its apps offer to write at once, and more.
    most_parts=Fact(25, _POSTS, _READ, confirmed=False),
    max_alt_text_length=Fact(2_000, _APP, _READ, confirmed=False),
)
