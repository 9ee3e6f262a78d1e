"""Lists of publications in chosen states: they give what a plain filter gives, and cost what they give."""

import json
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from publishing import models
from publishing.db import connection, is_postgres
from publishing.lifecycle import Status
from publishing.lists import DEFAULT_SIZE, window_of
from publishing.publications import PublicationFilter, count_publications, list_publications
from publishing.records import PageRequest, Publication
from publishing.status_lists import Wanted, page_of_statuses
from tests.publishing.test_history import steps_of
from tests.publishing.town import NOW, Street, open_street

S = Status
RARE, LONG = 30, 3_000
CHOICES: dict[str, tuple[Status, ...]] = {
    "what ended long ago": (S.FAILED,),
    "several that ended long ago": (S.FAILED, S.CANCELED, S.NEEDS_ATTENTION),
    "the usual end": (S.PUBLISHED,),
    "the usual end and others": (S.PUBLISHED, S.FAILED, S.CANCELED, S.DELETED),
    "what is to come": (S.PENDING, S.SCHEDULED, S.QUEUED, S.RETRYING, S.HELD),
    "what a worker has": (S.PREPARING, S.PUBLISHING),
    "all that is under way": (S.QUEUED, S.PREPARING, S.PROCESSING, S.PUBLISHING, S.UNCONFIRMED, S.RETRYING),
    "none there": (S.DELETED,),
    "all": tuple(S),
}


async def a_few_of_each(street: Street, count: int = RARE) -> None:
    """Put some into every state but DELETED; of those with a worker one each, on channels of their own."""
    plenty = [status for status in S if status not in {S.PREPARING, S.PUBLISHING, S.DELETED}]
    await street.publish_all([(status, 0) for _ in range(count) for status in plenty])
    await street.publish_all([(S.PREPARING, 1), (S.PUBLISHING, 2)])


@pytest.fixture
async def street(database: str) -> Street:
    return await open_street(channels=3)


async def pages(
    street: Street, chosen: PublicationFilter, *, size: int, backwards: bool
) -> AsyncIterator[tuple[Publication, ...]]:
    """Turn all pages of a list, from its start or from its end."""
    request = PageRequest(last=size) if backwards else PageRequest(first=size)
    while True:
        page = await list_publications(workspace_id=street.workspace_id, page=request, filter=chosen)
        yield page.items
        if not (page.has_previous if backwards else page.has_next):
            return
        edge = page.items[0 if backwards else -1].id
        request = PageRequest(last=size, before=edge) if backwards else PageRequest(first=size, after=edge)


@pytest.mark.parametrize("backwards", [False, True], ids=["from the start", "from the end"])
async def test_all_pages_together_are_what_is_in_the_states(street: Street, backwards: bool):
    other, chance = await open_street(channels=3, name="Other"), random.Random(14)
    for one in (street, other):
        await a_few_of_each(one, 3)
    for _ in range(12):
        statuses = tuple(chance.choices([*S], k=chance.randint(1, 6)))  # the same may be named twice
        expected = sorted(
            await models.Publication.filter(workspace_id=street.workspace_id, status__in=list(statuses)).values_list(
                "id", flat=True
            ),
            reverse=not backwards,
        )
        chosen = PublicationFilter(statuses=statuses)

        found: list[UUID] = []
        async for items in pages(street, chosen, size=chance.randint(1, 7), backwards=backwards):
            found += [item.id for item in (reversed(items) if backwards else items)]

        assert found == expected, statuses
        assert await count_publications(workspace_id=street.workspace_id, filter=chosen) == len(expected)


