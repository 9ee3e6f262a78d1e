"""The length of a text as X weighs it, and the addresses in it; in time that grows with the text and no faster.

Sources, read 2026-11-26:
https://docs.x.com/fundamentals/counting-characters (weights, addresses, emoji)
https://github.com/twitter/twitter-text 3.1.0 (`config/v3.json`: ranges and scale; what an address is made of)
https://unicode.org/Public/emoji/11.0 (emoji: what came later is not one character to that library, and weighs more)
"""

import re
import sys
from dataclasses import dataclass, field

from platforms.text import composed
from platforms.x.tlds import TLDS

ADDRESS_WEIGHT = 23
"""Whatever its length: X puts its own short address in place of it."""
FORBIDDEN = re.compile("[\ufffe\ufeff\uffff]")
"""What X takes in no text."""
MOST_READ = 100_000
"""Characters; a text that has more is four times too long for any account, so that nobody weighs it closer."""

_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")
"""What weighs 1; everything else weighs 2."""
_EMOJI_WEIGHT = 2
_LONGEST_ADDRESS, _LONGEST_LABEL, _LONGEST_SLUG = 4096, 63, 40
"""In UTF-16 units, and with the scheme twice where there is one; of a label in Punycode; of X's own short address."""

_ALWAYS_SHORT = 8
"""So many characters, at seven of Punycode for each, are no label that is too long."""

_SEPARATORS = (
    r"\t-\r !#-,/:-@\[-\^{-~\x85\xa0\u061c\u1680\u180e\u2000-\u200a\u200e\u200f\u2028-\u202f\u205f\u2066-\u2069"
    r"\u3000\ufeff\ufffe\uffff"
)
_HOST = re.compile(rf"[^{_SEPARATORS}.]++(?:\.[^{_SEPARATORS}.]++)*+")
_FIRST_OF_TWO_UNITS = 0x10000
_WIDE = "\U00010000-\U0010ffff"
_START = re.compile(
    rf"(?<![A-Za-z0-9@\uff20$#\uff03\ufffe\ufeff\uffff])[^{_SEPARATORS}._-]"
    rf"|(?<=[{_WIDE}])"  # X's library sees two halves: one is what stands before, the other begins the domain
)
_SCHEME = re.compile(r"(?<![A-Za-z0-9@\uff20$#\uff03\ufffe\ufeff\uffff])https?://\Z", re.IGNORECASE | re.ASCII)

_OTHER_CASE = "\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292\u0399\u03b9\u1fbe\u2c65\u2c66\u2c7e\u2c7f\ua7dc"
"""Letters that have their small or capital letter in the ranges beside which they stand."""
_LATIN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    f"\u02bb\u0300-\u036f\u1e00-\u1eff{_OTHER_CASE}"
)
_LABELS = re.compile(rf"(?:[A-Za-z0-9{_LATIN}-]++\.)++")
_NO_MORE = "(?-i:(?![0-9A-Za-z@+-]))"
_PLAIN_TLD = re.compile(rf"xn--[a-z0-9-]+|[a-z]+{_NO_MORE}", re.IGNORECASE | re.ASCII)
_OTHER = sorted((one for one in TLDS if not one.isascii()), key=len, reverse=True)
_OTHER_TLD = re.compile(rf"(?:{'|'.join(_OTHER)}){_NO_MORE}", re.IGNORECASE)
_OTHER_FIRST = frozenset(one[0] for one in _OTHER)

_DOTS = re.compile("[\u3002\uff0e\uff61]")
_PORT = re.compile(r"(?::[0-9]+)?")
_ENDS_PATH = rf"A-Za-z0-9\u0400-\u04ff\u1c80-\u1c87=_#/+\-{_LATIN}"
_ENDS_NO_PATH = r"!*';:,.$%\[\]\u2013~@|&"
_IN_PATH = f"[{_ENDS_PATH}{_ENDS_NO_PATH}]"
_BRACKETS = rf"\((?!\)){_IN_PATH}*+(?:\({_IN_PATH}++\){_IN_PATH}*+)?+\)"
_PATH = re.compile(rf"/(?:{_BRACKETS})*+(?:(?:[{_ENDS_NO_PATH}]++|{_BRACKETS})*+[{_ENDS_PATH}]++(?:{_BRACKETS})*+)*+")
_QUERY = re.compile(r"\?[A-Za-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@]*+")
_NO_QUERY_END = "!?*'();:+$%[].,~|@"
_SHORT = re.compile(r"https?://t\.co/(?P<slug>[a-z0-9]+)", re.IGNORECASE | re.ASCII)

