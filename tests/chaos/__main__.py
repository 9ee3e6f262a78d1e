"""Chaos: `python -m tests.chaos --seconds 60 --publications 1000 --seed 7`, or `make chaos`.

Exits with 1 when anything was lost, doubled, told falsely or left unfinished. The seed draws what is published, which
faults the platforms have and what dies when; how the processes' own work falls in between is not drawn.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.city import WINDOWS, City, build_city
from tests.chaos.ending import keep_logs, settle, tell
from tests.chaos.plan import misfortunes
from tests.chaos.platforms import SHARES, all_quarters
from tests.chaos.rolling import roll
from tests.chaos.traffic import ask_for, wanted
from tests.chaos.verdict import judge
from tests.chaos.wanted import Wanted
from tests.support.stack import without_settings

_CALLERS = 8


def main() -> int:
    """Run once and say how it ended."""
    options = _options()
    without_settings()
    with tempfile.TemporaryDirectory(prefix="agm-chaos-") as folder:
        run = roll if options.rolling else _run
        return asyncio.run(run(Path(folder), options))


async def _run(folder: Path, options: argparse.Namespace) -> int:
    print(f"seed {options.seed}: {options.publications} publications over {options.channels} channels", flush=True)
    quarters = all_quarters()
    async with build_city(folder, WINDOWS, quarters) as city:
        await city.open(options.channels)
        await city.break_platforms(options.seed)
        kinds = {name: quarter.kinds for name, quarter in quarters.items()}
        items = wanted(city, options.seed, options.publications, kinds, SHARES)
        started = time.monotonic()
        await asyncio.gather(_publish(city, items, options.seconds), _suffer(city, options, started))
        await city.heal()
        calm = time.monotonic()
        await settle(city, items, options.patience)
        verdict = await judge(city, items)
        tell(verdict, items, ran=calm - started, settled=time.monotonic() - calm)
        if not verdict.is_good and options.keep:
            keep_logs(city, options.keep)
    return 0 if verdict.is_good else 1


async def _publish(city: City, items: Sequence[Wanted], seconds: float) -> None:
    """Ask for everything within nine tenths of the time, a few callers side by side."""
    pause = seconds * 0.9 / len(items)
    places = asyncio.Semaphore(_CALLERS)

    async def ask(item: Wanted) -> None:
        async with places:
            await ask_for(city, item)

    tasks: list[asyncio.Task[None]] = []
    for item in items:
        tasks.append(asyncio.create_task(ask(item)))
        await asyncio.sleep(pause)
    await asyncio.gather(*tasks)


async def _suffer(city: City, options: argparse.Namespace, started: float) -> None:
    for misfortune in misfortunes(options.seed, options.seconds):
        await asyncio.sleep(max(0.0, started + misfortune.at - time.monotonic()))
        print(f"{misfortune.at:6.2f} s  {misfortune.kind.value} ({misfortune.victim})", flush=True)
        await city.suffer(misfortune)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--seconds", type=float, default=60.0, help="of chaos")
    parser.add_argument("--publications", type=int, default=1000)
    parser.add_argument("--channels", type=int, default=50)
    parser.add_argument("--patience", type=float, default=300.0, help="seconds for all to end after the last fault")
    parser.add_argument("--rolling", type=int, default=0, help="restart so often by SIGTERM, and let nothing else fail")
    parser.add_argument("--keep", type=Path, help="a folder for the processes' logs of a bad run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
