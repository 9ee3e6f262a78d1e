"""Bluesky's text as its servers count and mark it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.bluesky.card import card_of, title_of
from platforms.bluesky.text import Mark, count_text, find_marks, is_handle
from platforms.bluesky.tid import moment_of, new_tid
from tests.platforms.work import NOW

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1e9\U0001f1ea"


def parts(text: str) -> list[tuple[Mark, str, str]]:
    """Give each mark with the bytes it lies over."""
    whole = text.encode("utf-8", "surrogatepass")
    return [(one.mark, whole[one.start : one.end].decode("utf-8"), one.value) for one in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        (FAMILY * 3, 3),
        (FAMILY * 166, 166),  # 2,988 bytes
        (FAMILY * 167, 301),  # 3,006 bytes
        (FLAG * 2, 2),
        (f"{FLAG}\U0001f1e9", 2),
        ("e\u0301" * 4, 4),
        ("\r\n", 1),
        ("שלום", 4),
        ("\ud800", 1),
        ("x" * 3000, 3000),
        ("👍🏽", 1),
    ],
)
def test_clusters_are_counted_and_bytes_where_they_weigh_more(text: str, length: int):
    assert count_text(text) == length


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "see https://example.com/a?b=c#d.",
            [(Mark.LINK, "https://example.com/a?b=c#d", "https://example.com/a?b=c#d")],
        ),
        ("(https://example.com/a)", [(Mark.LINK, "https://example.com/a", "https://example.com/a")]),
        (
            "https://de.example/wiki/A_(b)",
            [(Mark.LINK, "https://de.example/wiki/A_(b)", "https://de.example/wiki/A_(b)")],
        ),
        ("ahttps://example.com https:// https:///x", []),
        ("https://bücher.example", [(Mark.LINK, "https://bücher.example", "https://bücher.example")]),
        ("hi @Anna.Example.com!", [(Mark.MENTION, "@Anna.Example.com", "anna.example.com")]),
        ("mail a@b.example and @here and @-a.example @a.1", []),
        (
            "🥖 #Brot, #2024 #a1 \uff03和 x#y #",
            [(Mark.TAG, "#Brot", "Brot"), (Mark.TAG, "#a1", "a1"), (Mark.TAG, "\uff03和", "和")],
        ),
        ("#" + "a" * 65, []),
        (
            "https://example.com/(@a.example)",
            [(Mark.LINK, "https://example.com/(@a.example)", "https://example.com/(@a.example)")],
        ),
        (f"{FAMILY}\u202e #tag \u202c@a.example", [(Mark.TAG, "#tag", "tag")]),
        ("\ufeffhttps://example.com\ufeffx", [(Mark.LINK, "https://example.com", "https://example.com")]),
    ],
)
def test_marks_lie_over_the_bytes_of_what_they_mark(text: str, found: list[tuple[Mark, str, str]]):
    assert parts(text) == found


@given(st.text(st.characters() | st.sampled_from("@#:/.()\u200d\ufeffa1 "), max_size=200))
def test_marks_of_any_text_are_in_order_and_on_whole_characters(text: str):
    reached = 0
    for mark in find_marks(text):
        assert reached <= mark.start < mark.end
        reached = mark.end
    assert all(spoken for _, spoken, _ in parts(text))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a.test", True),
        ("xn--ls8h.test", True),
        ("a", False),
        ("a.1b", False),
        ("-a.test", False),
        ("a..test", False),
        ("a_b.test", False),
        (f"{'a' * 64}.test", False),
        (".".join(["a" * 60] * 5), False),
    ],
)
def test_a_handle_is_a_host_name(text: str, fits: bool):
    assert is_handle(text) is fits


def test_a_key_tells_its_time_and_hardly_any_two_are_the_same():
    keys = {new_tid(NOW) for _ in range(2000)}

    assert len(keys) > 1980  # of a million
    assert {len(key) for key in keys} == {13}
    assert {moment_of(key).replace(microsecond=0) for key in keys} == {NOW}


def test_keys_sort_by_their_time():
    keys = [new_tid(NOW.replace(second=second)) for second in range(60)]

    assert sorted(keys) == keys


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ("https://www.example.com/", "example.com"),
        ("https://example.com/bread%20and%0Abutter?x=1", "example.com/bread andbutter"),
        (f"https://example.com/{'a' * 200}", f"example.com/{'a' * 87}…"),
    ],
)
def test_a_card_is_titled_by_its_address(link: str, title: str):
    assert title_of(link) == title
    assert (card_of(None), (card_of(link) or {})["external"]["uri"]) == (None, link)
