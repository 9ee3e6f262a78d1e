"""What a Facebook Page accepts."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from platforms.base import ChannelKind, MediaKind
from platforms.facebook.handles import PHOTO
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from platforms.issues import Fix, Issue, Rule
from platforms.rules import Fact, MediaLimits, PostRules, Rules, TextUnit

_READ = date(2026, 11, 22)
_PHOTOS = "https://developers.facebook.com/docs/graph-api/reference/page/photos"
_FEED = "https://developers.facebook.com/docs/graph-api/reference/page/feed"
_VIDEO = "https://developers.facebook.com/docs/graph-api/reference/page/videos"
_REELS = "https://developers.facebook.com/docs/video-api/guides/reels-publishing"
_STORIES = "https://developers.facebook.com/docs/page-stories-api"
_POST = "https://developers.facebook.com/docs/graph-api/reference/page-post"
_PAGES_POSTS = "https://developers.facebook.com/docs/pages-api/posts"
_COMMENTS = "https://developers.facebook.com/docs/graph-api/reference/object/comments"
_PERMISSIONS = "https://developers.facebook.com/docs/permissions"

_VIDEO_TYPES = ("video/mp4", "video/quicktime")
_photo = partial(
    MediaLimits,
    mime_types=Fact(("image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"), _PHOTOS, _READ),
    max_bytes=Fact(10_000_000, _PHOTOS, _READ),
)
_upright = partial(
    MediaLimits,
    mime_types=Fact(("video/mp4",), _REELS, _READ),
    max_bytes=Fact(1_000_000_000, _REELS, _READ, confirmed=False),
    min_aspect_ratio=Fact(0.55, _REELS, _READ),
    max_aspect_ratio=Fact(0.57, _REELS, _READ),
    min_width=Fact(540, _REELS, _READ),
    min_height=Fact(960, _REELS, _READ),
    min_frame_rate=Fact(23.9, _REELS, _READ),
    max_frame_rate=Fact(60.1, _REELS, _READ),
    min_seconds=Fact(3.0, _REELS, _READ),
)


def _yes(source: str) -> Fact[bool]:
    return Fact(value=True, source=source, read_on=_READ)


def _no(source: str) -> Fact[bool]:
    return Fact(value=False, source=source, read_on=_READ)


def _unsaid(*, yes: bool) -> Fact[bool]:
    """What the vendor's pages do not say of this kind of post."""
    return Fact(value=yes, source=_POST, read_on=_READ, confirmed=False)


def _count(number: int, source: str) -> Fact[int]:
    return Fact(number, source, _READ)


_fed = partial(
    PostRules,
    placement=FacebookPlacement.FEED.value,
    takes_text=_yes(_FEED),
    takes_comment=_yes(_COMMENTS),
    takes_edit=_yes(_PAGES_POSTS),
    takes_delete=_yes(_PAGES_POSTS),
)
_story = partial(
    PostRules,
    placement=FacebookPlacement.STORY.value,
    takes_text=_no(_STORIES),
    takes_comment=_no(_STORIES),
    takes_edit=_no(_STORIES),
    takes_delete=_unsaid(yes=True),
    fewest_media=_count(1, _STORIES),
    most_media=_count(1, _STORIES),
)

TEXT = _fed(
    name="text",
    title="a text or link",
    fewest_media=_count(0, _FEED),
    most_media=_count(0, _FEED),
    takes_alt_text=_no(_FEED),
)
PHOTOS = _fed(
    name="photos",
    title="a post with photos",
    fewest_media=_count(1, _FEED),
    most_media=Fact(10, _FEED, _READ, confirmed=False),
    image=_photo(),
    takes_alt_text=_yes(_PHOTOS),
)
VIDEO = _fed(
    name="video",
    title="a video",
    fewest_media=_count(1, _VIDEO),
    most_media=_count(1, _VIDEO),
    video=MediaLimits(
        mime_types=Fact(_VIDEO_TYPES, _VIDEO, _READ),
        max_bytes=Fact(10_000_000_000, _VIDEO, _READ, confirmed=False),
        max_seconds=Fact(14_400.0, _VIDEO, _READ, confirmed=False),
    ),
    takes_alt_text=_no(_VIDEO),
)
REEL = PostRules(
    name="reel",
    placement=FacebookPlacement.REEL.value,
    title="a Reel",
    fewest_media=_count(1, _REELS),
    most_media=_count(1, _REELS),
    video=_upright(max_seconds=Fact(90.0, _REELS, _READ)),
    takes_text=_yes(_REELS),
    takes_alt_text=_no(_REELS),
    takes_comment=_unsaid(yes=True),
    takes_edit=_unsaid(yes=False),
    takes_delete=_unsaid(yes=True),
)
PHOTO_STORY = _story(name="photo_story", title="a photo story", image=_photo(), takes_alt_text=_yes(_PHOTOS))
VIDEO_STORY = _story(
    name="video_story",
    title="a video story",
    video=_upright(max_seconds=Fact(60.0, _STORIES, _READ)),
    takes_alt_text=_no(_STORIES),
)


def check_options(options: FacebookOptions, post: PostRules, _: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with a post's options."""
    if options.backdated_to is not None:
        message = "A post cannot be dated back: leave out `backdatedTo`."
        yield Issue(Rule.BACKDATE_UNSUPPORTED, message, ("options", "backdatedTo"), fix=Fix.DROP_OPTION)
    if options.title is not None and post.video is None:
        message = "Only a video or a Reel has a title: leave out `title`."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, ("options", "title"), fix=Fix.DROP_OPTION)


RULES = Rules(
    kind=ChannelKind.FACEBOOK_PAGE,
    max_text_length=Fact(63_206, _FEED, _READ, confirmed=False),
    text_unit=Fact(TextUnit.CODE_POINTS, _FEED, _READ, confirmed=False),
    supports_link=_yes(_FEED),
    posts=(TEXT, PHOTOS, VIDEO, REEL, PHOTO_STORY, VIDEO_STORY),
    options=FacebookOptions,
    check_options=check_options,
    max_comment_length=Fact(8_000, _COMMENTS, _READ, confirmed=False),
    comment_needs=Fact(("pages_manage_engagement",), _PERMISSIONS, _READ),
    instead={
        "edit": "Facebook's API changes the text of posts in the feed only: change it at facebook.com.",
        "delete": "Delete it at facebook.com.",
    },
    leftovers=(PHOTO,),
)
