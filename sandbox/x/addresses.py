"""Finding the addresses in a text, in one pass: each counts 23 and is shown as t.co's.

Source: "Counting characters" and the published rules of twitter-text 3, read 2026-11-22. The list of top-level domains
is IANA's country codes and the general ones in common use, a part of what X knows.
"""

import re
from dataclasses import dataclass

COUNTRY_CODES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br "
    "bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do "
    "dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt "  # codespell:ignore fo
    "gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp "
    "kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms "
    "mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr "
    "ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx "
    "sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn "
    "vu wf ws ye yt za zm zw "
)
COUNTRIES = frozenset(COUNTRY_CODES.split())
GENERAL_NAMES = (
    "aero app art asia biz blog business cafe cat chat cloud club com company coop design dev "
    "digital edu email events example film finance fun games global gov group help host info "
    "ink int international jobs lgbt life link live ltd media mil mobi museum music name net "
    "network news online org page photo photography pics post pro run shop site social software "
    "space store studio support tech technology tel today top tours travel video website wiki "
    "work world xxx xyz zone "
)
GENERAL = frozenset(GENERAL_NAMES.split())
ALWAYS = frozenset({"co", "tv"})
"""Country codes whose bare domains are addresses even without a path."""
TOKEN = re.compile(r"[^\s\u3000<>\"“”«»]+")
WITH_SCHEME = re.compile(r"https?://", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,10}([a-z]{2,24})(?![a-z0-9@_-])", re.IGNORECASE)
REST = re.compile(
    r"(?::\d{1,5})?(?:/[\w\-.~!$&'()*+,;=:@%|/#\[\]]{0,4096})?(?:\?[\w\-.~!$&'()*+,;=:@%|/?#\[\]]{0,4096})?"
)
BEFORE_BARE = frozenset("-_./@#$%&\uff03\uff20")
TRAILING = ".,;:!?'*~|-"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text: where it stands, in code points, and as it was typed."""

    start: int
    end: int
    text: str

    @property
    def expanded(self) -> str:
        """The address with a scheme."""
        return self.text if WITH_SCHEME.match(self.text) else f"http://{self.text}"


def addresses_in(text: str) -> list[Address]:
    """Return the addresses of a text, in order; linear in its length."""
    return [found for token in TOKEN.finditer(text) for found in _in_token(text, token.start(), token.end())]


def _in_token(text: str, start: int, end: int) -> list[Address]:
    found: list[Address] = []
    position = start
    while position < end:
        if (scheme := WITH_SCHEME.match(text, position, end)) and not _is_word(text, position - 1, start):
            one = _address(text, position, scheme.end(), end, is_bare=False)
        elif text[position].isascii() and text[position].isalnum() and _may_begin(text, position, start):
            one = _address(text, position, position, end, is_bare=True)
        else:
            one = None
        if one is None:
            position = _past_host(text, position, end)
        else:
            found.append(one)
            position = one.end
    return found


def _past_host(text: str, position: int, end: int) -> int:
    """Return where to look next: past the run that cannot be the beginning of an address."""
    first = position
    while position < end and text[position].isascii() and (text[position].isalnum() or text[position] in "-_."):
        position += 1
    return max(position, first + 1)


def _is_word(text: str, position: int, start: int) -> bool:
    return position >= start and text[position].isascii() and text[position].isalnum()


def _may_begin(text: str, position: int, start: int) -> bool:
    if position == start:
        return True
    before = text[position - 1]
    return not (before in BEFORE_BARE or (before.isascii() and before.isalnum()))


def _address(text: str, start: int, host_at: int, end: int, *, is_bare: bool) -> Address | None:
    host = HOST.match(text, host_at, end)
    if host is None:
        return None
    domain = host[1].lower()
    if domain not in COUNTRIES and domain not in GENERAL:
        return None
    rest = REST.match(text, host.end(), end)
    rest_end = rest.end() if rest else host.end()
    stop = host.end() + len(_trimmed(text[host.end() : rest_end]))
    labels = host[0].count(".")
    if is_bare and stop == host.end() and labels == 1 and domain in COUNTRIES - ALWAYS:
        return None
    return Address(start, stop, text[start:stop])


def _trimmed(rest: str) -> str:
    """Return what follows a host without the punctuation of the sentence around it."""
    rest = rest.rstrip(TRAILING)
    while rest.endswith((")", "]")) and rest.count("(") + rest.count("[") < rest.count(")") + rest.count("]"):
        rest = rest[:-1].rstrip(TRAILING)
    return rest
