"""What Meta sends to an app's server: signed requests and webhooks, under the secret of the app they are about.

Sources on developers.facebook.com, 2026-11-22: "Parse the signed request", "Data deletion request callback",
"Webhooks: validating payloads", the Page webhook reference (field `feed`),
Instagram webhook reference (field `comments`).
"""

import base64
import hmac
from dataclasses import dataclass, replace
from typing import Any

import httpx
import orjson

from sandbox.meta import facts
from sandbox.meta.graph import Post
from sandbox.meta.instagram_objects import InstagramComment, Media

DEAUTHORIZE, DATA_DELETION, WEBHOOK = "/meta/deauthorize", "/meta/data-deletion", "/meta/webhook"
"""Where the server under test is documented to listen."""
SIGNED_SECONDS = 3600
SHOWN_CHARACTERS = 300
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to the server under test, and what came back.

    Attributes:
        url: Where it went.
        status: HTTP status of the answer; None if there was none.
        body: How the answer begins.
        accepted: Whether the answer is the one that Meta asks for.
        said: All of it in a sentence.
    """

    url: str
    status: int | None
    body: str
    accepted: bool
    said: str


def signed_request(user_id: str, *, now: int, secret: str = facts.APP_SECRET) -> str:
    """Return a signed request about a person.

    Args:
        user_id: The person's app-scoped id.
        now: Unix seconds, by the receiver's clock.
        secret: The app's.
    """
    payload = {"user_id": user_id, "algorithm": "HMAC-SHA256", "issued_at": now, "expires": now + SIGNED_SECONDS}
    encoded = _base64(orjson.dumps(payload))
    return f"{_base64(_signature(encoded.encode(), secret))}.{encoded}"


def webhook_signature(body: bytes, secret: str = facts.APP_SECRET) -> str:
    """Return the `X-Hub-Signature-256` of a webhook's body."""
    return f"sha256={_signature(body, secret).hex()}"


def feed_event(post: Post, *, permalink: str, now: int) -> bytes:
    """Return the body of the webhook that tells of a new post on a Page."""
    value: dict[str, Any] = {
        "from": {"id": post.page.id, "name": post.page.name},
        "item": _item(post),
        "verb": "add",
        "post_id": post.id,
        "created_time": int(post.created_at),
        "published": 1,
        "message": post.message,
        **({"link": post.link} if post.link else {}),
        "post": {"id": post.id, "permalink_url": permalink, "status_type": _status_type(post), "is_published": True},
    }
    entry = {"id": post.page.id, "time": now, "changes": [{"field": "feed", "value": value}]}
    return orjson.dumps({"object": "page", "entry": [entry]})


def comment_event(comment: InstagramComment, media: Media, *, now: int) -> bytes:
    """Return the body of the webhook that tells of a new comment on Instagram."""
    product = {"REELS": "REELS", "STORIES": "STORY"}.get(media.kind, "FEED")
    value: dict[str, Any] = {
        "from": {"id": comment.account.id, "username": comment.account.username},
        "media": {"id": media.id, "media_product_type": product},
        "id": comment.id,
        "text": comment.text,
        **({"parent_id": comment.parent_id} if comment.parent_id else {}),
    }
    entry = {"id": comment.account.id, "time": now, "changes": [{"field": "comments", "value": value}]}
    return orjson.dumps({"object": "instagram", "entry": [entry]})


async def post_signed_request(
    http: httpx.AsyncClient, url: str, user_id: str, *, now: int, secret: str = facts.APP_SECRET
) -> Delivery:
    """Tell the server about a person who took the app back or wants to be forgotten."""
    delivery = await _post(http, url, data={"signed_request": signed_request(user_id, now=now, secret=secret)})
    if not delivery.accepted or not url.endswith(DATA_DELETION):
        return delivery
    if _confirms(delivery.body):
        return delivery
    said = f"{delivery.said} Meta wants JSON with a url and a confirmation_code, and this is none."
    return replace(delivery, accepted=False, said=said)


async def post_webhook(http: httpx.AsyncClient, url: str, body: bytes, *, secret: str = facts.APP_SECRET) -> Delivery:
    """Send a webhook."""
    headers = {"content-type": "application/json", "x-hub-signature-256": webhook_signature(body, secret)}
    return await _post(http, url, content=body, headers=headers)


async def verify_webhook(http: httpx.AsyncClient, url: str, token: str, challenge: str) -> Delivery:
    """Ask the server whether a webhook is its own: it has to answer the challenge, and nothing else."""
    asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": challenge}
    delivery = await _send(http, "GET", url, params=asked)
    if not delivery.accepted or delivery.body == challenge:
        return delivery
    said = f"{delivery.said} Meta wants the challenge {challenge} back, and this is none."
    return replace(delivery, accepted=False, said=said)


async def _post(http: httpx.AsyncClient, url: str, **request: Any) -> Delivery:
    return await _send(http, "POST", url, **request)


async def _send(http: httpx.AsyncClient, method: str, url: str, **request: Any) -> Delivery:
    try:
        answer = await http.request(method, url, **request)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said = f"Nothing answers at {url} ({type(error).__name__}): is the server running there?"
        return Delivery(url, None, "", accepted=False, said=said)
    body = answer.text[:SHOWN_CHARACTERS]
    said = f"The server answered {answer.status_code} at {url}."
    if answer.status_code == NOT_FOUND:
        said += " It has no such endpoint."
    return Delivery(url, answer.status_code, body, accepted=answer.is_success, said=said)


def _confirms(body: str) -> bool:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return isinstance(found, dict) and all(isinstance(found.get(name), str) for name in ("url", "confirmation_code"))


def _item(post: Post) -> str:
    if post.photos:
        return "photo"
    return "share" if post.link else "status"


def _status_type(post: Post) -> str:
    if post.photos:
        return "added_photos"
    return "shared_story" if post.link else "mobile_status_update"


def _signature(signed: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode(), signed, "sha256")


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
