"""Meta's callbacks are believed when signed by the app's secret, fresh and readable, and else not."""

from datetime import UTC, datetime, timedelta

import pytest

from platforms.base import ChannelKind
from platforms.callbacks import CallbackRefusedError, PersonNews, PostNews
from platforms.meta.callbacks import MAX_SIGNED, MetaCallbacks
from tests.support.signed import SECRET, feed, signature, signed_request

NOW = datetime.fromtimestamp(1795000000, UTC)
META = MetaCallbacks({"meta"}, SECRET, "a word")
KNOWN = (
    "kSVWZVrwrH5DnD3Zw_zgESxpbpFkPjXOCs99GIJeU_Q.eyJ1c2VyX2lkIjoiMTAyMjMzNDQ1NTY2Nzc4ODkiLCJhbGdvcml0aG0iOiJITUFDLVNIQTI1"
    "NiIsImlzc3VlZF9hdCI6MTc5NTAwMDAwMCwiZXhwaXJlcyI6MTc5NTAwMzYwMH0"
)
"""A signed request as it was computed by hand, apart from this code."""


def test_a_signed_request_says_who_and_when():
    found = META.removal(KNOWN, now=NOW + timedelta(hours=1))

    assert (found.platform_user_id, found.issued_at) == ("10223344556677889", NOW)


@pytest.mark.parametrize(
    "signed",
    [
        "",
        ".",
        "x",
        "é.é",
        KNOWN.partition(".")[0],
        KNOWN[:-1],
        KNOWN[:-1] + "A",
        "A" + KNOWN[1:],
        KNOWN.partition(".")[2],
        f"={KNOWN}",
        KNOWN + "A" * MAX_SIGNED,
        signed_request("1", NOW, secret="another app's"),
        signed_request("1", NOW, algorithm="none"),
        signed_request("1", NOW, algorithm=None),
        signed_request("", NOW),
        signed_request(None, NOW),
        signed_request(["1"], NOW),
        signed_request("1", NOW, issued_at="now"),
        signed_request("1", NOW, issued_at=2**62),
        signed_request("1", NOW - timedelta(days=2)),
        signed_request("1", NOW + timedelta(hours=1)),
    ],
)
def test_what_is_not_signed_so_or_cannot_be_read_is_refused(signed: str):
    with pytest.raises(CallbackRefusedError):
        META.removal(signed, now=NOW)


def test_the_name_of_the_algorithm_is_read_in_any_case():
    assert META.removal(signed_request("17", NOW, algorithm="hmac-sha256"), now=NOW).platform_user_id == "17"


@pytest.mark.parametrize("person", [17841400000000001, "17841400000000001"])
def test_t22_a_person_is_the_same_whether_the_id_is_a_number_or_a_text(person: int | str):
    assert META.removal(signed_request(person, NOW), now=NOW).platform_user_id == "17841400000000001"


def test_without_a_secret_nobody_is_believed():
    with pytest.raises(CallbackRefusedError):
        MetaCallbacks({"meta"}, "", None).removal(signed_request("1", NOW, secret=""), now=NOW)


def test_a_challenge_is_answered_to_who_knows_the_token():
    asked = {"hub.mode": "subscribe", "hub.verify_token": "a word", "hub.challenge": "1158201444"}

    assert META.challenge(asked) == "1158201444"
    assert META.challenge(asked | {"hub.verify_token": "a wörd"}) is None
    assert META.challenge(asked | {"hub.mode": "unsubscribe"}) is None
    assert MetaCallbacks({"meta"}, SECRET, None).challenge(asked | {"hub.verify_token": ""}) is None


def test_a_webhook_is_believed_with_its_signature_alone():
    body = b'{"object":"page","entry":[]}'
    by_hand = "sha256=8d55f6f9eab7c06d94b3142a053d586100c7fba65ad79bc0241c7bd9147a18d6"

    assert META.news(body, {"x-hub-signature-256": by_hand}) == ()
    for headers in ({}, {"x-hub-signature-256": by_hand[:-1] + "7"}, {"x-hub-signature": by_hand}):
        with pytest.raises(CallbackRefusedError):
            META.news(body, headers)
    with pytest.raises(CallbackRefusedError):
        META.news(body + b" ", {"x-hub-signature-256": by_hand})


@pytest.mark.parametrize(
    ("body", "news"),
    [
        (
            feed("1", item="status", verb="add", post_id="1_2"),
            (PostNews(ChannelKind.FACEBOOK_PAGE, "1", "1_2", gone=False),),
        ),
        (
            feed("1", item="post", verb="remove", post_id="1_2"),
            (PostNews(ChannelKind.FACEBOOK_PAGE, "1", "1_2", gone=True),),
        ),
        (feed("1", item="comment", verb="remove", post_id="1_2", comment_id="2_3"), ()),
        (feed("1", item="reaction", verb="add", post_id="1_2"), ()),
        (feed("1", item="status", verb="edited", post_id="1_2"), ()),
        (feed("1", item="status", verb="add"), ()),
        (b'{"object":"user","entry":[{"id":"9","changed_fields":["x"]}]}', (PersonNews("9"),)),
        (b'{"object":"permissions","entry":[{"id":9}]}', (PersonNews("9"),)),
        (b'{"object":"page","entry":[null,{"id":"1","changes":[5,{"field":"feed","value":[]}]}]}', ()),
        (b"{}", ()),
    ],
)
def test_posts_that_appear_and_go_and_people_whose_permissions_change_are_news(body: bytes, news: tuple[object, ...]):
    assert META.news(body, signature(body)) == news


def test_of_a_webhook_without_end_a_thousand_changes_are_read():
    people = ",".join(f'{{"id":"{number}"}}' for number in range(80_000))
    body = f'{{"object":"user","entry":[{people}]}}'.encode()

    assert META.news(body, signature(body)) == tuple(PersonNews(str(number)) for number in range(1_000))


@pytest.mark.parametrize("body", [b"", b"[]", b"<xml>", b"\xff"])
def test_signed_nonsense_is_refused(body: bytes):
    with pytest.raises(CallbackRefusedError):
        META.news(body, signature(body))
