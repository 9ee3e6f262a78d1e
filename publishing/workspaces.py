"""Workspaces: the tenant that every row belongs to."""

from uuid import UUID

from publishing import models, records
from publishing.errors import NotFoundError
from publishing.ids import Kind, public_id
from publishing.store import store_errors


@store_errors
async def get_workspace(*, workspace_id: UUID) -> records.Workspace:
    """Read a workspace.

    Raises:
        NotFoundError: there is none.
    """
    row = await models.Workspace.get_or_none(id=workspace_id)
    if row is None:
        raise NotFoundError(public_id(Kind.WORKSPACE, workspace_id))
    return records.Workspace(id=row.id, name=row.name, time_zone=row.time_zone, created_at=row.created_at)
