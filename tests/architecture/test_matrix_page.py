"""The page of the fault matrix has the matrix's rows and kinds, and says of each pair what must come of it."""

from tests.architecture.markdown import table
from tests.matrix.cells import KINDS, ROWS, PostKind, Row
from tests.matrix.table import PAGE


def wanted(row: Row, kind: PostKind) -> str:
    """Write the part of a cell that does not change from run to run."""
    return "{} · {} · ".format(*row.wanted(kind)) if row.befalls(kind) else "-"


def test_the_page_has_every_cell_and_all_are_true():
    text = PAGE.read_text()
    found = table(text, "Fault")

    assert f"| Fault | {' | '.join(kind.title for kind in KINDS)} |" in text
    assert list(found) == [row.title for row in ROWS]
    for row in ROWS:
        for kind, cell in zip(KINDS, found[row.title], strict=True):
            assert cell.startswith(wanted(row, kind)), f"{row.title}, {kind.title}: run python -m tests.matrix --write"
