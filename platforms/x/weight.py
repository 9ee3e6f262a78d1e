"""The length of a text as X weighs it, and the addresses in it; in time that grows with the text and no faster.

Sources, read 2026-11-26:
https://docs.x.com/fundamentals/counting-characters (weights, addresses, emoji)
https://github.com/twitter/twitter-text (`config/v3.json`: ranges and scale)
"""

import re
import unicodedata
from dataclasses import dataclass

from platforms.x.tlds import TLDS

ADDRESS_WEIGHT = 23
"""Whatever its length: X puts its own short address in place of it."""
_EMOJI_WEIGHT = 2
_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""What weighs 1; everything else weighs 2."""

_NO_BEFORE = "A-Za-z0-9@\uff20$#\uff03\ufffe\ufeff\uffff"
_LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_NOT_HOST = (
    r"!#-,/:-@\[\\\]^{-~"
    r"\s\u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    r"\ufffe\ufeff\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
)
_WIDE = rf"[^\x00-\x7f{_LATIN}{_NOT_HOST}]"
_BARE = rf"[A-Za-z0-9{_LATIN}-]++(?:\.[A-Za-z0-9{_LATIN}-]++)*+"
_CANDIDATE = re.compile(
    rf"(?<![{_NO_BEFORE}])(?P<scheme>https?://)(?P<host>[^{_NOT_HOST}]++)"
    rf"|(?:(?<![{_NO_BEFORE}{_LATIN}/._-])(?!-)|(?<={_WIDE})|(?<={_WIDE}\.))(?P<bare>{_BARE})"
    rf"|{_BARE}",
    re.IGNORECASE,
)
_TLD = re.compile(
    rf"(?:xn--[a-z0-9-]+|[a-z]+|[^\W\d_a-zA-Z{_LATIN}][\w\u0300-\u0fff]*)(?![0-9a-zA-Z@+-])", re.IGNORECASE
)
_LABEL = re.compile(r"[^_-](?:.*[^_-])?", re.DOTALL)

_NO_AFTER = ("@", "+", "-")

_PATH = rf"a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}"
_TAIL = re.compile(
    rf"(?::\d++)?+(?P<path>/(?:[{_PATH}]++|\([{_PATH}]*+(?:\([{_PATH}]*+\)[{_PATH}]*+)*+\))*+)?+"
    r"(?P<query>\?[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@]*+)?+",
    re.IGNORECASE,
)
_PATH_END = re.compile(rf"[^a-z\u0400-\u04ff0-9=_#/+\-){_LATIN}]", re.IGNORECASE)
_QUERY_END = re.compile(r"[^a-z0-9\-_&=#/]", re.IGNORECASE)

_SKIN = "\U0001f3fb-\U0001f3ff"
_JOINED = "♀♂⚕⚖✈❤☠🌈🗨🦺🤝💋👦👧👨👩🧑🌾🍳🍼🎄🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦯🦰🦱🦲🦳🦼🦽"
_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
    "|\U0001f3f4[\U000e0061-\U000e007a]++\U000e007f"
    "|[\u00a9\u00ae\u203c\u2049]\ufe0f"
    f"|[{_PICTURE}][\ufe0f{_SKIN}]?+(?:\u200d[{_JOINED}][\ufe0f{_SKIN}]?+)*+"
    f"|[{_SKIN}]"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Where an address is in a text, in code points."""

    start: int
    end: int


def weigh(text: str) -> int:
    """Measure a text as X does: composed, with one kind of line end; 280 is the usual limit."""
    whole = plain(text)
    total, at = 0, 0
    for span in find_addresses(whole):
        total += _weigh_words(whole[at : span.start]) + ADDRESS_WEIGHT
        at = span.end
    return total + _weigh_words(whole[at:])


def plain(text: str) -> str:
    """Give a text as it is sent and weighed: composed (NFC), each line ended by a line feed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def find_addresses(text: str) -> list[Span]:
    """Find what X makes an address of, with or without a scheme, from the first to the last."""
    found: list[Span] = []
    at = 0
    while (candidate := _CANDIDATE.search(text, at)) is not None:
        span = _address_in(text, candidate)
        if span is not None:
            found.append(span)
        at = span.end if span is not None else candidate.end()
    return found


def _address_in(text: str, candidate: re.Match[str]) -> Span | None:
    name = candidate.lastgroup
    if name is None:
        return None
    offset = candidate.start(name)
    domain = _domain(candidate.group(name), checked=name == "host")
    if domain is None or text[offset + domain.end : offset + domain.end + 1] in _NO_AFTER:
        return None
    if name == "host":
        return Span(candidate.start(), _end_of_tail(text, offset + domain.end))
    return _bare_address(text, offset + domain.start, offset + domain.end)


def _bare_address(text: str, start: int, domain_end: int) -> Span | None:
    """Without a scheme, what follows belongs to it only where there is a path."""
    tail = _TAIL.match(text, domain_end)
    end = _end_of_tail(text, domain_end) if tail is not None and tail.group("path") else domain_end
    return Span(start + (not text[start].isascii()), end)


def _domain(run: str, *, checked: bool) -> Span | None:
    """Find the domain that a run of host characters begins with: up to the last label that is a top-level domain."""
    found, at = None, 0
    for number, part in enumerate(run.split(".")):
        if number and (length := _tld_length(part)):
            found = Span(0, at + length)
        if checked and not _LABEL.fullmatch(part):
            break
        at += len(part) + 1
    return found


def _tld_length(label: str) -> int:
    match = _TLD.match(label)
    if match is None:
        return 0
    word = match.group().lower()
    return match.end() if word in TLDS or word.startswith("xn--") else 0


def _end_of_tail(text: str, at: int) -> int:
    tail = _TAIL.match(text, at)
    if tail is None:
        return at
    if tail.group("query"):
        end = _cut_back(text, tail.start("query"), tail.end("query"), _QUERY_END)
        if end > tail.start("query") + 1:
            return end
    if tail.group("path"):
        return _cut_back(text, tail.start("path"), tail.end("path"), _PATH_END)
    return tail.start("query") if tail.group("query") else tail.end()


def _cut_back(text: str, start: int, end: int, no_end: re.Pattern[str]) -> int:
    while end > start and no_end.match(text, end - 1):
        end -= 1
    return end


def _weigh_words(text: str) -> int:
    rest, emoji = _EMOJI.subn("", text)
    return emoji * _EMOJI_WEIGHT + 2 * len(rest) - len(_LIGHT.findall(rest))
