"""An own post is recognised in X's timeline although X gives its text back in other words."""

from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.x.matching import BEFORE, floor_id, is_text_of, moment_of, parent_of
from platforms.x.weight import find_addresses, plain
from tests.platforms.x_texts import PIECES

SHORT, OTHER = "https://t.co/abcdefghij", "https://t.co/klmnopqrst"
REPLY: dict[str, Any] = {"referenced_tweets": [{"type": "replied_to", "id": "7"}]}
QUOTE: dict[str, Any] = {"referenced_posts": [{"type": "quoted", "id": "8"}]}


def linked(stands_for: str, short: str = SHORT, **more: str) -> dict[str, Any]:
    """X's list of one short address."""
    return {"urls": [{"url": short, "expanded_url": stands_for, **more}]}


LINK = linked("https://example.com/a?b=c")
FILE = linked("https://x.com/a/status/1/photo/1", media_key="3_7")
BOTH = {"urls": [*LINK["urls"], *linked("https://twitter.com/a/status/1/video/1", OTHER)["urls"]]}
LONGER = {"urls": [*LINK["urls"], *linked("http://b.com", f"{SHORT}z")["urls"]]}


@pytest.mark.parametrize(
    ("post", "sent"),
    [
        ({"text": "plain"}, "plain"),
        ({"text": "a &amp; b &lt;c&gt;"}, "a & b <c>"),
        ({"text": "a &amp;amp; b"}, "a &amp; b"),
        ({"text": "a &amp;lt; &amp;copy; b"}, "a &lt; &copy; b"),
        ({"note_tweet": {"text": "a &amp; &copy; b"}}, "a &amp; &copy; b"),
        ({"text": f"see {SHORT} now", "entities": LINK}, "see https://example.com/a?b=c now"),
        ({"text": f"see {SHORT}", "entities": LINK}, "see example.com/a?b=c"),
        ({"text": f"see {SHORT}の", "entities": linked("http://example.com")}, "see example.comの"),
        ({"text": f"日本{SHORT}の", "entities": linked("http://-a.com")}, "日本-a.comの"),
        ({"text": f"({SHORT})", "entities": linked("https://example.com/")}, "(HTTPS://Example.com)"),
        ({"text": SHORT, "entities": linked("http://xn--n3h.net/%C3%A9?a=%26")}, "http://☃.net/é?a=%26"),
        ({"text": f"{SHORT} {SHORT}", "entities": LINK}, "example.com/a?b=c https://example.com/a?b=c"),
        ({"text": f"see {SHORT}", "entities": linked("https://elsewhere.example/")}, f"see {SHORT}"),
        ({"text": "Foo.com/ stays"}, "foo.com stays"),
        ({"text": f"{SHORT}+Foo.com/", "entities": linked("https://t.co/other")}, "https://t.co/other+Foo.com/"),
        ({"text": f"{SHORT}z {SHORT}", "entities": LONGER}, "b.com example.com/a?b=c"),
        ({"text": f"a picture {SHORT}", "entities": FILE}, "a picture"),
        ({"text": f"a picture\n{SHORT}", "entities": FILE}, "a picture"),
        ({"text": SHORT, "entities": FILE}, ""),
        ({"id": "1", "text": f"see {SHORT} {OTHER}", "entities": BOTH}, "see https://example.com/a?b=c"),
        ({"text": f"so {SHORT}", "entities": linked("https://x.com/b/status/8"), **QUOTE}, "so"),
        ({"text": f"so {SHORT}", "entities": linked("https://x.com/b/status/8"), **QUOTE}, "so x.com/b/status/8"),
        ({"text": "\u00e9t\u00e9"}, "e\u0301te\u0301"),
        ({"text": "one two"}, "one\r\ntwo "),
        ({"text": "the beg…", "note_tweet": {"text": "the beginning"}}, "the beginning"),
        ({"text": "the beg…", "note_post": {"text": f"go {SHORT}", "entities": LINK}}, "go https://example.com/a?b=c"),
        ({"text": "…", "entities": LINK, "note_post": {"text": f"go {SHORT}"}}, "go https://example.com/a?b=c"),
        ({"text": "@alice @bob_1 hello", **REPLY}, "hello"),
        ({"text": "@alice @bob_1 hello", **REPLY}, "@bob_1 hello"),
        ({"text": "@alice hello", **REPLY}, "@alice hello"),
        ({"text": f"@alice {SHORT}", "entities": FILE, **REPLY}, ""),
    ],
)
def test_a_text_that_x_gives_back_is_the_one_that_was_sent(post: dict[str, Any], sent: str):
    assert is_text_of(post, sent)


@pytest.mark.parametrize(
    ("post", "sent"),
    [
        ({"text": "one"}, "two"),
        ({"text": "One"}, "one"),
        ({"text": f"see {SHORT}", "entities": LINK}, "see https://example.com/a?b=d"),
        ({"text": f"see {SHORT}", "entities": LINK}, "see https://example.com/A?b=c"),
        ({"text": f"see {SHORT}", "entities": LINK}, "see"),
        ({"text": f"see {SHORT}"}, "see https://example.com/a?b=c"),
        ({"text": f"see {SHORT}"}, "see"),
        ({"id": "2", "text": f"see {SHORT} {OTHER}", "entities": BOTH}, "see https://example.com/a?b=c"),
        ({"text": f"so {SHORT}", "entities": linked("https://x.com/b/status/9"), **QUOTE}, "so"),
        ({"text": "onetwo"}, "one two"),
        ({"text": "@alice hello"}, "hello"),
        ({"text": "@alicehello", **REPLY}, "hello"),
        ({"text": "well, @alice hello", **REPLY}, "hello"),
        ({"text": "@alice hello", **REPLY}, "@bob hello"),
        ({"text": "hello", **REPLY}, ""),
        ({"text": "the whole", "note_tweet": {"text": "the beginning"}}, "the whole"),
        ({}, "text"),
    ],
)
def test_another_text_is_not_taken_for_it(post: dict[str, Any], sent: str):
    assert not is_text_of(post, sent)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_known_again_when_x_writes_its_addresses_and_signs_otherwise(sent: str):
    whole, said, urls, at = plain(sent), "", list[dict[str, str]](), 0
    for number, span in enumerate(find_addresses(whole)):
        address, short = whole[span.start : span.end], f"https://t.co/short{number}"
        urls.append({"url": short, "expanded_url": address if "://" in address else f"http://{address}"})
        said += escape(whole[at : span.start], quote=False) + short
        at = span.end
    said += escape(whole[at:], quote=False)

    assert is_text_of({"text": said.strip(), "entities": {"urls": urls}}, sent)


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
