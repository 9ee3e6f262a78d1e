"""Posts at X: what is refused, what becomes public, what comes back."""

from time import process_time
from typing import Any

import httpx
import pytest

from tests.sandbox.x.stranger import SCOPES, XStranger, message_of, moment_of, problem_of

DUPLICATE = (403, "You are not allowed to create a Tweet with duplicate content.")
FORBIDDEN = (403, "You are not permitted to perform this action.")
NOT_SUMMONED = "You can only reply to or quote posts where you are mentioned or are the author."
INVISIBLE = (403, "You attempted to reply to a Tweet that is deleted or not visible to you.")
EXCLUSIVE = "You can only provide one of poll or quote_tweet_id or direct_message_deep_link or media or card_uri."
FAMILY = "👨‍👩‍👧‍👦"


async def test_a_post_becomes_public_and_comes_back_rewritten(x: XStranger):
    token = await x.token()
    text = "Fish & chips < 5 > 4, see example.com/menu?a=1&b=2."

    post = await x.posted(token, text=text)

    (entry,) = await x.ledger()
    found = (await x.get(f"tweets/{post['id']}", token, tweet__fields="entities,created_at,author_id")).json()["data"]
    (url,) = found["entities"]["urls"]
    page = await x.http.get(entry["path"])
    assert (entry["platform"], entry["public_id"], entry["text"]) == ("x", post["id"], text)
    assert post["text"] == found["text"] == f"Fish &amp; chips &lt; 5 &gt; 4, see {url['url']}."
    assert post["edit_history_tweet_ids"] == [post["id"]]
    assert url["expanded_url"] == "http://example.com/menu?a=1&b=2"
    assert found["text"][url["start"] : url["end"]] == url["url"]
    assert len(url["url"]) == len("https://t.co/") + 10
    assert abs(moment_of(post["id"]) - entry["published_at_unix"]) < 0.01
    assert entry["path"] == f"/x/olive_ordinary/status/{post['id']}"
    assert (page.status_code, "Fish &amp; chips" in page.text) == (200, True)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"text": "a", "surprise": 1}, "surprise"),
        ({"text": "a", "media": {"media_ids": ["1"], "surprise": 1}}, "media.surprise"),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": "1", "surprise": 1}}, "reply.surprise"),
        ({"text": "a", "poll": {"options": ["a", "b"], "duration_minutes": 5, "surprise": 1}}, "poll.surprise"),
        (
            {"text": "a", "media": {"media_ids": ["1"], "call_to_actions": {"visit_site": {"url": "u", "x": 1}}}},
            "media.call_to_actions.visit_site.x",
        ),
        ({"text": "a", "reply": {}}, "reply.in_reply_to_tweet_id"),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": 12}}, "reply.in_reply_to_tweet_id"),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": "12a"}}, "reply.in_reply_to_tweet_id"),
        ({"text": "a", "reply": None}, "reply"),
        ({"text": 5}, "text"),
        ({"text": "a", "media": {"media_ids": []}}, "media.media_ids"),
        ({"text": "a", "media": {"media_ids": ["1", "2", "3", "4", "5"]}}, "media.media_ids"),
        ({"text": "a", "poll": {"options": ["a"], "duration_minutes": 5}}, "poll.options"),
        ({"text": "a", "poll": {"options": ["a", "b" * 26], "duration_minutes": 5}}, "poll.options.1"),
        ({"text": "a", "poll": {"options": ["a", "b"], "duration_minutes": 4}}, "poll.duration_minutes"),
        ({"text": "a", "poll": {"options": ["a", "b"], "duration_minutes": 10_081}}, "poll.duration_minutes"),
        ({"text": "a", "reply_settings": "everyone"}, "reply_settings"),
        ({"text": "a", "made_with_ai": "yes"}, "made_with_ai"),
        ({}, "text"),
        ({"text": "  "}, "text"),
    ],
    ids=str,
)
async def test_a_body_holds_what_the_schema_says_and_nothing_else(x: XStranger, body: dict[str, Any], where: str):
    answer = await x.post(await x.token(), **body)

    assert message_of(answer)
    assert where in answer.json()["errors"][0]["parameters"]
    assert await x.ledger() == []


