"""The page of the fault matrix has the matrix's rows and kinds, and says of each pair what must come of it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.architecture.markdown import table
from tests.matrix import bluesky, linkedin
from tests.matrix.cells import KINDS, ROWS, PostKind, Row
from tests.matrix.table import PAGE


def wanted(row: Row, kind: PostKind) -> str:
    """Write the part of a cell that does not change from run to run."""
    return "{} · {} · ".format(*row.wanted(kind)) if row.befalls(kind) else "-"


@pytest.mark.parametrize(
    ("page", "rows", "kinds", "module"),
    [
        (PAGE, ROWS, KINDS, "tests.matrix"),
        (bluesky.PAGE, bluesky.ROWS, bluesky.KINDS, "tests.matrix.bluesky"),
        (linkedin.PAGE, linkedin.ROWS, linkedin.KINDS, "tests.matrix.linkedin"),
    ],
    ids=["sandbox", "bluesky", "linkedin"],
)
def test_the_page_has_every_cell_and_all_are_true(
    page: Path, rows: Sequence[Row], kinds: Sequence[PostKind], module: str
):
    text = page.read_text()
    found = table(text, "Fault")

    assert f"| Fault | {' | '.join(kind.title for kind in kinds)} |" in text
    assert list(found) == [row.title for row in rows]
    for row in rows:
        for kind, cell in zip(kinds, found[row.title], strict=True):
            assert cell.startswith(wanted(row, kind)), f"{row.title}, {kind.title}: run python -m {module} --write"
