"""What a use-case can refuse, named by what the caller must do.

DomainError
├── NotFoundError              the id leads nowhere for this caller
├── ForbiddenError             the key lacks a scope
├── InvalidError               the input breaks rules: change it (carries every issue at once)
├── ConflictError              the idempotency key was used for something else
├── StateError                 not in this state: look at the present one
├── AuthorizationError         the sign-in was denied, expired or did not match: start it again
├── ReconnectError             a person signs in at the platform again
├── NotConfiguredError         an operator sets the named settings
├── UnsupportedError           this platform or server cannot do it
└── NotAllowedAddressError     that address must not be used

`StoreUnavailableError` is not the caller's: the database is away, nothing was written, try again.
"""

from platforms.base import Platform
from platforms.issues import Issue


class DomainError(Exception):
    """A use-case refused; `path` points into the caller's input."""

    def __init__(self, message: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class NotFoundError(DomainError):
    """An id leads nowhere for this caller; malformed, foreign and missing ids are all the same."""

    def __init__(self, missing_id: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(
            "Nothing with this id is visible with this key. Check the id and the key's workspace.", path=path
        )
        self.missing_id = missing_id


class ForbiddenError(DomainError):
    """The key lacks a scope."""


class InvalidError(DomainError):
    """The content breaks at least one rule; `issues` has all of them."""

    def __init__(self, issues: tuple[Issue, ...], *, path: tuple[str, ...] = ()) -> None:
        super().__init__(" ".join(issue.message for issue in issues), path=path)
        self.issues = issues


class ConflictError(DomainError):
    """The idempotency key was used before with another input."""


class StateError(DomainError):
    """The thing's present state does not allow this."""

    def __init__(self, message: str, *, current: str, allowed: tuple[str, ...], path: tuple[str, ...] = ()) -> None:
        super().__init__(message, path=path)
        self.current = current
        self.allowed = allowed


class AuthorizationError(DomainError):
    """The sign-in was denied, expired or did not match; it has to be started again."""


class ReconnectError(DomainError):
    """The account behind a channel needs a person to sign in again."""

    def __init__(self, message: str, *, account_id: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(message, path=path)
        self.account_id = account_id


class NotConfiguredError(DomainError):
    """This server has no app credentials for the platform."""

    def __init__(self, platform: Platform, missing: tuple[str, ...], *, path: tuple[str, ...] = ()) -> None:
        names = ", ".join(missing)
        super().__init__(f"This server has no app credentials for {platform.value}: set {names}.", path=path)
        self.platform = platform
        self.missing = missing


class UnsupportedError(DomainError):
    """The platform, or this server, cannot do it."""


class NotAllowedAddressError(DomainError):
    """The address is not one that this server may send browsers to or fetch from."""


class StoreUnavailableError(Exception):
    """The database cannot be reached; nothing was written and the same call may be repeated."""
