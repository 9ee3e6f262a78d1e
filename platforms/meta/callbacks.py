"""Meta's callbacks: signed requests and webhooks, believed only when signed with the app's secret.

Sources, read 2026-11-25:
https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow (deauthorize callback)
https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
https://developers.facebook.com/docs/graph-api/webhooks/getting-started
https://developers.facebook.com/docs/graph-api/webhooks/reference/page (feed)
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, cast

import orjson

from platforms.base import ChannelKind
from platforms.callbacks import CallbackRefusedError, News, PersonNews, PostNews, Removal

MAX_SIGNED = 8_192
"""Characters of a signed request; Meta's have a few hundred."""
MAX_NEWS = 1_000
"""Changes in one webhook: Meta sends no more at once (webhooks/getting-started), and what follows is not read."""
_ALGORITHM = "HMAC-SHA256"
_OLDEST = timedelta(days=1)
_AHEAD = timedelta(minutes=5)
_SIGNATURE = "x-hub-signature-256"
_PEOPLE = frozenset({"user", "permissions"})


class MetaCallbacks:
    """Reads what Meta sends for one app in one environment; `token` is what the operator gave for its webhooks.

    Several apps may share an address: whose it is, the signature says.
    """

    def __init__(self, names: Iterable[str], secret: str, token: str | None) -> None:
        self.names = frozenset(names)
        self._secret = secret.encode()
        self._token = token

    def removal(self, signed: str, *, now: datetime) -> Removal:
        """Read a signed request, `base64url(signature).base64url(JSON)`; the signature is of the encoded JSON.

        Raises:
            CallbackRefusedError: it is not Meta's, or a day old.
        """
        signature, _, payload = signed.partition(".")
        if len(signed) > MAX_SIGNED or not self._secret or not _same(_decoded(signature), self._sign(payload.encode())):
            raise CallbackRefusedError("The signature is not that of this app.")
        facts = _object(_decoded(payload))
        if str(facts.get("algorithm", "")).upper() != _ALGORITHM:
            raise CallbackRefusedError(f"The algorithm is not {_ALGORITHM}.")
        person, issued_at = facts.get("user_id"), _instant(facts.get("issued_at"))
        if not isinstance(person, str | int) or not str(person) or issued_at is None:
            raise CallbackRefusedError("It does not say who and when.")
        if not now - _OLDEST <= issued_at <= now + _AHEAD:
            raise CallbackRefusedError("It is too old, or of a time to come.")
        return Removal(str(person), issued_at)

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Give Meta's challenge back when it knows the operator's token."""
        wanted = (self._token or "").encode()
        if not wanted or query.get("hub.mode") != "subscribe":
            return None
        return query.get("hub.challenge") if _same(query.get("hub.verify_token", "").encode(), wanted) else None

    def news(self, body: bytes, headers: Mapping[str, str]) -> tuple[News, ...]:
        """Read a webhook, signed as `sha256=` and the hexadecimal HMAC of the body as it came.

        Raises:
            CallbackRefusedError: it is not Meta's.
        """
        given = headers.get(_SIGNATURE, "").encode()
        if not self._secret or not _same(given, b"sha256=" + self._sign(body).hex().encode()):
            raise CallbackRefusedError("The signature is not that of this app.")
        return tuple(islice(_news(_object(body)), MAX_NEWS))

    def _sign(self, text: bytes) -> bytes:
        return hmac.new(self._secret, text, hashlib.sha256).digest()


def _news(facts: dict[str, Any]) -> Iterator[News]:
    for entry in _objects(facts.get("entry")):
        subject = str(entry.get("id") or "")
        if facts.get("object") in _PEOPLE and subject:
            yield PersonNews(subject)
        elif facts.get("object") == "page" and subject:
            yield from _posts(subject, entry)


def _posts(page_id: str, entry: dict[str, Any]) -> Iterator[PostNews]:
    """Posts alone: comments and reactions are `feed` too, and carry the id of the post they are under."""
    for change in _objects(entry.get("changes")):
        value = change.get("value")
        if change.get("field") != "feed" or not isinstance(value, dict):
            continue
        facts = cast("dict[str, Any]", value)
        post_id, verb = facts.get("post_id"), facts.get("verb")
        if isinstance(post_id, str) and facts.get("item") not in _NO_POSTS and verb in _VERBS:
            yield PostNews(ChannelKind.FACEBOOK_PAGE, page_id, post_id, gone=verb in _GONE)


_NO_POSTS = frozenset({"comment", "reaction", "like"})
_GONE = frozenset({"remove"})
_VERBS = _GONE | {"add"}


def _same(given: bytes, wanted: bytes) -> bool:
    return hmac.compare_digest(given, wanted)


def _decoded(text: str) -> bytes:
    """Decode base64url without padding; what is none becomes nothing."""
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise CallbackRefusedError("It is signed, and no JSON object.")
    return cast("dict[str, Any]", value)


def _objects(value: object) -> list[dict[str, Any]]:
    listed = cast("list[Any]", value) if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None
    except (OverflowError, OSError, ValueError):
        return None
