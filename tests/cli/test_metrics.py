"""The figures' port: one page, which no scrape, path or database that is away can break."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families

from cli import metrics
from cli.failures import CommandError
from cli.metrics import FiguresApp, Read, figures_port, showing_figures
from publishing.db import open_database
from publishing.settings import Settings, SettingsError, load_settings
from publishing.system import read_figures
from tests.support.loopback import loopback
from tests.support.proxy import running_proxy


class Database:
    """A database that answers, is away, or says nothing."""

    def __init__(self) -> None:
        self.asked = 0
        self.away: Exception | None = None
        self.began, self.free = asyncio.Event(), asyncio.Event()
        self.free.set()

    async def read(self) -> Sequence[Any]:
        self.asked += 1
        self.began.set()
        await self.free.wait()
        if self.away:
            raise self.away
        return [GaugeMetricFamily("agm_from_database", "Asked.", value=7)]


@asynccontextmanager
async def scraping(read: Read | None) -> AsyncIterator[httpx.AsyncClient]:
    app: Any = FiguresApp(read)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://figures") as http:
        yield http


def samples(text: str) -> dict[str, float]:
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {sample.name: sample.value for sample in found}


@pytest.fixture
def database() -> Database:
    return Database()


async def test_a_process_shows_its_own_figures_and_those_of_the_database(database: Database):
    async with scraping(database.read) as api, scraping(None) as worker:
        of_api, of_worker = samples((await api.get("/metrics")).text), samples((await worker.get("/metrics")).text)

    assert of_api["agm_from_database"] == 7
    assert {"agm_publications_total", "process_cpu_seconds_total", "agm_scrape_errors_total"} <= of_api.keys()
    assert "agm_publications_total" in of_worker
    assert not {"agm_from_database", "agm_scrape_errors_total"} & of_worker.keys()


async def test_without_the_database_the_rest_is_shown_and_the_gap_is_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    async with scraping(database.read) as http:
        before = samples((await http.get("/metrics")).text)["agm_scrape_errors_total"]
        database.away = OSError("postgresql://user:a-password@host")
        away = await http.get("/metrics")
        monkeypatch.setattr(metrics, "_PATIENCE_SECONDS", 0.01)
        database.free.clear()
        silent = samples((await http.get("/metrics")).text)
        database.free.set()
        database.away = None
        back = samples((await http.get("/metrics")).text)

    shown = samples(away.text)
    assert away.status_code == 200
    assert "a-password" not in away.text
    assert not {"agm_from_database"} & (shown.keys() | silent.keys())
    assert shown["agm_scrape_errors_total"] == before + 1
    assert silent["agm_scrape_errors_total"] == before + 2
    assert (back["agm_from_database"], back["agm_scrape_errors_total"]) == (7, before + 2)
    assert {"agm_publications_total"} <= silent.keys()


async def test_a_database_that_goes_away_leaves_the_scrape_and_comes_back(postgres_database_url: str):
    place = urlsplit(postgres_database_url)
    assert place.hostname
    assert place.port
    async with running_proxy(place.hostname, place.port) as proxy:
        through = place._replace(netloc=place.netloc.replace(str(place.port), str(proxy.port))).geturl()
        async with open_database(through), scraping(read_figures) as http:
            there = await http.get("/metrics")
            await proxy.shut()
            away = await http.get("/metrics")
            await proxy.let_through()
            back = await http.get("/metrics")

    assert ["agm_queue_jobs" in answer.text for answer in (there, away, back)] == [True, False, True]
    assert ["agm_publications_total" in answer.text for answer in (there, away, back)] == [True] * 3


async def test_scrapes_at_once_ask_the_database_once(database: Database):
    database.free.clear()
    async with scraping(database.read) as http:
        scrapes = [asyncio.create_task(http.get("/metrics")) for _ in range(50)]
        await database.began.wait()
        first = scrapes.pop()
        first.cancel()  # whoever gives up takes nothing from the others
        database.free.set()
        answers = [await scrape for scrape in scrapes]
        asked = database.asked
        await http.get("/metrics")

    assert asked == 1
    assert {samples(answer.text)["agm_from_database"] for answer in answers} == {7}
    assert database.asked == 2


@pytest.mark.parametrize("path", ["/", "/metrics/", "/metrics/../etc/passwd", "//metrics", "/%00", "/" + "a" * 5000])
async def test_every_other_path_leads_nowhere(path: str, database: Database):
    async with scraping(database.read) as http:
        answer = await http.get(f"http://figures{path}")

    assert answer.status_code == 404
    assert path not in answer.text or path == "/"
    assert database.asked == 0


async def test_figures_are_read_only_and_any_wish_for_a_format_gets_one(database: Database):
    async with scraping(database.read) as http:
        refused = {method: (await http.request(method, "/metrics")).status_code for method in ("POST", "PUT", "DELETE")}
        kinds = {
            wish: (await http.get("/metrics?name[]=x", headers={"accept": wish})).headers["content-type"]
            for wish in ("*/*", "application/openmetrics-text;version=1.0.0", "text/plain;version=x.y", ";;;,,\t")
        }

    assert set(refused.values()) == {405}
    openmetrics = kinds.pop("application/openmetrics-text;version=1.0.0")
    assert openmetrics.startswith("application/openmetrics-text; version=1.0.0")
    assert {kind.partition(";")[0] for kind in kinds.values()} == {"text/plain"}


async def test_they_are_shown_over_a_socket_and_no_longer_than_wanted(database: Database):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/metrics"
        async with loopback() as http:
            async with showing_figures(listener, database.read):
                shown = samples((await http.get(url)).text)
                half = await asyncio.open_connection(*listener.getsockname()[:2])
                half[1].write(b"GET /metrics HTTP/1.1\r\nhost: x\r\nx-slow: ")
            with pytest.raises(httpx.TransportError):
                await http.get(url)
        half[1].close()

    assert shown["agm_from_database"] == 7


def settings(**given: Any) -> Settings:
    return load_settings(_env_file=None, dev=True, **given)


def test_a_taken_port_is_said_with_its_setting():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port} on 127.0.0.1 is taken.*AGM_METRICS_PORT"):
            figures_port(settings(metrics_port=port)).__enter__()


def test_the_apis_own_port_is_refused_and_none_is_off():
    with pytest.raises(SettingsError, match="AGM_METRICS_PORT is AGM_PORT too"):
        settings(metrics_port=8000)
    with figures_port(settings()) as listener:
        assert listener is None
