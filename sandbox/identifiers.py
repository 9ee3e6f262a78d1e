"""Random and derived identifiers: decimal object ids, trace ids, fingerprints of secrets."""

import hashlib
import secrets


def random_number(prefix: str, digits: int) -> str:
    """Return a decimal id of `digits` digits that starts with `prefix` and cannot be guessed."""
    rest = digits - len(prefix)
    return f"{prefix}{secrets.randbelow(10**rest):0{rest}d}"


def steady_number(prefix: str, digits: int, seed: str) -> str:
    """Return the decimal id that belongs to `seed`: the same in every process, so that reconnecting finds it again."""
    rest = digits - len(prefix)
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:12], "big") % 10**rest
    return f"{prefix}{number:0{rest}d}"


def trace_id() -> str:
    """Return an id for one request, in the shape of `fbtrace_id`: 23 URL-safe characters that start with A."""
    return "A" + secrets.token_urlsafe(17)[:22]


def digest(secret: str) -> str:
    """Return the SHA-256 of a secret in hexadecimal: what is stored in place of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fingerprint(secret: str) -> str:
    """Return 12 characters that tell two secrets apart and disclose neither."""
    return digest(secret)[:12]
