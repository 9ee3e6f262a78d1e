"""What an Instagram professional account accepts."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from platforms.base import ChannelKind, MediaKind
from platforms.instagram.options import InstagramOptions, InstagramPlacement
from platforms.instagram.tags import check_tags
from platforms.issues import Fix, Issue, Rule
from platforms.rules import Fact, MediaLimits, PostRules, Rules, TextUnit
from platforms.text import is_web_address

_READ = date(2026, 11, 22)
_MEDIA = "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media"
_COMMENTS = "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments"
_IG_MEDIA = "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media"
_PERMISSIONS = "https://developers.facebook.com/docs/permissions"
MAX_COLLABORATORS = Fact(3, _MEDIA, _READ)

_image = partial(
    MediaLimits, mime_types=Fact(("image/jpeg",), _MEDIA, _READ), max_bytes=Fact(8 * 1024 * 1024, _MEDIA, _READ)
)
_fed_image = partial(_image, min_aspect_ratio=Fact(4 / 5, _MEDIA, _READ), max_aspect_ratio=Fact(1.91, _MEDIA, _READ))
_video = partial(
    MediaLimits,
    mime_types=Fact(("video/mp4", "video/quicktime"), _MEDIA, _READ),
    max_width=Fact(1_920, _MEDIA, _READ),
    min_frame_rate=Fact(22.9, _MEDIA, _READ),
    max_frame_rate=Fact(60.1, _MEDIA, _READ),
    min_seconds=Fact(3.0, _MEDIA, _READ),
    codecs=Fact(("h264", "hevc"), _MEDIA, _READ),
)
_reel = partial(
    _video,
    max_bytes=Fact(300_000_000, _MEDIA, _READ),
    max_seconds=Fact(900.0, _MEDIA, _READ),
    min_aspect_ratio=Fact(0.01, _MEDIA, _READ),
    max_aspect_ratio=Fact(10.0, _MEDIA, _READ),
)


def _yes() -> Fact[bool]:
    return Fact(value=True, source=_MEDIA, read_on=_READ)


def _no() -> Fact[bool]:
    return Fact(value=False, source=_MEDIA, read_on=_READ)


def _count(number: int) -> Fact[int]:
    return Fact(number, _MEDIA, _READ)


_of_media = partial(
    PostRules,
    takes_edit=Fact(value=False, source=_IG_MEDIA, read_on=_READ),
    takes_delete=Fact(value=False, source=_IG_MEDIA, read_on=_READ, confirmed=False),
)
_fed = partial(_of_media, takes_text=_yes(), takes_comment=Fact(value=True, source=_COMMENTS, read_on=_READ))
_single = partial(_fed, fewest_media=_count(1), most_media=_count(1))
_story = partial(
    _of_media,
    placement=InstagramPlacement.STORY.value,
    takes_text=_no(),
    takes_alt_text=_no(),
    takes_comment=Fact(value=False, source=_COMMENTS, read_on=_READ, confirmed=False),
    fewest_media=_count(1),
    most_media=_count(1),
)

IMAGE = _single(
    name="image", placement=InstagramPlacement.FEED.value, title="an image", image=_fed_image(), takes_alt_text=_yes()
)
REEL = _single(
    name="reel", placement=InstagramPlacement.REEL.value, title="a reel", video=_reel(), takes_alt_text=_no()
)
FED_REEL = _single(
    name="feed_video",
    placement=InstagramPlacement.FEED.value,
    title="a video, which Instagram makes a reel",
    video=_reel(),
    takes_alt_text=_no(),
)


def _carousel(name: str, placement: InstagramPlacement) -> PostRules:
    return _fed(
        name=name,
        placement=placement.value,
        title="a carousel",
        fewest_media=_count(2),
        most_media=_count(10),
        image=_fed_image(),
        video=_reel(),
        mixes=True,
        takes_alt_text=_yes(),
    )


CAROUSEL = _carousel("carousel", InstagramPlacement.CAROUSEL)
FED_CAROUSEL = _carousel("feed_carousel", InstagramPlacement.FEED)
IMAGE_STORY = _story(name="image_story", title="a story with an image", image=_image())
VIDEO_STORY = _story(
    name="video_story",
    title="a story with a video",
    video=_video(
        max_bytes=Fact(100_000_000, _MEDIA, _READ),
        max_seconds=Fact(60.0, _MEDIA, _READ),
        min_aspect_ratio=Fact(0.1, _MEDIA, _READ),
        max_aspect_ratio=Fact(10.0, _MEDIA, _READ),
    ),
)


def check_options(options: InstagramOptions, post: PostRules, files: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with a post's options."""
    yield from check_tags(options.user_tags, post, files)
    yield from _cover(options)
    story, video = post.placement == InstagramPlacement.STORY.value, post.image is None
    if (found := len(options.collaborators)) > MAX_COLLABORATORS.value:
        message = f"There are {found} collaborators; {MAX_COLLABORATORS.value} are allowed."
        path = ("options", "collaborators")
        yield Issue(Rule.TOO_MANY_COLLABORATORS, message, path, limit=MAX_COLLABORATORS.value, actual=found)
    reel_only = {
        "coverUrl": options.cover_url is not None,
        "coverOffset": options.cover_offset is not None,
        "shareToFeed": not options.share_to_feed,
    }
    given = [
        ("collaborators", bool(options.collaborators) and story),
        ("locationId", bool(options.location_id) and story),
    ]
    given += [(name, wanted and (story or not video)) for name, wanted in reel_only.items()]
    for name, refused in given:
        if refused:
            message = f"`{name}` does not go with {post.title}: leave it out."
            yield Issue(Rule.OPTION_UNSUPPORTED, message, ("options", name), fix=Fix.DROP_OPTION)


def _cover(options: InstagramOptions) -> Iterator[Issue]:
    if options.cover_url is not None and not is_web_address(options.cover_url):
        message = "The cover's address is no http or https address: give one such as https://example.com/cover.jpg."
        yield Issue(Rule.LINK_INVALID, message, ("options", "coverUrl"))
    if options.cover_offset is not None and options.cover_offset < 0:
        message = "The moment of the cover is counted in milliseconds from the start: give 0 or more."
        path = ("options", "coverOffset")
        yield Issue(Rule.OPTION_UNSUPPORTED, message, path, limit=0, actual=options.cover_offset)


RULES = Rules(
    kind=ChannelKind.INSTAGRAM_ACCOUNT,
    max_text_length=Fact(2_200, _MEDIA, _READ),
    text_unit=Fact(TextUnit.CODE_POINTS, _MEDIA, _READ, confirmed=False),
    supports_link=_no(),
    posts=(IMAGE, FED_REEL, FED_CAROUSEL, CAROUSEL, REEL, IMAGE_STORY, VIDEO_STORY),
    options=InstagramOptions,
    check_options=check_options,
    max_comment_length=Fact(2_200, _COMMENTS, _READ, confirmed=False),
    comment_needs=Fact(("instagram_manage_comments", "instagram_business_manage_comments"), _PERMISSIONS, _READ),
    instead={
        "edit": "Instagram's API changes no caption: change it in the Instagram app.",
        "delete": "Instagram's API deletes a post only with the permission instagram_manage_contents, which this "
        "server's sign-in does not ask for: delete it in the Instagram app.",
    },
    max_hashtags=Fact(30, _MEDIA, _READ),
    max_mentions=Fact(20, _MEDIA, _READ),
    max_alt_text_length=Fact(1_000, _MEDIA, _READ),
)
