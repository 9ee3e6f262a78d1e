"""xdk and tweepy, which nobody here wrote, sign in at the sandbox's X, post threads, read them back and delete them."""

import pytest

from tests.strangers.conftest import Client
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.xdist_group("strangers")
SCOPE = ["tweet.read", "tweet.write", "users.read", "offline.access", "media.write"]
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


async def test_xdk_connects_uploads_posts_a_thread_and_deletes(client: Client, sandbox: Sandbox):
    found = await client("xdk_publishing", persona="ordinary")

    root, reply, once = await sandbox.ledger()
    me = found["me"]
    assert [str(one) for one in found["scope"]] == [" ".join(SCOPE), str(SCOPE)]
    assert found["rotated"]
    assert (me["username"], me["subscription_type"]) == ("olive_ordinary", "None")
    assert [(one["platform"], one["account_id"], one["kind"]) for one in (root, reply, once)] == [
        ("x", me["id"], "photo"),
        ("x", me["id"], "video"),
        ("x", me["id"], "text"),
    ]
    assert (root["text"], root["alt_texts"]) == ("One & two < three https://example.com/a", ["A picture"])
    assert (root["public_id"], reply["public_id"]) == (found["root"]["id"], found["reply"]["id"])
    assert (reply["parent_id"], once["text"]) == (root["public_id"], "Only once")
    assert [one["deleted_at"] is None for one in (root, reply, once)] == [True, False, True]
    assert [one["id"] for one in found["page"]] == [reply["public_id"], root["public_id"]]
    assert found["page"][0]["edit_history_post_ids"] == [reply["public_id"]]
    assert found["one"]["referenced_posts"] == [{"type": "replied_to", "id": root["public_id"]}]
    assert found["page"][1]["text"].startswith("One &amp; two &lt; three https://t.co/")
    assert found["page"][1]["entities"]["urls"][0]["expanded_url"] == "https://example.com/a"
    assert found["refused"] == [403, DUPLICATE]
    assert found["deleted"] == {"deleted": True}
    assert found["gone"][0]["resource_id"] == reply["public_id"]


async def test_tweepy_connects_posts_a_thread_and_deletes(client: Client, sandbox: Sandbox):
    found = await client("tweepy_publishing", persona="premium")

    entries = await sandbox.ledger()
    assert found["expires_in"] == 7_200
    assert found["me"] == [entries[0]["account_id"], "petra_premium"]
    assert [one["public_id"] for one in entries] == found["ids"]
    assert [one["parent_id"] for one in entries] == [None, *found["ids"][:-1]]
    assert [one["text"] for one in entries] == ["First & foremost", "then https://example.com/b", "last"]
    assert [one["id"] for one in found["listed"]] == found["ids"][::-1]
    assert found["listed"][0]["referenced_tweets"] == [{"type": "replied_to", "id": found["ids"][1]}]
    assert found["refusals"] == [
        ["Forbidden", DUPLICATE],
        ["Forbidden", "Posts are limited to a maximum of one cashtag."],
        ["Forbidden", "You can only reply to or quote posts where you are mentioned or are the author."],
    ]
    assert found["deleted"] == [{"deleted": True}] * 3
    assert all(one["deleted_at"] for one in entries)
    assert found["empty"] == {"result_count": 0}


async def test_tweepy_is_told_when_it_posts_too_often(client: Client, sandbox: Sandbox):
    found = await client("tweepy_limited", persona="rate-limited")

    (entry,) = await sandbox.ledger()
    assert entry["text"] == "The only one"
    assert found == {"kind": "TooManyRequests", "limit": "1", "remaining": "0", "waits": True}
