"""An own post is recognised in X's timeline although X gives its text back in other words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.x.matching import BEFORE, floor_id, is_text_of, moment_of, parent_of

SHORT = "https://t.co/abcdefghij"
LINK: dict[str, Any] = {"urls": [{"url": SHORT, "expanded_url": "https://example.com/a?b=c"}]}
FILE: dict[str, Any] = {
    "urls": [{"url": SHORT, "expanded_url": "https://x.com/a/status/1/photo/1", "media_key": "3_7"}]
}


@pytest.mark.parametrize(
    ("post", "sent"),
    [
        ({"text": "plain"}, "plain"),
        ({"text": "a &amp; b &lt;c&gt;"}, "a & b <c>"),
        ({"text": "a &amp;amp; b"}, "a &amp; b"),
        ({"text": f"see {SHORT} now", "entities": LINK}, "see https://example.com/a?b=c now"),
        ({"text": f"see {SHORT}", "entities": LINK}, "see example.com/a?b=c"),
        ({"text": f"a picture {SHORT}", "entities": FILE}, "a picture"),
        ({"text": "\u00e9t\u00e9"}, "e\u0301te\u0301"),
        ({"text": "one two"}, "one\r\ntwo "),
        ({"text": "the beg…", "note_tweet": {"text": "the beginning"}}, "the beginning"),
        ({"text": "the beg…", "note_post": {"text": f"go {SHORT}", "entities": LINK}}, "go https://example.com/a?b=c"),
    ],
)
def test_a_text_that_x_gives_back_is_the_one_that_was_sent(post: dict[str, Any], sent: str):
    assert is_text_of(post, sent)


@pytest.mark.parametrize(
    ("post", "sent"),
    [
        ({"text": "one"}, "two"),
        ({"text": f"see {SHORT}", "entities": LINK}, "see https://example.com/a?b=d"),
        ({"text": f"see {SHORT}"}, "see https://example.com/a?b=c"),
        ({"text": "onetwo"}, "one two"),
        ({}, "text"),
    ],
)
def test_another_text_is_not_taken_for_it(post: dict[str, Any], sent: str):
    assert not is_text_of(post, sent)


def test_ids_carry_the_moment_of_their_post():
    moment = datetime(2026, 11, 26, 12, tzinfo=UTC)

    assert moment_of(floor_id(moment)) == moment - BEFORE
    assert int(floor_id(moment)) < int(floor_id(moment + timedelta(seconds=1)))
    assert moment_of("1880028106020515840").date().isoformat() == "2025-01-16"


@pytest.mark.parametrize("name", ["referenced_tweets", "referenced_posts"])
def test_a_reply_names_its_parent_by_the_old_name_and_the_new(name: str):
    assert parent_of({name: [{"type": "quoted", "id": "1"}, {"type": "replied_to", "id": "2"}]}) == "2"
    assert parent_of({name: [{"type": "quoted", "id": "1"}]}) is None
    assert parent_of({}) is None
