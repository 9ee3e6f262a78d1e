"""Holding: a sign-in whose token the platform no longer takes, with everything that would use it."""

from uuid import UUID

from publishing import credentials, models
from publishing.accounts import stop_publications
from publishing.channels import USABLE
from publishing.db import transaction
from publishing.delivery import ACTOR
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION, note_event
from publishing.lifecycle import Reason, Status
from publishing.models import ConnectionStatus


async def hold_account(deps: Deps, *, account_id: UUID, token: str) -> None:
    """The platform no longer takes this token: hold back everything that would use its sign-in.

    A token that a renewed sign-in has replaced meanwhile condemns nothing; the sweep lets go what was held for it. Nor
    does that of a page which a renewed sign-in left out, and which kept its old one.
    """
    now = await deps.clock.now()
    row = await models.ConnectedAccount.get(id=account_id)
    pages = await models.SelectablePage.filter(account_id=account_id, publishable=True).values_list("id", flat=True)
    owners = [account_id, *(UUID(str(page)) for page in pages)]
    current, _ = await credentials.open_each(deps.token_keys, workspace_id=row.workspace_id, owner_ids=owners)
    if token not in current.values():
        return
    async with transaction():
        changed = await models.ConnectedAccount.filter(id=account_id, status__in=list(USABLE)).update(
            status=ConnectionStatus.RECONNECT_REQUIRED, checked_at=now
        )
        if changed:
            await stop_publications(row, Status.HELD, Reason.RECONNECT_REQUIRED, ACTOR, now)
            for event in (ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION):
                await note_event(event, workspace_id=row.workspace_id, subject_id=row.id, now=now)
    deps.bell.announce()