async def test_a_body_that_is_no_json_object_is_refused(x: XStranger):
    token = await x.token()

    for given in (
        {"json": []},
        {"content": b"{", "headers": {"content-type": "application/json"}},
        {"data": {"text": "a"}},
    ):
        headers = {"authorization": f"Bearer {token}", **given.pop("headers", {})}
        assert (await x.http.post("/x/2/tweets", headers=headers, **given)).status_code == 400


async def test_two_attachments_exclude_each_other(x: XStranger):
    poll = {"options": ["a", "b"], "duration_minutes": 5}

    answer = await x.post(await x.token(), text="a", poll=poll, media={"media_ids": ["1"]})

    assert message_of(answer) == EXCLUSIVE


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a" * 280, True),
        ("a" * 281, False),
        ("日" * 140, True),
        ("日" * 140 + "a", False),
        (FAMILY * 140, True),
        (FAMILY * 140 + "a", False),
        ("🇩🇪" * 140, True),
        ("1️⃣" * 140, True),
        ("👍🏽" * 140, True),
        ("e\u0301" * 280, True),
        (f"https://example.com/{'a' * 500} " + "b" * 256, True),
        (f"https://example.com/{'a' * 500} " + "b" * 257, False),
        (f"example.com/{'a' * 500} " + "b" * 256, True),
        (f"example.de {'b' * 269}", True),
        (f"example.de/a {'b' * 257}", False),
        ("…" * 280, False),
        ("\u2019" * 280, True),
    ],
)
async def test_a_text_weighs_what_it_weighs(x: XStranger, text: str, fits: bool):
    answer = await x.post(await x.token(), text=text)

    assert answer.status_code == (201 if fits else 403)
    if not fits:
        assert "shorter" in problem_of(answer)[1]


ACCENTS = {
    "a million": "\u0345\u0301\u0323\u0334" * 250_000,
    "in turn": "a" + "\u0345\u0301\u0323\u0334" * 6_249,
    "last first": "a" + "\u0345" * 12_000 + "\u0334" * 12_000,
    "each of two": "\u0f73\u0344" * 12_500,
}


@pytest.mark.parametrize("persona", ["ordinary", "premium"])
@pytest.mark.parametrize("text", ACCENTS.values(), ids=ACCENTS)
async def test_a_text_of_nothing_but_accents_is_answered_like_any_other(x: XStranger, persona: str, text: str):
    token = await x.token(persona)

    answers, taken = await post_twice(x, token, text)
    known = len(await x.ledger())
    _, usual = await post_twice(x, token, "word " * 4_999)

    fits = persona == "premium" and text in {ACCENTS["in turn"], ACCENTS["last first"]}
    assert [one.status_code for one in answers] == ([201, 403] if fits else [403, 403])
    assert (problem_of(answers[1]) == DUPLICATE) is fits
    assert known == fits
    assert taken < 4 * usual


async def post_twice(x: XStranger, token: str, text: str) -> tuple[list[httpx.Response], float]:
    """Give the answers, and the seconds of processor time that they took."""
    started = process_time()
    answers = [await x.post(token, text=text) for _ in range(2)]
    return answers, process_time() - started


@pytest.mark.parametrize("number", [1, 40, 64, 65, 139])
async def test_marks_weigh_what_is_left_of_them_however_they_are_ordered(x: XStranger, number: int):
    """The first acute goes into its letter."""
    text = "e" + "\u0301\u0334" * number + "a" * (280 - 2 * number)
    token = await x.token()

    answers = [await x.post(token, text=one) for one in (text, f"{text}a")]

    assert [one.status_code for one in answers] == [201, 403]


