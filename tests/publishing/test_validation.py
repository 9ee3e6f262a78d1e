"""A draft against a channel's rules: every broken rule at once, each with its limit and what was found."""

from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

import pytest

from platforms.base import ChannelKind, Platform
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from platforms.instagram.options import InstagramOptions, InstagramPlacement, UserTag
from platforms.issues import Fix, Issue, Rule
from platforms.linkedin.options import LinkedInOptions
from platforms.registry import rules_for
from platforms.text import is_web_address
from platforms.x.options import XOptions
from publishing.fitting import FileFacts, check_options
from publishing.records import MediaInput, PublishRequest
from publishing.validation import check

PICTURE = MediaInput(url="https://pictures.example/a.jpg")
FACEBOOK = PublishRequest(Platform.FACEBOOK, "chn_1", "Hello", None, (), "text", None)
INSTAGRAM = PublishRequest(Platform.INSTAGRAM, "chn_1", "Hello", None, (PICTURE,), "caption", None)
KINDS = {Platform.FACEBOOK: ChannelKind.FACEBOOK_PAGE, Platform.INSTAGRAM: ChannelKind.INSTAGRAM_ACCOUNT}
CAROUSEL = InstagramOptions(InstagramPlacement.CAROUSEL)
STORY = InstagramOptions(InstagramPlacement.STORY)
BACKDATED = FacebookOptions(backdated_to=datetime(2020, 1, 1, tzinfo=UTC))
FOUR_COLLABORATORS = (Rule.TOO_MANY_COLLABORATORS, ("options", "collaborators"), 3, 4)
BACKDATED_ISSUE = (Rule.BACKDATE_UNSUPPORTED, ("options", "backdatedTo"), None, None)
WIDE = (Rule.MEDIA_ASPECT_RATIO, 0.57, 1.7778, Fix.CROP_MEDIA)
LARGE = (10_000_000, 10_000_001)
PNG = (Rule.MEDIA_TYPE_UNSUPPORTED, None, None, Fix.CONVERT_MEDIA)
CONVERT = (Fix.CONVERT_MEDIA,)
NO_FILE = (Rule.MEDIA_REQUIRED, ("media",), 1, 0)
JPEG = FileFacts("image/jpeg", 90_000, 1000, 1000)
FILM = FileFacts("video/mp4", 5_000_000, 1080, 1920, seconds=20, codec="h264", frame_rate=30)


def tagged(x: float, y: float, media: int = 0) -> InstagramOptions:
    return InstagramOptions(user_tags=(UserTag("friend", x, y, media),))


def issues(request: PublishRequest, **given: object) -> tuple[Issue, ...]:
    return check(replace(request, **given), rules_for(KINDS[request.platform]))


def hashtags(count: int) -> str:
    return " ".join(f"#tag{number}" for number in range(count))


def mentions(count: int) -> str:
    return " ".join(f"@friend{number}" for number in range(count))


@pytest.mark.parametrize(
    ("request_", "given"),
    [
        (FACEBOOK, {"text": "x" * 63_206}),
        (FACEBOOK, {"text": "", "media": (PICTURE,) * 10}),
        (FACEBOOK, {"text": "", "link": "https://example.com"}),
        (FACEBOOK, {"text": hashtags(31) + mentions(21)}),
        (INSTAGRAM, {"text": "x" * 2_200}),
        (INSTAGRAM, {"text": "🎉" * 2_200}),
        (INSTAGRAM, {"text": hashtags(30)}),
        (INSTAGRAM, {"text": mentions(20)}),
        (INSTAGRAM, {"text": ""}),
        (INSTAGRAM, {"media": (replace(PICTURE, alt_text="x" * 1_000),)}),
    ],
)
def test_what_is_within_the_rules_has_no_issue(request_: PublishRequest, given: dict[str, object]):
    assert issues(request_, **given) == ()


