"""`make bench`: measure, as ratios against the bare work in the same run, and keep the figures in the docs.

`python -m bench [name …]` measures some of them, and leaves the docs as they are.
"""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import uvloop
from rich.console import Console

from bench import (
    burst,
    containers,
    crash,
    draining,
    http,
    idle,
    listing,
    mutation,
    punctual,
    reading,
    report,
    rows,
    weighing,
)
from bench.report import Figure
from bench.turns import Progress, showing


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is measured, and how many minutes it takes about: for saying how long the rest takes."""

    measure: Callable[[], Awaitable[list[Figure]]]
    minutes: float


MEASUREMENTS: dict[str, Measurement] = {
    "http": Measurement(http.measure, 1),
    "reading": Measurement(reading.measure, 1),
    "listing": Measurement(listing.measure, 1),
    "rows": Measurement(rows.measure, 0.5),
    "weighing": Measurement(weighing.measure, 1),
    "mutation": Measurement(mutation.measure, 2),
    "draining": Measurement(draining.measure, 2),
    "burst": Measurement(burst.measure, 8),
    "punctual": Measurement(punctual.measure, 3),
    "crash": Measurement(crash.measure, 3.5),
    "containers": Measurement(containers.measure, 5),
    "idle": Measurement(idle.measure, 3),
}


async def run(names: list[str], progress: Progress, figures: list[Figure]) -> None:
    """Run measurements one after another: side by side they would measure each other."""
    for name in names:
        with progress.measuring(name):
            figures += await MEASUREMENTS[name].measure()


def main() -> int:
    """Measure, show and keep.

    Returns:
        1 when a figure is out of its bound.
    """
    console = Console()
    chosen = sys.argv[1:] or list(MEASUREMENTS)
    if unknown := set(chosen) - MEASUREMENTS.keys():
        console.print(f"There is no measurement {', '.join(sorted(unknown))}: choose of {', '.join(MEASUREMENTS)}.")
        return 2
    progress = Progress(console, {name: MEASUREMENTS[name].minutes for name in chosen})
    figures: list[Figure] = []
    try:
        with showing(progress):
            uvloop.run(run(chosen, progress, figures))
    finally:  # what was measured before a fault is worth seeing
        report.show(figures, console)
    if not sys.argv[1:]:
        report.write(figures, minutes=progress.minutes_run)
    return int(not all(figure.holds for figure in figures))


if __name__ == "__main__":
    raise SystemExit(main())
