"""What a LinkedIn profile and an organisation's Page accept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from platforms.base import ChannelKind, Draft, MediaKind
from platforms.issues import Fix, Issue, Rule
from platforms.linkedin.littletext import escaped_length
from platforms.linkedin.options import LinkedInOptions, LinkedInPlacement, LinkedInVisibility, Poll
from platforms.rules import Fact, MediaLimits, PostRules, Rules, TextUnit
from platforms.text import is_visible

_READ = date(2026, 11, 22)
_DOCS = "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares"
_POSTS = f"{_DOCS}/posts-api"
_IMAGES = f"{_DOCS}/images-api"
_VIDEOS = f"{_DOCS}/videos-api"
_MULTI = f"{_DOCS}/multiimage-post-api"
_DOCUMENTS = f"{_DOCS}/documents-api"
_POLLS = f"{_DOCS}/poll-post-api"
_COMMENTS = f"{_DOCS}/comments-api"
IMAGE_HANDLE, VIDEO_HANDLE, DOCUMENT_HANDLE = "image", "video", "document"
MOST_TITLE, MOST_DESCRIPTION = Fact(399, _POSTS, _READ), Fact(4_085, _POSTS, _READ)
_MOST_QUESTION, _MOST_ANSWER = Fact(140, _POLLS, _READ), Fact(30, _POLLS, _READ)
_FEWEST_ANSWERS, _MOST_ANSWERS = Fact(2, _POLLS, _READ), Fact(4, _POLLS, _READ)


def _yes(source: str) -> Fact[bool]:
    return Fact(value=True, source=source, read_on=_READ)


def _no(source: str) -> Fact[bool]:
    return Fact(value=False, source=source, read_on=_READ)


def _count(number: int, source: str) -> Fact[int]:
    return Fact(number, source, _READ)


_image = MediaLimits(
    mime_types=Fact(("image/jpeg", "image/png", "image/gif"), _IMAGES, _READ),
    max_bytes=Fact(20_000_000, _IMAGES, _READ, confirmed=False),
)
_post = partial(
    PostRules,
    placement=LinkedInPlacement.FEED.value,
    takes_text=_yes(_POSTS),
    takes_comment=_yes(_COMMENTS),
    takes_edit=_yes(_POSTS),
    takes_delete=_yes(_POSTS),
)
TEXT = _post(
    name="text",
    title="a text or link",
    fewest_media=_count(0, _POSTS),
    most_media=_count(0, _POSTS),
    takes_alt_text=_no(_POSTS),
)
IMAGE = _post(
    name="image",
    title="a post with an image",
    fewest_media=_count(1, _IMAGES),
    most_media=_count(1, _IMAGES),
    image=_image,
    takes_alt_text=_yes(_POSTS),
)
IMAGES = _post(
    name="multi_image",
    title="a post with several images",
    fewest_media=_count(2, _MULTI),
    most_media=_count(20, _MULTI),
    image=_image,
    takes_alt_text=_yes(_MULTI),
)
VIDEO = _post(
    name="video",
    title="a video",
    fewest_media=_count(1, _VIDEOS),
    most_media=_count(1, _VIDEOS),
    video=MediaLimits(
        mime_types=Fact(("video/mp4",), _VIDEOS, _READ),
        max_bytes=Fact(500_000_000, _VIDEOS, _READ),
        min_seconds=Fact(3.0, _VIDEOS, _READ),
        max_seconds=Fact(1_800.0, _VIDEOS, _READ),
    ),
    takes_alt_text=_no(_VIDEOS),
)
DOCUMENT = _post(
    name="document",
    title="a document",
    fewest_media=_count(1, _DOCUMENTS),
    most_media=_count(1, _DOCUMENTS),
    document=MediaLimits(
        mime_types=Fact(
            (
                "application/pdf",
                "application/msword",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ),
            _DOCUMENTS,
            _READ,
        ),
        max_bytes=_count(100_000_000, _DOCUMENTS),
        max_pages=_count(300, _DOCUMENTS),
    ),
    takes_alt_text=_no(_DOCUMENTS),
)
POLL = replace(TEXT, name="poll", title="a poll", placement=LinkedInPlacement.POLL.value, takes_edit=_yes(_POLLS))


def check_options(options: LinkedInOptions, post: PostRules, _: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with a post's options."""
    if options.poll is not None:
        yield from _poll(options.poll)
    if options.video_title is not None and post.video is None:
        message = "Only a video has a title: leave out `videoTitle`."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, ("options", "videoTitle"), fix=Fix.DROP_OPTION)
    yield from _document_title(options, post)
    for name, text in (("linkTitle", options.link_title), ("linkDescription", options.link_description)):
        if text is not None and post.name not in {TEXT.name, IMAGE.name}:
            message = f"Only a link has a card: leave out `{name}`."
            yield Issue(Rule.OPTION_UNSUPPORTED, message, ("options", name), fix=Fix.DROP_OPTION)
    yield from _long(options.link_title, MOST_TITLE, ("options", "linkTitle"))
    yield from _long(options.link_description, MOST_DESCRIPTION, ("options", "linkDescription"))


