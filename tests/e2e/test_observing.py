"""What an operator sees of real processes: one trace from the mutation to the platform, and figures that fit."""

import asyncio
import signal
from typing import Any

import httpx
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from cli.stack import free_port
from tests.e2e.conftest import Town
from tests.support.collector import Collector, running_collector
from tests.support.journey import image
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack
from tests.support.webserver import serving

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
PUBLISH = """mutation Secret_name($input: PublishToInstagramInput!) {
  publishToInstagram(input: $input) { publication { id } userErrors { code } } }"""
ATTEMPTS = """query ($id: ID!) {
  publication(id: $id) { attempts(first: 9) { nodes { traceId step outcome } } } }"""


async def started(stack: Stack, sandbox: Sandbox, *, api: dict[str, str], worker: dict[str, str]) -> Town:
    await stack.start_api(**api)
    await stack.start_worker(**worker)
    town = Town(stack, sandbox)
    await town.open_shops(1)
    return town


async def scraped(port: int) -> dict[tuple[str, ...], float]:
    """Read the figures of a process, by name and label values."""
    async with loopback() as http:
        text = (await http.get(f"http://127.0.0.1:{port}/metrics")).text
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value for sample in found}


async def published(town: Town) -> tuple[str, dict[str, Any]]:
    """Publish a picture to Instagram within a caller's own trace; gives the publication and its only attempt."""
    shop, client = town.shop(), town.journey.client
    given = {"channelId": shop.instagram, "caption": "A secret caption", "media": [image(town.picture("loaf"))]}
    answer = await client.http.post(
        "/graphql",
        json={"query": PUBLISH, "variables": {"input": {**given, "idempotencyKey": "observed"}}},
        headers={**client.headers, "traceparent": f"00-{TRACE}-{CALLER}-01"},
    )
    publication = answer.json()["data"]["publishToInstagram"]["publication"]["id"]
    assert (await town.journey.outcome(publication))["status"] == "PUBLISHED"
    (attempt,) = (await town.journey.ask(ATTEMPTS, id=publication))["attempts"]["nodes"]
    assert len(await town.public(shop, "instagram")) == 1
    return publication, attempt


async def test_a_publication_is_one_trace_and_is_counted_where_it_happened(make_stack, sandbox: Sandbox):
    stack: Stack = await make_stack(sweep_seconds=1)
    of_api, of_worker = free_port(), free_port()
    async with running_collector() as collector:
        export = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
        town = await started(
            stack,
            sandbox,
            api={**export, "AGM_METRICS_PORT": str(of_api)},
            worker={**export, "AGM_METRICS_PORT": str(of_worker)},
        )
        await sandbox.add_fault("GET /ig-media", "clean_503", next_calls=1)  # its address, asked for when it is out
        publication, attempt = await published(town)
        api, worker = await asyncio.gather(scraped(of_api), scraped(of_worker))
        secrets = [client_secret(town), "A secret caption", "Secret_name", "media_publish", "access_token"]
        assert (await stack.workers.pop().stop(), await _stopped(stack)) == (0, -signal.SIGTERM)

    assert attempt == {"traceId": TRACE, "step": "PUBLISH", "outcome": "SUCCEEDED"}
    _is_one_trace(collector, publication, sandbox)
    assert [secret for secret in secrets if secret.encode() in collector.received] == []
    assert any("permalink_missing" in line and f"trace_id={TRACE}" in line for line in stack.logs().splitlines())
    assert api["agm_graphql_operations_total", "success", "mutation"] >= 3
    assert api["agm_graphql_operation_duration_seconds_count",] >= 3
    assert api["agm_channel_health", "healthy"] == 2
    assert api["agm_queue_jobs", "publishing", "due"] == 0
    assert api["agm_publications_total", "published", "instagram"] == 0
    assert worker["agm_publications_total", "published", "instagram"] == 1
    assert worker["agm_publication_attempt_duration_seconds_count", "succeeded", "instagram", "publish"] == 1
    assert worker["agm_publication_lateness_seconds_count", "instagram"] == 1
    assert not [name for name in worker if name[0].startswith(("agm_queue", "agm_channel", "agm_token"))]


def client_secret(town: Town) -> str:
    return town.journey.client.api_key


async def _stopped(stack: Stack) -> int:
    assert stack.api
    return await stack.api.stop()


def _is_one_trace(collector: Collector, publication: str, sandbox: Sandbox) -> None:
    (mutation,) = collector.of(TRACE, "SERVER")
    (sent,) = collector.of(TRACE, "PRODUCER")
    steps, calls = collector.of(TRACE, "CONSUMER"), collector.of(TRACE, "CLIENT")
    assert (mutation.name, mutation.parent_id, mutation.service) == ("mutation", CALLER, "agm-api")
    assert mutation.attributes == {"graphql.operation.type": "mutation"}
    assert (sent.name, sent.parent_id) == ("send agm:publishing", mutation.span_id)
    assert sent.attributes["messaging.message.id"] == publication
    assert len(steps) >= 2  # the container, and the publication when it was ready
    assert {(step.name, step.parent_id, step.service) for step in steps} == {
        ("process agm:publishing", sent.span_id, "agm-worker")
    }
    assert {step.attributes["messaging.operation.type"] for step in steps} == {"process"}
    assert {step.attributes["agm.publication.status"] for step in steps} == {"processing", "published"}
    assert {call.parent_id for call in calls} <= {step.span_id for step in steps}
    assert [call.name for call in calls].count("POST") == 2
    place = httpx.URL(sandbox.url)
    assert {(call.attributes["server.address"], call.attributes["server.port"]) for call in calls} == {
        (place.host, place.port)
    }
    answers = [(call.attributes["http.response.status_code"], call.failed) for call in calls]
    assert set(answers) == {(200, False), (503, True)}
    assert not any(span.failed for span in (mutation, sent, *steps))


async def test_a_collector_that_is_away_or_hangs_stops_nothing(make_stack, sandbox: Sandbox):
    stack: Stack = await make_stack(sweep_seconds=1)
    asked = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        asked.set()
        return await asyncio.get_running_loop().create_future()

    async with serving(hang) as hanging:
        town = await started(
            stack,
            sandbox,
            api={"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}"},
            worker={"OTEL_EXPORTER_OTLP_ENDPOINT": hanging, "OTEL_EXPORTER_OTLP_TIMEOUT": "60000"},
        )
        _, attempt = await published(town)
        ended = await stack.workers.pop().stop(), await _stopped(stack)

    assert attempt["traceId"] == TRACE
    assert asked.is_set()
    assert ended == (0, -signal.SIGTERM)