_JOIN, _AS_PICTURE, _SKIN, _SEX = "\u200d", "\ufe0f", "[\U0001f3fb-\U0001f3ff]", "\u200d[\u2640\u2642]\ufe0f"
_VARIED = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23ed-\u23ef\u23f1\u23f2"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620"
    "\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668"
    "\u267b\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8"
    "\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2708\u2709\u270c\u270d\u270f\u2712"
    "\u2714\u2716\u271d\u2721\u2733\u2734\u2744\u2747\u2757\u2763\u2764\u27a1\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c"
    "\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f202\U0001f21a"
    "\U0001f22f\U0001f237\U0001f321\U0001f324-\U0001f32c\U0001f336\U0001f37d\U0001f396\U0001f397\U0001f399-\U0001f39b"
    "\U0001f39e\U0001f39f\U0001f3cb-\U0001f3ce\U0001f3d4-\U0001f3df\U0001f3f3\U0001f3f5\U0001f3f7\U0001f43f\U0001f441"
    "\U0001f4fd\U0001f549\U0001f54a\U0001f56f\U0001f570\U0001f573-\U0001f579\U0001f587\U0001f58a-\U0001f58d\U0001f590"
    "\U0001f5a5\U0001f5a8\U0001f5b1\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de"
    "\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6cb\U0001f6cd-\U0001f6cf\U0001f6e0-\U0001f6e5"
    "\U0001f6e9\U0001f6f0\U0001f6f3"
)
"""A picture only with the sign for it, or that may have the sign."""
_ROLES = (
    "\U0001f3c3\U0001f3c4\U0001f3ca\U0001f46e\U0001f471\U0001f473\U0001f477\U0001f481\U0001f482\U0001f486\U0001f487"
    "\U0001f645-\U0001f647\U0001f64b\U0001f64d\U0001f64e\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f926\U0001f935"
    "\U0001f937-\U0001f939\U0001f93d\U0001f93e\U0001f9b8\U0001f9b9\U0001f9d6-\U0001f9dd"
)
"""People that may have a colour and a sex."""
_POSED = "\u26f9\U0001f3cb\U0001f3cc\U0001f574\U0001f575"
"""The same; without a colour, the sign for a picture stands before the sex."""
_SKINNED = (
    f"\u261d\u26f7\u270a-\u270d\U0001f385\U0001f3c2\U0001f3c7\U0001f442\U0001f443\U0001f446-\U0001f450"
    "\U0001f466-\U0001f469\U0001f470\U0001f472\U0001f474-\U0001f476\U0001f478\U0001f47c\U0001f483\U0001f485\U0001f4aa"
    "\U0001f57a\U0001f590\U0001f595\U0001f596\U0001f64c\U0001f64f\U0001f6c0\U0001f6cc\U0001f918-\U0001f91c\U0001f91e"
    f"\U0001f91f\U0001f930-\U0001f934\U0001f936\U0001f9b5\U0001f9b6\U0001f9d1-\U0001f9d5{_ROLES}{_POSED}"
)
"""What may have a colour."""
_TOOLS = (
    "\U0001f33e\U0001f373\U0001f393\U0001f3a4\U0001f3a8\U0001f3eb\U0001f3ed\U0001f4bb\U0001f4bc\U0001f527\U0001f52c"
    "\U0001f680\U0001f692\U0001f9b0-\U0001f9b3"
)
_FAMILY = (
    "(?:\U0001f468(?:\u200d[\U0001f468\U0001f469])?|\U0001f469(?:\u200d\U0001f469)?)"
    "\u200d(?:\U0001f466(?:\u200d\U0001f466)?|\U0001f467(?:\u200d[\U0001f466\U0001f467])?)"
)
_LOVE = "\u200d\u2764\ufe0f\u200d(?:\U0001f48b\u200d)?"
_COUNTRIES = (
    "ACDEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNOPRUVWXYZ DEGJKMOZ EACEGHRSTU FIJKMOR "
    "GABDEFGHILMNPQRSTUWY HKMNRTU ICDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ "
    "NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TACDFGHJKLMNORTVWZ UAGMNSYZ VACEGINU WFS XK "
    "YET ZAMW"
)
"""The first letter of a flag's two, and each that may follow it."""
_FLAG = {ord("A") + number: 0x1F1E6 + number for number in range(26)}
_TAG = {number: 0xE0000 + number for number in range(128)}
_EMOJI = re.compile(
    "|".join(
        (
            f"[\U0001f468\U0001f469]{_SKIN}?{_JOIN}(?:[\u2695\u2696\u2708]{_AS_PICTURE}|[{_TOOLS}])",
            f"[{_POSED}](?:{_SKIN}|{_AS_PICTURE}){_SEX}",
            f"[{_ROLES}]{_SKIN}?{_SEX}",
            f"[\U0001f46f\U0001f93c\U0001f9de\U0001f9df]{_SEX}",
            f"\U0001f468{_LOVE}\U0001f468|\U0001f469{_LOVE}[\U0001f468\U0001f469]",
            _FAMILY,
            "\U0001f3f3\ufe0f\u200d\U0001f308|\U0001f3f4\u200d\u2620\ufe0f|\U0001f441\u200d\U0001f5e8",
            "[#*0-9]\ufe0f?\u20e3",
            f"[\u261d\u26f7\u270c\u270d\U0001f590{_POSED}]{_AS_PICTURE}{_SKIN}",
            f"[\u265f{_VARIED}]{_AS_PICTURE}",
            f"[{_SKINNED}]{_SKIN}",
            *("\U0001f3f4" + f"gb{one}\x7f".translate(_TAG) for one in ("eng", "sct", "wls")),
            *(f"{one[0]}[{one[1:]}]".translate(_FLAG) for one in _COUNTRIES.split()),
        )
    )
)
"""What is more than one character and weighs as one; each of these characters alone weighs 2 as anything would."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where an address is in a text, in code points."""

    start: int
    end: int


