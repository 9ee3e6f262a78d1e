"""Recognising an own post in a list: X's moment in its id, and a text as X gives it back against the one that was sent.

Sources, read 2026-11-26:
https://docs.x.com/x-api/fundamentals/x-ids (64-bit ids that begin with the time)
https://docs.x.com/x-api/fundamentals/data-dictionary (`entities.urls`, `note_tweet`; entities in texts)
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import unquote

from platforms.x.weight import find_addresses, plain

BEFORE = timedelta(minutes=2)
"""How far X's clock may be behind ours: a post made earlier is not looked for."""

_EPOCH_MS = 1_288_834_974_657
_TIME_SHIFT = 22
_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>[^/?#]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_OF_POST = re.compile(r"/status/(?P<id>[0-9]+)(?P<file>/(?:photo|video)/[0-9]+)?/?")
_NAMES = re.compile(r"(?:@\w+ )+")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def floor_id(moment: datetime) -> str:
    """Give the id that every post made from `moment` on, by X's clock, is above."""
    milliseconds = int((moment - BEFORE).timestamp() * 1000) - _EPOCH_MS
    return str(max(milliseconds, 0) << _TIME_SHIFT)


def moment_of(post_id: str) -> datetime:
    """Read when a post was made from its id."""
    return datetime.fromtimestamp(((int(post_id) >> _TIME_SHIFT) + _EPOCH_MS) / 1000, UTC)


def is_text_of(post: Mapping[str, Any], sent: str) -> bool:
    """Whether a post of a timeline, by X's old names of fields or the new, says what was sent.

    The post is asked for with `entities`, `referenced_tweets` and `note_tweet`. X's short addresses are put back to
    what they stand for; left out are those of the post's own files and of the post it quotes, and the names that X
    puts before a reply.
    """
    whole = plain(sent)
    ours, urls = _folded(whole), dict(_urls_of(post, whole))
    said = str(_long_of(post).get("text", ""))
    readings = {said, _ENTITY.sub(lambda found: _ENTITIES[found[0]], said)}
    # Where X made no address of what is one to us, it stands as it was sent.
    theirs = [_folded_back(one, urls, rest) for one in readings for rest in (str, _with_folded_addresses)]
    is_reply = parent_of(post) is not None
    return any(one == ours or (is_reply and _is_named_before(one, ours)) for one in theirs)


def _is_named_before(theirs: str, ours: str) -> bool:
    before = theirs.removesuffix(ours) if ours else f"{theirs} "
    return before != theirs and _NAMES.fullmatch(before) is not None


def parent_of(post: Mapping[str, Any]) -> str | None:
    """Give the id of the post that a post replies to; None when it replies to none."""
    return next(iter(_referenced(post, "replied_to")), None)


def _referenced(post: Mapping[str, Any], how: str) -> list[str]:
    listed = post.get("referenced_tweets", post.get("referenced_posts"))
    return [str(one.get("id")) for one in _mappings(listed) if one.get("type") == how]


def _long_of(post: Mapping[str, Any]) -> Mapping[str, Any]:
    """A long post tells its whole text, and the addresses in it, in a place of its own."""
    note = post.get("note_tweet", post.get("note_post"))
    return cast("Mapping[str, Any]", note) if isinstance(note, dict) and "text" in note else post


def _urls_of(post: Mapping[str, Any], sent: str) -> Iterator[tuple[str, str]]:
    """Give each short address with what it stands for; with "" when that was not sent."""
    addresses = {_folded_address(sent[span.start : span.end]) for span in find_addresses(sent)}
    for whole in (post, _long_of(post)):
        entities = whole.get("entities")
        for one in _mappings(cast("Mapping[str, Any]", entities).get("urls") if isinstance(entities, dict) else None):
            short, stands_for = str(one.get("url")), str(one.get("expanded_url"))
            if _folded_address(short) in addresses:
                yield short, short
            else:
                yield short, "" if _is_added(post, one, addresses) else stands_for


def _is_added(post: Mapping[str, Any], url: Mapping[str, Any], sent: Collection[str]) -> bool:
    """Whether X put an address into the text: that of a file of the post's own, or of the post that it quotes."""
    stands_for = str(url.get("expanded_url"))
    of_post = _OF_POST.search(stands_for)
    if "media_key" in url or of_post is None:
        return "media_key" in url
    if of_post["file"]:
        return of_post["id"] == str(post.get("id"))
    return of_post["id"] in _referenced(post, "quoted") and _folded_address(stands_for) not in sent


def _folded_back(text: str, urls: Mapping[str, str], rest: Callable[[str], str]) -> str:
    """Fold a text as X gives it, each short address as what it stands for."""
    whole, known = plain(text), "|".join(map(re.escape, sorted(urls, key=len, reverse=True)))
    parts, at = list[str](), 0
    for short in re.finditer(known, whole) if known else ():
        parts += [rest(whole[at : short.start()]), _folded_address(plain(urls[short[0]]))]
        at = short.end()
    return _with_folded_spaces("".join([*parts, rest(whole[at:])]))


def _folded(text: str) -> str:
    """Give a text as two are compared: composed, spaces alike, each address in one way of writing it."""
    return _with_folded_spaces(_with_folded_addresses(plain(text)))


def _with_folded_addresses(text: str) -> str:
    parts, at = list[str](), 0
    for span in find_addresses(text):
        parts += [text[at : span.start], _folded_address(text[span.start : span.end])]
        at = span.end
    return "".join([*parts, text[at:]])


def _with_folded_spaces(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _folded_address(address: str) -> str:
    """Leave out the scheme and the last slash; what may be written in small letters, or without %, is."""
    parts = cast("re.Match[str]", _ADDRESS.fullmatch(address))
    host = ".".join(map(_decoded, parts["host"].lower().split(".")))
    return plain(host + unquote(parts["rest"]).removesuffix("/"))


def _decoded(label: str) -> str:
    """Read Punycode; what only begins like it stays as it is."""
    try:
        return label.removeprefix("xn--").encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _mappings(value: object) -> Sequence[Mapping[str, Any]]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Mapping[str, Any]", one) for one in listed if isinstance(one, dict)]
