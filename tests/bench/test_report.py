"""The bench itself: everything in it registers, a missed bound is named, and a report renders. Nothing is timed."""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from bench.__main__ import MEASUREMENTS
from bench.goals import GOALS
from bench.report import Figure, median_of, page, picture, ratio_of, show
from bench.turns import Progress, showing, take_turns
from tests.support.programs import ROOT

HOW = "How it was done."
HELD = ratio_of("One", "ours against bare", [2.0, 4.0, 3.0], [1.0, 2.0, 2.0], most=3, how=HOW, goal="G4")
MISSED = median_of("One", "wall <of> it", [5.0, 9.0, 7.0], "s", how=HOW, bound=6)
SLOW = Figure("Two", "rate", 50, "/s", 100, HOW, at_least=True)


def test_the_readme_of_the_measurements_tells_every_one():
    told = (ROOT / "docs" / "benchmarks.md").read_text()

    assert all(measurement.minutes > 0 for measurement in MEASUREMENTS.values())
    assert "python -m bench NAME" in told


def test_every_bound_belongs_to_a_goal_that_the_page_explains():
    named = {goal for path in (ROOT / "bench").glob("*.py") for goal in re.findall(r'goal="(\w+)"', path.read_text())}

    assert named == set(GOALS)
    assert all(f"| {name} | {meaning} |" in page([], minutes=1) for name, meaning in GOALS.items())


def test_a_ratio_is_that_of_the_medians_with_the_spread_of_the_rounds():
    assert (HELD.value, HELD.low, HELD.high) == (1.5, 1.5, 2.0)


@pytest.mark.parametrize(("figure", "holds"), [(HELD, True), (MISSED, False), (SLOW, False)])
def test_a_bound_is_a_most_or_a_least(figure: Figure, holds: bool):
    assert figure.holds is holds
    assert (figure.used(figure.value) <= 1) is holds


def test_a_missed_bound_is_named():
    console = Console(file=io.StringIO(), width=200)

    show([HELD, MISSED], console)

    said = console.file.getvalue()
    assert "Missed: One: wall <of> it is 7.00 s, its bound is ≤ 6 s." in said
    assert "Missed: One: G4" not in said


def test_the_page_has_a_table_for_each_group_with_its_method():
    text = page([HELD, MISSED, SLOW], minutes=12)

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["One", "Two"]
    assert "| G4: ours against bare | 1.50 x | 1.50 to 2.00 | ≤ 3 x | holds |" in text
    assert text.count(HOW) == 2


def test_the_picture_shows_every_bound_and_which_is_missed():
    drawn = picture([HELD, MISSED, SLOW])

    tree = ET.fromstring(drawn)
    words = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    bars = [node.get("fill") for node in tree.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert {"One", "Two", "G4: ours against bare", "wall <of> it", "50.0 /s (≥ 100 /s)"} <= set(words)
    assert bars[0] != bars[1] == bars[2]


async def test_arms_take_turns_and_say_how_far_they_are():
    order: list[str] = []
    console = Console(file=io.StringIO(), width=200)
    progress = Progress(console, {"some": 2, "other": 1})

    def arm(name: str):
        async def run() -> float:
            order.append(name)
            return float(len(order))

        return run

    with showing(progress), progress.measuring("some"):
        samples = await take_turns({"a": arm("a"), "b": arm("b")}, rounds=2)

    assert order == ["a", "b"] * 3
    assert samples == {"a": [3.0, 5.0], "b": [4.0, 6.0]}
    said = console.file.getvalue()
    assert "1 of 2: some · b · round 1 of 2 · 50% · about 2 min left" in said