async def test_a_time_narrows_them_too(street: Street):
    times = [NOW + timedelta(hours=number) for number in range(6)]
    rows = [await street.publish(S.SCHEDULED, scheduled_at=time) for time in times]
    await street.publish(S.PREPARING, channel=1, scheduled_at=times[2])
    await street.publish(S.PREPARING, channel=2, scheduled_at=times[5])
    chosen = PublicationFilter(statuses=(S.SCHEDULED, S.PREPARING), scheduled_since=times[1], scheduled_until=times[4])

    page = await list_publications(workspace_id=street.workspace_id, page=PageRequest(), filter=chosen)

    assert {item.scheduled_at for item in page.items} == set(times[1:4])
    assert len(page.items) == await count_publications(workspace_id=street.workspace_id, filter=chosen) == 4
    alone = replace(chosen, statuses=(S.SCHEDULED,), post_id=rows[2].post_id)
    only = await list_publications(workspace_id=street.workspace_id, page=PageRequest(), filter=alone)
    assert [item.id for item in only.items] == [rows[2].id]


async def test_no_state_is_nothing(street: Street):
    await a_few_of_each(street, 1)
    chosen = PublicationFilter(statuses=())

    page = await list_publications(workspace_id=street.workspace_id, page=PageRequest(), filter=chosen)

    assert (page.items, await count_publications(workspace_id=street.workspace_id, filter=chosen)) == ((), 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("usual", [S.PUBLISHED, S.FAILED, S.SCHEDULED], ids=str)
async def test_on_sqlite_a_page_costs_what_it_holds(street: Street, usual: Status):
    other = await open_street(channels=3, name="Other")
    await a_few_of_each(street)
    middle = (await models.Publication.filter(workspace_id=street.workspace_id).order_by("id").offset(RARE * 5))[0].id
    requests = (PageRequest(first=20), PageRequest(first=20, after=middle), PageRequest(last=20, before=middle))
    asked = [(name, request) for name in CHOICES for request in requests]

    async def costs() -> dict[str, int]:
        return {
            f"{name}, {request}": await steps_of(partial(_page, street, CHOICES[name], request))
            for name, request in asked
        }

    few = await costs()
    for one in (street, other):
        await one.publish_all([(usual, 0)] * LONG)
    many = await costs()

    assert {name: (few[name], many[name]) for name in few if many[name] > 1.25 * few[name] + 50} == {}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("usual", [S.PUBLISHED, S.FAILED, S.SCHEDULED], ids=str)
@pytest.mark.parametrize("choice", CHOICES)
async def test_on_postgres_a_page_reads_what_it_holds(street: Street, usual: Status, choice: str):
    assert is_postgres()
    other = await open_street(channels=3, name="Other")
    await a_few_of_each(street)
    for one in (street, other):
        await one.publish_all([(usual, 0)] * LONG)
    await connection().execute_script("ANALYZE publication")  # no VACUUM: what was just written is the hardest
    wanted = Wanted(street.workspace_id, CHOICES[choice])

    read = await _read_rows(page_of_statuses(wanted, window_of(PageRequest(), newest_first=True), columns='"id"'))

    pages, with_workers = len(wanted.statuses) + 1, 2
    assert read <= pages * (DEFAULT_SIZE + 1) + with_workers, (
        "a page of each state, and of these the page that is shown"
    )


async def _page(street: Street, statuses: Sequence[Status], request: PageRequest) -> object:
    chosen = PublicationFilter(statuses=tuple(statuses))
    return await list_publications(workspace_id=street.workspace_id, page=request, filter=chosen)


async def _read_rows(statement: tuple[str, list[Any]]) -> int:
    """Count the rows that PostgreSQL took from tables and indexes, those it then threw away as well."""
    sql, values = statement
    [row] = await connection().execute_query_dict(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
    told = next(iter(row.values()))
    [plan] = json.loads(told) if isinstance(told, str) else told
    return _rows_of(plan["Plan"])


def _rows_of(node: dict[str, Any]) -> int:
    inner = sum(_rows_of(one) for one in node.get("Plans", []))
    if not node["Node Type"].endswith("Scan") or "Relation Name" not in node:
        return inner
    thrown = sum(value for name, value in node.items() if name.startswith("Rows Removed"))
    return inner + round((node["Actual Rows"] + thrown) * node["Actual Loops"])
