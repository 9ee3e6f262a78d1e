"""Connected accounts: one sign-in at a platform each."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.account_problems import AccountProblem, problems_of
from api.channels import Channel
from api.context import Info
from api.enums import expose
from api.nodes import Id, Node
from api.pages import SelectablePage
from api.payloads import MutationPayload, mutation
from api.publications import Publication, publication_of
from api.scopes import Needs
from platforms.base import Environment, Platform
from publishing import accounts, records
from publishing.ids import Kind, parse_id, public_id
from publishing.records import ConnectionStatus, Scope

expose(
    ConnectionStatus,
    description="The state of a sign-in.",
    values={
        "ACTIVE": "Works.",
        "EXPIRING": "Works, but a person should sign in again before `expiresAt`.",
        "RECONNECT_REQUIRED": "No longer works until a person signs in again.",
        "DISCONNECTED": "Ended by this server or by the person at the platform.",
    },
)


@strawberry.type(
    description="An account signed in to at a platform; it gives access to Pages and profiles. Its tokens are stored "
    "encrypted and never leave the server."
)
class ConnectedAccount(Node):
    platform: Platform = strawberry.field(description="The platform signed in to.")
    environment: Environment = strawberry.field(description="Real platform or sandbox.")
    status: ConnectionStatus = strawberry.field(description="Whether it works.")
    account_name: str = strawberry.field(
        description="The person or app user who signed in, as the platform names them."
    )
    granted_permissions: list[str] = strawberry.field(description="Permissions granted at the platform.")
    missing_permissions: list[str] = strawberry.field(description="Permissions that were asked for and not granted.")
    expires_at: datetime | None = strawberry.field(
        description="When the sign-in has to be renewed by a person; null when it does not run out."
    )
    data_access_expires_at: datetime | None = strawberry.field(
        description="When the platform stops giving data unless the person comes back; null when it does not."
    )
    refreshed_at: datetime | None = strawberry.field(description="When the server last renewed the tokens by itself.")
    created_at: datetime = strawberry.field(description="When it was made.")
    record: strawberry.Private[records.ConnectedAccount]

    @strawberry.field(description="What is wrong with it, or will be soon, the worst first.")
    async def problems(self, info: Info) -> list[AccountProblem]:
        return problems_of(self.record, await info.context.deps.clock.now())

    @strawberry.field(
        description="The Pages and profiles this sign-in can publish to. Choose some with `selectPages`.",
        extensions=[Needs(Scope.ACCOUNTS_READ)],
    )
    async def pages(self, info: Info) -> list[SelectablePage]:
        return await info.context.loaders.pages_of_accounts.load(self.record.id)

    @strawberry.field(description="The channels made from it.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def channels(self, info: Info) -> list[Channel]:
        return await info.context.loaders.channels_of_accounts.load(self.record.id)


def account_of(record: records.ConnectedAccount) -> ConnectedAccount:
    """Map a record."""
    return ConnectedAccount(
        id=strawberry.ID(public_id(Kind.CONNECTED_ACCOUNT, record.id)),
        platform=record.platform,
        environment=record.environment,
        status=record.status,
        account_name=record.name,
        granted_permissions=list(record.granted_permissions),
        missing_permissions=list(record.missing_permissions),
        expires_at=record.expires_at,
        data_access_expires_at=record.data_access_expires_at,
        refreshed_at=record.refreshed_at,
        created_at=record.created_at,
        record=record,
    )


@strawberry.input(description="Input of `disconnectAccount`.")
class DisconnectAccountInput:
    account_id: strawberry.ID = strawberry.field(description="The connected account.")
    cancel_scheduled: bool = strawberry.field(
        default=False, description="Whether scheduled publications are called off instead of held back."
    )


@strawberry.type(description="Result of `disconnectAccount`.")
class DisconnectAccountPayload(MutationPayload):
    account: ConnectedAccount | None = strawberry.field(default=None, description="The account, disconnected.")
    affected_publications: list[Publication] = strawberry.field(
        default_factory=list[Publication], description="Publications that were held back or called off."
    )


@strawberry.type
class AccountQuery:
    @strawberry.field(description="A connected account.", extensions=[Needs(Scope.ACCOUNTS_READ)])
    async def connected_account(self, info: Info, id: Id) -> ConnectedAccount | None:
        value = parse_id(Kind.CONNECTED_ACCOUNT, id)
        return await info.context.loaders.accounts.load(value) if value else None


@strawberry.type
class AccountMutation:
    @mutation(
        DisconnectAccountPayload,
        scope=Scope.ACCOUNTS_MANAGE,
        description="Ends a sign-in: revokes it at the platform, forgets its tokens and holds back what is scheduled.",
    )
    async def disconnect_account(
        self, info: Info, input: Annotated[DisconnectAccountInput, strawberry.argument(description="Which account.")]
    ) -> DisconnectAccountPayload | None:
        context = info.context
        account, affected = await accounts.disconnect_account(
            context.deps, context.caller, account_id=input.account_id, cancel_scheduled=input.cancel_scheduled
        )
        publications = [publication_of(record) for record in affected]
        return DisconnectAccountPayload(account=account_of(account), affected_publications=publications)
