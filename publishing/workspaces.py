"""Workspaces: the tenant that every row belongs to."""

from uuid import UUID

from publishing import models, records
from publishing.errors import NotFoundError
from publishing.ids import Kind, public_id
from publishing.mapping import Mapper
from publishing.store import store_errors

_WORKSPACE = Mapper(models.Workspace, records.Workspace)


@store_errors
async def get_workspace(*, workspace_id: UUID) -> records.Workspace:
    """Read a workspace.

    Raises:
        NotFoundError: there is none.
    """
    record = await _WORKSPACE.first(models.Workspace.filter(id=workspace_id))
    if record is None:
        raise NotFoundError(public_id(Kind.WORKSPACE, workspace_id))
    return record
