"""Bad days of Redis and of the database: nothing is lost, nothing is half-written, work goes on by the sweep."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import Town
from tests.support.journey import PUBLISH, image
from tests.support.programs import until
from tests.support.proxy import Proxy, running_proxy
from tests.support.rows import count_rows
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack
from tests.support.valkey import ValkeyServer

TABLES = ("post", "publication", "transition", "event", "idempotency_key")
OwnTown = Callable[..., Awaitable[Town]]


@pytest.fixture
async def redis_town(
    make_stack: Callable[..., Awaitable[Stack]], own_valkey: ValkeyServer, sandbox: Sandbox
) -> tuple[Town, ValkeyServer]:
    """A town whose Redis the test may kill."""
    stack = await make_stack(redis_url=own_valkey.url, sweep_seconds=1, lease_seconds=2, platform_timeout_seconds=1)
    await stack.start_api()
    await stack.start_worker()
    town = Town(stack, sandbox)
    await town.open_shops(4)
    return town, own_valkey


async def test_without_redis_mutations_work_and_the_sweep_publishes(redis_town: tuple[Town, ValkeyServer]):
    town, valkey = redis_town
    shop = town.shop()
    valkey.kill()

    ready = await town.journey.client.http.get("/readyz")
    media = [image(town.picture("without-redis"))]
    ids = [
        await town.journey.accepted("facebook", shop.facebook, text="Without Redis"),
        await town.journey.accepted("instagram", shop.instagram, caption="Without Redis", media=media),
    ]
    found = [await town.journey.outcome(publication_id) for publication_id in ids]

    assert ready.status_code == 503
    assert [one["status"] for one in found] == ["PUBLISHED", "PUBLISHED"]
    for platform in ("facebook", "instagram"):
        assert [entry["text"] for entry in await town.public(shop, platform)] == ["Without Redis"]


async def test_a_redis_that_comes_back_is_used_again(redis_town: tuple[Town, ValkeyServer]):
    town, valkey = redis_town
    shop = town.shop()
    valkey.kill()
    await town.journey.accepted("facebook", shop.facebook, text="Meanwhile")
    valkey.start()

    async def is_ready() -> bool:
        return (await town.journey.client.http.get("/readyz")).status_code == 200

    await until(is_ready, what="readiness")
    found = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text="Afterwards"))

    assert found["status"] == "PUBLISHED"
    assert sorted(entry["text"] for entry in await town.public(shop, "facebook")) == ["Afterwards", "Meanwhile"]


async def test_a_flushed_redis_loses_nothing(redis_town: tuple[Town, ValkeyServer]):
    town, valkey = redis_town
    shops = [town.shop() for _ in range(3)]
    town.stack.kill_worker()
    ids = [await town.journey.accepted("facebook", shop.facebook, text="Flushed") for shop in shops]
    valkey.flush()

    await town.stack.start_worker()
    found = [await town.journey.outcome(publication_id) for publication_id in ids]

    assert [one["status"] for one in found] == ["PUBLISHED"] * 3
    for shop in shops:
        assert len(await town.public(shop, "facebook")) == 1


async def test_a_sign_in_works_without_redis(redis_town: tuple[Town, ValkeyServer]):
    town, valkey = redis_town
    valkey.kill()

    account = await town.journey.connect("solo")

    assert account["accountName"] == "Sam Solo"


@pytest.fixture
async def cut_town(
    make_stack: Callable[..., Awaitable[Stack]], postgres_database_url: str, sandbox: Sandbox
) -> AsyncIterator[tuple[Town, Proxy]]:
    """A town whose way to PostgreSQL the test may cut."""
    address = urlsplit(postgres_database_url)
    async with running_proxy(address.hostname or "", address.port or 0) as proxy:
        way = address._replace(netloc=f"postgres@127.0.0.1:{proxy.port}").geturl()
        stack = await make_stack(database_url=way, sweep_seconds=1, lease_seconds=20, platform_timeout_seconds=5)
        await stack.start_api()
        await stack.start_worker()
        town = Town(stack, sandbox)
        await town.open_shops(1)
        yield town, proxy


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_without_its_database_a_mutation_fails_cleanly_and_writes_nothing(
    cut_town: tuple[Town, Proxy], postgres_database_url: str
):
    town, proxy = cut_town
    shop = town.shop()
    content = {"text": "Into the dark", "idempotencyKey": "into-the-dark"}
    document = PUBLISH % ("Facebook", "Facebook")
    before = await _counts(postgres_database_url)

    await proxy.shut()
    answers = [
        await town.journey.client.send(document, input={"channelId": shop.facebook, **content}) for _ in range(3)
    ]
    ready = await town.journey.client.http.get("/readyz")
    after = await _counts(postgres_database_url)
    await proxy.let_through()
    found = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, **content))

    for answer in answers:
        assert answer["data"] in (None, {"publishToFacebook": None})
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
        assert str(proxy.port) not in str(answer)
    assert ready.status_code == 503
    assert after == before
    assert found["status"] == "PUBLISHED"
    assert [entry["text"] for entry in await town.public(shop, "facebook")] == ["Into the dark"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_an_answer_that_comes_while_the_database_is_away_is_recorded_later(cut_town: tuple[Town, Proxy]):
    town, proxy = cut_town
    shop = town.shop()
    await town.sandbox.add_fault("POST /feed", "slow", account=shop.page_id, seconds=1)
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Answered into the dark")

    async def called() -> bool:
        return bool(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id))

    async def answered() -> bool:
        return bool(await town.public(shop, "facebook"))

    async def noticed() -> bool:
        return "not_recorded" in town.stack.worker.said()

    await until(called, what="the call")
    await proxy.shut()
    await until(answered, what="the post")
    await until(noticed, what="the closed door")
    await proxy.let_through()
    found = await town.journey.outcome(publication_id)

    assert found["status"] == "PUBLISHED"
    assert town.stack.worker.is_running
    assert len(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id)) == 1
    assert len(await town.public(shop, "facebook")) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_locked_sqlite_file_fails_cleanly(own_town: OwnTown, database_url: str):
    town = await own_town()
    shop = town.shop()
    before = await _counts(database_url)
    lock = sqlite3.connect(database_url.removeprefix("sqlite://"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        answer = await town.journey.client.send(
            PUBLISH % ("Facebook", "Facebook"), input={"channelId": shop.facebook, "text": "Locked out"}
        )
    finally:
        lock.execute("ROLLBACK")
        lock.close()

    assert answer["data"] == {"publishToFacebook": None}
    assert answer["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert await _counts(database_url) == before


async def _counts(database_url: str) -> dict[str, int]:
    return {table: await count_rows(database_url, table) for table in TABLES}