@pytest.mark.parametrize(
    ("request_", "given", "rule", "path", "limit", "actual"),
    [
        (FACEBOOK, {"text": "x" * 63_207}, Rule.TEXT_TOO_LONG, ("text",), 63_206, 63_207),
        (FACEBOOK, {"text": ""}, Rule.CONTENT_EMPTY, ("text",), None, None),
        (FACEBOOK, {"text": " \n\t "}, Rule.CONTENT_EMPTY, ("text",), None, None),
        (FACEBOOK, {"media": (PICTURE,) * 11}, Rule.TOO_MANY_MEDIA, ("media",), 10, 11),
        (FACEBOOK, {"link": "javascript:alert(1)"}, Rule.LINK_INVALID, ("link",), None, None),
        (
            FACEBOOK,
            {"link": "https://example.com", "media": (PICTURE,)},
            Rule.LINK_AND_MEDIA,
            ("link",),
            None,
            None,
        ),
        (INSTAGRAM, {"text": "x" * 2_201}, Rule.TEXT_TOO_LONG, ("caption",), 2_200, 2_201),
        (INSTAGRAM, {"text": hashtags(31)}, Rule.TOO_MANY_HASHTAGS, ("caption",), 30, 31),
        (INSTAGRAM, {"text": mentions(21)}, Rule.TOO_MANY_MENTIONS, ("caption",), 20, 21),
        (INSTAGRAM, {"media": ()}, Rule.MEDIA_REQUIRED, ("media",), 1, 0),
        (INSTAGRAM, {"media": (PICTURE,) * 11}, Rule.TOO_MANY_MEDIA, ("media",), 10, 11),
        (INSTAGRAM, {"options": CAROUSEL}, Rule.TOO_FEW_MEDIA, ("media",), 2, 1),
        (INSTAGRAM, {"options": STORY}, Rule.TEXT_UNSUPPORTED, ("caption",), 0, 5),
        (INSTAGRAM, {"options": tagged(1.2, 0.5)}, Rule.TAG_OUTSIDE_MEDIA, ("options", "userTags", "0", "x"), 1, 1.2),
        (INSTAGRAM, {"options": tagged(0.5, -1)}, Rule.TAG_OUTSIDE_MEDIA, ("options", "userTags", "0", "y"), 0, -1),
        (INSTAGRAM, {"options": tagged(0, 0, media=1)}, Rule.TAG_INVALID, ("options", "userTags", "0", "media"), 0, 1),
        (INSTAGRAM, {"options": InstagramOptions(collaborators=("a",) * 4)}, *FOUR_COLLABORATORS),
        (FACEBOOK, {"media": (PICTURE,), "options": BACKDATED}, *BACKDATED_ISSUE),
        (FACEBOOK, {"text": "", "options": FacebookOptions(FacebookPlacement.REEL)}, *NO_FILE),
        (
            INSTAGRAM,
            {"media": (replace(PICTURE, alt_text="x" * 1_001),)},
            Rule.ALT_TEXT_TOO_LONG,
            ("media", "0", "altText"),
            1_000,
            1_001,
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_limit_and_what_was_found(
    *,
    request_: PublishRequest,
    given: dict[str, object],
    rule: Rule,
    path: tuple[str, ...],
    limit: int | None,
    actual: int | None,
):
    (issue,) = issues(request_, **given)

    assert (issue.rule, issue.path, issue.limit, issue.actual) == (rule, path, limit, actual)
    assert issue.message
    if rule.name.startswith(("TOO_MANY", "TEXT_TOO", "ALT_TEXT_TOO")):
        assert f"{limit:,}" in issue.message.replace("1000 ", "1,000 ")


def test_every_broken_rule_is_named_at_once():
    text = f"{'x' * 2_200} {hashtags(31)} {mentions(21)}"

    found = issues(INSTAGRAM, text=text, media=(PICTURE,) * 10 + (replace(PICTURE, alt_text="x" * 1_001),))

    assert [issue.rule for issue in found] == [
        Rule.TOO_MANY_MEDIA,
        Rule.TEXT_TOO_LONG,
        Rule.TOO_MANY_HASHTAGS,
        Rule.TOO_MANY_MENTIONS,
        Rule.ALT_TEXT_TOO_LONG,
    ]


@pytest.mark.parametrize(
    ("request_", "options", "files", "rule", "limit", "actual", "fix"),
    [
        (FACEBOOK, None, [JPEG, FILM], Rule.MEDIA_MIX_NOT_ALLOWED, 1, 2, Fix.DROP_EXTRA_MEDIA),
        (FACEBOOK, None, [FILM, FILM], Rule.TOO_MANY_MEDIA, 1, 2, Fix.DROP_EXTRA_MEDIA),
        (FACEBOOK, FacebookPlacement.REEL, [JPEG], Rule.MEDIA_TYPE_UNSUPPORTED, None, None, None),
        (FACEBOOK, FacebookPlacement.REEL, [replace(FILM, seconds=91)], Rule.VIDEO_DURATION, 90, 91, Fix.TRIM_VIDEO),
        (FACEBOOK, FacebookPlacement.STORY, [replace(FILM, seconds=61)], Rule.VIDEO_DURATION, 60, 61, Fix.TRIM_VIDEO),
        (FACEBOOK, FacebookPlacement.REEL, [replace(FILM, width=1920, height=1080)], *WIDE),
        (FACEBOOK, None, [replace(JPEG, byte_size=10_000_001)], Rule.MEDIA_TOO_LARGE, *LARGE, Fix.COMPRESS_MEDIA),
        (INSTAGRAM, None, [replace(JPEG, width=500)], Rule.MEDIA_ASPECT_RATIO, 0.8, 0.5, Fix.CROP_MEDIA),
        (INSTAGRAM, None, [replace(JPEG, mime_type="image/png")], *PNG),
        (INSTAGRAM, None, [replace(FILM, codec="vp9")], Rule.VIDEO_FORMAT, None, None, Fix.CONVERT_MEDIA),
        (INSTAGRAM, None, [replace(FILM, frame_rate=90)], Rule.VIDEO_FORMAT, 60.1, 90, Fix.CONVERT_MEDIA),
        (INSTAGRAM, None, [FILM, replace(FILM, seconds=901)], Rule.VIDEO_DURATION, 900, 901, Fix.TRIM_VIDEO),
        (INSTAGRAM, InstagramPlacement.REEL, [replace(FILM, width=2000)], Rule.MEDIA_DIMENSIONS, 1920, 2000, *CONVERT),
    ],
)
def test_a_file_that_does_not_fit_its_post_is_named_with_limit_find_and_fix(
    *, request_: PublishRequest, options: Any, files: list[FileFacts], rule: Rule, limit: Any, actual: Any, fix: Any
):
    kind = FacebookOptions if request_ is FACEBOOK else InstagramOptions
    chosen = kind(options) if options else kind()
    request = replace(request_, text="", media=(PICTURE,) * len(files), options=chosen)

    (issue,) = check(request, rules_for(KINDS[request.platform]), files)

    assert (issue.rule, issue.limit, issue.actual, issue.fix) == (rule, limit, actual, fix)
    assert issue.path[0] == "media"


@pytest.mark.parametrize(
    ("request_", "options", "files"),
    [
        (FACEBOOK, None, [FILM]),
        (FACEBOOK, FacebookPlacement.REEL, [FILM]),
        (FACEBOOK, FacebookPlacement.STORY, [FILM]),
        (FACEBOOK, FacebookPlacement.STORY, [JPEG]),
        (INSTAGRAM, None, [JPEG, FILM, JPEG]),
        (INSTAGRAM, InstagramPlacement.STORY, [FILM]),
        (INSTAGRAM, InstagramPlacement.REEL, [FILM]),
    ],
)
def test_every_kind_of_post_takes_what_fits(request_: PublishRequest, options: Any, files: list[FileFacts]):
    kind = FacebookOptions if request_ is FACEBOOK else InstagramOptions
    request = replace(request_, text="", media=(PICTURE,) * len(files), options=kind(options) if options else None)

    assert check(request, rules_for(KINDS[request.platform]), files) == ()


def test_an_instagram_post_without_an_image_is_told_only_that():
    (issue,) = issues(INSTAGRAM, text="", media=())

    assert issue.rule is Rule.MEDIA_REQUIRED


def test_the_advice_names_by_how_much_to_shorten():
    (issue,) = issues(INSTAGRAM, text="x" * 2_300)

    assert "Shorten it by 100" in issue.message


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://example.com", True),
        ("http://example.com:8080/a?b=c#d", True),
        ("https://münchen.example/straße", True),
        ("ftp://example.com", False),
        ("//example.com", False),
        ("example.com", False),
        ("https://", False),
        ("https:///path", False),
        ("https://exa mple.com", False),
        ("https://example.com/\n", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_a_web_address_is_absolute_with_a_host_and_no_whitespace(address: str, fits: bool):
    assert is_web_address(address) is fits


UNKNOWN = FileFacts()
NO_PLACE = InstagramOptions(user_tags=(UserTag("friend"),))
SECOND_TAGGED = InstagramOptions(user_tags=(UserTag("friend", media=1),))


@pytest.mark.parametrize(
    ("request_", "options", "files", "paths"),
    [
        (FACEBOOK, FacebookOptions(title="Our film"), [UNKNOWN], []),
        (FACEBOOK, FacebookOptions(title="Our film"), [JPEG], [("options", "title")]),
        (INSTAGRAM, InstagramOptions(cover_offset=10), [UNKNOWN], []),
        (INSTAGRAM, InstagramOptions(cover_offset=10), [JPEG], [("options", "coverOffset")]),
        (INSTAGRAM, NO_PLACE, [UNKNOWN], []),
        (INSTAGRAM, NO_PLACE, [FILM], []),
        (INSTAGRAM, NO_PLACE, [JPEG], [("options", "userTags", "0", "x"), ("options", "userTags", "0", "y")]),
        (INSTAGRAM, InstagramOptions(cover_offset=-1), [UNKNOWN], [("options", "coverOffset")]),
        (INSTAGRAM, SECOND_TAGGED, [JPEG, FILM], []),
        (
            INSTAGRAM,
            SECOND_TAGGED,
            [FILM, JPEG],
            [("options", "userTags", "0", "x"), ("options", "userTags", "0", "y")],
        ),
    ],
)
def test_an_option_is_refused_once_no_kind_of_post_that_is_possible_takes_it(
    request_: PublishRequest, options: Any, files: list[FileFacts], paths: list[tuple[str, ...]]
):
    request = replace(request_, text="", media=(PICTURE,) * len(files), options=options)

    found = check(request, rules_for(KINDS[request.platform]), files)

    assert [issue.path for issue in found] == paths


QUOTE, TITLES = XOptions(quote_post_id="1"), LinkedInOptions(video_title="Rise", document_title="Rise")
STORY_AT = InstagramOptions(InstagramPlacement.STORY, location_id="1")
GIF, FILM_ONLY = FileFacts("image/gif", 90_000, 100, 100), LinkedInOptions(video_title="Rise", link_title="x" * 400)
NOT_YET = "as they are: what to change depends on the type of the file, which is not known yet."


@pytest.mark.parametrize(
    ("kind", "options", "file", "messages"),
    [
        (ChannelKind.X_ACCOUNT, QUOTE, UNKNOWN, ["A quote cannot be a post with images, a GIF or a video as well: *"]),
        (ChannelKind.X_ACCOUNT, QUOTE, GIF, ["A quote cannot be a GIF as well: *"]),
        (ChannelKind.INSTAGRAM_ACCOUNT, STORY_AT, UNKNOWN, ["*a story with an image or a story with a video*"]),
        (ChannelKind.LINKEDIN_MEMBER, LinkedInOptions(video_title="Rise"), UNKNOWN, []),
        (ChannelKind.LINKEDIN_MEMBER, TITLES, UNKNOWN, [f"*`videoTitle` and `documentTitle` {NOT_YET}"]),
        (ChannelKind.LINKEDIN_MEMBER, TITLES, FILM, ["Only a document has a title: leave out `documentTitle`."]),
        (ChannelKind.LINKEDIN_MEMBER, FILM_ONLY, UNKNOWN, ["*`linkTitle` has 400 characters; *", f"*{NOT_YET}"]),
    ],
)
def test_what_is_said_of_options_holds_for_every_file_that_is_possible(
    kind: ChannelKind, options: Any, file: FileFacts, messages: list[str]
):
    found = check_options(rules_for(kind), options, [file])

    assert len(found) == len(messages)
    assert [
        one.message for one, wanted in zip(found, messages, strict=True) if not fnmatchcase(one.message, wanted)
    ] == []


def test_too_many_files_are_counted_against_the_post_that_takes_most():
    (issue,) = issues(FACEBOOK, text="", media=(PICTURE,) * 11)

    assert issue.message == "There are 11 files; 10 are allowed in a post with photos."


@pytest.mark.parametrize(
    ("request_", "options", "path"),
    [
        (FACEBOOK, FacebookOptions(title="a\x00b"), ("options", "title")),
        (INSTAGRAM, InstagramOptions(location_id="\x00"), ("options", "locationId")),
        (INSTAGRAM, InstagramOptions(collaborators=("one", "t\x00wo")), ("options", "collaborators", "1")),
        (INSTAGRAM, InstagramOptions(user_tags=(UserTag("o\x00ne", 0, 0),)), ("options", "userTags", "0", "handle")),
    ],
)
def test_no_text_within_options_may_hold_a_nul_or_be_without_end(
    request_: PublishRequest, options: Any, path: tuple[str, ...]
):
    found = {(one.rule, one.path): one.message for one in issues(request_, options=options)}

    assert f"`{'.'.join(path[1:])}`" in found[Rule.TEXT_UNSUPPORTED_CHARACTERS, path]


def test_an_option_has_a_length():
    (issue,) = issues(INSTAGRAM, options=InstagramOptions(location_id="1" * 8_001))

    assert (issue.rule, issue.path, issue.limit, issue.actual) == (
        Rule.TEXT_TOO_LONG,
        ("options", "locationId"),
        8_000,
        8_001,
    )


@pytest.mark.parametrize(
    ("options", "rule", "name"),
    [
        ({"cover_url": "file:///etc/passwd"}, Rule.LINK_INVALID, "coverUrl"),
        ({"cover_url": "cover.jpg"}, Rule.LINK_INVALID, "coverUrl"),
        ({"cover_offset": -1}, Rule.OPTION_UNSUPPORTED, "coverOffset"),
    ],
)
def test_a_cover_is_an_address_or_a_moment_of_the_film(options: dict[str, Any], rule: Rule, name: str):
    request = replace(INSTAGRAM, options=InstagramOptions(InstagramPlacement.REEL, **options))

    (issue,) = check(request, rules_for(KINDS[request.platform]), [FILM])

    assert (issue.rule, issue.path) == (rule, ("options", name))


def test_of_too_many_files_with_alternative_texts_only_their_number_is_told():
    described = MediaInput(url="https://pictures.example/a.jpg", alt_text="Bread")

    (issue,) = issues(FACEBOOK, media=(described,) * 11)

    assert (issue.rule, issue.limit, issue.actual) == (Rule.TOO_MANY_MEDIA, 10, 11)
