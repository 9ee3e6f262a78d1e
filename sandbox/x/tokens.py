"""Codes, access tokens and refresh tokens of X. Known by hash; the strings are given out and forgotten."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Literal

from sandbox.identifiers import digest
from sandbox.state import State, codec_of
from sandbox.x import facts
from sandbox.x.personas import BY_PERSONA, Account


@dataclass(slots=True)
class Code:
    """What a consent gives: good for one exchange, with the verifier that belongs to its challenge."""

    client_id: str
    persona: str
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    method: Literal["s256", "plain"]
    expires_at: float
    is_used: bool = False

    def is_proven(self, verifier: str) -> bool:
        """Say whether a verifier belongs to the challenge."""
        proof = verifier
        if self.method == "s256":
            hashed = hashlib.sha256(verifier.encode()).digest()
            proof = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
        return hmac.compare_digest(proof.encode(), self.challenge.rstrip("=").encode())


@dataclass(slots=True)
class Token:
    """What X knows about an access token or a refresh token.

    Attributes:
        family: What one consent gave: all tokens that stem from it share it.
        is_dead: Whether it was used up, revoked or ended.
    """

    digest: str
    kind: Literal["access", "refresh"]
    client_id: str
    persona: str
    scopes: tuple[str, ...]
    issued_at: float
    expires_at: float
    family: str
    is_dead: bool = False

    @property
    def account(self) -> Account:
        """Who gave it."""
        return BY_PERSONA[self.persona]

    def works(self, now: float) -> bool:
        """Say whether it is alive."""
        return not self.is_dead and now < self.expires_at


class TokenStore:
    """All codes and tokens by digest."""

    def __init__(self, state: State) -> None:
        self._codes = state.shelf("x_codes", codec_of(Code))
        self._tokens = state.shelf("x_tokens", codec_of(Token))

    def issue_code(self, code: Code) -> str:
        """Keep a code and return its string."""
        text = secrets.token_urlsafe(66)
        self._codes[digest(text)] = code
        return text

    def code(self, text: str) -> Code | None:
        """Return what a code stands for."""
        return self._codes.get(digest(text))

    def use_code(self, text: str) -> None:
        """Note that a code was exchanged."""
        self._codes[digest(text)].is_used = True
        self._codes.touch(digest(text))

    def issue(self, given: Code | Token, kind: Literal["access", "refresh"], now: float, family: str) -> str:
        """Keep a token with the scopes of a code or of an earlier token, and return its string."""
        text = secrets.token_urlsafe(67)
        life = facts.TOKEN_SECONDS if kind == "access" else facts.REFRESH_SECONDS
        key = digest(text)
        self._tokens[key] = Token(key, kind, given.client_id, given.persona, given.scopes, now, now + life, family)
        return text

    def find(self, text: str) -> Token | None:
        """Return what is known about a token's string."""
        return self._tokens.get(digest(text))

    def end(self, token: Token) -> None:
        """Let a token work no more."""
        token.is_dead = True
        self._tokens.touch(token.digest)

    def end_family(self, family: str) -> None:
        """End all that one consent gave."""
        for token in list(self._tokens.values()):
            if token.family == family:
                self.end(token)

    def end_of(self, persona: str, kinds: tuple[str, ...]) -> int:
        """End a persona's living tokens of some kinds, and return how many."""
        found = [one for one in self._tokens.values() if one.persona == persona and one.kind in kinds]
        living = [one for one in found if not one.is_dead]
        for token in living:
            self.end(token)
        return len(living)
