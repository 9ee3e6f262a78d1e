"""X's weights: what a text counts, and what X makes an address of."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.x.tlds import TLDS
from platforms.x.weight import ADDRESS_WEIGHT, FORBIDDEN, MOST_READ, Span, find_addresses, plain, weigh
from tests.platforms.x_texts import PIECES, WEIGHTS, addresses_of


@pytest.mark.parametrize(("text", "weight", "is_valid"), WEIGHTS, ids=range(len(WEIGHTS)))
def test_a_text_of_the_published_cases_weighs_what_they_say(text: str, weight: int, is_valid: bool):
    assert weigh(text) == weight
    assert (0 < weight <= 280 and not FORBIDDEN.search(text)) is is_valid


@pytest.mark.parametrize(("text", "addresses"), addresses_of().items(), ids=range(len(addresses_of())))
def test_a_text_of_the_published_cases_has_the_addresses_that_they_say(text: str, addresses: list[str]):
    rest = text
    for address in addresses:
        rest = rest.replace(address, "", 1)

    assert [text[span.start : span.end] for span in find_addresses(text)] == addresses
    assert weigh(text) == ADDRESS_WEIGHT * len(addresses) + weigh(rest.replace(".", "/"))


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("e\u0301", 1),
        ("a\r\nb", 3),
        ("\u10ff\u1100", 3),
        ("\u200d\u200e\u200f\u2010\u201f\u2020", 9),
        ("\u2031\u2032\u2037\u2038", 6),
        ("👍🏽", 2),
        ("🇩🇪🇫🇷", 4),
        ("🇦🇦🇩🇪", 6),
        ("1\ufe0f\u20e3", 2),
        ("1\ufe0f", 3),
        ("❤\ufe0f", 2),
        ("😀\ufe0f", 4),
        ("😀🏽", 4),
        ("©", 1),
        ("©\ufe0f", 2),
        ("👩🏽\u200d💻", 2),
        ("👩\u200d🍕", 5),
        ("🧑\u200d💻", 5),
        ("👨\u200d👩\u200d👧\u200d👧\u200d👧", 5),
        ("🕵\ufe0f\u200d♀\ufe0f", 2),
        ("#tag @name", 10),
    ],
)
def test_only_what_the_reference_library_knows_as_one_emoji_weighs_as_one(text: str, weight: int):
    assert weigh(text) == weight


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("(see example.com/a_(b))", ["example.com/a_(b)"]),
        ("example.com/a,(b)", ["example.com/a"]),
        ("example.com/a()", ["example.com/a"]),
        ("example.com/((a)b)", ["example.com/((a)b)"]),
        ("example.com/path?search=foo&lang=en.", ["example.com/path?search=foo&lang=en"]),
        ("example.com?a", ["example.com"]),
        ("http://example.com?a.", ["http://example.com?a"]),
        ("日本http://example.com/の", ["http://example.com/"]),
        ("日本-a.com", ["-a.com"]),
        ("éa.com", ["a.com"]),
        (" éa.com", ["éa.com"]),
        ("@😀.foo.com", ["foo.com"]),
        ("http://example.com:8080/x", ["http://example.com:8080/x"]),
        ("http://a.भारतम् http://a.भारत", ["http://a.भारतम्", "http://a.भारत"]),
        ("a.com/ a.Com. A.COM", ["a.com/", "a.Com", "A.COM"]),
        ("a.comー、b.com。", ["a.com", "b.com"]),
        ("a.com/" + "a" * 4082, ["a.com/" + "a" * 4082]),
        ("a.com/" + "a" * 4083, []),
        ("http://" + "a" * 63 + ".com", ["http://" + "a" * 63 + ".com"]),
        ("someone@example.com @test.com #test.com $test.com", []),
        ("x.notadomain 12.5 .t.co -a.com test.com- xn--あ.com", []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_addresses_end_where_the_reference_library_ends_them(text: str, addresses: list[str]):
    assert [text[span.start : span.end] for span in find_addresses(text)] == addresses


def test_a_text_that_is_far_too_long_is_not_read_to_its_end():
    text = "a.com " * (MOST_READ // 5)

    assert weigh(text) == len(text)
    assert weigh(text[:MOST_READ]) > len(text)
    assert max(span.end for span in find_addresses(text)) <= MOST_READ


def test_what_is_between_two_addresses_is_theirs_no_more():
    assert find_addresses("a.com, b.com") == [Span(0, 5), Span(7, 12)]


@pytest.mark.parametrize("character", ["\ufffe", "\ufeff", "\uffff"])
def test_three_characters_are_in_no_post(character: str):
    assert FORBIDDEN.search(f"a{character}b")


def test_a_plain_text_is_composed_and_has_one_kind_of_line_end():
    assert plain("e\u0301\r\na\rb") == "\u00e9\na\rb"


def test_there_are_domains_in_every_script():
    assert {"com", "de", "co", "한국", "भारत", "онлайн"} <= TLDS
    assert not any("." in one or one != one.lower() for one in TLDS)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_has_a_weight_within_twice_its_length(text: str):
    whole = plain(text)
    spans = find_addresses(whole)

    assert 0 <= weigh(text) <= 2 * len(whole) + ADDRESS_WEIGHT * len(spans)
    assert all(0 <= one.start < one.end <= len(whole) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
