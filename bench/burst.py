"""Ten thousand publications due at one instant, through the real workers: against the bare script and against arq."""

from contextlib import AsyncExitStack

from bench.arms import PROCESSES, Run, arq, ours, script
from bench.crowd import crowd_of
from bench.fakeplatform import FakePlatform, running
from bench.meter import Meter, python_of, stores_of
from bench.place import DATABASES, place
from bench.report import Figure, median_of, ratio_of
from bench.turns import take_turns

GROUP = "Burst"
SIZE, SMALL = 10_000, 1_000
_ROUNDS, _FEW = 3, 100
_HOW = (
    f"{SIZE:,} text publications on as many channels, SCHEDULED five seconds ahead for one instant while two workers "
    "idle; the platform (C, epoll) answers after 100 ms and counts each post. Until every one is PUBLISHED; processor "
    "time is that of the workers, Valkey and PostgreSQL until every event is numbered and the address of every post is "
    "read, by a second call. The bare script: two processes, 500 in flight each, the same client, the public calls and "
    "then, for the processor time alone, the same second calls. Scheduling has no mutation yet: the rows are written "
    "as `publishTo…` writes them, with a due time; the ring is the product's. A job per publication: stock arq, one "
    "worker (two are slower), the same client, a row updated before and after each call, no second call; tuned is 200 "
    f"jobs, a poll of 20 ms, no results; at its defaults {_FEW} jobs were run and their time was multiplied. Lateness "
    "is from the due instant to the first byte at the platform."
)


async def measure() -> list[Figure]:
    """Measure on both databases."""
    figures: list[Figure] = []
    async with running(delay_ms=100) as platform:
        for number, database in enumerate(DATABASES):
            part = number / len(DATABASES), (number + 1) / len(DATABASES)
            figures += await _on(database, platform, part)
    return figures


async def _on(database: str, platform: FakePlatform, part: tuple[float, float]) -> list[Figure]:
    async with AsyncExitStack() as held:
        here = await held.enter_async_context(place(database, pages=1))
        crowd = await held.enter_async_context(crowd_of(here, SIZE))
        stores = await stores_of(here.database_url, here.stack.settings["AGM_REDIS_URL"])
        started = [await here.stack.start_worker(AGM_SANDBOX_URL=platform.origin) for _ in range(PROCESSES)]
        meter = Meter((*map(python_of, started), *stores))
        arms = {
            "ours": lambda: ours(crowd, platform, meter, SIZE),
            "bare": lambda: script(platform, SIZE),
            "tuned": lambda: arq("tuned", here, platform, stores, SIZE),
            "defaults": lambda: arq("defaults", here, platform, stores, _FEW),
            "small": lambda: ours(crowd, platform, meter, SMALL),
        }
        runs = await take_turns(arms, rounds=_ROUNDS, of=database, part=part)
    return _figures(database, runs, _HOW + platform.note)


def _figures(database: str, runs: dict[str, list[Run]], how: str) -> list[Figure]:
    walls = {name: [run.wall for run in those] for name, those in runs.items()}
    cpus = {name: [run.cpu * 1000 / SIZE for run in those] for name, those in runs.items()}
    late = {name: [run.p99 for run in those] for name, those in runs.items()}
    default = [run.wall * SIZE / _FEW for run in runs["defaults"]]
    same = [(run.cpu + run.reads) * 1000 / SIZE for run in runs["bare"]]
    on = f", {database}"
    return [
        median_of(GROUP, f"all published after{on}", walls["ours"], "s", how=how),
        median_of(GROUP, f"the bare script's calls done after{on}", walls["bare"], "s", how=how),
        median_of(GROUP, f"tuned arq's done after{on}", walls["tuned"], "s", how=how),
        median_of(GROUP, f"arq's done at its defaults after{on}", default, "s", how=how),
        ratio_of(
            GROUP, f"time against the bare script{on}", walls["ours"], walls["bare"], most=2.5, how=how, goal="G1"
        ),
        median_of(GROUP, f"processor time of a publication{on}", cpus["ours"], "ms", how=how),
        ratio_of(GROUP, f"processor time against bare, same calls{on}", cpus["ours"], same, most=3, how=how, goal="G1"),
        ratio_of(GROUP, f"processor time against bare's public calls alone{on}", cpus["ours"], cpus["bare"], how=how),
        ratio_of(GROUP, f"times faster than tuned arq{on}", walls["tuned"], walls["ours"], least=3, how=how, goal="G1"),
        ratio_of(GROUP, f"times faster than arq's defaults{on}", default, walls["ours"], how=how),
        Figure(GROUP, f"posts sent twice{on}", sum(run.doubled for run in runs["ours"]), "", 0, how, goal="G1"),
        median_of(GROUP, f"lateness of 1,000, p99{on}", late["small"], "s", bound=0.6, how=how, goal="G2"),
        median_of(GROUP, f"lateness of 10,000, p99{on}", late["ours"], "s", how=how),
        ratio_of(
            GROUP, f"lateness of 10,000, p99 against bare{on}", late["ours"], late["bare"], most=2.5, how=how, goal="G2"
        ),
    ]
