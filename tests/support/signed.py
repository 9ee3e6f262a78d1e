"""What Meta signs: requests of a form, and webhooks. Written from its documentation, for tests of those who read it."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

import orjson

SECRET = "sandbox-app-secret"


def signed_request(user_id: Any, when: datetime, *, secret: str = SECRET, **fields: Any) -> str:
    """Make a signed request; `fields` replace or add some."""
    facts = {"user_id": user_id, "algorithm": "HMAC-SHA256", "issued_at": int(when.timestamp()), **fields}
    payload = encoded(orjson.dumps(facts))
    return f"{encoded(hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest())}.{payload}"


def encoded(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def signature(body: bytes, *, secret: str = SECRET) -> dict[str, str]:
    """Make the header of a webhook."""
    return {"x-hub-signature-256": f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"}


def feed(page_id: str, **value: Any) -> bytes:
    """Make a webhook about a Page's feed."""
    return orjson.dumps({"object": "page", "entry": [{"id": page_id, "changes": [{"field": "feed", "value": value}]}]})
