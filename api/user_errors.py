"""Errors as data: the typed members of `UserError`, and a platform's error in one shape."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.context import Info
from api.error_codes import ErrorCode
from api.validation import IssueSeverity, ValidationIssue, issues_of
from platforms.base import Platform
from publishing import records
from publishing.ids import Kind, parse_id

if TYPE_CHECKING:
    from api.accounts import ConnectedAccount


@strawberry.type(description="An error that came from a platform, in one shape for all of them.")
class PlatformError:
    code: ErrorCode = strawberry.field(description="The normalised code.")
    platform: Platform = strawberry.field(description="The platform that answered.")
    platform_code: str | None = strawberry.field(
        description="The platform's own code, such as `190/460` or `rate-limit-exceeded`."
    )
    message: str = strawberry.field(description="What happened, to what: one sentence for a person, in English.")
    platform_message: str | None = strawberry.field(description="The platform's own message.")
    hint: str = strawberry.field(description="What a person should do next.")
    retryable: bool = strawberry.field(description="Whether this server will, or may, try again.")
    platform_request_id: str | None = strawberry.field(
        description="The platform's id for the request, to quote to its support."
    )
    retry_at: datetime | None = strawberry.field(
        description="From when on the same may be tried again, when that is known."
    )
    issues: list[ValidationIssue] = strawberry.field(
        description="Every rule that the content breaks, when that was found before any call."
    )


@strawberry.interface(
    description="A problem the caller can act on. `code` is stable and meant for programs, `message` is for people, "
    "`path` points into the mutation's input.\n"
    "Select `code message path` generically, and add inline fragments for more detail."
)
class UserError:
    code: ErrorCode = strawberry.field(description="Stable machine-readable code.")
    message: str = strawberry.field(description="One sentence for a person, in English.")
    path: list[str] = strawberry.field(
        description='The input field concerned, such as `["media", "0", "source", "url"]`; empty when none is.'
    )


@strawberry.type(description="The content does not fit the channel. Carries every issue at once, not just the first.")
class ValidationFailedError(UserError):
    issues: list[ValidationIssue] = strawberry.field(description="Every issue found, errors before warnings.")


@strawberry.type(description="An id leads nowhere for this caller.")
class NotFoundError(UserError):
    missing_id: strawberry.ID = strawberry.field(description="The id that was not found.")


@strawberry.type(description="A channel cannot be used until a person signs in at the platform again.")
class ReconnectRequiredError(UserError):
    account_id: strawberry.Private[str]

    @strawberry.field(description="The account to renew with `reconnectAccount`.")
    async def account(self, info: Info) -> Annotated["ConnectedAccount", strawberry.lazy("api.accounts")]:
        return await self._account(info)

    @strawberry.field(description="Permissions that are missing now, when that is the cause.")
    async def missing_permissions(self, info: Info) -> list[str]:
        return (await self._account(info)).missing_permissions

    async def _account(self, info: Info) -> "ConnectedAccount":
        value = parse_id(Kind.CONNECTED_ACCOUNT, self.account_id)
        found = await info.context.loaders.accounts.load(value) if value else None
        if found is None:
            raise LookupError("the account of a channel is in its workspace")
        return found


@strawberry.type(description="The platform's app credentials are not set on this server.")
class PlatformNotConfiguredError(UserError):
    platform: Platform = strawberry.field(description="The platform concerned.")
    missing_settings: list[str] = strawberry.field(description="Names of the settings that are missing.")


@strawberry.type(description="The platform answered with an error.")
class PlatformRejectedError(UserError):
    platform_error: PlatformError = strawberry.field(description="What the platform said, normalised.")


@strawberry.type(description="The thing's present state does not allow the operation.")
class InvalidStateError(UserError):
    current_state: str = strawberry.field(description="The present state.")
    allowed_actions: list[str] = strawberry.field(description="What can be done in this state.")


@strawberry.type(description="An idempotency key was reused for something else.")
class ConflictError(UserError):
    pass


@strawberry.type(description="Any other problem the caller can fix; `code` says which.")
class GenericUserError(UserError):
    pass


def platform_error(failure: records.Failure) -> PlatformError:
    """Map a stored failure."""
    return PlatformError(
        code=ErrorCode(failure.code.value),
        platform=failure.platform,
        message=failure.message,
        platform_code=failure.platform_code,
        platform_message=failure.platform_message,
        hint=failure.hint,
        retryable=failure.retryable,
        platform_request_id=failure.platform_request_id,
        retry_at=failure.retry_at,
        issues=issues_of(failure.issues, IssueSeverity.ERROR),
    )
