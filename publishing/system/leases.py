"""Leases: a worker shows that it lives, and learns what it lost."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from publishing import setwise
from publishing.db import connection, transaction
from publishing.deps import Deps
from publishing.transitions import lock_rows


async def renew_leases(deps: Deps, *, held: Sequence[tuple[UUID, int]]) -> set[UUID]:
    """Show that this worker lives; `held` are publications with their epochs.

    Returns:
        The publications whose claim still stands.
    """
    until = await deps.clock.now() + timedelta(seconds=deps.settings.lease_seconds)
    columns = {"id": "uuid", "fence": "integer", "lease_until": "timestamptz"}
    rows = [{"id": publication_id, "fence": epoch, "lease_until": until} for publication_id, epoch in held]
    async with transaction():
        await lock_rows([publication_id for publication_id, _ in held])
        found = await _renew(columns, rows)
    return {UUID(str(row["id"])) for row in found}


async def _renew(columns: setwise.Columns, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return await connection().execute_query_dict(
        f"UPDATE publication SET lease_until = v.lease_until FROM {setwise.recordset(columns)} "  # noqa: S608 - columns are ours
        "WHERE publication.id = v.id AND publication.epoch = v.fence AND publication.lease_until IS NOT NULL "
        "RETURNING publication.id AS id",
        [setwise.parameter(rows)],
    )
