"""When a publication and what follows it are tried next, wherever they are shown, while their channel rests.

It is told by the reads that find them.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.context import Context
from api.loaders import Loaders
from api.schema import schema
from platforms.following import Task
from publishing import models
from publishing.db import connection
from publishing.ids import Kind, public_id
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.planning import follow_up
from tests.api.door import Door, open_door
from tests.publishing.town import NOW, Street, open_street

REST = NOW + timedelta(minutes=5)
LATER = NOW + timedelta(minutes=9)
FIELDS = "id nextAttemptAt"
FOLLOWED = "followUps { nextAttemptAt }"
LIST = f"{{ workspace {{ publications(first: 100) {{ nodes {{ {FIELDS} }} }} }} }}"


class House:
    """A door, and a workspace behind it with a channel that rests, one whose rest is over, and one that never did."""

    def __init__(self, door: Door, street: Street, key: str) -> None:
        self.door, self.street, self._key = door, street, key

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        answer = await self.door.ask(document, key=self._key, **variables)
        assert "errors" not in answer
        return answer["data"]


@pytest.fixture
async def house(database_url: str, valkey_url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with open_door(
        data_dir=tmp_path, database_url=database_url, redis_url=valkey_url, sandbox_url="http://127.0.0.1:9"
    ) as door:
        street = await open_street(3, name="Street")
        for channel, until in zip(street.channels, (REST, NOW - timedelta(minutes=1)), strict=False):
            await models.Channel.filter(id=channel.id).update(rests_until=until)
        yield House(door, street, await door.new_key(workspace="Street"))


def shown(row: models.Publication, planned: datetime | None) -> dict[str, str | None]:
    return {"id": public_id(Kind.PUBLICATION, row.id), "nextAttemptAt": planned and f"{planned:%Y-%m-%dT%H:%M:%SZ}"}


async def plan(rows: list[models.Publication]) -> None:
    """Have each deleted, as soon as that can be."""
    asked = [follow_up(row.id, row.workspace_id, Task.DELETE, "key_test", NOW) for row in rows]
    await models.FollowUp.bulk_create([models.FollowUp(**one) for one in asked])


async def test_a_list_tells_the_later_of_a_publications_time_and_its_channels_rest(house: House):
    waiting = sorted(CLAIMABLE)
    rows = await house.street.publish_all([(status, channel) for status in waiting for channel in range(3)])
    late = await house.street.publish(Status.SCHEDULED, due_at=LATER)
    over = await house.street.publish(Status.PUBLISHED, due_at=None)

    found = (await house.ask(LIST))["workspace"]["publications"]["nodes"]

    wanted = [*([REST, NOW, NOW] * len(waiting)), LATER, None]
    assert found[::-1] == [shown(row, planned) for row, planned in zip([*rows, late, over], wanted, strict=True)]


async def test_one_publication_and_those_of_a_post_tell_the_same(house: House):
    row = await house.street.publish(Status.RETRYING)
    ids = {"id": public_id(Kind.PUBLICATION, row.id), "post": public_id(Kind.POST, row.post_id)}

    one = await house.ask(
        f"query ($id: ID!, $post: ID!) {{ publication(id: $id) {{ {FIELDS} }}"
        f" post(by: {{ id: $post }}) {{ publications {{ {FIELDS} }} }} }}",
        **ids,
    )

    assert one == {"publication": shown(row, REST), "post": {"publications": [shown(row, REST)]}}


async def test_a_subscription_tells_it(house: House):
    row = await house.street.publish(Status.RETRYING)
    door, nothing = house.door, None
    context = Context(door.deps, door.hub, "test", nothing, known=house.street.caller)  # type: ignore[arg-type]
    context.loaders = Loaders(context, keep=False)
    document = f"subscription ($id: ID!) {{ publicationChanged(publicationId: $id) {{ {FIELDS} }} }}"

    id_ = public_id(Kind.PUBLICATION, row.id)
    results: Any = await schema.stream(document, variable_values={"id": id_}, context_value=context)
    first = await anext(results)
    await results.aclose()

    assert first.data == {"publicationChanged": shown(row, REST)}


async def test_what_a_mutation_answers_tells_it(house: House):
    """A post that is accepted, one that is tried again, and one that a person says is not out."""
    channel = house.street.channels[0]
    until = (await house.door.deps.clock.now() + timedelta(days=1)).replace(microsecond=0)
    await models.Channel.filter(id=channel.id).update(rests_until=until)
    failed = await house.street.publish(Status.FAILED)
    unknown = await house.street.publish(Status.NEEDS_ATTENTION, reason=Reason.OUTCOME_UNKNOWN)
    answer = f"{{ publication {{ {FIELDS} }} }}"

    done = await house.ask(
        f"""mutation ($channel: ID!, $failed: ID!, $unknown: ID!) {{
            new: publishToFacebook(input: {{ channelId: $channel, text: "Hello", idempotencyKey: "k" }}) {answer}
            same: publishToFacebook(input: {{ channelId: $channel, text: "Hello", idempotencyKey: "k" }}) {answer}
            again: retryPublication(input: {{ publicationId: $failed }}) {answer}
            unsent: resolvePublication(input: {{ publicationId: $unknown, outcome: {{ notPublished: true }} }}) {answer}
        }}""",
        channel=public_id(Kind.CHANNEL, channel.id),
        failed=public_id(Kind.PUBLICATION, failed.id),
        unknown=public_id(Kind.PUBLICATION, unknown.id),
    )

    assert done["again"]["publication"] == shown(failed, until)
    assert done["unsent"]["publication"] == shown(unknown, until)
    assert done["new"]["publication"]["nextAttemptAt"] == shown(failed, until)["nextAttemptAt"]
    assert done["new"] == done["same"]


async def test_what_is_done_after_its_call_is_told_likewise(house: House):
    rows = await house.street.publish_all([(Status.PUBLISHED, channel) for channel in range(3)])
    await plan(rows)

    found = (await house.ask(LIST.replace(FIELDS, FOLLOWED)))["workspace"]["publications"]["nodes"]

    planned = [shown(row, when)["nextAttemptAt"] for row, when in zip(rows, (REST, NOW, NOW), strict=True)]
    assert [one["followUps"] for one in found[::-1]] == [[{"nextAttemptAt": one}] for one in planned]


@pytest.mark.parametrize(("fields", "reads"), [(FIELDS, 1), (FOLLOWED, 2)])
async def test_rests_are_read_with_the_rows(house: House, monkeypatch: pytest.MonkeyPatch, fields: str, reads: int):
    asked = list[str]()
    kind = type(connection())
    execute = kind.execute_query

    async def counted(self: Any, query: str, *given: Any) -> Any:
        asked.append(query)
        return await execute(self, query, *given)

    monkeypatch.setattr(kind, "execute_query", counted)
    statements = {}
    for number in (1, 20):
        await plan(await house.street.publish_all([(Status.RETRYING, place % 3) for place in range(number)]))
        for wanted in (fields.replace("nextAttemptAt", "status"), fields):
            asked.clear()
            await house.ask(LIST.replace(FIELDS, wanted))
            statements[number, wanted] = len(
                [query for query in asked if "publication" in query or "rests_until" in query]
            )

    assert set(statements.values()) == {reads}
