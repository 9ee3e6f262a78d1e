"""The one table from what a use-case refuses to the typed `UserError` that its caller reads."""

from collections.abc import Callable
from typing import Any

import strawberry

from api.error_codes import ErrorCode
from api.user_errors import (
    ConflictError,
    GenericUserError,
    InvalidStateError,
    NotFoundError,
    PlatformNotConfiguredError,
    PlatformRejectedError,
    ReconnectRequiredError,
    UserError,
    ValidationFailedError,
    platform_error,
)
from api.validation import IssueSeverity, issues_of
from publishing import errors, records


def user_error(error: errors.DomainError) -> UserError:
    """Map a refusal by its class, the nearest one in the table.

    Raises:
        KeyError: a class that the table does not know; a test keeps the table complete.
    """
    known = next(kind for kind in type(error).__mro__ if kind in _TABLE)
    return _TABLE[known](error)


def page_error(problem: records.PageProblem) -> UserError:
    """Map a page that could not become a channel."""
    path = list(problem.path)
    if not problem.found:
        return NotFoundError(
            code=ErrorCode.NOT_FOUND, message=problem.message, path=path, missing_id=strawberry.ID(problem.page_id)
        )
    return GenericUserError(code=ErrorCode.INVALID_STATE, message=problem.message, path=path)


def failure_error(failure: records.Failure) -> UserError:
    """Map what a platform refused while the caller waited."""
    shown = platform_error(failure)
    return PlatformRejectedError(code=shown.code, message=failure.message, path=[], platform_error=shown)


def _shared(error: errors.DomainError, code: ErrorCode) -> dict[str, Any]:
    return {"code": code, "message": error.message, "path": list(error.path)}


def _generic(code: ErrorCode) -> Callable[[Any], UserError]:
    return lambda error: GenericUserError(**_shared(error, code))


def _not_found(error: errors.NotFoundError) -> UserError:
    return NotFoundError(**_shared(error, ErrorCode.NOT_FOUND), missing_id=strawberry.ID(error.missing_id))


def _invalid(error: errors.InvalidError) -> UserError:
    issues = issues_of(error.issues, IssueSeverity.ERROR)
    return ValidationFailedError(**_shared(error, ErrorCode.VALIDATION_FAILED), issues=issues)


def _conflict(error: errors.ConflictError) -> UserError:
    return ConflictError(**_shared(error, ErrorCode.IDEMPOTENCY_CONFLICT))


def _state(error: errors.StateError) -> UserError:
    shared = _shared(error, ErrorCode.INVALID_STATE)
    return InvalidStateError(**shared, current_state=error.current, allowed_actions=list(error.allowed))


def _reconnect(error: errors.ReconnectError) -> UserError:
    return ReconnectRequiredError(**_shared(error, ErrorCode.RECONNECT_REQUIRED), account_id=error.account_id)


def _not_configured(error: errors.NotConfiguredError) -> UserError:
    shared = _shared(error, ErrorCode.PLATFORM_NOT_CONFIGURED)
    return PlatformNotConfiguredError(**shared, platform=error.platform, missing_settings=list(error.missing))


_TABLE: dict[type[BaseException], Callable[[Any], UserError]] = {
    errors.NotFoundError: _not_found,
    errors.ForbiddenError: _generic(ErrorCode.PERMISSION_DENIED),
    errors.InvalidError: _invalid,
    errors.ConflictError: _conflict,
    errors.StateError: _state,
    errors.AuthorizationError: _generic(ErrorCode.AUTHORIZATION_FAILED),
    errors.ReconnectError: _reconnect,
    errors.NotConfiguredError: _not_configured,
    errors.UnsupportedError: _generic(ErrorCode.UNSUPPORTED_BY_PLATFORM),
    errors.NotAllowedAddressError: _generic(ErrorCode.URL_NOT_ALLOWED),
}
