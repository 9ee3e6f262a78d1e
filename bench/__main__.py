"""`make bench`: measure, as ratios against the bare work in the same run, and keep the figures in the docs.

`python -m bench [name …]` measures some of them, and leaves the docs as they are.
"""

import sys
from collections.abc import Awaitable, Callable

import uvloop
from rich.console import Console

from bench import containers, draining, http, mutation, reading, report
from bench.report import Figure

MEASUREMENTS: dict[str, Callable[[], Awaitable[list[Figure]]]] = {
    "http": http.measure,
    "reading": reading.measure,
    "mutation": mutation.measure,
    "draining": draining.measure,
    "containers": containers.measure,
}


async def run(names: list[str], console: Console) -> list[Figure]:
    """Run measurements one after another: side by side they would measure each other."""
    figures: list[Figure] = []
    for number, name in enumerate(names, start=1):
        with console.status(f"{number} of {len(names)}: {name}"):
            figures += await MEASUREMENTS[name]()
        console.print(f"{number} of {len(names)}: {name} is done")
    return figures


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
    figures = uvloop.run(run(chosen, console))
    report.show(figures, console)
    if not sys.argv[1:]:
        report.write(figures)
    return int(not all(figure.holds for figure in figures))


if __name__ == "__main__":
    raise SystemExit(main())
