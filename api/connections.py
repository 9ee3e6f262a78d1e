"""Connecting accounts: starting a sign-in, finishing it, watching it."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.context import Info
from api.enums import expose
from api.errors import failure_error
from api.faults import leads_nowhere
from api.nodes import Id, Node
from api.payloads import MutationPayload, mutation
from api.scalars import URL
from api.scopes import Needs
from api.user_errors import PlatformError, platform_error
from api.watching import watch
from platforms.base import Environment, Platform
from publishing import connections, records
from publishing.events import ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION
from publishing.ids import Kind, parse_id, public_id
from publishing.records import ConnectionAttemptStatus, Scope, StartedConnection

if TYPE_CHECKING:
    from api.accounts import ConnectedAccount

expose(
    ConnectionAttemptStatus,
    description="Where a started sign-in stands.",
    values={
        "WAITING": "The person has not come back from the platform yet.",
        "COMPLETING": "A worker exchanges the code and looks for pages.",
        "COMPLETED": "Connected.",
        "FAILED": "Denied, expired or refused; `error` says which.",
    },
)
_ABOUT_ACCOUNTS = frozenset({ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION})
_REDIRECT = (
    "The redirect address, when the caller finishes the sign-in itself with `completeConnection`; must be on the "
    "allow-list."
)


@strawberry.type(description="A sign-in that has been started and not finished.")
class ConnectionAttempt(Node):
    platform: Platform = strawberry.field(description="The platform.")
    authorization_url: URL | None = strawberry.field(
        default=None, description="Send the person's browser here. Shown once, by `startConnection`."
    )
    state: str | None = strawberry.field(
        default=None,
        description="The anti-forgery value that the platform hands back. Shown once, by `startConnection`.",
    )
    status: ConnectionAttemptStatus = strawberry.field(
        description="Where the attempt stands; a worker exchanges the code, so it can be under way for a moment."
    )
    error: PlatformError | None = strawberry.field(description="Why it failed, when it failed.")
    expires_at: datetime = strawberry.field(description="After this the attempt is void.")
    record: strawberry.Private[records.ConnectionAttempt]

    @strawberry.field(description="The account, once connected.")
    async def account(self, info: Info) -> Annotated["ConnectedAccount", strawberry.lazy("api.accounts")] | None:
        value = self.record.account_id
        completed = self.record.status is ConnectionAttemptStatus.COMPLETED
        return await info.context.loaders.accounts.load(value) if value and completed else None


def attempt_of(record: records.ConnectionAttempt) -> ConnectionAttempt:
    """Map a record."""
    return ConnectionAttempt(
        id=strawberry.ID(public_id(Kind.CONNECTION_ATTEMPT, record.id)),
        platform=record.platform,
        status=record.status,
        error=platform_error(record.error) if record.error else None,
        expires_at=record.expires_at,
        record=record,
    )


@strawberry.input(description="Input of `startConnection`.")
class StartConnectionInput:
    platform: Platform = strawberry.field(
        description="Which platform. FACEBOOK also finds the Instagram accounts linked to the Pages; INSTAGRAM "
        "signs in at Instagram itself; LINKEDIN signs in a member, LINKEDIN_PAGES finds organisation Pages."
    )
    environment: Environment = strawberry.field(default=Environment.LIVE, description="Real platform or sandbox.")
    return_to: URL | None = strawberry.field(
        default=None,
        description="Where the browser ends up afterwards; must be on the allow-list. `account` or `error` is added "
        "to its query.",
    )
    redirect_uri: URL | None = strawberry.field(default=None, description=_REDIRECT)


@strawberry.input(one_of=True, description="What the platform handed back to the redirect address.")
class AuthorizationResultInput:
    code: strawberry.Maybe[str] = strawberry.field(description="The authorisation code.")
    callback_url: strawberry.Maybe[URL] = strawberry.field(
        description="The whole address the browser came back to; the server reads what it needs."
    )
    error: strawberry.Maybe[str] = strawberry.field(description="The platform's error, when the person said no.")


@strawberry.input(description="Input of `completeConnection`.")
class CompleteConnectionInput:
    state: str = strawberry.field(description="The state that `startConnection` gave and the platform handed back.")
    result: AuthorizationResultInput = strawberry.field(description="What came back.")


@strawberry.input(description="Input of `reconnectAccount`.")
class ReconnectAccountInput:
    account_id: strawberry.ID = strawberry.field(description="The connected account.")
    return_to: URL | None = strawberry.field(default=None, description="Where the browser ends up afterwards.")
    redirect_uri: URL | None = strawberry.field(default=None, description=_REDIRECT)


@strawberry.type(description="Result of `startConnection`.")
class StartConnectionPayload(MutationPayload):
    attempt: ConnectionAttempt | None = strawberry.field(
        default=None, description="The started sign-in; null when there are errors."
    )


@strawberry.type(description="Result of `reconnectAccount`.")
class ReconnectAccountPayload(MutationPayload):
    attempt: ConnectionAttempt | None = strawberry.field(
        default=None, description="The started sign-in; null when there are errors."
    )


@strawberry.type(description="Result of `completeConnection`.")
class CompleteConnectionPayload(MutationPayload):
    attempt: ConnectionAttempt | None = strawberry.field(
        default=None,
        description="The attempt; when its status is COMPLETING the account follows, and `connectionAttemptChanged` "
        "tells.",
    )

    @strawberry.field(description="The connected account, with `pages` to choose from; null when there are errors.")
    async def account(self, info: Info) -> Annotated["ConnectedAccount", strawberry.lazy("api.accounts")] | None:
        record = self.attempt.record if self.attempt else None
        completed = record is not None and record.status is ConnectionAttemptStatus.COMPLETED
        return (
            await info.context.loaders.accounts.load(record.account_id)
            if record and completed and record.account_id
            else None
        )


@strawberry.type
class ConnectionQuery:
    @strawberry.field(description="A started sign-in.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def connection_attempt(self, info: Info, id: Id) -> ConnectionAttempt | None:
        value = parse_id(Kind.CONNECTION_ATTEMPT, id)
        return await info.context.loaders.attempts.load(value) if value else None


@strawberry.type
class ConnectionMutation:
    @mutation(
        StartConnectionPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Connect, step 1: starts a sign-in at a platform and says where to send the browser.",
    )
    async def start_connection(
        self, info: Info, input: Annotated[StartConnectionInput, strawberry.argument(description="Where to sign in.")]
    ) -> StartConnectionPayload | None:
        started = await connections.start_connection(
            info.context.deps,
            info.context.caller,
            platform=input.platform,
            environment=input.environment,
            return_to=input.return_to,
            redirect_uri=input.redirect_uri,
        )
        return StartConnectionPayload(attempt=_started(started))

    @mutation(
        CompleteConnectionPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Connect, step 2: finishes the sign-in with what the platform handed back. Not needed when the "
        "browser returns to this server's own redirect address.",
    )
    async def complete_connection(
        self,
        info: Info,
        input: Annotated[CompleteConnectionInput, strawberry.argument(description="What the platform handed back.")],
    ) -> CompleteConnectionPayload | None:
        result = input.result
        record = await connections.complete_connection(
            info.context.deps,
            info.context.caller,
            state=input.state,
            code=result.code.value if result.code else None,
            callback_url=result.callback_url.value if result.callback_url else None,
            error=result.error.value if result.error else None,
        )
        errors = [failure_error(record.error)] if record.error else []
        return CompleteConnectionPayload(attempt=attempt_of(record), user_errors=errors)

    @mutation(
        ReconnectAccountPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Starts the sign-in again for a connected account that ran out; its channels and publications "
        "stay.",
    )
    async def reconnect_account(
        self, info: Info, input: Annotated[ReconnectAccountInput, strawberry.argument(description="Which account.")]
    ) -> ReconnectAccountPayload | None:
        started = await connections.reconnect_account(
            info.context.deps,
            info.context.caller,
            account_id=input.account_id,
            return_to=input.return_to,
            redirect_uri=input.redirect_uri,
        )
        return ReconnectAccountPayload(attempt=_started(started))


@strawberry.type
class ConnectionSubscription:
    @strawberry.subscription(
        description="A started sign-in as it moves on; also when it fails. The first message is the present state.",
        extensions=[Needs(Scope.ACCOUNTS_READ)],
    )
    async def connection_attempt_changed(
        self, info: Info, attempt_id: Annotated[strawberry.ID, strawberry.argument(description="Which one.")]
    ) -> AsyncGenerator[ConnectionAttempt | None, None]:
        value = parse_id(Kind.CONNECTION_ATTEMPT, attempt_id)
        loaders = info.context.loaders
        if value is None or await loaders.attempts.load(value) is None:
            raise leads_nowhere("attemptId")
        async for item in watch(info.context, value, loaders.attempts.load, only=lambda note: note.subject_id == value):
            yield item

    @strawberry.subscription(
        description="Connected accounts as they are completed, renewed or lost, and when a person is needed soon.",
        extensions=[Needs(Scope.ACCOUNTS_READ)],
    )
    async def account_changed(
        self, info: Info
    ) -> AsyncGenerator[Annotated["ConnectedAccount", strawberry.lazy("api.accounts")] | None, None]:
        load = info.context.loaders.accounts.load
        async for item in watch(info.context, None, load, only=lambda note: note.type in _ABOUT_ACCOUNTS):
            yield item


def _started(started: StartedConnection) -> ConnectionAttempt:
    attempt = attempt_of(started.attempt)
    attempt.authorization_url = URL(started.authorization_url)
    attempt.state = started.state
    return attempt
