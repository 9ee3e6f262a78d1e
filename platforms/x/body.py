"""What is sent to make a post: the same each time, so that X knows a second copy for one.

Source: https://docs.x.com/x-api/posts/create-post (read 2026-11-22): of a poll, a quote and media there is one.
"""

from typing import Any

from platforms.base import Draft
from platforms.x.options import XOptions, XReplySettings
from platforms.x.weight import plain

_REPLIES = {
    XReplySettings.FOLLOWING: "following",
    XReplySettings.MENTIONED: "mentionedUsers",
    XReplySettings.SUBSCRIBERS: "subscribers",
    XReplySettings.VERIFIED: "verified",
}


def body_of(draft: Draft, media_ids: list[str]) -> dict[str, Any]:
    """Write a post whose files X has."""
    options: XOptions = draft.options
    body: dict[str, Any] = {}
    if draft.text:
        body["text"] = plain(draft.text)
    if media_ids:
        body["media"] = {"media_ids": media_ids}
    if options.poll is not None:
        body["poll"] = {"options": list(options.poll.options), "duration_minutes": options.poll.duration_minutes}
    if options.quote_post_id is not None:
        body["quote_tweet_id"] = options.quote_post_id
    if options.reply_settings in _REPLIES:
        body["reply_settings"] = _REPLIES[options.reply_settings]
    if draft.reply_to is not None:
        body["reply"] = {"in_reply_to_tweet_id": draft.reply_to.parent}
    return body
