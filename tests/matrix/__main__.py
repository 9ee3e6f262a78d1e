"""The fault matrices: `make matrix`, or `python -m tests.matrix [PLATFORM…] [--write]`.

Exits with 1 when a cell is not true.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.matrix.cells import Results
from tests.matrix.filling import fill_all
from tests.matrix.place import Matrix
from tests.matrix.platforms import MATRICES
from tests.matrix.table import markdown, write_page, wrong
from tests.matrix.town import running_town
from tests.support.stack import without_settings


def main() -> int:
    """Fill all matrices at once and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    names = {matrix.name: matrix for matrix in MATRICES}
    parser.add_argument("platforms", nargs="*", metavar="PLATFORM", help=f"some of {', '.join(names)}; all by default")
    parser.add_argument("--write", action="store_true", help="write their pages in docs/")
    options = parser.parse_args()
    if unknown := set(options.platforms) - set(names):
        parser.error(f"there is no matrix of {', '.join(sorted(unknown))}")
    wanted = [names[name] for name in options.platforms or names]
    if missing := [(matrix, why) for matrix in wanted if (why := matrix.missing())]:
        print(*(why for _, why in missing), sep="\n", file=sys.stderr)
        if os.environ.get("CI"):
            return 1
    possible = [matrix for matrix in wanted if not matrix.missing()]
    without_settings()
    with tempfile.TemporaryDirectory(prefix="agm-matrix-") as folder:
        results = asyncio.run(_run(Path(folder), possible))
    return _tell(possible, results, write=options.write)


async def _run(folder: Path, matrices: Sequence[Matrix]) -> list[Results]:
    async with running_town(folder) as town:
        return await fill_all(town, matrices)


def _tell(matrices: Sequence[Matrix], results: Sequence[Results], *, write: bool) -> int:
    false: list[str] = []
    for matrix, found in zip(matrices, results, strict=True):
        print(f"\n{matrix.name}: {markdown(matrix, found)}")
        false += wrong(matrix, found)
        if write:
            write_page(matrix, found)
    print("\n".join(["not true:", *false]) if false else f"all {sum(map(len, results))} cells are true")
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
