"""A link shown as a card. Nobody fetches the page: its card is titled by its address.

Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/external.json (read 2026-11-26).
"""

from typing import Any
from urllib.parse import unquote, urlsplit

_LONGEST_TITLE = 100


def card_of(link: str | None) -> dict[str, Any] | None:
    """Write the card of a link; None without one."""
    if link is None:
        return None
    return {
        "$type": "app.bsky.embed.external",
        "external": {"uri": link, "title": title_of(link), "description": ""},
    }


def title_of(link: str) -> str:
    """Name a page by its host and path, as people read them."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.")
    path = "".join(sign for sign in unquote(parts.path) if sign.isprintable())
    title = f"{host}{path.rstrip('/')}"
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