async def test_a_subscriber_writes_long_posts_that_are_folded(x: XStranger):
    token, text = await x.token("premium"), "word " * 4_999 + "end & x"

    post = await x.posted(token, text=text[:25_000])
    too_long = await x.post(token, text="a" * 25_001)

    found = (await x.get("tweets", token, ids=post["id"], tweet__fields="note_tweet")).json()["data"][0]
    assert len(found["text"]) < 320
    assert found["text"] == post["text"]
    assert found["note_tweet"]["text"].startswith(text[:24_990])
    assert problem_of(too_long)[0] == 403
    assert len(await x.ledger()) == 1


async def test_the_same_text_again_is_a_duplicate_for_a_day_while_it_stands(x: XStranger):
    ordinary, premium = await x.token(), await x.token("premium")
    first = await x.posted(ordinary, text="Café https://example.com/a")

    again = await x.post(ordinary, text=" Cafe\u0301  https://example.com/a ")
    other = await x.post(premium, text="Café https://example.com/a")
    await x.call("DELETE", f"tweets/{first['id']}", ordinary)
    after = await x.post(ordinary, text="Café https://example.com/a")

    assert problem_of(again) == DUPLICATE
    assert "id" not in again.json()
    assert (other.status_code, after.status_code) == (201, 201)


async def test_the_window_of_duplicates_can_be_set_and_ends(x: XStranger):
    await x.settings(duplicate_seconds=60)
    token = await x.token()
    await x.posted(token, text="a")
    assert problem_of(await x.post(token, text="a")) == DUPLICATE
    await x.pass_time(61)

    assert (await x.post(token, text="a")).status_code == 201


async def test_one_cashtag_is_enough(x: XStranger):
    token = await x.token()

    one, two = await x.post(token, text="$TWTR and $5"), await x.post(token, text="$TWTR and $GOOG")

    assert one.status_code == 201
    assert "maximum of one cashtag" in problem_of(two)[1]


async def test_a_thread_hangs_together(x: XStranger):
    token = await x.token()
    ids: list[str] = []
    for text in ("one", "two", "three"):
        reply = {"reply": {"in_reply_to_tweet_id": ids[-1]}} if ids else {}
        ids.append((await x.posted(token, text=text, **reply))["id"])

    me = await x.me(token)
    fields = "conversation_id,referenced_tweets,in_reply_to_user_id"
    listed = (await x.get(f"users/{me['id']}/tweets", token, tweet__fields=fields)).json()["data"]

    assert [entry["parent_id"] for entry in await x.ledger()] == [None, *ids[:-1]]
    assert [one["id"] for one in listed] == ids[::-1]
    assert {one["conversation_id"] for one in listed} == {ids[0]}
    assert listed[0]["referenced_tweets"] == [{"type": "replied_to", "id": ids[1]}]
    assert listed[0]["in_reply_to_user_id"] == me["id"]


async def test_a_new_post_may_be_invisible_to_its_reply(x: XStranger):
    await x.settings(reply_lag_seconds=2)
    token = await x.token()
    reply = {"in_reply_to_tweet_id": (await x.posted(token, text="one"))["id"]}

    early = await x.post(token, text="two", reply=reply)
    await x.pass_time(2)

    assert problem_of(early) == INVISIBLE
    assert (await x.post(token, text="two", reply=reply)).status_code == 201
    assert problem_of(await x.post(token, text="three", reply={"in_reply_to_tweet_id": "5"})) == INVISIBLE


