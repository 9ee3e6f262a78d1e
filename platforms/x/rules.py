"""What an account of X accepts, without a subscription and with one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from platforms.base import ChannelKind, Draft, MediaKind
from platforms.issues import Fix, Issue, Rule
from platforms.rules import Fact, MediaLimits, PostRules, Rules, TextUnit
from platforms.text import is_visible
from platforms.x.console import MEDIA_SCOPE
from platforms.x.options import XOptions, XPlacement, XPoll
from platforms.x.prices import cost_of, has_address
from platforms.x.weight import weigh

_READ = date(2026, 11, 22)
_POST = "https://docs.x.com/x-api/posts/create-post"
_OLDER_POST = "https://developer.x.com/en/docs/tweets/post-and-engage/api-reference"
_DELETE = "https://docs.x.com/x-api/posts/delete-post"
_COUNTING = "https://docs.x.com/fundamentals/counting-characters"
_MEDIA = "https://docs.x.com/x-api/media/quickstart/best-practices"
_ALT_TEXT = "https://docs.x.com/x-api/media/create-media-metadata"
_PREMIUM = "https://help.x.com/en/using-x/x-premium"
_CHANGES = "https://docs.x.com/changelog"
_FEWEST_ANSWERS, _MOST_ANSWERS, _LONGEST_ANSWER = Fact(2, _POST, _READ), Fact(4, _POST, _READ), Fact(25, _POST, _READ)
_SHORTEST_POLL, _LONGEST_POLL = Fact(5, _POST, _READ), Fact(10_080, _POST, _READ)
_REFUSED = ("U+FEFF", "U+FFFE", "U+FFFF")
_POST_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}\b")


def _yes(source: str) -> Fact[bool]:
    return Fact(value=True, source=source, read_on=_READ)


def _no(source: str) -> Fact[bool]:
    return Fact(value=False, source=source, read_on=_READ)


def _count(number: int, source: str) -> Fact[int]:
    return Fact(number, source, _READ)


_post = partial(
    PostRules,
    placement=XPlacement.FEED.value,
    takes_text=_yes(_POST),
    takes_comment=_no(_POST),
    takes_edit=_no(_POST),
    takes_delete=_yes(_DELETE),
)
TEXT = _post(
    name="text",
    title="a text",
    fewest_media=_count(0, _POST),
    most_media=_count(0, _POST),
    takes_alt_text=_no(_ALT_TEXT),
)
PICTURES = _post(
    name="pictures",
    title="a post with images",
    fewest_media=_count(1, _POST),
    most_media=_count(4, _POST),
    image=MediaLimits(
        mime_types=Fact(("image/jpeg", "image/png", "image/webp"), _MEDIA, _READ),
        max_bytes=_count(5_242_880, _MEDIA),
    ),
    takes_alt_text=_yes(_ALT_TEXT),
)
GIF = _post(
    name="gif",
    title="a GIF",
    fewest_media=_count(1, _POST),
    most_media=_count(1, _POST),
    image=MediaLimits(mime_types=Fact(("image/gif",), _MEDIA, _READ), max_bytes=_count(15_728_640, _MEDIA)),
    takes_alt_text=_yes(_ALT_TEXT),
)
_film = MediaLimits(
    mime_types=Fact(("video/mp4", "video/quicktime"), _MEDIA, _READ),
    max_bytes=_count(536_870_912, _MEDIA),
    min_seconds=Fact(0.5, _MEDIA, _READ),
    max_seconds=Fact(140.0, _MEDIA, _READ),
)
VIDEO = _post(
    name="video",
    title="a video",
    fewest_media=_count(1, _POST),
    most_media=_count(1, _POST),
    video=_film,
    takes_alt_text=_no(_ALT_TEXT),
)
LONG_VIDEO = replace(VIDEO, video=replace(_film, max_seconds=Fact(14_400.0, _PREMIUM, _READ, confirmed=False)))
POLL = replace(TEXT, name="poll", title="a poll", placement=XPlacement.POLL.value)


def check_options(options: XOptions, post: PostRules, _: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with a post's options."""
    if options.poll is not None:
        yield from _poll(options.poll)
    quoted = options.quote_post_id
    path = ("options", "quotePostId")
    if quoted is not None and not _POST_ID.fullmatch(quoted):
        yield Issue(Rule.OPTION_UNSUPPORTED, "`quotePostId` is the number at the end of a post's address.", path)
    if quoted is not None and post.name != TEXT.name:
        message = f"A quote cannot be {post.title} as well: leave out one of them."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, path, fix=Fix.DROP_OPTION)


