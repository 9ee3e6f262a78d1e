"""What the public sees of a text on LinkedIn, by a reader that follows LinkedIn's grammar and cuts where it ends.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
(read 2026-11-22). That LinkedIn cuts silently at a character that is not escaped is what developers report.
"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from platforms.linkedin.littletext import escape, escaped_length, seen, unescape
from platforms.linkedin.rules import MEMBER_RULES

RESERVED = "\\|{}@[]()<>#*_~"
texts = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(RESERVED + "#a1 \r\n/&")), max_size=300)


def read(commentary: str) -> str:
    """Read as the public does, character by character; ends at the first reserved one that stands for itself."""
    shown, place = "", 0
    while place < len(commentary):
        if commentary[place] == "\\":
            shown += commentary[place + 1]
            place += 2
        elif commentary.startswith("{hashtag|\\#|", place):
            end = place + len("{hashtag|\\#|")
            word = ""
            while commentary[end] != "}":
                escaped = commentary[end] == "\\"
                assert escaped or commentary[end] not in RESERVED, commentary
                word += commentary[end + escaped]
                end += 1 + escaped
            shown, place = f"{shown}#{word}", end + 1
        elif commentary[place] in RESERVED:
            return shown
        else:
            shown += commentary[place]
            place += 1
    return shown


def line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(texts)
@example("Opening (Friday) at 8: #fresh_bread & more <3 ~ *now* | {x} [y] @home \\ done")
@example("#a\r\n#b_c##d #1 #1st a#b /#c &#39; \\#e")
def test_the_public_sees_what_was_written(text: str) -> None:
    assert read(escape(text)) == line_ends(text)


@given(texts)
def test_what_comes_back_is_read_as_it_was_written(text: str) -> None:
    assert unescape(escape(text)) == line_ends(text)


@pytest.mark.parametrize("character", RESERVED)
def test_each_reserved_character_is_escaped(character: str) -> None:
    assert escape(f"a{character} b") == f"a\\{character} b"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("#bread", "{hashtag|\\#|bread}"),
        ("#fresh_bread!", "{hashtag|\\#|fresh\\_bread}!"),
        ("#größe #日本", "{hashtag|\\#|größe} {hashtag|\\#|日本}"),
        ("#1 of 2", "\\#1 of 2"),
        ("https://example.com/a_b#part", "https://example.com/a\\_b\\#part"),
        ("https://example.com/#part", "https://example.com/\\#part"),
        ("a#b", "a\\#b"),
    ],
)
def test_hashtags_stay_alive_and_nothing_else_becomes_one(text: str, written: str) -> None:
    assert escape(text) == written


def test_a_mention_stays_alive_and_shows_its_name() -> None:
    text = "Thanks, @[Example (UK)](urn:li:organization:123)!"
    assert escape(text) == "Thanks, @[Example \\(UK\\)](urn:li:organization:123)!"
    assert seen(text) == "Thanks, Example (UK)!"


@pytest.mark.parametrize("text", ["@[Example](https://example.com)", "@[a]b](urn:li:person:1)", "@jo"])
def test_what_is_no_mention_is_literal(text: str) -> None:
    assert read(escape(text)) == text


def test_the_limit_is_about_the_written_form() -> None:
    assert MEMBER_RULES.count_text("(" * 1_500) == MEMBER_RULES.max_text_length.value
    assert escaped_length("a" * 2_999 + "_") == MEMBER_RULES.max_text_length.value + 1
