"""The bare script: the same calls with the product's own client, and nothing else; no database, no queue.

Run: `python -m bench.bare ORIGIN FIRST LAST IN_FLIGHT`. It says `ready`, reads the instant to begin at (seconds of the
monotonic clock) from its input, makes the public calls, then reads each post's address, and prints the processor time
of either and the instant at which the last post was out.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import uvloop

from net.http import PlatformClient

TEXT = "nr-{number} A text that is as long as such texts are, give or take a word or two."
_AHEAD = 0.5
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Done:
    """What some processes of the script took together: seconds of processor, and from which instant to which.

    `reads` is the processor time of reading the addresses, after `ended`.
    """

    cpu: float
    reads: float
    began: float
    ended: float


async def publish(client: PlatformClient, origin: str, number: int) -> str:
    """Make the one public call as the product makes it."""
    form = {"message": TEXT.format(number=number), "appsecret_proof": "0" * 64}
    headers = {"authorization": f"Bearer {'t' * 180}"}
    answer = await client.request("POST", f"{origin}/meta/v26.0/{number}/feed", form=form, headers=headers)
    return answer.json()["id"]


async def run(origin: str, *, size: int, processes: int, in_flight: int) -> Done:
    """Let some processes share the calls, all beginning at one instant of the monotonic clock."""
    share = -(-size // processes)
    parts = [(first, min(first + share, size + 1)) for first in range(1, size + 1, share)]
    started = [await _start(origin, first, last, in_flight) for first, last in parts]
    instant = time.monotonic() + _AHEAD
    said = await asyncio.gather(*(process.communicate(f"{instant}\n".encode()) for process in started))
    told = [json.loads(out) for out, _ in said]
    cpu, reads = (sum(one[name] for one in told) for name in ("cpu", "reads"))
    return Done(cpu, reads, instant, max(one["ended"] for one in told))


async def _start(origin: str, first: int, last: int, in_flight: int) -> asyncio.subprocess.Process:
    command: Sequence[str] = (sys.executable, "-m", "bench.bare", origin, str(first), str(last), str(in_flight))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdout
    assert (await process.stdout.readline()).strip() == b"ready"
    return process


async def _main(origin: str, first: int, last: int, in_flight: int) -> None:
    async with PlatformClient(max_connections=in_flight) as client:
        print("ready", flush=True)
        instant = float(await asyncio.to_thread(sys.stdin.readline))
        await asyncio.sleep(instant - time.monotonic())
        numbers = range(first, last)
        began = time.process_time()
        ids = await _each(in_flight, numbers, lambda number: publish(client, origin, number))
        ended, middle = time.monotonic(), time.process_time()
        await _each(in_flight, ids, lambda post_id: _address(client, origin, post_id))
        print(json.dumps({"cpu": middle - began, "reads": time.process_time() - middle, "ended": ended}))


async def _address(client: PlatformClient, origin: str, post_id: str) -> str:
    url, headers = f"{origin}/meta/v26.0/{post_id}", {"authorization": f"Bearer {'t' * 180}"}
    query = {"fields": "permalink_url", "appsecret_proof": "0" * 64}
    return (await client.request("GET", url, params=query, headers=headers)).json()["permalink_url"]


async def _each(in_flight: int, given: Iterable[Given], call: Callable[[Given], Awaitable[str]]) -> list[str]:
    left, answers = iter(given), list[str]()

    async def lane() -> None:
        for one in left:
            answers.append(await call(one))

    await asyncio.gather(*(lane() for _ in range(in_flight)))
    return answers


if __name__ == "__main__":
    uvloop.run(_main(sys.argv[1], *map(int, sys.argv[2:])))
