"""One call to X: who calls, with what, and what every endpoint asks first: is the token good, may it do this?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from sandbox.faults import Exchange
from sandbox.identifiers import fingerprint
from sandbox.x.errors import Refusal, failed, forbidden, invalid, unauthorized
from sandbox.x.personas import Account
from sandbox.x.state import X
from sandbox.x.tokens import Token


@dataclass(frozen=True, slots=True)
class Sent:
    """What a call brought, beside its query.

    Attributes:
        kind: `json`, `form`, `multipart`, `none` or `other`.
        json: The document of a JSON body.
        fields: Fields of a form.
        files: Bytes of a form's files, by field.
    """

    kind: str = "none"
    json: Any = None
    fields: dict[str, str] = field(default_factory=dict[str, str])
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(slots=True)
class Call:
    """One request on its way through an endpoint.

    Attributes:
        path: Below `/x`.
        ids: What the path's places hold, in order.
        origin: `http://host:port` as the caller sees the sandbox.
        now: The sandbox's time at the start of the call, unix seconds.
        token_text: The token as sent; it is never stored or logged.
        basic: Id and secret of an app that says who it is.
        headers: What the answer tells of limits.
    """

    x: X
    method: str
    path: str
    ids: tuple[str, ...]
    query: dict[str, str]
    sent: Sent
    origin: str
    trace_id: str
    now: float
    token_text: str | None = None
    basic: tuple[str, str] | None = None
    token: Token | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def caller(self) -> Token:
        """The validated token.

        Raises:
            Refusal: 401, where there is none.
        """
        if self.token is None:
            raise unauthorized()
        return self.token

    @property
    def account(self) -> Account:
        """Whose token it is."""
        return self.caller.account

    @property
    def fingerprint(self) -> str:
        """Which token was used."""
        return fingerprint(self.token_text or "")

    def form(self, name: str) -> str:
        """Return a field of the form or, for the consent page, of the query; empty where there is none."""
        return self.sent.fields.get(name) or self.query.get(name) or ""

    def names(self, *parameters: str) -> list[str]:
        """Return the comma-separated names that the first of some parameters holds."""
        text = next((self.query[one] for one in parameters if one in self.query), "")
        return [name for name in text.split(",") if name]

    def document(self) -> Any:
        """Return the JSON body.

        Raises:
            Refusal: 400, where there is none.
        """
        if self.sent.kind != "json":
            raise invalid("Request body must be a JSON object.")
        return self.sent.json


Handler = Callable[[Call], Awaitable["dict[str, Any] | Response"]]


@dataclass(frozen=True, slots=True)
class XExchange(Exchange):
    """A call to X, as faults look at it; one that could not be read is its refusal."""

    call: Call | Refusal

    def broken(self) -> Response:
        """Return HTTP 500 in X's own words."""
        return failed().answer()


def authenticate(call: Call, scopes: tuple[str, ...]) -> None:
    """Check the call's token and what it was given for.

    Raises:
        Refusal: 401 where the token does not work, 403 where a scope is missing.
    """
    token = call.x.tokens.find(call.token_text or "")
    if token is None or token.kind != "access" or not token.works(call.now):
        raise unauthorized()
    call.token = token
    if not set(scopes) <= set(token.scopes):
        raise forbidden()
