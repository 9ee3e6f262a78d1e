"""Reading back from X: timelines, look-ups, and both vocabularies."""

from typing import Any

import pytest

from tests.sandbox.x.stranger import EPOCH_MS, XStranger


async def thread(x: XStranger, token: str, *texts: str) -> list[str]:
    ids: list[str] = []
    for text in texts:
        reply = {"reply": {"in_reply_to_tweet_id": ids[0]}} if ids else {}
        ids.append((await x.posted(token, text=text, **reply))["id"])
    return ids


async def timeline(x: XStranger, token: str, **query: Any) -> dict[str, Any]:
    answer = await x.get(f"users/{(await x.me(token))['id']}/tweets", token, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_timeline_is_newest_first_and_empty_without_data(x: XStranger):
    token = await x.token()

    empty = await timeline(x, token)
    ids = await thread(x, token, "one", "two")
    full = await timeline(x, token)

    assert empty == {"meta": {"result_count": 0}}
    assert [one["id"] for one in full["data"]] == ids[::-1]
    assert full["meta"] == {"result_count": 2, "newest_id": ids[1], "oldest_id": ids[0]}


async def test_a_timeline_takes_since_until_times_and_exclusions(x: XStranger):
    token = await x.token()
    (first,) = await thread(x, token, "first")
    await x.pass_time(100)
    ids = await thread(x, token, "one", "two")
    created = (await x.get(f"tweets/{ids[0]}", token, tweet__fields="created_at")).json()["data"]["created_at"]
    floor = ((int(ids[0]) >> 22) - 50) << 22

    for query, expected in (
        ({"since_id": first}, ids[::-1]),
        ({"since_id": str(floor)}, ids[::-1]),
        ({"until_id": ids[1]}, [ids[0], first]),
        ({"start_time": created}, ids[::-1]),
        ({"end_time": created[:19] + "Z", "exclude": "retweets"}, [first]),
        ({"exclude": "replies"}, [ids[0], first]),
    ):
        found = await timeline(x, token, **query)
        assert [one["id"] for one in found["data"]] == expected, query


@pytest.mark.parametrize(
    "query",
    [
        {"max_results": 4},
        {"max_results": 101},
        {"max_results": "many"},
        {"since_id": "a"},
        {"start_time": "yesterday"},
        {"exclude": "friends"},
        {"tweet__fields": "mood"},
        {"expansions": "everything"},
        {"pagination_token": "7"},
    ],
    ids=str,
)
async def test_what_cannot_be_read_is_refused_even_where_nothing_is_there(x: XStranger, query: dict[str, Any]):
    token = await x.token()
    await x.posted(token, text="a")

    answer = await x.get(f"users/{(await x.me(token))['id']}/tweets", token, **query)

    assert (answer.status_code, answer.json()["title"]) == (400, "Invalid Request")


async def test_pages_follow_each_other(x: XStranger):
    token = await x.token()
    ids = await thread(x, token, *(f"text {number}" for number in range(7)))

    first = await timeline(x, token, max_results=5)
    second = await timeline(x, token, max_results=5, pagination_token=first["meta"]["next_token"])

    assert [one["id"] for one in first["data"] + second["data"]] == ids[::-1]
    assert "next_token" not in second["meta"]


async def test_a_timeline_may_lag(x: XStranger):
    await x.settings(timeline_lag_seconds=30)
    token = await x.token()
    post = await x.posted(token, text="late")

    early = await timeline(x, token)
    await x.pass_time(30)

    assert early["meta"]["result_count"] == 0
    assert (await x.get(f"tweets/{post['id']}", token)).json()["data"]["id"] == post["id"]
    assert (await timeline(x, token))["meta"]["result_count"] == 1


async def test_what_is_missing_is_told_beside_what_is_there(x: XStranger):
    token = await x.token()
    post = await x.posted(token, text="here")

    both = (await x.get("tweets", token, ids=f"{post['id']},77")).json()
    none = (await x.get("tweets/77", token)).json()

    assert [one["id"] for one in both["data"]] == [post["id"]]
    assert [(one["title"], one["resource_id"]) for one in both["errors"]] == [("Not Found Error", "77")]
    assert both["errors"][0]["type"].endswith("/resource-not-found")
    assert "data" not in none
    assert (await x.get("tweets", token)).status_code == 400
    assert (await x.get("users/5/tweets", token)).json()["errors"][0]["resource_type"] == "user"


async def test_a_protected_account_is_read_by_itself_alone(x: XStranger):
    protected, other = await x.token("protected"), await x.token()
    post = await x.posted(protected, text="quiet")

    assert "data" in (await x.get(f"tweets/{post['id']}", protected)).json()
    assert "data" not in (await x.get(f"tweets/{post['id']}", other)).json()


async def test_answers_are_in_the_vocabulary_asked_for(x: XStranger):
    token = await x.token()
    post = await x.posted(token, text="one")
    path = f"tweets/{post['id']}"

    default = (await x.get(path, token)).json()["data"]
    old = (await x.get(path, token, tweet__fields="public_metrics")).json()["data"]
    new = (await x.get(path, token, post__fields="public_metrics")).json()["data"]

    assert "edit_history_tweet_ids" in default
    assert ("edit_history_tweet_ids" in old, "retweet_count" in old["public_metrics"]) == (True, True)
    assert ("edit_history_tweet_ids" in new, "edit_history_post_ids" in new) == (False, True)
    assert ("repost_count" in new["public_metrics"], "retweet_count" in new["public_metrics"]) == (True, False)


async def test_the_new_vocabulary_can_be_forced_and_both_be_sent(x: XStranger):
    token = await x.token()

    await x.settings(vocabulary="new")
    new = await x.posted(token, text="new")
    await x.settings(vocabulary="both")
    both = await x.posted(token, text="both")

    assert set(new) == {"id", "text", "edit_history_post_ids"}
    assert set(both) == {"id", "text", "edit_history_post_ids", "edit_history_tweet_ids"}


async def test_ids_carry_the_sandboxs_time(x: XStranger):
    token = await x.token()
    first = await x.posted(token, text="now")
    await x.pass_time(86_400)
    token = await x.token()

    second = await x.posted(token, text="tomorrow")

    now = (await x.admin("clock"))["unix"]
    assert abs(((int(second["id"]) >> 22) + EPOCH_MS) / 1000 - now) < 5
    assert ((int(second["id"]) >> 22) - (int(first["id"]) >> 22)) / 1000 >= 86_400


async def test_expansions_bring_authors_and_media(x: XStranger):
    token = await x.token()
    post = await x.posted(token, text="one")

    found = (await x.get(f"tweets/{post['id']}", token, expansions="author_id")).json()

    assert found["includes"]["users"][0]["username"] == "olive_ordinary"