def weigh(text: str) -> int:
    """Measure a text as X does: composed, with one kind of line end; 280 is the usual limit.

    Of a text with more than `MOST_READ` characters each counts 1, whatever it is.
    """
    whole = plain(text)
    if len(whole) > MOST_READ:
        return len(whole)
    total, at = 0, 0
    for span in find_addresses(whole):
        total += _weigh_words(whole[at : span.start]) + ADDRESS_WEIGHT
        at = span.end
    return total + _weigh_words(whole[at:])


def plain(text: str) -> str:
    """Give a text as it is sent and weighed: composed (NFC), each line ended by a line feed."""
    return composed(text.replace("\r\n", "\n"))


def find_addresses(text: str) -> list[Span]:
    """Find what X makes an address of, with or without a scheme, from the first to the last, in a plain text.

    What is beyond `MOST_READ` characters is not read.
    """
    found: list[Span] = []
    text, at = text[:MOST_READ], -1
    for run in _HOST.finditer(text):
        if run.end() <= at or "." not in run[0]:
            continue
        host = _Host(text, run.start(), run.end())
        while at < run.end() and (link := host.next_after(at)) is not None:
            at = link.end
            found += _addresses(text, link)
    return found


@dataclass(slots=True)
class _Host:
    """A run of characters that a host may have; `beyond` tells for each label where the last domain from it ends."""

    text: str
    start: int
    end: int
    begins: list[int] = field(init=False)
    tlds: list[int] = field(init=False)
    beyond: list[int] = field(init=False)
    label: int = 0

    def __post_init__(self) -> None:
        self.begins = [self.start]
        for label in self.text[self.start : self.end].split("."):
            self.begins.append(self.begins[-1] + len(label) + 1)
        count = len(self.begins) - 1
        self.tlds = [0, *(_tld_length(self.text, self.begins[number]) for number in range(1, count))]
        self.beyond = [0] * (count + 1)
        for number in range(count - 2, -1, -1):
            if self._is_label(number):
                self.beyond[number] = self.beyond[number + 1] or self._named(number, self.begins[number])

    def next_after(self, at: int) -> "_Link | None":
        """Find the first that begins beyond `at`, where the last one ended; of those, the longest."""
        if (scheme := self._scheme()) is not None and scheme > at and (last := self.beyond[0]):
            return self._link(scheme, self.start, last)
        while self.label < len(self.tlds) - 1:
            if (found := self._begin(max(self.begins[self.label], at + 1))) is not None:
                return self._link(None, *found)
            self.label += 1
        return None

    def _scheme(self) -> int | None:
        found = _SCHEME.search(self.text, max(self.start - len("https://"), 0), self.start)
        return None if found is None else found.start()

    def _begin(self, at: int) -> tuple[int, int] | None:
        """Find where a domain may begin in this label, and the number of the label that ends it."""
        end = self.begins[self.label + 1] - 1
        last = self.beyond[self.label + 1]
        if not last and self.tlds[self.label + 1]:
            last, at = self.label + 1, max(at, self.text.rfind("_", at, end) + 1)
        if not last or at > end or self.text[end - 1] in "_-":
            return None
        start = _START.search(self.text, at, end)
        if start is None:
            return None
        # What stands before an address may be the text's very first character, and then is no part of it.
        first = start.start() == 0 and _START.match(self.text, 1, end) is not None
        return start.start() + first, last

    def _named(self, number: int, at: int) -> int:
        """The label before a top-level domain has no low line."""
        return number + 1 if self.tlds[number + 1] and "_" not in self.text[at : self.begins[number + 1] - 1] else 0

    def _is_label(self, number: int) -> bool:
        begin, last = self.begins[number], self.begins[number + 1] - 2
        return self.text[begin] not in "_-" and self.text[last] not in "_-"

    def _link(self, scheme: int | None, begin: int, last: int) -> "_Link":
        return _link(self.text, scheme, begin, self.begins[last] + self.tlds[last])


