"""Signed, expiring addresses of media: whoever holds one may fetch that file until it ends, and nothing else."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode


class SignatureRefusedError(Exception):
    """The signature is wrong, of an unknown key, or over."""


def sign_path(asset_id: str, *, expires_at: datetime, key_id: str, key: bytes) -> str:
    """Write the path of a file with a signature that works until `expires_at`."""
    expires = str(int(expires_at.timestamp()))
    query = {"exp": expires, "kid": key_id, "sig": _signature(asset_id, expires, key_id, key)}
    return f"/media/{asset_id}?{urlencode(query)}"


def verify(asset_id: str, exp: str, kid: str, sig: str, *, keys: Mapping[str, bytes], now: datetime) -> None:
    """Check the parts of a signed path.

    Raises:
        SignatureRefusedError: do not serve it.
    """
    key = keys.get(kid)
    if key is None or not exp.isascii() or not exp.isdigit() or len(exp) > 12:  # noqa: PLR2004 - digits of any year
        raise SignatureRefusedError("the signature is of no known form or key")
    if not hmac.compare_digest(_signature(asset_id, exp, kid, key).encode(), sig.encode()):
        raise SignatureRefusedError("the signature does not fit the path")
    if datetime.fromtimestamp(int(exp), UTC) <= now:
        raise SignatureRefusedError("the signature is over")


def _signature(asset_id: str, expires: str, key_id: str, key: bytes) -> str:
    message = "\n".join((f"/media/{asset_id}", expires, key_id)).encode()
    return base64.urlsafe_b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode().rstrip("=")
