"""What can be told of a text: hashtags, mentions, whether it is an address; each in one linear pass."""

import re
import unicodedata
from collections import defaultdict
from urllib.parse import urlsplit

LONGEST_ADDRESS = 8_000
"""In characters: signed addresses of object stores are long."""
_HASHTAG = re.compile(r"(?<![\w&/])#\d*[^\W\d]\w*")
_MENTION = re.compile(r"(?<![\w@./])@\w[\w.]*")
_MANY_MARKS = re.compile(r"[^\w\s\x00-\x7f\u200b-\u2070\u2100-\u2bff\U0001f000-\U0010ffff]{32}")
"""More marks in a row than any language writes. Some signs count as marks here too; no mark is left out."""


def composed(text: str) -> str:
    """Compose a text as Unicode's NFC does, whatever it is, in time that grows with its length and no faster.

    `unicodedata.normalize` takes the square of the time for a long run of combining marks that are out of order. A
    text with 32 or more in a row has its marks put in order here first, by class, as
    https://www.unicode.org/reports/tr15 defines. No run is cut: what comes out is NFC to the last mark.
    """
    return unicodedata.normalize("NFC", _with_marks_in_order(text) if _MANY_MARKS.search(text) else text)


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


def _with_marks_in_order(text: str) -> str:
    """Take a text apart, the marks of each run by their class and those of one class as they came."""
    apart = text.translate({ord(one): unicodedata.normalize("NFD", one) for one in set(text)})
    ordered, run = list[str](), defaultdict[int, list[str]](list)
    for one in apart:
        if kind := unicodedata.combining(one):
            run[kind].append(one)
            continue
        ordered += _by_class(run)
        ordered.append(one)
    return "".join([*ordered, *_by_class(run)])


def _by_class(run: dict[int, list[str]]) -> list[str]:
    ordered = [one for kind in sorted(run) for one in run[kind]]
    run.clear()
    return ordered