@dataclass(frozen=True, slots=True)
class _Link:
    """What looks like an address; `end` is where the search for the next goes on, whatever becomes of this one."""

    scheme: int | None
    begin: int
    domain_end: int
    has_path: bool
    end: int


def _link(text: str, scheme: int | None, begin: int, domain_end: int) -> _Link:
    path = _match_end(_PORT, text, domain_end)
    query = _match_end(_PATH, text, path)
    end = _end_of_query(text, query)
    return _Link(scheme, begin, domain_end, query > path, end)


def _addresses(text: str, link: _Link) -> list[Span]:
    """Give the addresses in it: none, one, or without a scheme several between characters of other scripts."""
    if not _is_valid(text, link):
        return []
    if link.scheme is not None:
        end = _end_of_short(text, link.scheme, link.end)
        return [] if end is None else [Span(link.scheme, end)]
    if link.begin and text[link.begin - 1] in "-_./":
        return []
    return _bare_addresses(text, link)


def _bare_addresses(text: str, link: _Link) -> list[Span]:
    """What follows the domain belongs to the last of them, and only where there is a path."""
    found: list[Span] = []
    at = link.begin
    while (domain := _ascii_domain(text, at, link.domain_end)) is not None:
        found.append(domain)
        at = domain.end
    if link.has_path and at == link.domain_end:
        found[-1:] = [Span(one.start, link.end) for one in found[-1:]]
    return found


def _ascii_domain(text: str, at: int, end: int) -> Span | None:
    while (labels := _LABELS.search(text, at, end)) is not None:
        at = dot = labels.end()
        while dot > labels.start():
            if length := _tld_length(text, dot):
                return Span(labels.start(), dot + length)
            dot = text.rfind(".", labels.start(), dot - 1) + 1
    return None


def _is_valid(text: str, link: _Link) -> bool:
    half = _half(text, link.begin)
    domain = half + text[link.begin : link.domain_end]
    if not all(map(_is_short, domain.split("."))):
        return False
    if domain.startswith("xn--") and _ascii_domain(text, link.begin, link.domain_end) is None:
        return False
    start = link.begin if link.scheme is None else link.scheme
    scheme = link.begin - start or len("https://")
    return scheme + len(half) + _units(text[start : min(link.end, start + _LONGEST_ADDRESS)]) <= _LONGEST_ADDRESS


def _half(text: str, at: int) -> str:
    """The second half of the character before, as UTF-16 has it, if that has two."""
    before = ord(text[at - 1]) if at else 0
    return chr(0xDC00 + (before & 0x3FF)) if before >= _FIRST_OF_TWO_UNITS else ""


def _is_short(label: str) -> bool:
    if len(label) <= _ALWAYS_SHORT or len(label) > _LONGEST_LABEL:
        return len(label) <= _LONGEST_LABEL
    return len(".".join(map(_encoded, _DOTS.split(label)))) <= _LONGEST_LABEL


def _encoded(label: str) -> str:
    return label if label.isascii() and label.isprintable() else f"xn--{label.encode('punycode').decode()}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _end_of_short(text: str, start: int, end: int) -> int | None:
    """X's own short address ends with its slug or query; None for one with a slug that X does not make."""
    short = _SHORT.match(text, start, end)
    if short is None:
        return end
    if len(short["slug"]) > _LONGEST_SLUG:
        return None
    return _end_of_query(text, short.end(), end)


def _tld_length(text: str, at: int) -> int:
    """How long the top-level domain is that a label begins with; 0 when it is none."""
    ascii_ = _PLAIN_TLD.match(text, at)
    if ascii_ is not None and (ascii_[0].lower() in TLDS or ascii_[0].lower().startswith("xn--")):
        return ascii_.end() - at
    other = _OTHER_TLD.match(text, at) if text[at : at + 1].lower() in _OTHER_FIRST else None
    return 0 if other is None else other.end() - at


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _end_of_query(text: str, at: int, before: int = sys.maxsize) -> int:
    query = _QUERY.match(text, at, before)
    return at if query is None else at + len(query[0].rstrip(_NO_QUERY_END))


def _weigh_words(text: str) -> int:
    rest, emoji = _EMOJI.subn("", text)
    return emoji * _EMOJI_WEIGHT + 2 * len(rest) - sum(map(len, _LIGHT.findall(rest)))
