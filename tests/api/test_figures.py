"""Each operation is counted once, by its type and by whose errors it has, and by nothing that a client chooses."""

from collections.abc import Iterator

import pytest

from api.figures import CLIENT_ERROR, SERVER_ERROR, SUCCESS, UNKNOWN
from publishing.figures import REGISTRY
from tests.api.door import Door, open_door

SERVER = "query Secret_name { server { version } }"
CANCEL = """mutation { cancelPublication(input: { publicationId: "pub_nothing" }) {
  publication { id } userErrors { code } } }"""
WATCH = 'subscription { publicationChanged(publicationId: "pub_nothing") { status } }'


def shown() -> dict[tuple[str, str], float]:
    """What is counted, by type and outcome."""
    return {
        (sample.labels["type"], sample.labels["outcome"]): sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
        if sample.name == "agm_graphql_operations_total"
    }


def timed() -> float:
    return REGISTRY.get_sample_value("agm_graphql_operation_duration_seconds_count") or 0


class Grown:
    """What was counted since."""

    def __init__(self) -> None:
        self._shown, self._timed = shown(), timed()

    def counts(self) -> dict[tuple[str, str], float]:
        grown = {key: count - self._shown[key] for key, count in shown().items()}
        return {key: count for key, count in grown.items() if count}

    def timed(self) -> float:
        return timed() - self._timed


@pytest.fixture
def grown() -> Iterator[Grown]:
    return Grown()


@pytest.mark.parametrize(
    ("document", "counted", "times"),
    [
        (SERVER, ("query", SUCCESS), 1),
        (CANCEL, ("mutation", SUCCESS), 1),  # its userErrors are data
        ("{ nothing }", ("query", CLIENT_ERROR), 1),
        ("mutation { nothing }", ("mutation", CLIENT_ERROR), 1),
        ("{ server {", (UNKNOWN, CLIENT_ERROR), 0),
        ("query A { server { version } } query B { server { version } }", ("query", CLIENT_ERROR), 1),
        ("", (UNKNOWN, CLIENT_ERROR), 0),
        (WATCH, ("subscription", CLIENT_ERROR), 0),  # not over a single answer
    ],
)
async def test_an_operation_counts_once(door: Door, grown: Grown, document: str, counted: tuple[str, str], times: int):
    await door.ask(document)

    assert grown.counts() == {counted: 1}
    assert grown.timed() == times


async def test_a_caller_without_a_key_is_a_clients_error(door: Door, grown: Grown):
    await door.ask("{ workspace { name } }", key="")
    await door.ask("{ workspace { name } }", key="agm_wrong")
    await door.post(content=b"{")

    assert grown.counts() == {("query", CLIENT_ERROR): 1, (UNKNOWN, CLIENT_ERROR): 2}


async def test_a_subscription_counts_at_its_end_and_takes_no_time(door: Door, grown: Grown):
    answer = await door.post({"query": WATCH}, headers={"accept": "text/event-stream"})

    assert "NOT_FOUND" in answer.text
    assert grown.counts() == {("subscription", CLIENT_ERROR): 1}
    assert grown.timed() == 0


async def test_a_fault_of_the_server_is_the_servers_error(sqlite_database_url, tmp_path, valkey_server, grown: Grown):
    async with open_door(data_dir=tmp_path, database_url=sqlite_database_url, redis_url=valkey_server.url) as door:
        await door.ask("{ workspace { name } }")
        from publishing.db import connection

        await connection().execute_query("ALTER TABLE connected_account RENAME TO elsewhere")
        answer = await door.ask("{ workspace { connectedAccounts(first: 1) { nodes { id } } } }")

    assert answer["errors"][0]["extensions"]["code"] in {"INTERNAL", "SERVICE_UNAVAILABLE"}
    assert grown.counts() == {("query", SUCCESS): 1, ("query", SERVER_ERROR): 1}


async def test_nothing_a_client_chooses_becomes_a_label(door: Door):
    await door.ask(SERVER)

    labels = [label for family in REGISTRY.collect() for sample in family.samples for label in sample.labels.values()]
    assert not any("Secret_name" in label or "ws_" in label for label in labels)
