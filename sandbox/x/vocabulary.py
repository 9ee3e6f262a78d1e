"""The two vocabularies of X's answers: names from before 2026-08-07, and those since.

Source: openapi.json 2.166 and 2.167 of the documentation's repository; which of them the living platform speaks is not
documented, so that a setting says it.
"""

from typing import Any

from sandbox.x.call import Call

NEW_NAMES = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "retweet_count": "repost_count",
    "note_tweet": "note_post",
    "tweets": "posts",
    "pinned_tweet_id": "pinned_post_id",
    "most_recent_tweet_id": "most_recent_post_id",
    "tweet_count": "post_count",
}
OLD_NAMES = {new: old for old, new in NEW_NAMES.items()}
RENAMED = ("tweet.fields", "post.fields")


def spell(call: Call, data: Any) -> Any:
    """Return an answer, written in the old names, in those that the call is answered in."""
    vocabulary = call.x.settings.vocabulary
    if vocabulary == "asked":
        vocabulary = "new" if "post.fields" in call.query else "old"
    return data if vocabulary == "old" else _renamed(data, is_both=vocabulary == "both")


def old_name(name: str) -> str:
    """Return the old name of a field."""
    return OLD_NAMES.get(name, name)


def _renamed(data: Any, *, is_both: bool) -> Any:
    if isinstance(data, list):
        return [_renamed(one, is_both=is_both) for one in data]
    if not isinstance(data, dict):
        return data
    found: dict[str, Any] = {}
    for name, value in data.items():
        inner = _renamed(value, is_both=is_both)
        if is_both or name not in NEW_NAMES:
            found[name] = inner
        found[NEW_NAMES.get(str(name), str(name))] = inner
    return found
