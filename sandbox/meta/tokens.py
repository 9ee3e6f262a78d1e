"""Access tokens in three tiers: short user, long user, Page. Known by hash; the strings are given out and forgotten."""

import hmac
import itertools
import math
import secrets
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from sandbox.identifiers import digest
from sandbox.meta import facts
from sandbox.state import State, codec_of

PREFIX, INSTAGRAM_PREFIX = "EAAsandbox", "IGAAsandbox"


class Tier(StrEnum):
    """Whose token it is, in debug_token's words; it does not know those of Instagram Login."""

    USER = "USER"
    PAGE = "PAGE"
    APP = "APP"
    INSTAGRAM = "INSTAGRAM"


@dataclass(slots=True)
class Token:
    """What Meta knows about a token.

    Attributes:
        long: Whether a user token is long-lived, or a Page token stems from one.
        expires_at: Unix seconds; 0 is never.
        data_access_expires_at: When Instagram permissions lapse unless the person comes back; 0 with Instagram Login.
        dead_subcode: Why it was invalidated (458, 460, …), if it was.
    """

    tier: Tier
    digest: str
    user_id: str | None
    page_id: str | None
    long: bool
    issued_at: float
    expires_at: float
    data_access_expires_at: float
    dead_subcode: int | None = None

    def is_spent(self, now: float) -> bool:
        """Say whether it was invalidated or has run out."""
        return self.dead_subcode is not None or 0 < self.expires_at <= now


class TokenStore:
    """All tokens by digest. Page tokens are derived, so that asking twice gives the same string."""

    def __init__(self, state: State) -> None:
        self._tokens = state.shelf("tokens", codec_of(Token))
        self._key = bytes.fromhex(state.shelf("secrets", codec_of(str)).setdefault("tokens", secrets.token_hex(32)))
        self._of_user: dict[str, list[Token]] = defaultdict(list)
        for token in self._tokens.values():
            self._of_user[token.user_id or ""].append(token)

    def app_token(self) -> str:
        """Return the app's token, as `grant_type=client_credentials` gives it."""
        return f"{facts.APP_ID}|{self._derive('app')[:27]}"

    def issue_user(self, user_id: str, *, now: float, expires_at: float, long: bool) -> str:
        """Make a user token and return its string."""
        text = PREFIX + secrets.token_urlsafe(64)
        self._keep(
            Token(
                tier=Tier.USER,
                digest=digest(text),
                user_id=user_id,
                page_id=None,
                long=long,
                issued_at=now,
                expires_at=expires_at,
                data_access_expires_at=now + facts.DATA_ACCESS_SECONDS,
            )
        )
        return text

    def issue_instagram(self, account_id: str, *, now: float, expires_at: float, long: bool) -> str:
        """Make a token of Instagram Login and return its string."""
        text = INSTAGRAM_PREFIX + secrets.token_urlsafe(64)
        self._keep(
            Token(
                tier=Tier.INSTAGRAM,
                digest=digest(text),
                user_id=account_id,
                page_id=None,
                long=long,
                issued_at=now,
                expires_at=expires_at,
                data_access_expires_at=0,
            )
        )
        return text

    def page_token(self, parent: Token, page_id: str, *, now: float, life_seconds: float | None = None) -> str:
        """Return the Page token that belongs to a living user token.

        It is endless from a long-lived one, else it dies with it. Asking twice gives the same string, unless the first
        was invalidated or has run out meanwhile.

        Args:
            parent: The user token.
            page_id: The Page.
            now: Unix seconds.
            life_seconds: How long it works, where that is less.
        """
        ends = 0 if parent.long else parent.expires_at
        if life_seconds is not None:
            ends = min(now + life_seconds, ends or math.inf)
        text = self._page_text(parent, page_id, 0)
        generations = itertools.count(1)
        while (known := self._tokens.get(digest(text))) and known.is_spent(now):
            text = self._page_text(parent, page_id, next(generations))
        if known is None:
            self._keep(
                Token(
                    tier=Tier.PAGE,
                    digest=digest(text),
                    user_id=parent.user_id,
                    page_id=page_id,
                    long=parent.long,
                    issued_at=now,
                    expires_at=ends,
                    data_access_expires_at=parent.data_access_expires_at,
                )
            )
        return text

    def find(self, text: str) -> Token | None:
        """Return what is known about a token string; `APPID|SECRET` and the app's token are APP tokens."""
        if hmac.compare_digest(text.encode(), f"{facts.APP_ID}|{facts.APP_SECRET}".encode()) or hmac.compare_digest(
            text.encode(), self.app_token().encode()
        ):
            return Token(
                Tier.APP, digest(text), None, None, long=True, issued_at=0, expires_at=0, data_access_expires_at=0
            )
        return self._tokens.get(digest(text))

    def end(self, token: Token, subcode: int) -> None:
        """Invalidate one token."""
        token.dead_subcode = subcode
        self._tokens.touch(token.digest)

    def kill_page(self, page_id: str, subcode: int) -> int:
        """Invalidate all tokens of a Page, and return how many."""
        tokens = [token for token in self._tokens.values() if token.page_id == page_id]
        for token in tokens:
            self.end(token, subcode)
        return len(tokens)

    def kill(self, user_id: str, subcode: int) -> int:
        """Invalidate all tokens that stem from a user, and return how many."""
        tokens = self._of_user.get(user_id, [])
        for token in tokens:
            self.end(token, subcode)
        return len(tokens)

    def _page_text(self, parent: Token, page_id: str, generation: int) -> str:
        return PREFIX + "P" + self._derive(f"page/{parent.digest}/{page_id}/{generation}")

    def _keep(self, token: Token) -> None:
        self._tokens[token.digest] = token
        self._of_user[token.user_id or ""].append(token)

    def _derive(self, purpose: str) -> str:
        return hmac.digest(self._key, purpose.encode(), "sha512").hex()


def proof_of(token: str, secret: str = facts.APP_SECRET) -> str:
    """Return the `appsecret_proof` of a token: HMAC-SHA256 under the app's secret, in hexadecimal."""
    return hmac.digest(secret.encode(), token.encode(), "sha256").hex()
