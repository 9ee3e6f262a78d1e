"""What an account of X accepts, as callers hear it: each broken rule with limit, find and fix, before any call."""

from dataclasses import replace
from typing import Any

import pytest

from platforms.base import ChannelKind, Draft, Platform
from platforms.issues import Fix, Rule
from platforms.registry import rules_for
from platforms.x.options import XOptions, XPoll
from publishing.fitting import FileFacts, choose_post
from publishing.records import MediaInput, PublishRequest
from publishing.validation import check

RULES = rules_for(ChannelKind.X_ACCOUNT)
PREMIUM = rules_for(ChannelKind.X_ACCOUNT, "premium")
PICTURE = MediaInput("https://example.com/a.jpg")
REQUEST = PublishRequest(Platform.X, "chn_1", "Fresh bread", None, (), "text", None)
JPEG = FileFacts("image/jpeg", 90_000, 1000, 1000)
GIF = replace(JPEG, mime_type="image/gif")
FILM = FileFacts("video/mp4", 5_000_000, 1080, 1920, seconds=140, codec="h264", frame_rate=30)
LONG_POLL = XOptions(poll=XPoll(("Tea", "Coffee"), 10_081))


@pytest.mark.parametrize(
    "content",
    [
        {"text": "x" * 280},
        {"text": "\u65e5" * 140},
        {"text": f"https://example.com/{'x' * 500} " + "x" * 256},
        {"text": "", "files": [JPEG] * 4},
        {"text": "", "files": [GIF]},
        {"text": "", "files": [FILM]},
        {"options": XOptions(poll=XPoll(("Tea", "Coffee"), 5))},
        {"options": XOptions(quote_post_id="1")},
    ],
    ids=str,
)
def test_what_fits_is_taken(content: dict[str, Any]):
    assert issues(**content) == []


@pytest.mark.parametrize(
    ("content", "rule", "limit", "actual", "fix"),
    [
        ({"text": "x" * 281}, Rule.TEXT_TOO_LONG, 280, 281, Fix.TRUNCATE_TEXT),
        ({"text": "\u65e5" * 141}, Rule.TEXT_TOO_LONG, 280, 282, Fix.TRUNCATE_TEXT),
        ({"files": [JPEG] * 5}, Rule.TOO_MANY_MEDIA, 4, 5, Fix.DROP_EXTRA_MEDIA),
        ({"files": [JPEG, FILM]}, Rule.MEDIA_MIX_NOT_ALLOWED, 1, 2, Fix.DROP_EXTRA_MEDIA),
        ({"files": [FILM, FILM]}, Rule.TOO_MANY_MEDIA, 1, 2, Fix.DROP_EXTRA_MEDIA),
        ({"files": [JPEG, GIF]}, Rule.MEDIA_TYPE_UNSUPPORTED, None, None, Fix.CONVERT_MEDIA),
        (
            {"files": [replace(JPEG, byte_size=5_242_881)]},
            Rule.MEDIA_TOO_LARGE,
            5_242_880,
            5_242_881,
            Fix.COMPRESS_MEDIA,
        ),
        (
            {"files": [replace(GIF, byte_size=15_728_641)]},
            *(Rule.MEDIA_TOO_LARGE, 15_728_640, 15_728_641, Fix.COMPRESS_MEDIA),
        ),
        ({"files": [replace(FILM, seconds=141)]}, Rule.VIDEO_DURATION, 140, 141, Fix.TRIM_VIDEO),
        ({"options": XOptions(quote_post_id="x/1")}, Rule.OPTION_UNSUPPORTED, None, None, None),
        (
            {"options": XOptions(quote_post_id="1"), "files": [JPEG]},
            Rule.OPTION_UNSUPPORTED,
            None,
            None,
            Fix.DROP_OPTION,
        ),
        ({"options": XOptions(poll=XPoll(("Tea",)))}, Rule.OPTION_UNSUPPORTED, 4, 1, None),
        ({"options": XOptions(poll=XPoll(("Tea", "x" * 26)))}, Rule.TEXT_TOO_LONG, 25, 26, Fix.TRUNCATE_TEXT),
        ({"options": XOptions(poll=XPoll(("Tea", " ")))}, Rule.CONTENT_EMPTY, None, None, None),
        ({"options": XOptions(poll=XPoll(("Tea", "\ufeff")))}, Rule.CONTENT_EMPTY, None, None, None),
        ({"options": LONG_POLL}, Rule.OPTION_UNSUPPORTED, 10_080, 10_081, None),
        ({"link": "https://example.com"}, Rule.LINK_AND_MEDIA, None, None, Fix.DROP_LINK_PREVIEW),
        ({"first_comment": "First"}, Rule.FIRST_COMMENT_UNSUPPORTED, None, None, Fix.DROP_OPTION),
    ],
    ids=str,
)
def test_what_does_not_fit_is_named(content: dict[str, Any], rule: Rule, limit: Any, actual: Any, fix: Any):
    (issue,) = issues(**content)
    assert (issue.rule, issue.limit, issue.actual, issue.fix) == (rule, limit, actual, fix)


def test_subscribers_may_write_more_and_show_longer_films():
    assert issues(PREMIUM, text="x" * 25_000, files=[replace(FILM, seconds=600)]) == []
    (issue,) = issues(PREMIUM, text="x" * 25_001)
    assert (issue.rule, issue.limit) == (Rule.TEXT_TOO_LONG, 25_000)


def test_a_file_decides_by_its_type_which_post_it_makes():
    assert [choose_post(RULES, "feed", [file])[0].name for file in (JPEG, GIF, FILM, FileFacts())] == [
        "pictures",
        "gif",
        "video",
        "pictures",
    ]


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (Draft("Bread", options=XOptions()), [(Rule.PLATFORM_CHARGES, 0.015)]),
        (Draft("Bread at example.com", options=XOptions()), [(Rule.PLATFORM_CHARGES, 0.2)]),
        (Draft("$BUN or $PIE", options=XOptions()), [(Rule.PLATFORM_CHARGES, 0.015), (Rule.TEXT_UNSUPPORTED, 2)]),
        (
            Draft("Look", options=XOptions(quote_post_id="1")),
            [(Rule.PLATFORM_CHARGES, 0.015), (Rule.OPTION_UNSUPPORTED, None)],
        ),
    ],
    ids=str,
)
def test_what_is_known_beforehand_is_a_warning(draft: Draft, told: list[Any]):
    assert [(issue.rule, issue.actual) for issue in RULES.warn(draft)] == told


def issues(rules: Any = RULES, *, files: Any = (), **given: Any) -> list[Any]:
    return list(check(replace(REQUEST, media=(PICTURE,) * len(files), **given), rules, files))
