"""X's weights: what a text counts, and that the time to count it grows with the text and no faster."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.x.tlds import TLDS
from platforms.x.weight import ADDRESS_WEIGHT, find_addresses, plain, weigh

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HOSTILE = (
    *(
        "a.",
        "a.co ",
        "http://",
        "a.co/(",
        "\U0001f44d\u200d",
        "-",
        "a.-",
        "https://a.co?",
        "_a.com",
        "x.com_",
        "x.com..",
    ),
    *("a.com-", "x.com\u00e9", "http://x.com..", "e\u0301", "https://a-", "a.co/!", "\u65e5-a.com", "a", "xn--"),
)
MOST_TIMES = 12
"""What ten times the text may take of the time."""


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("This is a test.", 15),
        ("e\u0301", 1),
        ("\r\n", 1),
        ("の" * 140, 280),
        ("저찀쯿쿿", 8),
        ("\U00010000\U0010ffff", 4),
        ("\u10ff\u1100", 3),
        ("\u200d\u200e\u200f\u2010\u201f\u2020", 9),
        ("\u2031\u2032\u2037\u2038", 6),
        ("H\U0001f431☺", 5),
        (FAMILY, 2),
        ("👍🏽", 2),
        ("🇩🇪🇫🇷", 4),
        ("1\ufe0f\u20e3", 2),
        ("❤\ufe0f", 2),
        ("©", 1),
        ("#tag @name", 10),
        ("t.co", 23),
    ],
)
def test_a_text_weighs_what_its_characters_do(text: str, weight: int):
    assert weigh(text) == weight


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://test.com", "http://test.com"),
        ("HTTPS://www.ExaMPLE.COM/index.html", "HTTPS://www.ExaMPLE.COM/index.html"),
        ("t.co", "t.co"),
        ("go to foo.co.jp now", "foo.co.jp"),
        ("(see example.com/a_(b))", "example.com/a_(b)"),
        ("example.com/path?search=foo&lang=en.", "example.com/path?search=foo&lang=en"),
        ("日本http://example.com/の", "http://example.com/"),
        ("日本test.comの", "test.com"),
        ("日本-a.com", "-a.com"),
        ("http://☃.net/", "http://☃.net/"),
        ("http://example.com:8080/x", "http://example.com:8080/x"),
        ("http://example.com/Русские_слова", "http://example.com/Русские_слова"),
    ],
)
def test_an_address_weighs_the_same_whatever_its_length(text: str, address: str):
    (span,) = find_addresses(text)

    assert text[span.start : span.end] == address
    assert weigh(text) == ADDRESS_WEIGHT + weigh(text.replace(address, ""))


@pytest.mark.parametrize(
    "text",
    [
        "someone@example.com",
        "@test.com",
        "#test.com",
        "$test.com",
        "x.notadomain",
        "12.5",
        ".t.co",
        "-a.com",
        "test.com-",
    ],
)
def test_what_is_no_address_weighs_what_its_characters_do(text: str):
    assert find_addresses(text) == []
    assert weigh(text) == len(text)


def test_there_are_domains_in_every_script():
    assert {"com", "de", "co", "한국", "भारत", "онлайн"} <= TLDS
    assert not any("." in one or one != one.lower() for one in TLDS)


@given(st.text())
def test_any_text_has_a_weight_within_twice_its_length(text: str):
    spans = find_addresses(plain(text))

    assert 0 <= weigh(text) <= 2 * len(plain(text)) + ADDRESS_WEIGHT * len(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("piece", HOSTILE)
def test_ten_times_the_text_takes_about_ten_times_the_time(piece: str):
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            weigh(text)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(100_000) <= MOST_TIMES * seconds(10_000) + 0.01
