"""Signing in at the real sandbox, from the started attempt to the stored account, in this process."""

from datetime import timedelta
from uuid import UUID

from platforms.base import Environment, Platform
from publishing import connections, models
from publishing.deps import Deps
from publishing.ids import new_id
from publishing.models import ConnectionAttemptStatus
from publishing.sealing import seal
from publishing.system import claim_connections, complete_claimed
from tests.platforms.conftest import REDIRECT, Desk


async def sign_in(
    deps: Deps,
    workspace_id: UUID,
    persona: str = "solo",
    *,
    reconnects: UUID | None = None,
    at: Platform = Platform.FACEBOOK,
    **dialog: str,
) -> models.ConnectionAttempt:
    """Let a persona sign in, and give the attempt when it is over."""
    now = await deps.clock.now()
    row = models.ConnectionAttempt(
        id=new_id(),
        workspace_id=workspace_id,
        actor="key_test",
        platform=at,
        environment=Environment.SANDBOX,
        status=ConnectionAttemptStatus.COMPLETING,
        state_hash=str(new_id()),
        redirect_uri=REDIRECT,
        reconnects_id=reconnects,
        expires_at=now + timedelta(minutes=10),
        created_at=now,
        due_at=now,
    )
    code = await Desk(deps.networks, at).code(persona, **dialog)
    row.sealed_code = seal(deps.token_keys, code, connections.code_place(row))
    await row.save(force_create=True)
    for attempt_id in await claim_connections(deps, limit=5):
        await complete_claimed(deps, attempt_id=attempt_id)
    return await models.ConnectionAttempt.get(id=row.id)


async def connect(
    deps: Deps, persona: str = "solo", *, at: Platform = Platform.FACEBOOK, **dialog: str
) -> models.ConnectedAccount:
    """Let a persona sign in for a new workspace, and give the account."""
    workspace = await models.Workspace.create(id=new_id(), name="Shop", created_at=await deps.clock.now())
    attempt = await sign_in(deps, workspace.id, persona, at=at, **dialog)
    assert attempt.account_id is not None, attempt.error
    return await models.ConnectedAccount.get(id=attempt.account_id)


async def choose(account: models.ConnectedAccount) -> list[models.Channel]:
    """Make a channel of each page that can be published to."""
    return [
        await models.Channel.create(
            id=new_id(),
            workspace_id=account.workspace_id,
            account_id=account.id,
            page_id=page.id,
            platform=Platform.FACEBOOK if page.kind.value.startswith("facebook") else Platform.INSTAGRAM,
            kind=page.kind,
            environment=account.environment,
            platform_account_id=page.platform_account_id,
            name=page.name,
            created_at=account.created_at,
        )
        for page in await models.SelectablePage.filter(account_id=account.id, publishable=True).order_by("position")
    ]
