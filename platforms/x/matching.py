"""Recognising an own post in a list: X's moment in its id, and a text as X gives it back against the one that was sent.

Sources, read 2026-11-26:
https://docs.x.com/x-api/fundamentals/x-ids (64-bit ids that begin with the time)
https://docs.x.com/x-api/fundamentals/data-dictionary (`entities.urls`, `note_tweet`; entities in texts)
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from platforms.x.weight import find_addresses, plain

BEFORE = timedelta(seconds=5)
"""How far X's clock may be behind ours."""

_EPOCH_MS = 1_288_834_974_657
_TIME_SHIFT = 22
_SPACE = re.compile(r"\s+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_SHORT = re.compile(r"https://t\.co/\w+")


def floor_id(moment: datetime) -> str:
    """Give the id that every post made from `moment` on, by X's clock, is above."""
    milliseconds = int((moment - BEFORE).timestamp() * 1000) - _EPOCH_MS
    return str(max(milliseconds, 0) << _TIME_SHIFT)


def moment_of(post_id: str) -> datetime:
    """Read when a post was made from its id."""
    return datetime.fromtimestamp(((int(post_id) >> _TIME_SHIFT) + _EPOCH_MS) / 1000, UTC)


def is_text_of(post: Mapping[str, Any], sent: str) -> bool:
    """Whether a post of a timeline, by X's old names of fields or the new, says what was sent.

    Its own short addresses are put back to what they stand for; those of its files, at the end, are left out.
    """
    whole = _long_of(post)
    text, urls = html.unescape(str(whole.get("text", ""))), _urls_of(whole)
    return _folded(_lengthen(text, urls)) == _folded(sent)


def parent_of(post: Mapping[str, Any]) -> str | None:
    """Give the id of the post that a post replies to; None when it replies to none."""
    listed = post.get("referenced_tweets", post.get("referenced_posts"))
    for one in _mappings(listed):
        if one.get("type") == "replied_to":
            return str(one.get("id"))
    return None


def _long_of(post: Mapping[str, Any]) -> Mapping[str, Any]:
    """A long post tells its whole text, and the addresses in it, in a place of its own."""
    note = post.get("note_tweet", post.get("note_post"))
    return cast("Mapping[str, Any]", note) if isinstance(note, dict) and "text" in note else post


def _urls_of(whole: Mapping[str, Any]) -> Mapping[str, str]:
    """Give what each short address stands for; "" for that of a file."""
    entities = whole.get("entities")
    listed = cast("Mapping[str, Any]", entities).get("urls") if isinstance(entities, dict) else None
    return {
        str(one.get("url")): "" if "media_key" in one else str(one.get("expanded_url")) for one in _mappings(listed)
    }


def _lengthen(text: str, urls: Mapping[str, str]) -> str:
    return _SHORT.sub(lambda found: urls.get(found.group(), found.group()), text)


def _folded(text: str) -> str:
    """Give a text as two are compared: composed, spaces alike, each address without its scheme and last slash."""
    whole = plain(text)
    parts, at = list[str](), 0
    for span in find_addresses(whole):
        address = _SCHEME.sub("", whole[span.start : span.end], count=1)
        parts += [whole[at : span.start], address.removesuffix("/")]
        at = span.end
    return _SPACE.sub(" ", "".join([*parts, whole[at:]])).strip()


def _mappings(value: object) -> Sequence[Mapping[str, Any]]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Mapping[str, Any]", one) for one in listed if isinstance(one, dict)]
