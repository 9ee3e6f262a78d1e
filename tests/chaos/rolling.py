"""Rolling restarts under load: workers and APIs are asked to stop, again and again, while publications flow slowly.

`python -m tests.chaos --rolling 20`. None may become UNCONFIRMED on its way, not even for a moment: the transitions are
read, not the states in the end. The windows are wide, so that a busy machine is no reason for an unknown outcome.
"""

import argparse
import asyncio
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.city import City, build_city
from tests.chaos.ending import keep_logs, settle, tell
from tests.chaos.meta import QUICK, MetaQuarter
from tests.chaos.traffic import ask_for, wanted
from tests.chaos.verdict import judge
from tests.chaos.wanted import Wanted
from tests.support.programs import Program
from tests.support.rows import rows_of

WINDOWS = {
    "AGM_LEASE_SECONDS": "40",
    "AGM_PLATFORM_TIMEOUT_SECONDS": "30",
    "AGM_SETTLE_SECONDS": "31",
    "AGM_SWEEP_SECONDS": "0.5",
}
_SLOW = {"POST /feed": 1.0, "POST /photos": 3.0, "POST /media": 3.0, "POST /media_publish": 1.0}
_HOW_OFTEN = 0.5
_MOST = 20_000
_PAUSE_SECONDS = 0.12
_AT_ONCE = 8
_DRAIN_SECONDS = 60.0
_IN_HAND = "SELECT status, count(*) AS n FROM publication WHERE status IN ('preparing', 'publishing') GROUP BY status"
_BAD = "SELECT publication_id FROM transition WHERE after = 'unconfirmed'"
_BACK = "SELECT count(*) AS n FROM transition WHERE reason = 'given_back'"


@dataclass(frozen=True)
class Restart:
    """What one restart met, and how the old process ended."""

    what: str
    sending: int
    code: int


async def roll(folder: Path, options: argparse.Namespace) -> int:
    """Run once and say how it ended."""
    print(f"seed {options.seed}: {options.rolling} restarts, {options.channels} channels", flush=True)
    async with build_city(folder, WINDOWS, {"meta": MetaQuarter()}) as city:
        await city.open(options.channels)
        for number, (endpoint, seconds) in enumerate(_SLOW.items()):
            seed = options.seed + number
            await city.sandbox.add_fault(endpoint, "slow", probability=_HOW_OFTEN, seed=seed, seconds=seconds)
        began, over = time.monotonic(), asyncio.Event()
        flowing = asyncio.create_task(_flow(city, options, over))
        restarts = [await _restart(city, number) for number in range(options.rolling)]
        over.set()
        items = await flowing
        calm = time.monotonic()
        await settle(city, items, options.patience)
        verdict = await judge(city, items)
        tell(verdict, items, ran=calm - began, settled=time.monotonic() - calm)
        is_good = verdict.is_good and await _was_smooth(city, items, restarts)
        if not is_good and options.keep:
            keep_logs(city, options.keep)
    return 0 if is_good else 1


async def _flow(city: City, options: argparse.Namespace, over: asyncio.Event) -> list[Wanted]:
    """Publish until it is over; gives what was asked for."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def ask(item: Wanted) -> None:
        async with places:
            await ask_for(city, item)

    asked: list[Wanted] = []
    async with asyncio.TaskGroup() as callers:
        for item in wanted(city, options.seed, _MOST, {"meta": QUICK}, {"meta": 1}):
            if over.is_set():
                break
            asked.append(item)
            callers.create_task(ask(item))
            await asyncio.sleep(_PAUSE_SECONDS)
    return asked


async def _restart(city: City, number: int) -> Restart:
    """Restart a worker, the new one first; and each third time an API as well."""
    place = number % len(city.workers)
    old, city.workers[place] = city.workers[place], await city.stacks[0].start_worker()
    found = {row["status"]: row["n"] for row in await rows_of(city.url, _IN_HAND)}
    code = await _end(old)
    what = f"worker {place}"
    if number % 3 == 0:
        stack = city.stacks[number // 3 % len(city.stacks)]
        assert stack.api
        ended = await _end(stack.api)
        code = code or (ended if ended != -signal.SIGTERM else 0)  # uvicorn ends by the signal it has obeyed
        await stack.start_api()
        what += " and an API"
    restart = Restart(what, found.get("publishing", 0), code)
    print(f"{number + 1:3}  {what}: {found}, exit code {code}", flush=True)
    return restart


async def _end(program: Program) -> int:
    program.ask(signal.SIGTERM)
    return await program.ends(seconds=_DRAIN_SECONDS)


async def _was_smooth(city: City, items: Sequence[Wanted], restarts: Sequence[Restart]) -> bool:
    """Whether nothing was unconfirmed for a moment, each process ended well, and the restarts met calls under way."""
    unconfirmed = {str(row["publication_id"]) for row in await rows_of(city.url, _BAD)}
    badly = [restart.what for restart in restarts if restart.code]
    met = sum(restart.sending for restart in restarts)
    (back,) = await rows_of(city.url, _BACK)
    print(f"{len(items)} publications; {met} were in their public call at a restart, {back['n']} were given back")
    print(f"  unconfirmed      {len(unconfirmed):5}\n  ended badly      {len(badly):5}  {', '.join(badly)}")
    if not met:
        print("no restart met a public call: this run proves nothing")
    return bool(met) and not unconfirmed and not badly
