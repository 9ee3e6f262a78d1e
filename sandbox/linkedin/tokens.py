"""Codes, access tokens and refresh tokens. Known by hash; the strings are given out and forgotten."""

import secrets
from dataclasses import dataclass
from typing import Literal

from sandbox.identifiers import digest
from sandbox.linkedin import facts
from sandbox.linkedin.apps import APPS, App
from sandbox.linkedin.personas import Member, members
from sandbox.state import State, codec_of

CODE, ACCESS, REFRESH = "AQT", "AQX", "AQW"
"""How codes, access tokens and refresh tokens begin."""
Status = Literal["active", "revoked", "expired"]


@dataclass(slots=True)
class Code:
    """What a consent gives: good for one exchange."""

    client_id: str
    persona: str
    redirect_uri: str
    scopes: tuple[str, ...]
    expires_at: float
    is_used: bool = False


@dataclass(slots=True)
class Token:
    """What LinkedIn knows about an access token or a refresh token.

    Attributes:
        family: What one consent gave: a refresh token and the access tokens that it makes share it.
        fresh_401s: How many calls are still refused because it is fresh.
    """

    digest: str
    kind: Literal["access", "refresh"]
    client_id: str
    persona: str
    scopes: tuple[str, ...]
    authorized_at: float
    created_at: float
    expires_at: float
    family: str
    is_revoked: bool = False
    fresh_401s: int = 0

    def status(self, now: float) -> Status:
        """Say how it stands, in introspection's words."""
        if self.is_revoked:
            return "revoked"
        return "expired" if self.expires_at <= now else "active"

    @property
    def app(self) -> App:
        """The app it was given to."""
        return APPS[self.client_id]

    @property
    def member(self) -> Member:
        """Who gave it."""
        return members()[self.persona]

    @property
    def author(self) -> str:
        """The URN of who gave it."""
        return self.member.urn_for(self.app)


class TokenStore:
    """All codes and tokens by digest."""

    def __init__(self, state: State) -> None:
        self._codes = state.shelf("linkedin_codes", codec_of(Code))
        self._tokens = state.shelf("linkedin_tokens", codec_of(Token))

    def issue_code(self, code: Code) -> str:
        """Keep a code and return its string."""
        text = CODE + secrets.token_urlsafe(120)
        self._codes[digest(text)] = code
        return text

    def code(self, text: str) -> Code | None:
        """Return what a code stands for."""
        return self._codes.get(digest(text))

    def use_code(self, text: str) -> None:
        """Note that a code was exchanged."""
        self._codes[digest(text)].is_used = True
        self._codes.touch(digest(text))

    def begin(self, code: Code, now: float, *, fresh_401s: int) -> Token:
        """Return the access token of a consent, not given out yet; another set of scopes ends all earlier tokens."""
        for token in self._tokens.values():
            same_person = (token.client_id, token.persona) == (code.client_id, code.persona)
            if same_person and set(token.scopes) != set(code.scopes):
                self.revoke(token)
        ends = now + facts.TOKEN_SECONDS
        family = secrets.token_hex(8)
        return Token(
            "", "access", code.client_id, code.persona, code.scopes, now, now, ends, family, fresh_401s=fresh_401s
        )

    def give(self, token: Token) -> str:
        """Keep a token and return its string."""
        text = (ACCESS if token.kind == "access" else REFRESH) + secrets.token_urlsafe(366)
        token.digest = digest(text)
        self._tokens[token.digest] = token
        return text

    def find(self, text: str) -> Token | None:
        """Return what is known about a token's string."""
        return self._tokens.get(digest(text))

    def spend_401(self, token: Token) -> bool:
        """Say whether a call is refused because the token is fresh, and count it."""
        if token.fresh_401s <= 0:
            return False
        token.fresh_401s -= 1
        self._tokens.touch(token.digest)
        return True

    def revoke(self, token: Token) -> None:
        """End a token; with a refresh token go all that it made."""
        gone = [token]
        if token.kind == "refresh":
            gone = [one for one in self._tokens.values() if one.family == token.family]
        for one in gone:
            one.is_revoked = True
            self._tokens.touch(one.digest)

    def end(self, persona: str, status: Status, now: float) -> int:
        """Revoke a member's tokens or let them run out, and return how many."""
        found = [token for token in self._tokens.values() if token.persona == persona]
        for token in found:
            token.is_revoked = token.is_revoked or status == "revoked"
            token.expires_at = min(token.expires_at, now) if status == "expired" else token.expires_at
            self._tokens.touch(token.digest)
        return len(found)
