"""Figures, the table people read, and the page they are kept on."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `bound` is the most it may be, or the least where `at_least`; `how` says what was done."""

    group: str
    name: str
    value: float
    unit: str
    bound: float | None
    how: str
    at_least: bool = False

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
        digits = 0 if self.value >= 100 else 1 if self.value >= 10 else 2
        return f"{self.value:.{digits}f} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        return "holds" if self.holds else "MISSED"


def show(figures: Sequence[Figure], console: Console) -> None:
    table = Table("Measurement", "Figure", "Bound", "")
    for figure in figures:
        style = "" if figure.holds else "bold red"
        table.add_row(f"{figure.group}: {figure.name}", figure.shown, figure.limit, figure.verdict, style=style)
    console.print(table)


def write(figures: Sequence[Figure]) -> None:
    """Keep the figures of a whole run in the docs."""
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    machine = f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}; {python}."
    lines = [
        "# Measurements",
        "",
        "Written by `make bench`: ratios of our work to the bare work, measured in one run on one machine, the arms",
        "taking turns, medians of several rounds. Absolute times belong to that machine.",
        "",
        f"{machine} Server, database, Valkey, platform and load share it.",
        "",
    ]
    for group in dict.fromkeys(figure.group for figure in figures):
        lines += [f"## {group}", "", "| measurement | figure | bound | |", "|---|---|---|---|"]
        mine = [figure for figure in figures if figure.group == group]
        lines += [f"| {one.name} | {one.shown} | {one.limit} | {one.verdict} |" for one in mine]
        lines += ["", *dict.fromkeys(one.how for one in mine), ""]
    PAGE.write_text("\n".join(lines).rstrip() + "\n")
