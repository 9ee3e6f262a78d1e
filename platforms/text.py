"""Counting text as platforms count it; each in one linear pass."""

import re

_HASHTAG = re.compile(r"(?<![\w&/])#\d*[^\W\d]\w*")
_MENTION = re.compile(r"(?<![\w@./])@\w[\w.]*")


def count_hashtags(text: str) -> int:
    """Count `#` followed by word characters of which at least one is no digit, not inside a word or an address."""
    return sum(1 for _ in _HASHTAG.finditer(text))


def count_mentions(text: str) -> int:
    """Count `@` followed by a handle, not inside a word, an e-mail address or a web address."""
    return sum(1 for _ in _MENTION.finditer(text))
