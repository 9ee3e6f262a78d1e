"""The codes of `UserError` and of platform failures, each with what its caller does next."""

from enum import StrEnum

from api.advice import Advice, Again
from api.enums import expose


class ErrorCode(StrEnum):
    """What a program does next."""

    VALIDATION_FAILED = "VALIDATION_FAILED"
    NOT_FOUND = "NOT_FOUND"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    RECONNECT_REQUIRED = "RECONNECT_REQUIRED"
    PLATFORM_NOT_CONFIGURED = "PLATFORM_NOT_CONFIGURED"
    UNSUPPORTED_BY_PLATFORM = "UNSUPPORTED_BY_PLATFORM"
    PLATFORM_REJECTED = "PLATFORM_REJECTED"
    PLATFORM_UNAVAILABLE = "PLATFORM_UNAVAILABLE"
    RATE_LIMITED = "RATE_LIMITED"
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    INVALID_STATE = "INVALID_STATE"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    AUTHORIZATION_FAILED = "AUTHORIZATION_FAILED"
    MEDIA_REJECTED = "MEDIA_REJECTED"
    URL_NOT_ALLOWED = "URL_NOT_ALLOWED"
    OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN"


_E = ErrorCode
ADVICE: dict[ErrorCode, Advice] = {
    _E.VALIDATION_FAILED: Advice(
        "The content breaks at least one rule of a platform; see the issues.",
        "Change what they name and send it again.",
        Again.IN_VAIN,
    ),
    _E.NOT_FOUND: Advice(
        "No such thing, or not visible with this key.",
        "Check the id, and whether the key is of the same workspace.",
        Again.IN_VAIN,
    ),
    _E.PERMISSION_DENIED: Advice(
        "The key or member lacks the scope.", "Use a key that has the scope the message names.", Again.IN_VAIN
    ),
    _E.RECONNECT_REQUIRED: Advice(
        "The account's tokens expired, were revoked, or miss a permission.",
        "Let a person sign in again with `reconnectAccount`.",
        Again.AFTERWARDS,
    ),
    _E.PLATFORM_NOT_CONFIGURED: Advice(
        "This server lacks a setting for the platform.",
        "An operator sets what the message names and restarts it.",
        Again.AFTERWARDS,
    ),
    _E.UNSUPPORTED_BY_PLATFORM: Advice(
        "The platform has no such feature, or its API does not offer it.",
        "Leave out what `path` names, or choose another platform.",
        Again.IN_VAIN,
    ),
    _E.PLATFORM_REJECTED: Advice(
        "The platform understood the request and refused it.",
        "Follow the hint of the platform's error, then send it as a new post.",
        Again.IN_VAIN,
    ),
    _E.PLATFORM_UNAVAILABLE: Advice(
        "The platform could not be reached, or failed on its side.",
        "Try again later; a publication is tried again by the server.",
        Again.NOW,
    ),
    _E.RATE_LIMITED: Advice(
        "The platform asked for fewer calls.",
        "Try again later; a publication is tried again by the server.",
        Again.NOW,
    ),
    _E.QUOTA_EXCEEDED: Advice(
        "A publishing quota of the platform is used up.",
        "Wait until it is free again; a publication is tried again by the server.",
        Again.NOW,
    ),
    _E.INVALID_STATE: Advice(
        "The thing is in a state in which this cannot be done.",
        "Read its present state, and choose among what that allows.",
        Again.IN_VAIN,
    ),
    _E.IDEMPOTENCY_CONFLICT: Advice(
        "The idempotency key was used before with another input, or cannot be one.",
        "Use a new key for a new post.",
        Again.IN_VAIN,
    ),
    _E.AUTHORIZATION_FAILED: Advice(
        "The sign-in at the platform was denied, expired, or did not match.", "Start it again.", Again.IN_VAIN
    ),
    _E.MEDIA_REJECTED: Advice(
        "The file cannot be fetched, or is of a type, size or shape that cannot be taken.",
        "Change the file or its address and send it as a new post.",
        Again.IN_VAIN,
    ),
    _E.URL_NOT_ALLOWED: Advice(
        "The URL points to an address this server must not fetch, call or send browsers to.",
        "Give a public address, or let an operator allow this one.",
        Again.IN_VAIN,
    ),
    _E.OUTCOME_UNKNOWN: Advice(
        "The outcome is unknown: it may be public. It is not sent again by itself.",
        "Wait while the server looks for it; when it needs attention, look at the channel and say what you see.",
        Again.WITH_KEY,
    ),
}

expose(
    ErrorCode,
    description="Codes of `UserError` and of platform failures. Top-level errors carry `extensions.code`: "
    "PERMISSION_DENIED, or a word of their own such as UNAUTHENTICATED, SERVICE_UNAVAILABLE and INTERNAL.",
    values={code.name: advice.description for code, advice in ADVICE.items()},
)
