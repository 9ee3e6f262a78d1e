"""The publish mutation against a server written by hand that writes the same rows, in turns."""

import asyncio
import socket
import sys
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from bench.meter import Meter, python_of, stores_of
from bench.place import DATABASES, Place, place
from bench.plainhttp import PlainClient
from bench.report import Figure, median_of, ratio_of
from bench.turns import take_turns
from tests.support.journey import PUBLISH
from tests.support.programs import Program, start_program, until
from tests.support.rows import rows_of

GROUP = "Publish mutation"
HOW = (
    "`publishToFacebook` with text and idempotency key over HTTP to one API process, eight connections, no worker: "
    "processor time of the server's process for a request. By hand: graphql-core, Starlette and orjson under the same "
    "uvicorn, the document kept, bare asyncpg or aiosqlite: a read of the channel, the same five rows (key, post, "
    "publication, transition, event) in one transaction, and arq's `enqueue_job`; it looks up no caller, checks no "
    "rule and wakes nobody who watches. Both databases write durably."
)
_ROUNDS, _CALLS, _LANES = 5, 400, 8
_SINGLES = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of an arm: milliseconds of processor a request, of the server and of the stores, and the rate."""

    own: float
    stores: float
    rate: float


async def measure() -> list[Figure]:
    """Measure on both databases."""
    figures: list[Figure] = []
    for number, database in enumerate(DATABASES):
        part = number / len(DATABASES), (number + 1) / len(DATABASES)
        figures += await _on(database, part)
    return figures


async def _on(database: str, part: tuple[float, float]) -> list[Figure]:
    async with AsyncExitStack() as held:
        here = await held.enter_async_context(place(database, pages=40))
        hand, hand_url = await held.enter_async_context(_by_hand(here))
        stores = Meter(await stores_of(here.database_url, here.stack.settings["AGM_REDIS_URL"]))
        assert here.stack.api
        servers = {"hand": (hand, hand_url), "ours": (here.stack.api, here.stack.url)}
        numbers = count()

        def arm(name: str) -> Callable[[], object]:
            program, url = servers[name]
            meter = Meter((python_of(program),))
            return lambda: _turn(here, url, numbers, meter, stores)

        turns = await take_turns({name: arm(name) for name in servers}, rounds=_ROUNDS, of=database, part=part)
        alone = [await _alone(here, numbers) for _ in range(_ROUNDS)]
    return _figures(database, turns, alone)


def _figures(database: str, turns: dict[str, list[Turn]], alone: list[float]) -> list[Figure]:
    own = {name: [turn.own for turn in those] for name, those in turns.items()}
    whole = {name: [turn.own + turn.stores for turn in those] for name, those in turns.items()}
    rates = [turn.rate for turn in turns["ours"]]
    on = f", {database}"
    return [
        median_of(GROUP, f"processor time of a request{on}", own["ours"], "ms", how=HOW),
        ratio_of(GROUP, f"processor time against by hand{on}", own["ours"], own["hand"], most=2, how=HOW, goal="G6"),
        ratio_of(GROUP, f"the same with the stores' time{on}", whole["ours"], whole["hand"], how=HOW),
        median_of(GROUP, f"p50 at concurrency 1{on}", alone, "ms", bound=10, how=HOW),
        median_of(GROUP, f"rate at concurrency {_LANES}{on}", rates, "/s", bound=100, at_least=True, how=HOW),
    ]


async def _turn(here: Place, url: str, numbers: Iterator[int], own: Meter, stores: Meter) -> Turn:
    left = iter(range(_CALLS))

    async def run() -> None:
        async with _client(here, url) as client:
            for _ in left:
                await _publish(here, client, next(numbers))

    before, stored, began = own.spent(), stores.spent(), time.perf_counter()
    await asyncio.gather(*(run() for _ in range(_LANES)))
    wall = time.perf_counter() - began
    each = 1000 / _CALLS
    return Turn((own.spent() - before) * each, (stores.spent() - stored) * each, _CALLS / wall)


async def _alone(here: Place, numbers: Iterator[int]) -> float:
    taken: list[float] = []
    async with _client(here, here.stack.url) as client:
        for _ in range(_SINGLES):
            began = time.perf_counter()
            await _publish(here, client, next(numbers))
            taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


async def _publish(here: Place, client: PlainClient, number: int) -> None:
    channel = here.shops[number % len(here.shops)].facebook
    content = {"channelId": channel, "text": f"Number {number}", "idempotencyKey": f"bench-{number}"}
    answer = await client.post({"query": _DOCUMENT, "variables": {"input": content}})
    assert answer["data"]["publishToFacebook"]["publication"], answer


_DOCUMENT = PUBLISH % ("Facebook", "Facebook")


def _client(here: Place, url: str) -> PlainClient:
    return PlainClient(f"{url}/graphql", here.stack.client.headers)


@asynccontextmanager
async def _by_hand(here: Place) -> AsyncGenerator[tuple[Program, str]]:
    """Run the server written by hand on the same database and Valkey."""
    (workspace,) = await rows_of(here.database_url, "SELECT id FROM workspace")
    key = here.stack.client.headers["Authorization"].removeprefix("Bearer ")
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        told = (
            str(listener.fileno()),
            here.database_url,
            here.stack.settings["AGM_REDIS_URL"],
            key,
            str(workspace["id"]),
        )
        log = Path(here.stack.settings["AGM_DATA_DIR"]) / "hand.log"
        command = (sys.executable, "-m", "bench.handpublish", *told)
        program = start_program("handpublish", command, log=log, sockets=(listener.fileno(),))
        port = listener.getsockname()[1]
        try:
            await until(lambda: _answers(program, port), what="the server by hand")
            yield program, f"http://127.0.0.1:{port}"
        finally:
            program.kill()


async def _answers(program: Program, port: int) -> bool:
    """Whether it has opened its database: it answers nothing before."""
    assert program.is_running, program.tail()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    said = await reader.read(8)
    writer.close()
    return said.startswith(b"HTTP")
