"""The matrix as people read it: in the terminal, and as `docs/matrix.md`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.matrix.cells import KINDS, ROWS, PostKind, Row
from tests.support.programs import ROOT

PAGE = ROOT / "docs" / "matrix.md"
_HEAD = """# The fault matrix

What comes of one publication when its platform fails in every way it is known for. Each cell is a publication of its
own through the real API, a real worker and the sandbox; copies are counted in the sandbox's ledger, which is what the
public sees. Unless the row says otherwise, the fault strikes the call that makes the post public, once.

A cell shows live copies, the state the server ends in, and the seconds it took with windows made short (lease
2 s, settle window 5 s, deadline of a call 1 s). "-": that platform has no such fault. `make matrix` prints the table;
`python -m tests.matrix --write` writes this page.

"""


@dataclass(frozen=True)
class Cell:
    """What came of a pair."""

    copies: int
    status: str
    seconds: float

    def is_true(self, row: Row, kind: PostKind) -> bool:
        """Whether it ended as it must."""
        return (self.copies, self.status) == row.wanted(kind)

    def __str__(self) -> str:
        return f"{self.copies} · {self.status} · {self.seconds:.1f} s"


Results = Mapping[tuple[str, str], Cell]


def markdown(results: Results, rows: Sequence[Row] = ROWS, kinds: Sequence[PostKind] = KINDS) -> str:
    """Write the table."""
    lines = ["| Fault | " + " | ".join(kind.title for kind in kinds) + " |", "|---" * (len(kinds) + 1) + "|"]
    lines += ["| " + " | ".join([row.title, *(_text(results, row, kind) for kind in kinds)]) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def write_page(results: Results, path: Path = PAGE) -> None:
    """Write the page of the documentation."""
    wrong = [row.title for row in ROWS for kind in KINDS if _is_wrong(results, row, kind)]
    verdict = f"**Not true: {', '.join(wrong)}.**" if wrong else f"All {len(results)} cells are true."
    path.write_text(f"{_HEAD}{verdict}\n\n{markdown(results)}")


def _text(results: Results, row: Row, kind: PostKind) -> str:
    cell = results.get((row.title, kind.title))
    if cell is None:
        return "-"
    return str(cell) if cell.is_true(row, kind) else f"**{cell}**"


def _is_wrong(results: Results, row: Row, kind: PostKind) -> bool:
    cell = results.get((row.title, kind.title))
    return cell is not None and not cell.is_true(row, kind)