def warn(draft: Draft) -> Iterator[Issue]:
    """Tell what the post costs, and what X is known to refuse of some apps."""
    cost = float(cost_of(draft))
    dearer = " A web address in the text makes it dearer." if has_address(draft.text) else ""
    yield Issue(Rule.PLATFORM_CHARGES, f"X charges the app ${cost:.3f} for it.{dearer}", ("text",), actual=cost)
    if draft.options.quote_post_id is not None:
        message = "X lets apps on its self-serve plans quote nothing: it refuses this unless yours may."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, ("options", "quotePostId"))
    if (tags := len(_CASHTAG.findall(draft.text))) > 1:
        message = f"The text has {tags} cashtags; X is known to refuse more than one."
        yield Issue(Rule.TEXT_UNSUPPORTED, message, ("text",), limit=1, actual=tags)


def _poll(poll: XPoll) -> Iterator[Issue]:
    path = ("options", "poll")
    fewest, most, longest = _FEWEST_ANSWERS.value, _MOST_ANSWERS.value, _LONGEST_ANSWER.value
    if not fewest <= len(poll.options) <= most:
        message = f"A poll has {fewest} to {most} answers; there are {len(poll.options)}."
        yield Issue(Rule.OPTION_UNSUPPORTED, message, (*path, "options"), limit=most, actual=len(poll.options))
    for number, answer in enumerate(poll.options):
        at = (*path, "options", str(number))
        if not is_visible(answer):
            yield Issue(Rule.CONTENT_EMPTY, "An answer of a poll has a text.", at)
        if len(answer) > longest:
            message = f"An answer of a poll has at most {longest} characters; this one has {len(answer)}."
            yield Issue(Rule.TEXT_TOO_LONG, message, at, limit=longest, actual=len(answer), fix=Fix.TRUNCATE_TEXT)
    low, high = _SHORTEST_POLL.value, _LONGEST_POLL.value
    if not low <= poll.duration_minutes <= high:
        message = f"A poll takes votes for {low} to {high:,} minutes; this one for {poll.duration_minutes:,}."
        limit = low if poll.duration_minutes < low else high
        yield Issue(
            Rule.OPTION_UNSUPPORTED, message, (*path, "durationMinutes"), limit=limit, actual=poll.duration_minutes
        )


PREMIUM = "premium"
"""The tier of accounts with a subscription of any kind."""
RULES = Rules(
    kind=ChannelKind.X_ACCOUNT,
    max_text_length=_count(280, _COUNTING),
    text_unit=Fact(TextUnit.X_WEIGHTED, _COUNTING, _READ),
    count_text=weigh,
    supports_link=_no(_POST),
    posts=(TEXT, PICTURES, GIF, VIDEO, POLL),
    options=XOptions,
    check_options=check_options,
    max_comment_length=_count(280, _COUNTING),
    comment_needs=Fact((), _POST, _READ),
    media_needs=Fact((MEDIA_SCOPE,), _MEDIA, _READ),
    instead={"edit": "Delete it and publish it anew: X lets only subscribers edit, and gives each edit a new id."},
    # X documents no bound; this is what its apps offer to write at once.
    most_parts=Fact(25, _CHANGES, _READ, confirmed=False),
    refused_characters=Fact(_REFUSED, _COUNTING, _READ),
    # The page is of the call's older version; that of today's does not speak of it, and X answers as before.
    refuses_copies=Fact(value=True, source=_OLDER_POST, read_on=date(2026, 11, 27)),
    max_alt_text_length=_count(1_000, _ALT_TEXT),
    warn=warn,
)
PREMIUM_RULES = replace(
    RULES,
    tier=PREMIUM,
    max_text_length=Fact(25_000, _PREMIUM, _READ, confirmed=False),
    posts=(TEXT, PICTURES, GIF, LONG_VIDEO, POLL),
)
