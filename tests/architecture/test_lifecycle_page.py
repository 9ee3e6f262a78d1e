"""docs/lifecycle.md tells the way that the code goes; that its tables are up to date is tested with the other pages."""

import re
from itertools import pairwise

from publishing.lifecycle import STARTS, TRANSITIONS, Status
from tests.architecture.markdown import blocks, table
from tests.architecture.source import product
from tools import lifecycle_docs

PAGE = lifecycle_docs.TARGET.read_text()
SEQUENCE = next(block for block in blocks(PAGE, "mermaid") if block.startswith("sequenceDiagram"))


def states(text: str) -> list[Status]:
    return [Status[name] for name in re.findall(r"\b[A-Z]{4}[A-Z_]*\b", text) if name in Status.__members__]


def test_the_way_in_the_picture_is_one_that_the_table_allows():
    before_the_call, _, outcomes = SEQUENCE.partition("    alt ")
    way = states(before_the_call)
    clear, _, unclear = outcomes.partition(Status.UNCONFIRMED.name)

    assert way[0] in STARTS
    assert all(after in TRANSITIONS[before] for before, after in pairwise(way))
    assert way[-1] is Status.PUBLISHING
    assert {*states(clear), Status.UNCONFIRMED} == TRANSITIONS[Status.PUBLISHING]
    assert set(states(unclear)) == TRANSITIONS[Status.UNCONFIRMED]


def test_every_state_has_its_row_and_its_meaning():
    rows = table(PAGE, "State")

    assert set(rows) == {status.name for status in Status}
    assert all(row[0].startswith("Set") for row in rows.values())


def test_the_steps_are_where_the_page_says():
    code = {module.name: {name for name, _ in module.functions()} for module in product()}
    told = re.findall(r"^\| [^|]+ \| `([\w/]+\.py)` \| `([\w.]+)` \|$", PAGE, re.MULTILINE)

    assert len(told) >= 12
    assert [(file, function) for file, function in told if function not in code.get(file, ())] == []