async def test_others_must_ask_for_a_reply_and_nobody_quotes(x: XStranger):
    ordinary, premium = await x.token(), await x.token("premium")
    silent = await x.posted(premium, text="Nobody is asked")
    summons = await x.posted(premium, text="What do you say, @olive_ordinary?")

    refused = await x.post(ordinary, text="I", reply={"in_reply_to_tweet_id": silent["id"]})
    asked = await x.post(ordinary, text="This", reply={"in_reply_to_tweet_id": summons["id"]})
    quote = await x.post(ordinary, text="Look", quote_tweet_id=summons["id"])
    await x.settings(self_serve=False)
    free = await x.post(ordinary, text="Look", quote_tweet_id=summons["id"])

    assert problem_of(refused) == (403, NOT_SUMMONED)
    assert refused.json()["type"].endswith("/problems/not-authorized-for-resource")
    assert asked.status_code == 201
    assert problem_of(quote) == (403, NOT_SUMMONED)
    assert free.status_code == 201


async def test_deleting_takes_down(x: XStranger):
    ordinary, premium = await x.token(), await x.token("premium")
    post = await x.posted(ordinary, text="a")

    foreign = await x.call("DELETE", f"tweets/{post['id']}", premium)
    own = await x.call("DELETE", f"tweets/{post['id']}", ordinary)
    unknown = await x.call("DELETE", "tweets/77", ordinary)

    (entry,) = await x.ledger()
    assert problem_of(foreign)[0] == 403
    assert (own.status_code, own.json()) == (200, {"data": {"deleted": True}})
    assert problem_of(unknown)[0] == 404
    assert entry["deleted_at"] is not None
    assert (await x.http.get(entry["path"])).status_code == 404
    assert (await x.get(f"tweets/{post['id']}", ordinary)).json()["errors"][0]["resource_id"] == post["id"]


async def test_details_are_public_with_the_post(x: XStranger):
    poll = {"options": ["yes", "no"], "duration_minutes": 60}

    token = await x.token()
    post = await x.posted(token, text="Well?", poll=poll, reply_settings="following", made_with_ai=True)
    found = (await x.get(f"tweets/{post['id']}", token, tweet__fields="attachments")).json()
    assert len(found["data"]["attachments"]["poll_ids"]) == 1

    (entry,) = await x.ledger()
    assert entry["kind"] == "poll"
    assert entry["details"] == {"poll": poll, "reply_settings": "following", "made_with_ai": True, "price_usd": 0.015}


async def test_a_subscriber_edits_for_half_an_hour(x: XStranger):
    token = await x.token("premium")
    first = await x.posted(token, text="Helo")

    second = await x.posted(token, text="Hello", edit_options={"previous_post_id": first["id"]})
    await x.pass_time(1_801)
    late = await x.post(token, text="Hello!", edit_options={"previous_post_id": second["id"]})

    old, new = await x.ledger()
    assert second["edit_history_tweet_ids"] == [first["id"], second["id"]]
    assert (old["deleted_at"] is None, new["deleted_at"]) == (False, None)
    assert problem_of(late)[0] == 403


@pytest.mark.parametrize(
    ("missing", "calls"),
    [
        ("tweet.write", [("POST", "tweets", {"json": {"text": "a"}}), ("DELETE", "tweets/1", {})]),
        ("tweet.read", [("POST", "tweets", {"json": {"text": "a"}}), ("GET", "users/me", {})]),
        ("users.read", [("GET", "tweets/1", {}), ("GET", "users/1/tweets", {})]),
        ("media.write", [("POST", "media/metadata", {"json": {"id": "1"}}), ("GET", "media/upload", {})]),
    ],
)
async def test_each_operation_wants_its_scopes(x: XStranger, missing: str, calls: list[tuple[str, str, Any]]):
    token = await x.token(scope=" ".join(one for one in SCOPES.split() if one != missing))

    for method, path, given in calls:
        assert problem_of(await x.call(method, path, token, **given)) == FORBIDDEN
    assert await x.ledger() == []


async def test_without_a_token_that_works_nothing_is_done(x: XStranger):
    refresh = (await x.tokens())["refresh_token"]

    for token in (None, "made-up", refresh):
        assert problem_of(await x.call("POST", "tweets", token, json={"text": "a"})) == (401, "Unauthorized")
    assert (await x.call("GET", "elsewhere", None)).status_code == 404
