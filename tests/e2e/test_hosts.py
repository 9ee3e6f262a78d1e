"""The product on seven hosts: stores, sandbox, two APIs, three workers, each with a data folder of its own."""

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from publishing import schema
from tests.api.subscriber import calling
from tests.support.dialect import forget_dialect
from tests.support.graphql import GraphQLClient
from tests.support.hosts import Hosts, running_hosts
from tests.support.journey import Channels, Journey, image
from tests.support.loopback import loopback
from tests.support.nursery import Nursery
from tests.support.postgres import postgres_on
from tests.support.programs import Program, until
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import new_api_key, new_keys
from tests.support.valkey import running_valkey

APIS, WORKERS = ("api1", "api2"), ("worker1", "worker2", "worker3")
HARSH = "p@ss/w:rd %?#"
PUBLICATIONS = 50
_ELSEWHERE = "sees another media folder"
CHECKS = "{ server { checks { name status message remedy } } }"
CHANGED = "subscription ($id: ID!) { publicationChanged(publicationId: $id) { id status } }"


@dataclass
class Site:
    """What runs where; the media folder is what a mount shows on every host."""

    hosts: Hosts
    folder: Path
    settings: dict[str, str]
    sandbox: Sandbox
    nursery: Nursery
    clients: dict[str, GraphQLClient] = field(default_factory=dict)
    running: dict[str, Program] = field(default_factory=dict)
    logs: itertools.count = field(default_factory=itertools.count)

    def start(self, name: str, **settings: str) -> Program:
        host, data = self.hosts[name], self.folder / name
        variables = {"AGM_HOST": host.address, "AGM_PORT": "8000", "AGM_DATA_DIR": str(data / "agm")}
        data.mkdir(exist_ok=True)
        self.running[name] = self.nursery.start(
            name,
            (name[:-1],),
            log=self.folder / f"{next(self.logs)}-{name}.log",
            environment={**self.settings, **variables, **settings},
            network=host.network,
        )
        return self.running[name]

    def url(self, api: str) -> str:
        return f"http://{self.hosts[api].address}:8000"

    async def serves(self, api: str) -> None:
        async def ready() -> bool:
            assert self.running[api].is_running, self.running[api].tail()
            try:
                return (await self.clients[api].http.get("/readyz")).is_success
            except httpx.TransportError:
                return False

        await until(ready, what=f"{api}'s start")

    async def workplaces(self, status: str, *, apart: int = 0) -> dict[str, str]:
        """Wait until the check of the workers' workplaces says this, of all, and of so many a media folder of its own.

        Of workers that begin together more may say so at first: each left a mark, and the last one's stays.
        """
        found: dict[str, Any] = {}

        async def said() -> bool:
            await asyncio.sleep(0.3)  # a look costs a process as much as a publication does
            checks = (await self.clients["api1"](CHECKS))["server"]["checks"]
            found.update({check["name"]: check for check in checks})
            three = found["workers.living"]["message"].startswith("3 ")
            place = found["workers.workplace"]
            return three and (place["status"], place["message"].count(_ELSEWHERE)) == (status, apart)

        try:
            await until(said, what=f"the check saying {status}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {found}") from None
        return found["workers.workplace"]


@pytest.fixture
async def site(tmp_path: Path, nursery: Nursery, record_property: Any) -> AsyncIterator[Site]:
    async with AsyncExitStack() as held:
        hosts = held.enter_context(running_hosts("stores", "sandbox", *APIS, *WORKERS))
        record_property("ran on", hosts.form)
        database_url = held.enter_context(postgres_on(hosts["stores"], password=HARSH))
        redis = held.enter_context(running_valkey(hosts["stores"], HARSH))
        sandbox = await held.enter_async_context(running_sandbox(tmp_path, hosts["sandbox"]))
        forget_dialect()
        await schema.upgrade(database_url)
        settings = {
            "AGM_DEV": "1",
            "AGM_DATABASE_URL": database_url,
            "AGM_REDIS_URL": redis.url,
            "AGM_SANDBOX_URL": sandbox.url,
            "AGM_STORAGE_URL": f"file://{tmp_path / 'mount'}",
            "AGM_PUBLIC_URL": f"http://{hosts['api1'].address}:8000",
            "AGM_ALLOW_PRIVATE_URLS": hosts.cidr,
            "AGM_SWEEP_SECONDS": "0.5",
            "AGM_LEASE_SECONDS": "2",
            "AGM_PLATFORM_TIMEOUT_SECONDS": "1",
            "AGM_SETTLE_SECONDS": "2",
            "AGM_RECONCILE_SECONDS": "0.2,1,2",
            **new_keys(),
        }
        key = await new_api_key(database_url, settings["AGM_SECRET_KEYS"])
        site = Site(hosts, tmp_path, settings, sandbox, nursery)
        for api in APIS:
            http = await held.enter_async_context(loopback(base_url=site.url(api), timeout=30))
            site.clients[api] = GraphQLClient(http, key)
        yield site
        for program in site.running.values():
            program.kill()


