"""What a worker and a request cost does not grow with what was published before.

Counted in steps of SQLite's machine, which are the same in every run; a time would say something of the machine.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from publishing import models, system
from publishing.db import connection
from publishing.deps import Deps
from publishing.ids import new_id
from publishing.lifecycle import Status
from publishing.posts import publish
from publishing.publications import (
    PublicationFilter,
    get_publications,
    histories_of,
    list_attempts,
    list_publications,
    publications_of_posts,
)
from publishing.records import PageRequest
from publishing.twins import twins_of
from tests.publishing.town import NOW, SECOND, Street, at, open_street

CHANNELS, BEFORE, TIMES = 5, 200, 10
GROWTH = 1.25
"""A tree over ten times as many rows is a level deeper."""
Use = Callable[[Deps, Street], Awaitable[object]]
USES: dict[str, Use] = {
    "sweep": lambda deps, street: system.sweep_publications(deps),
    "sweep of what died": lambda deps, street: _sweep_dead(street, at=deps),
    "claim of nothing": lambda deps, street: system.claim_due(deps, limit=200),
    "claim": lambda deps, street: _claim(street, at=deps),
    "looks": lambda deps, street: system.claim_unconfirmed(deps, limit=50),
    "follow-ups": lambda deps, street: system.claim_follow_ups(deps, limit=50),
    "checks": lambda deps, street: system.claim_checks(deps, limit=50),
    "erasures": lambda deps, street: system.claim_erasures(deps, limit=5),
    "revocations": lambda deps, street: system.claim_revocations(deps, limit=5),
    "what is held": lambda deps, street: system.resume_freed(deps, actor="system:sweeper", now=NOW),
    "twins": lambda deps, street: twins_of([channel.id for channel in street.channels]),
    "figures": lambda deps, street: system.read_figures(),
    "relay": lambda deps, street: system.number_events(),
    "publish": lambda deps, street: publish(deps, street.caller, street.request(f"Hello {new_id()}")),
    "list": lambda deps, street: _list(street),
    "list of states": lambda deps, street: _list(street, statuses=(Status.PUBLISHED, Status.FAILED)),
    "list of a channel": lambda deps, street: _list(street, channel_ids=(street.channels[0].id,)),
    "one": lambda deps, street: _one(street),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_published_before_costs_nothing_now(deps: Deps):
    street, now = await open_street(channels=CHANNELS), at(deps, NOW)
    await _publish_before(street, BEFORE)
    few = await _costs(now, street)
    await _publish_before(street, BEFORE * (TIMES - 1))
    many = await _costs(now, street)

    grown = {name: (few[name], many[name]) for name in USES if many[name] > GROWTH * few[name] + 50}
    assert grown == {}


async def _costs(deps: Deps, street: Street) -> dict[str, int]:
    return {name: await steps_of(partial(use, deps, street)) for name, use in USES.items()}


async def _publish_before(street: Street, count: int) -> None:
    """Write so many that are out, each with its history, long numbered."""
    await models.Publication.exclude(status=Status.PUBLISHED).update(status=Status.PUBLISHED, due_at=None)
    rows = await street.publish_all([(Status.PUBLISHED, number % CHANNELS) for number in range(count)])
    first = (await connection().execute_query_dict("SELECT COALESCE(MAX(position), 0) AS n FROM event"))[0]["n"]
    for number, row in enumerate(rows, start=first + 1):
        given = [str(new_id()), str(row.id)]
        await connection().execute_query(
            "INSERT INTO transition (id, publication_id, before, after, reason, actor, epoch, at)"
            " VALUES (?, ?, 'publishing', 'published', 'confirmed', 'system:worker', 1, ?)",
            [*given, str(NOW)],
        )
        await connection().execute_query(
            "INSERT INTO attempt (id, publication_id, workspace_id, number, epoch, step, request, outcome, started_at)"
            " VALUES (?, ?, ?, 1, 1, 'PUBLISH', 'POST /x', 'SUCCEEDED', ?)",
            [*given, str(street.workspace_id), str(NOW)],
        )
        await connection().execute_query(
            "INSERT INTO event (id, workspace_id, type, subject_id, position, occurred_at) VALUES (?, ?, ?, ?, ?, ?)",
            [given[0], str(street.workspace_id), "publication.changed", given[1], number, str(NOW)],
        )


async def steps_of(use: Callable[[], Awaitable[object]]) -> int:
    """Count the steps of SQLite's machine, in tens."""
    await use()  # what is made once is made
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    raw: Any = connection()
    await raw._connection.set_progress_handler(step, 10)
    try:
        await use()
    finally:
        await raw._connection.set_progress_handler(None, 10)
    return count


async def _claim(street: Street, *, at: Deps) -> None:
    rows = await street.publish_all([(Status.QUEUED, number) for number in range(CHANNELS)])
    assert (await system.claim_due(at, limit=200)).size == CHANNELS
    await _be_done(rows)


async def _sweep_dead(street: Street, *, at: Deps) -> None:
    rows = await street.publish_all(
        [(Status.PREPARING, number) for number in range(CHANNELS)], lease_until=NOW - SECOND
    )
    assert await system.sweep_publications(at) == CHANNELS
    await _be_done(rows)


async def _be_done(rows: list[models.Publication]) -> None:
    for row in rows:
        await models.Publication.filter(id=row.id).update(status=Status.PUBLISHED, lease_until=None, due_at=None)
    await system.number_events()


async def _list(street: Street, **narrowed: Any) -> None:
    page = await list_publications(
        workspace_id=street.workspace_id, page=PageRequest(first=20), filter=PublicationFilter(**narrowed)
    )
    assert len(page.items) == 20


async def _one(street: Street) -> None:
    rows = await list_publications(
        workspace_id=street.workspace_id, page=PageRequest(first=1), filter=PublicationFilter()
    )
    [row] = rows.items
    ids = {"workspace_id": street.workspace_id, "publication_ids": [row.id]}
    assert await get_publications(workspace_id=street.workspace_id, ids=[row.id])
    await histories_of(**ids)
    await list_attempts(workspace_id=street.workspace_id, publication_id=row.id, page=PageRequest(first=20))
    await publications_of_posts(workspace_id=street.workspace_id, post_ids=[new_id()])
