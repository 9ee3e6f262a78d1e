"""What generated pages are made of: tables, and the regions of a page that the code fills."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
_REGION = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)


def filled(page: str, regions: Mapping[str, str]) -> str:
    """Fill the regions of a page, which stand between `<!-- generated: name -->` and `<!-- /generated -->`.

    Raises:
        ValueError: the page has other regions than those given.
    """
    named = [match[2] for match in _REGION.finditer(page)]
    if sorted(named) != sorted(regions):
        raise ValueError(f"the page has the regions {sorted(named)}, the code has {sorted(regions)}")
    return _REGION.sub(lambda match: f"{match[1]}\n{regions[match[2]].strip()}\n\n{match[3]}", page)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table; a cell may hold anything but a line break."""
    lines = ["---|" * len(head)] + [" | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{lines[0]}", *(f"| {line}" for line in lines[1:])])


def code(text: object) -> str:
    """Write a text as code; nothing stays nothing."""
    return f"`{text}`" if text not in (None, "") else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
