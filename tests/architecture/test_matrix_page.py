"""The page of each fault matrix has its rows and kinds, and says of each pair what must come of it."""

import pytest

from tests.architecture.markdown import table
from tests.matrix.cells import PostKind, Row
from tests.matrix.place import Matrix
from tests.matrix.platforms import MATRICES


def wanted(row: Row, kind: PostKind) -> str:
    """Write the part of a cell that does not change from run to run."""
    return "{} · {} · ".format(*row.wanted(kind)) if row.befalls(kind) else "-"


@pytest.mark.parametrize("matrix", MATRICES, ids=lambda matrix: matrix.name)
def test_the_page_has_every_cell_and_all_are_true(matrix: Matrix):
    text = matrix.page.read_text()
    found = table(text, "Fault")

    assert f"| Fault | {' | '.join(kind.title for kind in matrix.kinds)} |" in text
    assert list(found) == [row.title for row in matrix.rows]
    for row in matrix.rows:
        for kind, cell in zip(matrix.kinds, found[row.title], strict=True):
            assert cell.startswith(wanted(row, kind)), (
                f"{row.title}, {kind.title}: run python -m tests.matrix {matrix.name} --write"
            )
