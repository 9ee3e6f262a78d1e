"""A small read over HTTP, against a server written by hand with graphql-core that answers the same, in turns."""

import asyncio
import socket
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import psutil

from bench.place import place
from bench.report import Figure, median_of, ratio_of
from bench.turns import Arm, take_turns
from tests.support.programs import Program, start_program, until

GROUP = "GraphQL"
HOW = (
    "`{ server { version schemaVersion sandboxEnabled publicUrl } }` over HTTP, 32 connections: processor time of the "
    "server's process for a request. By hand: graphql-core, Starlette and orjson under the same uvicorn, with parsed "
    "and validated documents kept. With a key, the caller is looked up as well."
)
QUERY = "{ server { version schemaVersion sandboxEnabled publicUrl } }"
_ROUNDS, _TIMES, _LANES = 5, 2000, 32


async def measure() -> list[Figure]:
    """Let the three arms take turns."""
    async with place("sqlite", pages=1) as here, by_hand() as (hand, hand_url), aiohttp.ClientSession() as http:
        assert here.stack.api
        url = f"{here.stack.url}/graphql"
        arms = {
            "hand": over_http(http, hand, hand_url, QUERY, times=_TIMES),
            "ours": over_http(http, here.stack.api, url, QUERY, times=_TIMES),
            "key": over_http(http, here.stack.api, url, QUERY, times=_TIMES, headers=here.stack.client.headers),
        }
        spent = await take_turns(arms, rounds=_ROUNDS)
    hand_ms, ours, key = (spent[name] for name in arms)
    return [
        median_of(GROUP, "processor time of a small read", ours, "ms", how=HOW),
        ratio_of(GROUP, "against graphql-core by hand", ours, hand_ms, most=3, how=HOW, goal="G4"),
        ratio_of(GROUP, "against graphql-core by hand, with a key", key, hand_ms, how=HOW),
    ]


def over_http(
    http: aiohttp.ClientSession,
    program: Program,
    url: str,
    query: str,
    *,
    times: int,
    headers: Mapping[str, str] | None = None,
) -> Arm:
    """Make an arm that asks a server many times, and gives its process's milliseconds for a request."""
    process, body = psutil.Process(_python(program)), {"query": query}

    async def arm() -> float:
        left = iter(range(times))

        async def lane() -> None:
            for _ in left:
                async with http.post(url, json=body, headers=headers) as answer:
                    text = await answer.read()
                    assert answer.status == 200
                    assert b'"errors"' not in text

        start = process.cpu_times()
        await asyncio.gather(*(lane() for _ in range(_LANES)))
        end = process.cpu_times()
        return (end.user + end.system - start.user - start.system) / times * 1000

    return arm


@asynccontextmanager
async def by_hand(*arguments: str) -> AsyncGenerator[tuple[Program, str]]:
    """Run the server written by hand."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        number = listener.fileno()
        command = (sys.executable, "-m", "bench.byhand", str(number), *arguments)
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
            async with http.post(url, json={"query": QUERY}) as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def _python(program: Program) -> int:
    """Find the process under the leash."""
    children = psutil.Process(program.process.pid).children(recursive=True)
    return children[-1].pid if children else program.process.pid
