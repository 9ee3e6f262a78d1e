"""How API v2 answers a text: addresses as t.co's, three characters as entities, a long one folded."""

import hashlib
import re
import string
from html import escape
from typing import Any

from sandbox.x import facts
from sandbox.x.addresses import Address, addresses_in

ALPHABET = string.ascii_letters + string.digits
CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
HASHTAG = re.compile(r"(?<![\w&/])[#\uff03](?=\w*[^\W\d_])(\w{1,139})")
MENTION = re.compile(r"(?<![\w@/])[@\uff20](\w{1,15})(?![\w@])", re.ASCII)
DISPLAYED = 26


def tco(seed: str) -> str:
    """Return the short address that belongs to a seed."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:12], "big")
    slug = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(facts.TCO_LENGTH))
    return f"https://t.co/{slug}"


def render(text: str, post_id: str) -> tuple[str, list[dict[str, Any]]]:
    """Return a text as it is answered, and its `entities.urls`; positions are code points of what is answered."""
    parts: list[str] = []
    urls: list[dict[str, Any]] = []
    length = position = 0
    for count, address in enumerate(addresses_in(text)):
        before = escaped(text[position : address.start])
        short = tco(f"{post_id}/{count}/{address.text}")
        start = length + len(before)
        urls.append(_url(address, short, start))
        parts += (before, short)
        length, position = start + len(short), address.end
    return "".join((*parts, escaped(text[position:]))), urls


def attach(shown: str, urls: list[dict[str, Any]], *, post_id: str, page: str, media_keys: list[str]) -> str:
    """Return a text with the t.co address of its pictures at the end, and tell of it in `urls`."""
    short = tco(f"{post_id}/media")
    start = len(shown) + 1 if shown else 0
    for key in media_keys:
        place = {"start": start, "end": start + len(short), "url": short}
        urls.append({**place, "expanded_url": page, "display_url": f"pic.x.com/{short[-10:]}", "media_key": key})
    return f"{shown} {short}" if shown else short


def fold(shown: str, urls: list[dict[str, Any]], *, post_id: str) -> str:
    """Return the beginning of a long text, with the t.co address of the whole."""
    cut = facts.FOLDED_CHARACTERS
    for url in urls:
        if url["start"] < cut < url["end"]:
            cut = url["start"]
    return f"{shown[:cut].rstrip()}… {tco(f'{post_id}/note')}"


def escaped(text: str) -> str:
    """Return a text with the three entities that X writes."""
    return escape(text, quote=False)


def mentions(text: str) -> set[str]:
    """Return the usernames that a text names, in small letters."""
    return {name.lower() for name in MENTION.findall(text)}


def entities(shown: str, urls: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `entities` of a text as it is answered; kinds that it has not are left out."""
    found = {
        "urls": urls,
        "hashtags": [_tag(one, one[1]) for one in HASHTAG.finditer(shown)],
        "cashtags": [_tag(one, one[0][1:]) for one in CASHTAG.finditer(shown)],
        "mentions": [{"start": one.start(), "end": one.end(), "username": one[1]} for one in MENTION.finditer(shown)],
    }
    return {name: items for name, items in found.items() if items}


def _tag(found: re.Match[str], tag: str) -> dict[str, Any]:
    return {"start": found.start(), "end": found.end(), "tag": tag}


def _url(address: Address, short: str, start: int) -> dict[str, Any]:
    plain = re.sub(r"^https?://(?:www\.)?", "", address.text, flags=re.IGNORECASE)
    display = plain if len(plain) <= DISPLAYED else f"{plain[:DISPLAYED]}…"
    return {
        "start": start,
        "end": start + len(short),
        "url": short,
        "expanded_url": address.expanded,
        "display_url": display,
    }
