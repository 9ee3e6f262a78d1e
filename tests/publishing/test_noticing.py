"""What a caller is told beforehand and is not refused for."""

from dataclasses import replace
from typing import Any

import pytest

from platforms.base import ChannelKind, Platform
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from platforms.instagram.options import InstagramOptions, InstagramPlacement
from platforms.issues import Rule
from platforms.registry import rules_for
from publishing.deps import Deps
from publishing.fitting import FileFacts
from publishing.noticing import notice
from publishing.posts import publish
from publishing.records import MediaInput, NewPart, PublishRequest
from publishing.validation import check
from tests.publishing.town import open_street

UNKNOWN, JPEG = FileFacts(), FileFacts("image/jpeg", 90_000, 1000, 1000)
FILM = FileFacts("video/mp4", 5_000_000, 1080, 1920, seconds=20, codec="h264", frame_rate=30)
SHOWN = MediaInput(url="https://files.example/a", alt_text="A loaf")
ONLY = "only images have one here"
PATH = ("media", "0", "altText")
FACEBOOK, INSTAGRAM = ChannelKind.FACEBOOK_PAGE, ChannelKind.INSTAGRAM_ACCOUNT
X, BLUESKY = ChannelKind.X_ACCOUNT, ChannelKind.BLUESKY_ACCOUNT
LINKEDIN = ChannelKind.LINKEDIN_MEMBER
STORY = FacebookOptions(FacebookPlacement.STORY)
CAROUSEL = InstagramOptions(InstagramPlacement.CAROUSEL)


def told(kind: ChannelKind, files: list[FileFacts], **given: Any) -> list[tuple[tuple[str, ...], str]]:
    """Give what is noticed of a call without broken rules."""
    media = (SHOWN,) * len(files)
    request = replace(PublishRequest(Platform.X, "chn_1", "", None, media, "text", None), **given)
    rules, parts = rules_for(kind), [[UNKNOWN] * len(part.media) for part in request.thread]
    assert check(request, rules, files) == ()
    return [(issue.path, issue.message) for issue in notice(request, rules, files, parts)]


@pytest.mark.parametrize(
    ("kind", "files", "options", "what"),
    [
        (FACEBOOK, [UNKNOWN], None, "a video"),
        (FACEBOOK, [UNKNOWN], STORY, "a video"),
        (INSTAGRAM, [UNKNOWN], None, "a video"),
        (X, [UNKNOWN], None, "a video"),
        (LINKEDIN, [UNKNOWN], None, "a video or a document"),
        (INSTAGRAM, [UNKNOWN, JPEG], CAROUSEL, "a video"),
    ],
)
def test_of_an_unknown_file_it_is_told_what_loses_its_alternative_text(
    kind: ChannelKind, files: list[FileFacts], options: Any, what: str
):
    message = f"If file 1 turns out to be {what}, its alternative text is left out: {ONLY}."
    assert told(kind, files, options=options) == [(PATH, message)]


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        (FACEBOOK, [JPEG]),
        (FACEBOOK, [UNKNOWN, UNKNOWN]),
        (X, [UNKNOWN, UNKNOWN]),
        (X, [FileFacts("image/gif", 90_000, 100, 100)]),
        (LINKEDIN, [UNKNOWN, UNKNOWN]),
        (BLUESKY, [UNKNOWN]),
        (INSTAGRAM, [JPEG, JPEG]),
    ],
)
def test_nothing_is_told_where_every_file_keeps_its_alternative_text(kind: ChannelKind, files: list[FileFacts]):
    assert told(kind, files) == []


def test_nothing_is_told_of_a_file_without_an_alternative_text():
    assert told(X, [UNKNOWN], media=(replace(SHOWN, alt_text=None),)) == []


def test_a_film_in_a_carousel_loses_its_alternative_text_for_sure():
    message = f"The alternative text of file 2 is left out: {ONLY}."
    assert told(INSTAGRAM, [JPEG, FILM]) == [(("media", "1", "altText"), message)]


def test_of_the_picture_of_a_links_card_its_platform_tells():
    assert told(LINKEDIN, [UNKNOWN], link="https://example.com") == []


def test_a_file_of_a_further_part_is_named_with_its_place():
    (found,) = told(X, [], text="One", thread=(NewPart("Two"), NewPart("Three", (SHOWN,))))
    assert found[0] == ("thread", "1", *PATH)


def same(first: int, number: int) -> tuple[tuple[str, ...], str]:
    message = (
        f"Part {number} has the text of part {first}: X blocks a text that a recent post of the account has, and the "
        "thread would stop there. Change one of the two."
    )
    return ("thread", str(number - 2), "text"), message


@pytest.mark.parametrize(
    ("kind", "texts", "found"),
    [
        (X, ["One", "Two", "One"], [(1, 3)]),
        (X, ["One", "Two", "Two", "Two"], [(2, 3), (2, 4)]),
        (X, ["\u00e9t\u00e9\nnow", " e\u0301te\u0301\r\nnow\n"], [(1, 2)]),
        (X, ["One", "one", "One."], []),
        (BLUESKY, ["One", "One"], []),
    ],
)
def test_parts_of_one_text_are_named_where_a_text_goes_out_once(
    kind: ChannelKind, texts: list[str], found: list[tuple[int, int]]
):
    first, *others = texts
    assert told(kind, [], text=first, thread=tuple(map(NewPart, others))) == [same(*pair) for pair in found]


def test_parts_with_files_alone_have_no_text_in_common():
    shown = NewPart("", (replace(SHOWN, alt_text=None),))
    assert told(X, [], text="One", thread=(shown, shown)) == []


async def test_the_answer_of_an_accepted_post_tells_it(deps: Deps):
    street = await open_street()

    published = await publish(deps, street.caller, street.request(media=(SHOWN,)))

    assert [(issue.rule, issue.path) for issue in published.warnings] == [(Rule.ALT_TEXT_UNSUPPORTED, PATH)]
