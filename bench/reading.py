"""A small read over HTTP, against a server written by hand with graphql-core that answers the same, in turns."""

import asyncio
import socket
import statistics
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import psutil

from bench.place import place
from bench.report import Figure
from tests.support.programs import Program, start_program, until

GROUP = "GraphQL"
HOW = (
    "`{ server { version schemaVersion sandboxEnabled publicUrl } }` over HTTP, 32 connections: processor time of the "
    "server's process for a request. By hand: graphql-core, Starlette and orjson under the same uvicorn, with parsed "
    "and validated documents kept. With a key, the caller is looked up as well."
)
QUERY = {"query": "{ server { version schemaVersion sandboxEnabled publicUrl } }"}
_ROUNDS, _TIMES, _LANES = 5, 2000, 32


async def measure() -> list[Figure]:
    """Let the three arms take turns."""
    async with place("sqlite", pages=1) as here, _by_hand() as (hand, hand_url), aiohttp.ClientSession() as http:
        assert here.stack.api
        ours, url = psutil.Process(_python(here.stack.api)), f"{here.stack.url}/graphql"
        arms: dict[str, tuple[psutil.Process, str, Mapping[str, str]]] = {
            "hand": (psutil.Process(_python(hand)), hand_url, {}),
            "ours": (ours, url, {}),
            "key": (ours, url, here.stack.client.headers),
        }
        spent: dict[str, list[float]] = {name: [] for name in arms}
        for round_ in range(_ROUNDS + 1):
            for name, (process, address, headers) in arms.items():
                taken = await _turn(http, process, address, headers)
                if round_:
                    spent[name].append(taken)
    by_hand, ours_ms, with_key = (statistics.median(spent[name]) * 1000 for name in arms)
    return [
        Figure(GROUP, "processor time of a small read", ours_ms, "ms", None, HOW),
        Figure(GROUP, "against graphql-core by hand", ours_ms / by_hand, "x", 3, HOW),
        Figure(GROUP, "against graphql-core by hand, with a key", with_key / by_hand, "x", None, HOW),
    ]


async def _turn(http: aiohttp.ClientSession, process: psutil.Process, url: str, headers: Mapping[str, str]) -> float:
    left = iter(range(_TIMES))

    async def lane() -> None:
        for _ in left:
            async with http.post(url, json=QUERY, headers=headers) as answer:
                assert b'"schemaVersion"' in await answer.read()

    start = process.cpu_times()
    await asyncio.gather(*(lane() for _ in range(_LANES)))
    end = process.cpu_times()
    return (end.user + end.system - start.user - start.system) / _TIMES


@asynccontextmanager
async def _by_hand() -> AsyncGenerator[tuple[Program, str]]:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        number = listener.fileno()
        command = (sys.executable, "-m", "bench.byhand", str(number))
        program = start_program("byhand", command, log=Path("/dev/null"), sockets=(number,))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
        try:
            await until(lambda: _answers(url), what="the server by hand")
            yield program, url
        finally:
            program.kill()


async def _answers(url: str) -> bool:
    async with aiohttp.ClientSession() as http:
        try:
            return (await http.post(url, json=QUERY)).status == 200
        except aiohttp.ClientError:
            return False


def _python(program: Program) -> int:
    """Find the process under the leash."""
    children = psutil.Process(program.process.pid).children(recursive=True)
    return children[-1].pid if children else program.process.pid