@pytest.mark.timeout(180)
async def test_two_apis_and_three_workers_on_hosts_of_their_own_publish_exactly_once(site: Site):
    for name in (*APIS, "worker1", "worker2"):
        site.start(name)
    site.start("worker3", AGM_STORAGE_URL="")  # its own data folder, as without a mount
    for api in APIS:
        await site.serves(api)
    apart = await site.workplaces("FAIL", apart=1)
    assert f".{site.running['worker3'].process.pid} {_ELSEWHERE}" in apart["message"], apart
    assert "AGM_STORAGE_URL" in apart["remedy"]
    assert await site.running["worker3"].stop() == 0
    site.start("worker3")
    await site.workplaces("PASS")

    shops = await open_shops(site)
    watched = await site_accepts(site, "api2", shops[0], "Seen from the other API")
    async with calling(site.url("api1")) as subscriber:
        await subscriber.enter(site.clients["api1"].api_key)
        await subscriber.subscribe(CHANGED, id=watched)
        seen = []
        while "PUBLISHED" not in seen:
            seen.append((await subscriber.hear())["payload"]["data"]["publicationChanged"]["status"])

    await site.sandbox.add_fault("POST /feed", "slow", next_calls=4, seconds=0.4)
    ids = await publish_while_hosts_die(site, shops)
    await until(lambda: _all_public(site), what="the last of them in public")
    journey = Journey(site.clients["api1"])
    outcomes = [await journey.outcome(publication_id) for publication_id in ids]

    assert [found["status"] for found in outcomes] == ["PUBLISHED"] * PUBLICATIONS
    public = [entry["text"] for entry in await site.sandbox.ledger()]
    assert sorted(public) == sorted(["Seen from the other API", *map(text_of, range(PUBLICATIONS))])


async def open_shops(site: Site) -> list[Channels]:
    persona = "many:10"
    journey = Journey(site.clients["api2"])
    await site.sandbox.change_settings(persona=persona)
    account = await journey.connect(persona)
    return await journey.choose_all(account, (await site.sandbox.personas())["people"][persona]["pages"])


async def publish_while_hosts_die(site: Site, shops: list[Channels]) -> list[str]:
    """Publish through both APIs by turns; one of them and one worker die in the middle, and callers ask again."""
    ids = []
    for number in range(PUBLICATIONS):
        if number == PUBLICATIONS // 3:
            await until(lambda: _called(site), what="a call")
            site.running["worker1"].kill()
        if number == PUBLICATIONS // 2:
            asking = asyncio.create_task(accepted(site, "api2", shops, number))
            await asyncio.sleep(0)
            site.running["api2"].ask(signal.SIGKILL)
            ids.append(await asking)
        else:
            ids.append(await accepted(site, APIS[number % 2], shops, number))
    assert not site.running["api2"].is_running
    return ids


async def accepted(site: Site, api: str, shops: list[Channels], number: int) -> str:
    """Publish; a caller whose API does not answer asks the other one, with the same idempotency key."""
    shop = shops[number % len(shops)]
    try:
        return await site_accepts(site, api, shop, text_of(number), picture=number % 5 == 0)
    except httpx.TransportError:
        return await site_accepts(site, "api1", shop, text_of(number), picture=number % 5 == 0)


async def site_accepts(site: Site, api: str, shop: Channels, text: str, *, picture: bool = False) -> str:
    journey, key = Journey(site.clients[api]), f"the key of {text}"
    if not picture:
        return await journey.accepted("facebook", shop.facebook, text=text, idempotencyKey=key)
    media = [image(f"{site.sandbox.url}/samples/host.jpg?width=400&height=400")]
    return await journey.accepted("instagram", shop.instagram, caption=text, media=media, idempotencyKey=key)


def text_of(number: int) -> str:
    return f"Publication {number}"


async def _all_public(site: Site) -> bool:
    await asyncio.sleep(0.3)
    return len(await site.sandbox.ledger()) > PUBLICATIONS


async def _called(site: Site) -> bool:
    return bool(await site.sandbox.calls(endpoint="POST /feed"))
