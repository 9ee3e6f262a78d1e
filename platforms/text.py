"""What can be told of a text: hashtags, mentions, whether it is an address; each in one linear pass."""

import re
from urllib.parse import urlsplit

LONGEST_ADDRESS = 8_000
"""In characters: signed addresses of object stores are long."""
_HASHTAG = re.compile(r"(?<![\w&/])#\d*[^\W\d]\w*")
_MENTION = re.compile(r"(?<![\w@./])@\w[\w.]*")


def count_hashtags(text: str) -> int:
    """Count `#` followed by word characters of which at least one is no digit, not inside a word or an address."""
    return sum(1 for _ in _HASHTAG.finditer(text))


def count_mentions(text: str) -> int:
    """Count `@` followed by a handle, not inside a word, an e-mail address or a web address."""
    return sum(1 for _ in _MENTION.finditer(text))


def is_visible(text: str) -> bool:
    """Whether anything of a text can be seen; marks without width, such as U+FEFF, cannot."""
    return any(c.isprintable() and not c.isspace() for c in text)


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address with a host, of 8,000 visible characters at most."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return fits and len(text) <= LONGEST_ADDRESS and all(c.isprintable() and not c.isspace() for c in text)
