"""A draft against a channel's rules: every broken rule at once, each with its limit and what was found."""

from dataclasses import replace

import pytest

from platforms.base import ChannelKind, Platform
from platforms.registry import rules_for
from publishing.errors import Issue, Rule
from publishing.records import ImageInput, PublishRequest
from publishing.validation import check, is_web_address

PICTURE = ImageInput(url="https://pictures.example/a.jpg")
FACEBOOK = PublishRequest(Platform.FACEBOOK, "chn_1", "Hello", None, (), "text", None)
INSTAGRAM = PublishRequest(Platform.INSTAGRAM, "chn_1", "Hello", None, (PICTURE,), "caption", None)
KINDS = {Platform.FACEBOOK: ChannelKind.FACEBOOK_PAGE, Platform.INSTAGRAM: ChannelKind.INSTAGRAM_ACCOUNT}


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
        (FACEBOOK, {"text": "", "images": (PICTURE,) * 10}),
        (FACEBOOK, {"text": "", "link": "https://example.com"}),
        (FACEBOOK, {"text": hashtags(31) + mentions(21)}),
        (INSTAGRAM, {"text": "x" * 2_200}),
        (INSTAGRAM, {"text": "🎉" * 2_200}),
        (INSTAGRAM, {"text": hashtags(30)}),
        (INSTAGRAM, {"text": mentions(20)}),
        (INSTAGRAM, {"text": ""}),
        (INSTAGRAM, {"images": (replace(PICTURE, alt_text="x" * 1_000),)}),
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
        (FACEBOOK, {"images": (PICTURE,) * 11}, Rule.TOO_MANY_MEDIA, ("media",), 10, 11),
        (FACEBOOK, {"link": "javascript:alert(1)"}, Rule.LINK_INVALID, ("link",), None, None),
        (
            FACEBOOK,
            {"link": "https://example.com", "images": (PICTURE,)},
            Rule.LINK_AND_MEDIA,
            ("link",),
            None,
            None,
        ),
        (INSTAGRAM, {"text": "x" * 2_201}, Rule.TEXT_TOO_LONG, ("caption",), 2_200, 2_201),
        (INSTAGRAM, {"text": hashtags(31)}, Rule.TOO_MANY_HASHTAGS, ("caption",), 30, 31),
        (INSTAGRAM, {"text": mentions(21)}, Rule.TOO_MANY_MENTIONS, ("caption",), 20, 21),
        (INSTAGRAM, {"images": ()}, Rule.MEDIA_REQUIRED, ("media",), 1, 0),
        (INSTAGRAM, {"images": (PICTURE, PICTURE)}, Rule.TOO_MANY_MEDIA, ("media",), 1, 2),
        (
            INSTAGRAM,
            {"images": (replace(PICTURE, alt_text="x" * 1_001),)},
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
    if limit is not None and actual is not None and rule is not Rule.MEDIA_REQUIRED:
        assert f"{limit:,}" in issue.message.replace("1000 ", "1,000 ")


def test_every_broken_rule_is_named_at_once():
    text = f"{'x' * 2_200} {hashtags(31)} {mentions(21)}"

    found = issues(INSTAGRAM, text=text, images=(PICTURE, replace(PICTURE, alt_text="x" * 1_001)))

    assert [issue.rule for issue in found] == [
        Rule.TEXT_TOO_LONG,
        Rule.TOO_MANY_HASHTAGS,
        Rule.TOO_MANY_MENTIONS,
        Rule.TOO_MANY_MEDIA,
        Rule.ALT_TEXT_TOO_LONG,
    ]


def test_an_instagram_post_without_an_image_is_told_only_that():
    (issue,) = issues(INSTAGRAM, text="", images=())

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
