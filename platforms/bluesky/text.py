"""A text as Bluesky counts and marks it: grapheme clusters, and links, mentions and tags by UTF-8 byte offsets.

Everything takes time in proportion to the text, whatever it holds.

Sources, read 2026-11-26:
https://docs.bsky.app/docs/advanced-guides/post-richtext (what is marked, and how)
https://atproto.com/specs/handle (syntax of handles)
https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/richtext/facet.json (offsets, length of a tag)
https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json (300 graphemes, 3,000 bytes)
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import regex

_MOST_BYTES = 3_000
_BYTES_OF_ONE = 10
"""A text may have 300 graphemes and 3,000 bytes: one of more bytes counts as many graphemes as ten bytes each make."""

_CLUSTER = regex.compile(r"\X")
# An odd number of these is what makes counting clusters slow: from the start of a run, each two are one flag.
_FLAG = re.compile(r"[\U0001F1E6-\U0001F1FF]{2}")
_PLAIN = "F"
_SPACE = r"\s\ufeff"
_LINK = re.compile(rf"(?<![^{_SPACE}(])https?://[\w\[][^{_SPACE}\x00-\x1f\x7f]*", re.IGNORECASE)
_MENTION = re.compile(rf"(?<![^{_SPACE}(])@([A-Za-z0-9.-]+)")
_TAG = re.compile(rf"(?<![^{_SPACE}])[#\uff03](?!\ufe0f)([^{_SPACE}\u00ad\u2060\u200a-\u200d\u20e2]+)")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_HANDLE = 253
_LONGEST_TAG = 64
_ENDS_NO_LINK = ".,;:!?'\"\u2019\u201d\u2026"


class Mark(Enum):
    """What a part of a text is."""

    LINK = "link"
    MENTION = "mention"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of a text, from byte `start` up to byte `end` of its UTF-8; `value` is an address, a handle, or a tag."""

    mark: Mark
    start: int
    end: int
    value: str


def count_text(text: str) -> int:
    """Count the grapheme clusters of a text, or the tenths of its bytes where these are too many."""
    clusters, size = sum(1 for _ in _CLUSTER.finditer(_FLAG.sub(_PLAIN, text))), _size(text)
    return clusters if size <= _MOST_BYTES else max(clusters, -(-size // _BYTES_OF_ONE))


def find_marks(text: str) -> tuple[Marked, ...]:
    """Find the links, mentions and tags of a text, in order; none overlaps another."""
    found = sorted((*_links(text), *_mentions(text), *_tags(text)), key=lambda one: one[1])
    marks: list[Marked] = []
    reached = reached_bytes = 0
    for mark, start, end, value in found:
        if start < reached:
            continue
        first = reached_bytes + _size(text[reached:start])
        reached, reached_bytes = end, first + _size(text[start:end])
        marks.append(Marked(mark, first, reached_bytes, value))
    return tuple(marks)


def is_handle(text: str) -> bool:
    """Whether a text in small letters is a handle: a host name with a last part that begins with a letter."""
    labels = text.split(".", _LONGEST_HANDLE)
    fits = len(labels) > 1 and len(text) <= _LONGEST_HANDLE and labels[-1][:1].isalpha()
    return fits and all(_LABEL.fullmatch(label) for label in labels)


_Found = tuple[Mark, int, int, str]


def _links(text: str) -> Iterator[_Found]:
    for match in _LINK.finditer(text):
        # What ends a sentence, or a bracket around the address, is not part of it.
        address = match[0].rstrip(_ENDS_NO_LINK if "(" in match[0] else f"{_ENDS_NO_LINK})")
        yield Mark.LINK, match.start(), match.start() + len(address), address


def _mentions(text: str) -> Iterator[_Found]:
    for match in _MENTION.finditer(text):
        handle = match[1].rstrip(".-")
        if is_handle(handle.lower()):
            yield Mark.MENTION, match.start(), match.start(1) + len(handle), handle.lower()


def _tags(text: str) -> Iterator[_Found]:
    for match in _TAG.finditer(text):
        tag = _unpunctuated(match[1])
        named = any(not sign.isdigit() and not _is_punctuation(sign) for sign in tag)
        if named and count_text(tag) <= _LONGEST_TAG:
            yield Mark.TAG, match.start(), match.start(1) + len(tag), tag


def _unpunctuated(tag: str) -> str:
    end = len(tag)
    while end and _is_punctuation(tag[end - 1]):
        end -= 1
    return tag[:end]


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign).startswith("P")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