def check_page_options(options: LinkedInOptions, post: PostRules, kinds: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with the options of a Page's post, which everybody sees."""
    if options.visibility is not LinkedInVisibility.PUBLIC:
        message = "A Page's post is public: leave out `visibility`."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, ("options", "visibility"), fix=Fix.DROP_OPTION)
    yield from check_options(options, post, kinds)


def link_title(draft: Draft) -> str:
    """Give the title of a link's card: LinkedIn reads none from the page itself, so the host stands in for one."""
    if draft.options.link_title:
        return str(draft.options.link_title)
    return urlsplit(draft.link or "").hostname or ""


def warn(draft: Draft) -> Iterator[Issue]:
    """Notice a card without a title, and a title without a card."""
    for name, text in (("linkTitle", draft.options.link_title), ("linkDescription", draft.options.link_description)):
        if text is not None and not draft.link:
            yield Issue(Rule.OPTION_UNSUPPORTED, f"Without a link there is no card for `{name}`.", ("options", name))
    for number, file in enumerate(draft.media):
        if draft.link and file.alt_text:
            message = "The picture of a link's card has no alternative text."
            yield Issue(Rule.ALT_TEXT_UNSUPPORTED, message, ("media", str(number), "altText"))
    if draft.link and not draft.options.link_title:
        message = "LinkedIn reads nothing from a link's page: its card shows the host only. Give `linkTitle`."
        yield Issue(Rule.LINK_INVALID, message, ("options", "linkTitle"))


def _document_title(options: LinkedInOptions, post: PostRules) -> Iterator[Issue]:
    path = ("options", "documentTitle")
    if post.document is None and options.document_title is not None:
        message = "Only a document has a title: leave out `documentTitle`."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, path, fix=Fix.DROP_OPTION)
    if post.document is not None and not is_visible(options.document_title or ""):
        yield Issue(Rule.CONTENT_EMPTY, "LinkedIn takes no document without a title: give `documentTitle`.", path)
    yield from _long(options.document_title, MOST_TITLE, path)


def _poll(poll: Poll) -> Iterator[Issue]:
    path = ("options", "poll")
    yield from _long(poll.question, _MOST_QUESTION, (*path, "question"))
    for number, answer in enumerate(poll.options):
        yield from _long(answer, _MOST_ANSWER, (*path, "options", str(number)))
    fewest, most = _FEWEST_ANSWERS.value, _MOST_ANSWERS.value
    if not all(is_visible(text) for text in (poll.question, *poll.options)):
        yield Issue(Rule.CONTENT_EMPTY, "A poll's question and answers have a text.", path)
    if not fewest <= len(poll.options) <= most:
        message = f"A poll has {fewest} to {most} answers; there are {len(poll.options)}."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, (*path, "options"), limit=most, actual=len(poll.options))


def _long(text: str | None, most: Fact[int], path: tuple[str, ...]) -> Iterator[Issue]:
    if text is not None and len(text) > most.value:
        message = f"The option `{path[-1]}` has {len(text):,} characters; {most.value:,} are allowed."
        yield Issue(Rule.TEXT_TOO_LONG, message, path, limit=most.value, actual=len(text), fix=Fix.TRUNCATE_TEXT)


MEMBER_RULES = Rules(
    kind=ChannelKind.LINKEDIN_MEMBER,
    max_text_length=Fact(3_000, _POSTS, _READ),
    text_unit=Fact(TextUnit.ESCAPED_CODE_POINTS, _POSTS, _READ, confirmed=False),
    supports_link=_yes(_POSTS),
    posts=(TEXT, IMAGE, IMAGES, VIDEO, DOCUMENT, POLL),
    options=LinkedInOptions,
    check_options=check_options,
    max_comment_length=Fact(1_250, _COMMENTS, _READ),
    comment_needs=Fact(("w_member_social_feed",), _COMMENTS, _READ),
    instead={"edit": "Change it at linkedin.com.", "delete": "Delete it at linkedin.com."},
    most_link_images=_count(1, _POSTS),
    max_alt_text_length=Fact(4_086, _POSTS, _READ),
    count_text=escaped_length,
    warn=warn,
)
PAGE_RULES = replace(
    MEMBER_RULES,
    kind=ChannelKind.LINKEDIN_ORGANIZATION,
    check_options=check_page_options,
    comment_needs=Fact(("w_organization_social_feed",), _COMMENTS, _READ),
)
