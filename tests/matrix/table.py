"""A matrix as people read it: in the terminal, and as a page of `docs/`."""

from tests.matrix.cells import PostKind, Results, Row
from tests.matrix.place import Matrix


def wrong(matrix: Matrix, results: Results) -> list[str]:
    """Name the cells that are not true."""
    return [
        f"{row.title} / {kind.title}"
        for row, kind in matrix.cells()
        if not results[row.title, kind.title].is_true(row, kind)
    ]


def markdown(matrix: Matrix, results: Results) -> str:
    """Write the table, and above it whether all is well."""
    false = wrong(matrix, results)
    verdict = f"**Not true: {', '.join(false)}.**" if false else f"All {len(results)} cells are true."
    head = ["Fault", *(kind.title for kind in matrix.kinds)]
    body = [[row.title, *(_text(results, row, kind) for kind in matrix.kinds)] for row in matrix.rows]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(line)} |" for line in body)]
    return "\n".join([verdict, "", *lines]) + "\n"


def write_page(matrix: Matrix, results: Results) -> None:
    """Write the page of the documentation."""
    matrix.page.write_text(f"{matrix.head}{markdown(matrix, results)}")


def _text(results: Results, row: Row, kind: PostKind) -> str:
    cell = results.get((row.title, kind.title))
    if cell is None:
        return "-"
    return str(cell) if cell.is_true(row, kind) else f"**{cell}**"
