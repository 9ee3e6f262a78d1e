"""Figures, the table people read, and the page and picture they are kept in.

A measurement gives `Figure`s. The three it mostly wants:

    ratio_of(GROUP, "against graphql-core by hand", ours, bare, most=3, how=HOW)   # two arms, one sample a round
    median_of(GROUP, "processor time of a small read", samples, "ms", how=HOW)     # one arm, with or without a bound
    Figure(GROUP, "sent twice", 0, "", 0, HOW)                                     # a single number
"""

import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.goals import GOALS
from bench.picture import Bar, draw

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "benchmarks.md"
PICTURE = DOCS / "benchmarks.svg"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `bound` is the most it may be, or the least where `at_least`; `how` says what was done.

    `low` and `high` are the least and the most of its rounds. `goal` is the name of the bound, where it has one.
    """

    group: str
    name: str
    value: float
    unit: str
    bound: float | None
    how: str
    at_least: bool = False
    low: float | None = None
    high: float | None = None
    goal: str = ""

    @property
    def holds(self) -> bool:
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def limit(self) -> str:
        if self.bound is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g} {self.unit}".strip()

    @property
    def shown(self) -> str:
        return f"{_number(self.value)} {self.unit}".strip()

    @property
    def spread(self) -> str:
        if self.low is None or self.high is None:
            return ""
        return f"{_number(self.low)} to {_number(self.high)}"

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        return "holds" if self.holds else "MISSED"

    def used(self, value: float) -> float:
        """How much of the bound a value uses up: 1 is the bound itself, more is a miss."""
        assert self.bound is not None
        if self.at_least:
            return self.bound / value if value else float("inf")
        return value / self.bound if self.bound else float(value > 0) * 2


def median_of(
    group: str,
    name: str,
    samples: Sequence[float],
    unit: str,
    *,
    how: str,
    bound: float | None = None,
    at_least: bool = False,
    goal: str = "",
) -> Figure:
    """The median of one arm's rounds, with their spread."""
    middle = statistics.median(samples)
    return Figure(group, name, middle, unit, bound, how, at_least, min(samples), max(samples), goal)


def ratio_of(
    group: str,
    name: str,
    ours: Sequence[float],
    bare: Sequence[float],
    *,
    how: str,
    most: float | None = None,
    least: float | None = None,
    goal: str = "",
) -> Figure:
    """The ratio of the medians of two arms that took turns; its spread is that of the rounds' own ratios."""
    each = [a / b for a, b in zip(ours, bare, strict=True)]
    value = statistics.median(ours) / statistics.median(bare)
    bound = most if most is not None else least
    return Figure(group, name, value, "x", bound, how, least is not None, min(each), max(each), goal)


def show(figures: Sequence[Figure], console: Console) -> None:
    table = Table("Measurement", "Median", "Rounds", "Bound", "")
    for figure in figures:
        style = "" if figure.holds else "bold red"
        name = f"{figure.group}: {_named(figure)}"
        table.add_row(name, figure.shown, figure.spread, figure.limit, figure.verdict, style=style)
    console.print(table)
    for missed in (figure for figure in figures if not figure.holds):
        said = f"Missed: {missed.group}: {_named(missed)} is {missed.shown}, its bound is {missed.limit}."
        console.print(said, style="bold red", highlight=False)


def write(figures: Sequence[Figure], *, minutes: float) -> None:
    """Keep the figures of a whole run in the docs, as tables and as a picture."""
    PAGE.write_text(page(figures, minutes=minutes))
    PICTURE.write_text(picture(figures))


def page(figures: Sequence[Figure], *, minutes: float) -> str:
    """Write the page."""
    lines = [
        *_HEAD,
        f"{_machine()} The whole run took {minutes:.0f} minutes.",
        "",
        f"![How much of each bound is used]({PICTURE.name})",
        "",
    ]
    lines += ["| goal | what its bounds are for |", "|---|---|"]
    lines += [f"| {name} | {meaning} |" for name, meaning in GOALS.items()]
    lines += [""]
    for group in dict.fromkeys(figure.group for figure in figures):
        lines += [f"## {group}", "", "| measurement | median | rounds | bound | |", "|---|---|---|---|---|"]
        mine = [figure for figure in figures if figure.group == group]
        lines += [f"| {_named(one)} | {one.shown} | {one.spread} | {one.limit} | {one.verdict} |" for one in mine]
        lines += ["", *dict.fromkeys(one.how for one in mine), ""]
    return "\n".join(lines).rstrip() + "\n"


def picture(figures: Sequence[Figure]) -> str:
    """Draw how much of its bound each figure uses."""
    bars: list[tuple[str, Bar]] = []
    for one in figures:
        if one.bound is None:
            continue
        ends = sorted(one.used(value) for value in (one.low, one.high) if value is not None)
        low, high = (ends[0], ends[-1]) if ends else (None, None)
        label = f"{one.shown} ({one.limit})"
        bars.append((one.group, Bar(_named(one), label, one.used(one.value), low, high)))
    return draw("How much of each bound is used; the whisker is the spread of the rounds", bars)


_HEAD = [
    "# Measurements",
    "",
    "Written by `make bench`, which takes about 30 minutes on two cores that do nothing else. Bounds are on ratios of",
    "our work to the bare work, measured in one run on one machine: the arms take turns, a figure is the median of",
    "several rounds, and the column beside it shows the lowest and the highest round. Absolute times belong to that",
    "machine, and so do the few bounds on them. A missed bound ends the run with exit 1 and its name.",
    "`python -m bench NAME …` measures some and leaves this page as it is.",
    "",
]


def _machine() -> str:
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    machine = f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}; {python}."
    return f"{machine} Server, database, Valkey, platform and load share it."


def _named(figure: Figure) -> str:
    return f"{figure.goal}: {figure.name}" if figure.goal else figure.name


def _number(value: float) -> str:
    return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2}f}"
