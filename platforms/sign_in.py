"""Signing in at a platform, in frozen dataclasses: what it gives, what it offers, whether it still works."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from platforms.base import ChannelKind
from platforms.rules import Fact


@dataclass(frozen=True, slots=True)
class Grant:
    """What a finished sign-in gives: who signed in, the token and what it may do.

    `expires_at` is when a person must sign in again, None when it does not run out.
    `data_access_expires_at` is when the platform stops giving data unless the person comes back.
    `token` is opaque outside the platform's folder, so it may hold a pair; `token_expires_at` is when it is to be
    renewed, where that is sooner than the end of the sign-in.
    """

    platform_user_id: str
    name: str
    token: str = field(repr=False)
    expires_at: datetime | None
    data_access_expires_at: datetime | None
    granted_permissions: tuple[str, ...]
    missing_permissions: tuple[str, ...]
    token_expires_at: datetime | None = None

    @property
    def token_ends_at(self) -> datetime | None:
        """When the token itself ends."""
        return self.token_expires_at or self.expires_at


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A Page, account or profile that a sign-in offers.

    `token` publishes to it (None: the sign-in may not). `problem` says why it cannot be published to and what to do.
    `linked_to` is the `platform_account_id` of the Page an Instagram account is linked to. `tier` is that of the rules
    that it accepts content by, None for the usual ones.
    """

    kind: ChannelKind
    platform_account_id: str
    name: str
    handle: str | None = None
    avatar_url: str | None = None
    profile_url: str | None = None
    token: str | None = field(default=None, repr=False)
    token_expires_at: datetime | None = None
    problem: str | None = None
    linked_to: str | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a sign-in can publish to; `diagnosis` says why that is less than its person expects, and what to do."""

    pages: tuple[FoundPage, ...]
    diagnosis: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a platform says of a sign-in that works: until when, and what it may do. The words are those of `Grant`."""

    expires_at: datetime | None
    data_access_expires_at: datetime | None
    granted_permissions: tuple[str, ...]
    missing_permissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefreshTerms:
    """When a token is renewed without its person: `ahead` of its end, and never before it is `youngest` old.

    `on_use`: only when it is about to be used, for each renewal ends the token before and may be lost; one that nobody
    uses is renewed once it is `idle` old.
    """

    youngest: Fact[timedelta]
    ahead: timedelta
    on_use: bool = False
    idle: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Renewed:
    """A token in place of another. The permissions are None where the platform does not tell them."""

    token: str = field(repr=False)
    expires_at: datetime
    granted_permissions: tuple[str, ...] | None
    missing_permissions: tuple[str, ...] | None


class Renewal(StrEnum):
    """Why a person signs in again."""

    PERMISSIONS = "permissions"
    """Something was not allowed: the platform is to ask for it once more."""
    ACCESS = "access"
    """The token or the access to data ends: the person is to confirm it."""


class SignIn(Protocol):
    """How a person signs in at one platform, whatever the way."""

    @property
    def requested_permissions(self) -> tuple[str, ...]:
        """What the dialog asks for, in the platform's own names."""
        ...

    @property
    def required_settings(self) -> tuple[str, ...]:
        """Names of the settings without which nobody can sign in, set or not."""
        ...

    def missing_settings(self) -> tuple[str, ...]:
        """Names of settings without which nobody can sign in; empty when it is configured."""
        ...

    async def exchange(self, *, code: str, redirect_uri: str, verifier: str, now: datetime) -> Grant:
        """Turn what came back into a grant with the longest-lived token there is.

        `code` is an authorisation code, or the secret that a person gave; `verifier` is that of `authorize_url`.

        Raises:
            RejectedError: the code or the app was refused; the person starts again.
            TransientError: the platform could not be reached; the same code may be tried again shortly.
        """
        ...

    async def check(self, *, token: str, now: datetime) -> Standing | None:
        """Ask the platform whether a sign-in still works; None when it does and the platform tells no more of it.

        Raises:
            ReconnectRequiredError: the token is dead; the failure says why.
            TransientError: try again later; nothing follows from that.
        """
        ...

    async def works(self, *, token: str) -> bool:
        """Ask the platform whether the token of a page still works.

        Raises:
            PlatformError: it could not be asked.
        """
        ...

    async def revoke(self, *, token: str) -> None:
        """End the grant at the platform, where it has a call for that. A grant that is gone already is no error.

        Raises:
            TransientError: try again later.
        """
        ...


class OAuth(SignIn, Protocol):
    """A sign-in in the browser, by OAuth 2.0's authorisation code."""

    @property
    def callback_name(self) -> str:
        """The path part of the redirect address, such as `meta` in `/oauth/meta/callback`."""
        ...

    def authorize_url(self, *, state: str, redirect_uri: str, verifier: str, renewal: Renewal | None = None) -> str:
        """Say where to send the browser; `renewal` when a known sign-in is renewed. Pure: makes no call.

        `verifier` is PKCE's code verifier (RFC 7636), of 43 unreserved characters, for platforms that use it.
        """
        ...


class Renewer(Protocol):
    """Renews tokens without their person, at a platform that allows it."""

    async def renew(self, *, token: str, now: datetime) -> Renewed:
        """Get a token that lives longer in place of one that works.

        Raises:
            ReconnectRequiredError: the token is dead.
            OutcomeUnknownError: it was asked and no answer came: the old token may be over.
            PlatformError: it was not renewed; the old one goes on to its end.
        """
        ...


class AccountFinder(Protocol):
    """Finds what a sign-in can publish to."""

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:
        """List every Page and linked account, publishable or not, all pages of the list.

        `granted` are the permissions of the sign-in, for a platform that does not tell them again.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the token is gone.
            RejectedError: the platform refused.
        """
        ...
