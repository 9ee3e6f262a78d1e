"""Publications in chosen states, as statements whose cost is what they give, however much was published before.

Asked for several states with IN, either database would read all that ever was in them, and sort it to find the newest.
So of each state a page is read, in the order of the index `publication_at_rest`, and the newest of those are the page.
What a worker is busy with is not in that index: it is little, on the whole server, and read whole.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from publishing import setwise
from publishing.db import is_postgres
from publishing.lifecycle import LEASED, Status, listed
from publishing.lists import Window

Statement = tuple[str, list[Any]]
"""SQL with its parameters."""
_FIRST, _LAST = UUID(int=0), UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list of a workspace; None leaves a part open. `scheduled_until` is exclusive."""

    workspace_id: UUID
    statuses: Collection[Status]
    scheduled_since: datetime | None = None
    scheduled_until: datetime | None = None


def page_of_statuses(wanted: Wanted, window: Window, *, columns: str) -> Statement:
    """Select columns of the part of the list that a window shows."""
    way = "DESC" if window.descending else "ASC"
    cut = f"ORDER BY status {way}, id {way} LIMIT {window.rows}"
    lists, values = _lists(wanted, window.above or _FIRST, window.below or _LAST, cut)
    statement = f"""{_BUSY} SELECT {columns} FROM publication WHERE id IN (
            SELECT id FROM ({lists}) AS found ORDER BY id {way} LIMIT {window.rows}) ORDER BY id {way}"""  # noqa: S608 - names are ours
    return statement, values


def count_of_statuses(wanted: Wanted) -> Statement:
    """Count the list, as `total`."""
    lists, values = _lists(wanted, _FIRST, _LAST)
    return f"{_BUSY} SELECT COUNT(*) AS total FROM ({lists}) AS found", values  # noqa: S608 - names are ours


_BUSY = f"""WITH busy AS MATERIALIZED (
    SELECT id, workspace_id, status, scheduled_at FROM publication WHERE status IN ({listed(LEASED)}))"""  # noqa: S608 - names are ours
_AT_REST = f"publication WHERE status NOT IN ({listed(LEASED)}) AND"
"""In the words of the index, without which SQLite would not use it."""


def _lists(wanted: Wanted, above: UUID, below: UUID, cut: str = "") -> Statement:
    conditions, values = _conditions(wanted, above, below)
    sources = {status: "busy WHERE" if status in LEASED else _AT_REST for status in Status if status in wanted.statuses}
    lists = (
        f"SELECT id FROM (SELECT id FROM {source} {conditions.format(status=status.value)} {cut}) AS of_{status.value}"  # noqa: S608 - as above
        for status, source in sources.items()
    )
    return " UNION ALL ".join(lists), values


def _conditions(wanted: Wanted, above: UUID, below: UUID) -> Statement:
    """Write what narrows the list of a `{status}`.

    That it is this state is said by bounds: with an equality PostgreSQL would know that the order is that of the ids,
    and might look for the state in the order of all ids there are.
    """
    values: list[Any] = [str(wanted.workspace_id), str(above), str(below)]
    texts = ["workspace_id = {0}1", "(status, id) > ('{{status}}', {0}2)", "(status, id) < ('{{status}}', {0}3)"]
    for text, moment in (("scheduled_at >=", wanted.scheduled_since), ("scheduled_at <", wanted.scheduled_until)):
        if moment is not None:
            values.append(setwise.moment(moment))
            texts.append(f"{text} {{0}}{len(values)}")
    return " AND ".join(texts).format("$" if is_postgres() else "?"), values
