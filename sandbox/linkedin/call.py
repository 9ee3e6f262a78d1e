"""One call to LinkedIn: who calls, what about, and what every endpoint asks first of the token."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.responses import Response

from sandbox.faults import Exchange
from sandbox.identifiers import fingerprint
from sandbox.linkedin import facts
from sandbox.linkedin.errors import Refusal, access_denied, known, throttled, unpermitted
from sandbox.linkedin.state import Asset, LinkedIn
from sandbox.linkedin.tokens import ACCESS, Token
from sandbox.violations import Violation

PERSON, ORGANISATION = "urn:li:person:", "urn:li:organization:"


@dataclass(slots=True)
class Call:
    """One request on its way through an endpoint.

    Attributes:
        keys: What stands in the path where the endpoint has a `{…}`, still encoded.
        query: The query's parameters, still encoded.
        origin: `http://host:port` as the caller sees the sandbox.
        upload: A file with the bytes that came to the upload host.
        token: The token, once it was found good.
        version: The version that the call wants, once it was found active.
        asset: What became whole by this call.
    """

    linkedin: LinkedIn
    method: str
    path: str
    keys: list[str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    origin: str
    now: float
    request_id: str
    upload: Path | None = None
    form: Mapping[str, str] = field(default_factory=dict[str, str])
    token: Token | None = None
    version: str = ""
    asset: Asset | None = None

    @property
    def token_text(self) -> str:
        """The token as sent; it is never stored or logged."""
        kind, _, text = self.headers.get("authorization", "").partition(" ")
        return text.strip() if kind.lower() == "bearer" else ""

    @property
    def caller(self) -> Token:
        """The validated token; only endpoints that need none may not ask for it."""
        if self.token is None:
            raise known("401 EMPTY")
        return self.token

    @property
    def fingerprint(self) -> str:
        """Which token was used."""
        return fingerprint(self.token_text)


Handler = Callable[[Call], Awaitable["dict[str, Any] | Response"]]


@dataclass(frozen=True, slots=True)
class LinkedInExchange(Exchange):
    """A call to LinkedIn, as faults see it."""

    call: Call

    def broken(self) -> Response:
        """Return HTTP 500 as LinkedIn says it."""
        return known("500").answer()


def authenticate(call: Call) -> None:
    """Check the call's token.

    Raises:
        Refusal: 401, if there is none, it is unknown, revoked, too fresh or has run out.
    """
    if not call.token_text:
        raise known("401 EMPTY")
    token = call.linkedin.tokens.find(call.token_text)
    if token is None or not call.token_text.startswith(ACCESS):
        raise known("401 INVALID_ACCESS_TOKEN")
    status = token.status(call.now)
    if status == "expired":
        raise known("401 EXPIRED_ACCESS_TOKEN")
    if status == "revoked" or call.linkedin.tokens.spend_401(token):
        raise known("401 REVOKED_ACCESS_TOKEN")
    call.token = token


def require_scope(call: Call, resource: str, *scopes: str) -> None:
    """Demand that one of the scopes was granted.

    Raises:
        Refusal: 403.
    """
    if not set(scopes) & set(call.caller.scopes):
        raise access_denied(f"{resource}.{f'{call.version}01' if call.version else 'NO_VERSION'}")


def require_author(call: Call, urn: Any, path: str, resource: str, *, feed: bool = False) -> str:
    """Demand that the token may act for an author, and return the author's URN.

    Args:
        call: The call.
        urn: A person's or an organisation's.
        path: Where it stands in the body, `/author`.
        resource: What is done, `posts.CREATE`.
        feed: Whether it is about comments, which have scopes of their own.

    Raises:
        Refusal: 400 for a Page by a token without its scope, 403 otherwise.
    """
    suffix = "_feed" if feed else ""
    if not isinstance(urn, str) or not urn.startswith((PERSON, ORGANISATION)):
        raise Refusal(400, "INVALID_URN_TYPE", f"{path} :: is neither a person nor an organization")
    if urn == PERSON:
        raise Refusal(403, None, "")
    if urn.startswith(ORGANISATION):
        if f"w_organization_social{suffix}" not in call.caller.scopes:
            if feed:
                raise access_denied(f"{resource}.{call.version}01")
            message = "Organization Or Events permissions must be used when using organization as author"
            raise Refusal(400, None, message)
        role = call.caller.member.role_on(urn)
        if role is None or not role.may_publish:
            raise unpermitted(path)
        return urn
    require_scope(call, resource, f"w_member_social{suffix}")
    if urn != call.caller.author:
        raise unpermitted(path)
    return urn


def author_name(call: Call, urn: str) -> str:
    """Return what the public calls an author the token may act for."""
    role = call.caller.member.role_on(urn)
    return call.caller.member.full_name if role is None else role.organisation.name


def count_call(call: Call, resource: str, limits: Mapping[str, tuple[str, int]]) -> None:
    """Count a call against its day's limits; the day is UTC's.

    Args:
        call: The call.
        resource: What is counted.
        limits: Whose count and its limit, by level: MEMBER, APPLICATION.

    Raises:
        Refusal: 429, without counting, after a day's last call.
    """
    day = int(call.now // facts.DAY)
    keys = {level: f"{day}/{resource}/{level}/{who}" for level, (who, _) in limits.items()}
    for level, (_, limit) in limits.items():
        if call.linkedin.counts.get(keys[level], 0) >= limit:
            _note_throttled(call, keys[level], level, (day + 1) * facts.DAY)
    for key in keys.values():
        call.linkedin.counts[key] = call.linkedin.counts.get(key, 0) + 1


def _note_throttled(call: Call, key: str, level: str, until: float) -> None:
    """Refuse, and put on record who was told before.

    Raises:
        Refusal: 429.
    """
    told_at = call.linkedin.told.setdefault(key, call.now)
    if told_at < call.now:
        record_early(call, call.caller, level, told_at=told_at, until=until)
    raise throttled(level)


def record_early(call: Call, token: Token, level: str, *, told_at: float, until: float) -> None:
    """Put on record that somebody called who had been told to wait for another day.

    Args:
        call: The call.
        token: Its token.
        level: Whose limit it is: MEMBER, APPLICATION.
        told_at: When the refusals began, unix seconds.
        until: When the day is over.
    """
    call.linkedin.world.violations.add(
        Violation(
            kind="called_while_throttled",
            request_id=call.request_id,
            endpoint=f"{call.method} {call.path}",
            account_id=token.author,
            at=call.now,
            told_at=told_at,
            until=until,
            detail=f"the {level.lower()}'s limit of the day was reached",
        )
    )
